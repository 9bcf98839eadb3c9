--- Contracts of Amazon OpenSearch Service.
local passwords <const> = engine.use("contracts/passwords")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/"
local config <const> = api .. "API_ClusterConfig.html"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-"
local checked <const> = "2026-11-29"
local domain <const> = "AWS::OpenSearchService::Domain"

--- Security of its own needs this setting.
local function secured(id, path)
  return {
    id = "opensearch-" .. id, on = domain, at = "AdvancedSecurityOptions", when = { ["AdvancedSecurityOptions.Enabled"] = true },
    must = "must have " .. path .. ": true beside AdvancedSecurityOptions",
    holds = function(made)
      local value <const> = values.at(made, path)
      return value ~= nil and not values.is_false(value)
    end,
    remedy = "write " .. path:gsub("%.", ": {") .. ": true}", page = cfn .. "resource-opensearchservice-domain.html", checked = checked,
  }
end

--- The versions of both engines, by their first number.
local majors <const> = { OpenSearch = { "1", "2", "3" }, Elasticsearch = { "1", "2", "5", "6", "7" } }

--- A version that the service has had.
local version <const> = {
  id = "opensearch-engine-version", on = domain, at = "EngineVersion",
  must = "must have an EngineVersion of OpenSearch from 1 to 3, or of Elasticsearch from 1.5 to 7.10",
  holds = function(made)
    if type(made.EngineVersion) ~= "string" then return true end
    local name <const>, major <const> = made.EngineVersion:match("^(%a+)_(%d+)%.%d+$")
    return name ~= nil and majors[name] ~= nil and values.has(majors[name], major), nil, "not " .. made.EngineVersion
  end,
  remedy = "write EngineVersion: OpenSearch_2.19", page = guide .. "what-is.html", checked = checked,
}

--- A master user of one kind, and the other kind of user database.
local function master(id, property, has_database)
  local path <const> = "AdvancedSecurityOptions.MasterUserOptions." .. property
  local stated <const> = "InternalUserDatabaseEnabled: " .. tostring(has_database)
  return {
    id = "opensearch-" .. id, on = domain, at = path, when = { ["AdvancedSecurityOptions.InternalUserDatabaseEnabled"] = not has_database },
    must = "must have " .. stated .. " for its " .. property, holds = function(made) return values.at(made, path) == nil end,
    remedy = "write " .. stated .. " below AdvancedSecurityOptions", page = api .. "API_MasterUserOptions.html", checked = checked,
  }
end

--- What only some types of volumes have; AWS takes a 0 for nothing, as its own examples write it.
local function volume(property, types)
  return {
    id = "opensearch-" .. property:lower(), on = domain, at = "EBSOptions." .. property, when = { ["EBSOptions.VolumeType"] = types },
    must = "must not have EBSOptions." .. property .. ": its volumes are of a type that has none",
    holds = function(made)
      local written <const> = values.at(made, "EBSOptions." .. property)
      return written == nil or values.number(written) == 0
    end,
    remedy = "write VolumeType: gp3, or leave " .. property .. " out", page = api .. "API_EBSOptions.html", checked = checked,
  }
end

local function zone_count(made)
  if not values.is_true(values.at(made, "ClusterConfig.ZoneAwarenessEnabled")) then return nil end
  local count <const> = values.at(made, "ClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount")
  if count == nil then return 2 end
  return values.number(count)
end

