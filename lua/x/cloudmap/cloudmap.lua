--- x-cloudmap: namespaces of Cloud Map, of the stack's own or existing, in which services and resources are registered.
local namespaces <const> = engine.use("x/cloudmap/namespaces")
local shape <const> = engine.use("base/shape")

local function id(definition) return definition.namespace.id end
local function arn(definition) return definition.namespace.arn end
local function name(definition) return definition.namespace.name end

--- With records, which an HTTP namespace has not.
local with_records <const> = { Id = id, Arn = arn, Name = name, ZoneName = name, HostedZoneId = "HostedZoneId" }

local function is(kind)
  return function(body) return body.Type == kind end
end

--- The same of a namespace that is looked up.
local function existing(value)
  return function(_, namespace) return value(namespace) end
end

return {
  key     = "x-cloudmap",
  noun    = "Namespace",
  returns = with_records,
  kinds   = {
    { type = "AWS::ServiceDiscovery::HttpNamespace", when = is("http"), returns = { Id = id, Arn = arn, Name = name, ZoneName = name } },
    { type = "AWS::ServiceDiscovery::PublicDnsNamespace", when = is("public") },
    { type = "AWS::ServiceDiscovery::PrivateDnsNamespace" },
  },
  lookup  = {
    arn = "arn:{partition}:servicediscovery:{region}:{account}:namespace/{name}",
    by  = { NamespaceId = { like = "^ns%-%w+$", example = "ns-0123456789abcdef" } },
    returns = { Id = existing(id), Arn = existing(arn), Name = existing(name), ZoneName = existing(name) },
  },
  accepts = { definition = {
    Name = shape.any, ZoneName = shape.any, Type = shape.one_of { "private", "public", "http" }, MacroParameters = shape.unused("a namespace has none"),
  } },
  hooks   = { make = namespaces.make },
}
