--- Instances of OpenSearch domains: what a family cannot do, from which version on it is there. Families that are not in
--- a list can do everything: a new one needs a row only when it is special.
local read <const> = engine.use("base/read")
local instances <const> = {}

--- Families with disks of their own: they take no volumes.
local with_disks <const> = { "i2", "i3", "i3g", "i4g", "i4i", "i7i", "i7ie", "i8g", "i8ge", "im4gn", "r6gd", "r7gd", "r8gd" }

--- Families that cannot encrypt what they store.
local without_encryption <const> = { "m3", "r3", "t2" }

--- Families that cannot lead a cluster with warm nodes.
local without_warm <const> = { "t2", "t3" }

--- The oldest Elasticsearch of a family; every OpenSearch has them all, except for those of the second list.
local elasticsearch <const> = {
  c5 = { 5, 1 }, i3 = { 5, 1 }, m5 = { 5, 1 }, r5 = { 5, 1 }, t3 = { 5, 6 }, c6g = { 7, 9 }, m6g = { 7, 9 }, r6g = { 7, 9 },
  r6gd = { 7, 9 },
}
local opensearch <const> = { or1 = { 2, 11 }, or2 = { 2, 11 }, om2 = { 2, 11 }, oi2 = { 2, 11 } }

local function is_graviton(kind) return kind:find("^%a+%d+g") ~= nil or kind:find("^o[rmi]%d") ~= nil end

--- The kinds of instances that a domain names: of data, of masters.
local function named(properties)
  local list <const> = {}
  for _, name in ipairs { "InstanceType", "DedicatedMasterType" } do
    local kind <const> = read.path(properties, "ClusterConfig." .. name)
    if type(kind) == "string" then table.insert(list, kind) end
  end
  return list
end

local function family(kind) return kind:match("^(%w+)%.") or "" end

--- Whether a kind that the domain names is of one of the families.
local function any_of(properties, families)
  for _, kind in ipairs(named(properties)) do
    if read.has(families, family(kind)) then return true end
  end
  return false
end

--- The family of the instances that hold the data.
local function of_data(properties)
  local kind <const> = read.path(properties, "ClusterConfig.InstanceType")
  return type(kind) == "string" and family(kind) or nil
end

function instances.has_disks(properties) return read.has(with_disks, of_data(properties) or "") end

--- Encryption at rest, but for old instances that cannot, which the file names: then it is reported.
function instances.encryption(domain)
  local is_stated <const> = read.path(domain.body, "Properties.EncryptionAtRestOptions") ~= nil
  if is_stated or not any_of(domain.resource.Properties, without_encryption) then return { Enabled = true } end
  engine.warn(domain.at, domain.subject .. " is not encrypted at rest: instances of m3, r3 and t2 cannot", "name others: InstanceType: m6g.large.search")
  return { Enabled = false }
end

--- One instance that can encrypt, of the architecture of the masters.
function instances.cluster(domain)
  local master <const> = read.path(domain.resource.Properties, "ClusterConfig.DedicatedMasterType")
  return { InstanceType = type(master) == "string" and is_graviton(master) and "m6g.large.search" or "m5.large.search" }
end

--- Whether version `{ 7, 10 }` is at least `{ 7, 9 }`; numbers are compared one by one.
local function is_at_least(version, least)
  for index = 1, 2 do
    if version[index] ~= least[index] then return version[index] > least[index] end
  end
  return true
end

local function is_old_enough(properties)
  local engine_name <const>, major <const>, minor <const> = tostring(properties.EngineVersion or ""):match("^(%a+)_(%d+)%.(%d+)$")
  if not engine_name then return true end
  local rows <const> = engine_name == "Elasticsearch" and elasticsearch or opensearch
  for _, kind in ipairs(named(properties)) do
    local least <const> = rows[family(kind)]
    if least and not is_at_least({ tonumber(major), tonumber(minor) }, least) then return false end
    if engine_name == "Elasticsearch" and opensearch[family(kind)] then return false end
  end
  return true
end

instances.checks = {
  ["must have either Graviton instances or none"] = function(made)
    local first
    for _, kind in ipairs(named(made.Properties)) do
      if first ~= nil and first ~= is_graviton(kind) then return false end
      first = is_graviton(kind)
    end
    return true
  end,
  ["must not have volumes: its instances have disks of their own"] = function(made)
    return not instances.has_disks(made.Properties) or read.path(made.Properties, "EBSOptions.EBSEnabled") ~= true
  end,
  ["must have volumes (EBSOptions): its instances have no disks"] = function(made)
    return instances.has_disks(made.Properties) or of_data(made.Properties) == nil or of_data(made.Properties) == "m3"
      or of_data(made.Properties) == "r3" or read.path(made.Properties, "EBSOptions.EBSEnabled") ~= false
  end,
  ["must have instances that can encrypt (not m3, r3 or t2), or EncryptionAtRestOptions: {Enabled: false}"] = function(made)
    return not any_of(made.Properties, without_encryption)
      or read.path(made.Properties, "EncryptionAtRestOptions.Enabled") == false
  end,
  ["must not have warm nodes beside instances of t2 or t3"] = function(made)
    return not any_of(made.Properties, without_warm) or read.path(made.Properties, "ClusterConfig.WarmEnabled") ~= true
  end,
  ["must have an EngineVersion that has its instances"] = function(made) return is_old_enough(made.Properties) end,
}

return instances
