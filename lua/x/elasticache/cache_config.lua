--- The parameter with the addresses of a cache, and its delivery to services: `MacroParameters: {Config: true}`.
local cache <const> = engine.use("x/elasticache/caches")
local definitions <const> = engine.use("kinds/definitions")
local environment <const> = engine.use("kinds/variables")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local serving <const> = engine.use("kinds/serving")
local values <const> = engine.use("kinds/values")
local config <const> = {}

local function property(definition, name) return read.get(definition.resource.Properties, name) end

--- A parameter with the addresses as JSON, unless `MacroParameters: {Config: false}`.
function config.make(definition)
  if read.path(definition.body, "MacroParameters.Config") == false then return end
  local address <const>, port <const> = values.of(definition, "Address"), values.of(definition, "Port")
  local text = "{\"endpoint\":\"" .. address .. "\",\"port\":" .. port
  if not cache.is_memcached(definition) then
    local is_encrypted = property(definition, "TransitEncryptionEnabled")
    if is_encrypted == nil then is_encrypted = definition.type == "AWS::ElastiCache::ReplicationGroup" end
    local scheme <const> = is_encrypted == false and "redis://" or "rediss://"
    text = text .. ",\"url\":\"" .. scheme .. address .. ":" .. port .. "\""
  end
  if definition.type == "AWS::ElastiCache::ReplicationGroup" and not cache.is_sharded(definition) then
    text = text .. ",\"readendpoint\":\"" .. definition.resource:att("ReaderEndPoint.Address") .. "\",\"readport\":"
      .. definition.resource:att("ReaderEndPoint.Port")
  end
  definitions.add(definition, "config", "AWS::SSM::Parameter", "CacheConfig", {
    Name = composex.sub("${AWS::StackName}-" .. definition.name .. "-config"), Type = "String", Value = text .. "}",
  })
end

--- A service that is named may read that parameter, and gets its name as `NAME_CONFIG`.
function config.serve(definition, service, body)
  serving.usual(definition, service, body)
  local parameter <const> = not definition.lookup and definitions.part(definition, "config")
  if not parameter then return end
  grants.allow(service, definition.key, "Config", { "ssm:GetParameter", "ssm:GetParameters" }, {
    composex.sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/") .. parameter:ref(),
  })
  local variable <const> = environment.name("{NAME}_CONFIG", definition.name)
  environment.give(definition, service, variable, parameter:ref(), definition.at)
end

return config
