--- Contracts of AWS Cloud Map: namespaces and the services in them.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/cloud-map/latest/api/"
local checked <const> = "2026-11-29"
local service <const> = "AWS::ServiceDiscovery::Service"

return {
  {
    id = "cloudmap-service-name", on = service, at = "Name", must = "must have a Name of labels of 1 to 63 letters, digits, _ and -",
    holds = function(properties)
      local name <const> = values.string(properties.Name)
      if not name or name == "." then return true end
      if #name > 127 then return false, nil, "and 127 in all, not " .. #name end
      for label in (name .. "."):gmatch("([^.]*)%.") do
        if #label > 63 or not label:find("^[%w_-]+$") or label:find("^%-") or label:find("%-$") then return false, nil, "not \"" .. name .. "\"" end
      end
      return true
    end,
    remedy = "write Name: web", page = api .. "API_CreateService.html", checked = checked,
  },
  {
    id = "cloudmap-cname", on = service, each = "DnsConfig", at = "RoutingPolicy",
    must = "must have the RoutingPolicy WEIGHTED for a record of the type CNAME",
    holds = function(config)
      for _, record in ipairs(values.items(config.DnsRecords)) do
        if record.Type == "CNAME" then return type(config.RoutingPolicy) == "table" or config.RoutingPolicy == "WEIGHTED" end
      end
      return true
    end,
    remedy = "write RoutingPolicy: WEIGHTED", page = api .. "API_DnsRecord.html", checked = checked,
  },
  {
    id = "cloudmap-cname-health", on = service, at = "HealthCheckConfig", must = "must not have a health check for a record of the type CNAME",
    holds = function(properties)
      if properties.HealthCheckConfig == nil then return true end
      for _, record in ipairs(values.items(values.at(properties, "DnsConfig.DnsRecords"))) do
        if record.Type == "CNAME" then return false end
      end
      return true
    end,
    remedy = "leave HealthCheckConfig out", page = api .. "API_DnsRecord.html", checked = checked,
  },
  {
    id = "cloudmap-health-checks", on = service, at = "HealthCheckConfig", excludes = "HealthCheckCustomConfig",
    must = "must have HealthCheckConfig or HealthCheckCustomConfig, not both", remedy = "leave HealthCheckConfig out",
    page = api .. "API_CreateService.html", checked = checked,
  },
  {
    id = "cloudmap-health-path", on = service, each = "HealthCheckConfig", at = "ResourcePath", beside = { "Type", { "HTTP", "HTTPS" } },
    must = "must have a ResourcePath in a health check of HTTP only", remedy = "leave ResourcePath out", page = api .. "API_HealthCheckConfig.html",
    checked = checked,
  },
  {
    id = "cloudmap-private-health", on = service, at = "HealthCheckConfig",
    must = "must not have a health check of Route 53, for its namespace is private",
    holds = function(properties, _, template)
      if properties.HealthCheckConfig == nil then return true end
      local namespace <const> = template.find(properties.NamespaceId or values.at(properties, "DnsConfig.NamespaceId"))
      return not namespace or namespace.type ~= "AWS::ServiceDiscovery::PrivateDnsNamespace"
    end,
    remedy = "write HealthCheckCustomConfig: {FailureThreshold: 1}", page = api .. "API_CreateService.html", checked = checked,
  },
  {
    id = "cloudmap-namespace-name", on = { "AWS::ServiceDiscovery::PrivateDnsNamespace", "AWS::ServiceDiscovery::PublicDnsNamespace" }, at = "Name",
    name = { 1, 253, "^[!-~]+$", "ASCII without spaces" }, must = "must have a Name of 1 to 253 letters of ASCII without spaces",
    remedy = "write Name: shop.internal", page = api .. "API_CreatePrivateDnsNamespace.html", checked = checked,
  },
  {
    id = "cloudmap-vpc-dns", on = "AWS::ServiceDiscovery::PrivateDnsNamespace", at = "Vpc",
    must = "must stand in a VPC with EnableDnsSupport and EnableDnsHostnames, or nobody resolves its names", severity = "warning",
    holds = function(made, _, template)
      local vpc <const> = template.find(made.Vpc)
      if not vpc or vpc.type ~= "AWS::EC2::VPC" then return true end
      if values.is_false(vpc.properties.EnableDnsSupport) then return false, nil, "and " .. vpc.id .. " has EnableDnsSupport: false" end
      local hostnames <const> = vpc.properties.EnableDnsHostnames
      return type(hostnames) == "table" or values.is_true(hostnames), nil, "and " .. vpc.id .. " has no EnableDnsHostnames"
    end,
    remedy = "write EnableDnsSupport: true, EnableDnsHostnames: true at the VPC",
    page = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html", checked = checked,
  },
}
