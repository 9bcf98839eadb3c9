--- x-elbv2: application and network load balancers in front of services.
local attributes <const> = engine.use("x/elbv2/elb_attributes")
local certificates <const> = engine.use("x/acm/certificates")
local doors <const> = engine.use("x/elbv2/elb_doors")
local domains <const> = engine.use("x/elbv2/elb_domains")
local ingress <const> = engine.use("x/elbv2/elb_ingress")
local listeners <const> = engine.use("x/elbv2/elb_listeners")
local load_balancers <const> = engine.use("x/elbv2/load_balancers")
local logs <const> = engine.use("x/elbv2/elb_logs")
local shape <const> = engine.use("base/shape")
local targets <const> = engine.use("x/elbv2/target_groups")
local any <const>, flag <const>, value <const> = shape.any, shape.flag, shape.value

local function group(definition) return definition.balancer.group end

--- What the Lookup of a load balancer says of its own name.
local function target(name)
  return function(_, definition) return definition.balancer.target and definition.balancer.target[name] end
end

return {
  key     = "x-elbv2",
  type    = "AWS::ElasticLoadBalancingV2::LoadBalancer",
  noun    = "LoadBalancer",
  returns = {
    Arn = "Ref", elbv2Arn = "Ref", DNSName = "DNSName", CanonicalHostedZoneID = "CanonicalHostedZoneID",
    LoadBalancerName = "LoadBalancerName", LoadBalancerFullName = "LoadBalancerFullName", GroupId = group,
  },
  lookup  = {
    arn     = "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{name}",
    levels  = { "loadbalancer", "LoadBalancer" },
    accepts = { SecurityGroup = value, DNSName = value, CanonicalHostedZoneID = value },
    beside  = { Listeners = shape.map(shape.record {
      Arn = any, Tags = any, Targets = listeners.targets_shape, Certificates = certificates.shape, Protocol = any,
    }) },
    returns = {
      elbv2Arn = function(_, definition) return definition.balancer.arn end, GroupId = function(_, definition) return group(definition) end,
      DNSName = target("dns"), CanonicalHostedZoneID = target("zone_id"),
    },
  },
  accepts = {
    definition = {
      Listeners = listeners.shape, Services = targets.services_shape, TargetGroups = targets.groups_shape, DnsAliases = domains.shape,
      DomainName = any, Certificates = certificates.shape,
    },
    also     = { LoadBalancerAttributes = attributes.shape },
    settings = { Subnets = any, NoAllocateEips = flag, RetainEips = flag, S3Logs = logs.shape },
    macros   = {
      timeout_seconds = any, desync_mitigation_mode = any, drop_invalid_header_fields = any, http2 = any, cross_zone = any,
      deletion_protection = any, Ingress = ingress.shape,
    },
  },
  hooks   = { make = load_balancers.make, finish = doors.open },
}