return {
  version,
  {
    id = "opensearch-name", on = domain, at = "DomainName", length = { 3, 28 }, remedy = "write a shorter DomainName", page = api .. "API_CreateDomain.html",
    checked = checked,
  },
  {
    id = "opensearch-name-letters", on = domain, at = "DomainName", pattern = { "^%l[%l%d-]+$", "lower case letters, digits and -, and begin with a letter" },
    remedy = "write it like shop-search", page = api .. "API_CreateDomain.html", checked = checked,
  },
  passwords.length({
    id = "opensearch-password", on = domain, at = "AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword",
    remedy = "write PasswordLength: 32 for a generated one", page = api .. "API_MasterUserOptions.html",
  }, 8, 128),
  passwords.contract({
    id = "opensearch-password-letters", on = domain, at = "AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword",
    must = "must have a master password with an upper case letter, a lower case letter, a digit and a special character",
    remedy = "write one that has them, or ExcludePunctuation: false and RequireEachIncludedType: true for a generated one", page = guide .. "fgac.html",
  }, function(password)
    for _, class in ipairs { { "%u", "upper case letter" }, { "%l", "lower case letter" }, { "%d", "digit" }, { "%p", "special character" } } do
      if password.letters and not password.letters:find(class[1]) then
        return (password.is_generated and "its secret makes one without a " or "this one has no ") .. class[2]
      end
    end
  end),
  secured("security-at-rest", "EncryptionAtRestOptions.Enabled"),
  secured("security-between-nodes", "NodeToNodeEncryptionOptions.Enabled"),
  secured("security-https", "DomainEndpointOptions.EnforceHTTPS"),
  master("master-arn", "MasterUserARN", false),
  master("master-name", "MasterUserName", true),
  {
    id = "opensearch-masters", on = domain, at = "ClusterConfig.DedicatedMasterCount", must = "must have 3 or 5 dedicated masters: not 1, 2 or 4",
    holds = function(made)
      local count <const> = values.number(values.at(made, "ClusterConfig.DedicatedMasterCount"))
      return not count or count > 2 and count ~= 4, nil, "not " .. tostring(count)
    end,
    remedy = "write DedicatedMasterCount: 3", page = config, checked = checked,
  },
  {
    id = "opensearch-masters-on", on = domain, at = "ClusterConfig.DedicatedMasterCount",
    must = "must have DedicatedMasterEnabled: true beside DedicatedMasterCount",
    holds = function(made)
      local enabled <const> = values.at(made, "ClusterConfig.DedicatedMasterEnabled")
      return values.at(made, "ClusterConfig.DedicatedMasterCount") == nil or enabled ~= nil and not values.is_false(enabled)
    end,
    remedy = "write DedicatedMasterEnabled: true", page = cfn .. "properties-opensearchservice-domain-clusterconfig.html", checked = checked,
  },
  {
    id = "opensearch-zones", on = domain, at = "ClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount", range = { 2, 3 },
    remedy = "write AvailabilityZoneCount: 2", page = api .. "API_ZoneAwarenessConfig.html", checked = checked,
  },
  {
    id = "opensearch-zone-subnets", on = domain, at = "VPCOptions.SubnetIds", must = "must have a subnet for each of its zones",
    holds = function(made)
      local count <const>, subnets <const> = zone_count(made), values.items(values.at(made, "VPCOptions.SubnetIds"))
      return #subnets == 0 or not count or #subnets == count, nil, "not " .. #subnets .. " for " .. tostring(count)
    end,
    remedy = "write as many SubnetIds as AvailabilityZoneCount", page = api .. "API_ZoneAwarenessConfig.html", checked = checked,
  },
  {
    id = "opensearch-one-subnet", on = domain, at = "VPCOptions.SubnetIds", must = "must have one subnet: it is in one zone (ZoneAwarenessEnabled)",
    holds = function(made)
      local aware <const> = values.at(made, "ClusterConfig.ZoneAwarenessEnabled")
      if aware ~= nil and not values.is_false(aware) then return true end
      local subnets <const> = values.items(values.at(made, "VPCOptions.SubnetIds"))
      return #subnets < 2, nil, "not " .. #subnets
    end,
    remedy = "write ClusterConfig: {ZoneAwarenessEnabled: true, InstanceCount: 2}, or one subnet", page = api .. "API_VPCOptions.html", checked = checked,
  },
  {
    id = "opensearch-cold", on = domain, at = "ClusterConfig.ColdStorageOptions", when = { ["ClusterConfig.ColdStorageOptions.Enabled"] = true },
    must = "must have WarmEnabled: true for cold storage",
    holds = function(made)
      local warm <const> = values.at(made, "ClusterConfig.WarmEnabled")
      return warm ~= nil and not values.is_false(warm)
    end,
    remedy = "write WarmEnabled: true, WarmType: ultrawarm1.medium.search and WarmCount: 2", page = api .. "API_ColdStorageOptions.html",
    checked = checked,
  },
  volume("Throughput", { "gp2", "io1", "standard" }),
  volume("Iops", { "gp2", "standard" }),
  {
    id = "opensearch-snapshot-hour", on = domain, at = "SnapshotOptions.AutomatedSnapshotStartHour", range = { 0, 23 },
    remedy = "write AutomatedSnapshotStartHour: 0", page = cfn .. "properties-opensearchservice-domain-snapshotoptions.html", checked = checked,
  },
  {
    id = "opensearch-endpoint", on = domain, at = "DomainEndpointOptions", when = { ["DomainEndpointOptions.CustomEndpointEnabled"] = true },
    must = "must have a CustomEndpointCertificateArn for its custom endpoint",
    holds = function(made) return values.at(made, "DomainEndpointOptions.CustomEndpointCertificateArn") ~= nil end,
    remedy = "write CustomEndpointCertificateArn: x-acm::NAME", page = cfn .. "properties-opensearchservice-domain-domainendpointoptions.html",
    checked = checked,
  },
}
