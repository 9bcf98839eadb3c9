--- File systems of compose volumes: encrypted, backed up, with mount targets beside the tasks; or those that exist already.
local network <const> = engine.use("x/vpc/network")
local options <const> = engine.use("task/efs_options")
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local retention <const> = engine.use("kinds/retention")
local systems <const> = {}

--- A file system of the file's own `x-efs` (`FileSystemId: x-efs::shared`), or nil.
local function defined(definition)
  local text <const> = read.at(definition, "x-efs", "FileSystemId")
  if type(text) ~= "string" or not pointers.parse(text) then return nil end
  local found <const> = pointers.definition(text, { definition["x-efs"], "FileSystemId" })
  return found and found.key == "x-efs" and found or nil
end

--- What `x-efs: {Lookup: {Arn: ...}}` says: the id, its place, the ARN, and the group when it is stated.
local function looked_up(name, definition)
  local lookup <const> = read.at(definition, "x-efs", "Lookup")
  if lookup == nil then return nil end
  local arn <const> = read.at(lookup, "Arn")
  local id <const> = type(arn) == "string" and arn:match("^arn:[%w-]+:elasticfilesystem:[^:]*:%d*:file%-system/(fs%-%x+)$")
  if not id then
    engine.error(arn ~= nil and { lookup, "Arn" } or { definition["x-efs"], "Lookup", "key" }, "volumes::" .. name
      .. " is not looked up by the Arn of a file system, which alone works without AWS",
      "write Lookup: {Arn: arn:aws:elasticfilesystem:...:file-system/fs-...}")
    return nil
  end
  return id, { lookup, "Arn" }, arn, read.at(lookup, "ReturnValues", "GroupId")
end

--- The id of a file system that exists already (`fs-...`), its place, and what else is known of it; nil when composex makes one.
local function existing(name, definition)
  local id <const>, place <const>, arn <const>, group <const> = looked_up(name, definition)
  if id then return id, place, arn, group end
  local own <const> = read.at(definition, "x-efs", "FileSystemId")
  if own ~= nil and not (type(own) == "string" and pointers.parse(own)) then return own, { definition["x-efs"], "FileSystemId" } end
  local sources <const> = { { definition, "name" }, { read.at(definition, "driver_opts"), "device" }, { read.at(definition, "driver_opts"), "o" } }
  for _, source in ipairs(sources) do
    local text <const> = source[1] ~= nil and source[1][source[2]] or nil
    local found <const> = type(text) == "string" and (text:match("^fs%-%x+") or text:match("[=:]?(fs%-%x+)%.efs%."))
    if found then return found, source end
  end
end

local function is_wanted(definition)
  if read.at(engine.section("x-composex"), "volumes") == "efs" then
    return true
  end
  if definition == nil then return false end
  local driver <const> = definition.driver
  return definition["x-efs"] ~= nil or driver == "efs" or driver == "nfs" or options.ask_for_efs(definition)
end

-- The file system ---------------------------------------------------------------------------------------------------

--- Nobody without TLS; and, because there is a policy, nobody whose role does not allow it.
local function policy()
  return {
    Version = "2012-10-17",
    Statement = { {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = { AWS = "*" }, Action = "*",
      Condition = { Bool = { ["aws:SecureTransport"] = false } },
    } },
  }
end

--- Whether tasks mount with their role (`EnforceIamAuth: false` leaves it at TLS and the security group).
function systems.by_iam(definition) return read.at(definition, "x-efs", "MacroParameters", "EnforceIamAuth") ~= false end

local function properties_of(definition)
  local made <const> = {
    Encrypted = true, LifecyclePolicies = { { TransitionToIA = "AFTER_14_DAYS" } }, PerformanceMode = "generalPurpose",
    BackupPolicy = { Status = "ENABLED" }, FileSystemPolicy = systems.by_iam(definition) and policy() or nil,
  }
  local driver <const> = read.at(definition, "driver_opts") or {}
  for option, property in pairs(options.of_system) do
    local value <const> = driver[option]
    if value ~= nil then made[property] = engine.placed(tonumber(value) or value, { driver, option }) end
  end
  if driver.lifecycle_policy ~= nil then
    made.LifecyclePolicies = { { TransitionToIA = engine.placed(driver.lifecycle_policy, { driver, "lifecycle_policy" }) } }
  end
  if driver.backup_policy ~= nil then
    made.BackupPolicy = { Status = engine.placed(driver.backup_policy, { driver, "backup_policy" }) }
  end
  for name in pairs(read.at(definition, "x-efs", "Properties") or {}) do
    made[name] = read.placed(definition["x-efs"].Properties, name)
  end
  return made
end

--- Pointers in the properties of the file, such as `KmsKeyId: x-kms::data`.
local function link(name, made)
  engine.use("kinds/links").resolve {
    key = "volumes", name = name, subject = "volumes::" .. name, resource = made, encrypted_by = {},
    module = { links = { KmsKeyId = "x-kms.Arn" } },
  }
end

--- As many subnets as there are when they are known, else the first two that the deployer names.
local function listed(subnets)
  if type(subnets) == "table" and #subnets > 0 then return subnets end
  return { { ["Fn::Select"] = { 0, subnets } }, { ["Fn::Select"] = { 1, subnets } } }
end

--- The subnets that have a mount target. Tasks that mount run in these subnets only, because a file system answers in the zones of its
--- mount targets.
function systems.subnets(family) return listed(network.subnets_of(family)) end

local function add(name, part, type, noun, place, properties_made)
  return engine.add { type = type, noun = noun, key = "volumes", name = name, part = part, at = place, properties = properties_made }
end

--- The subnets of the mount targets: those of the tasks, or the group that the volume names.
local function subnets_of(family, definition)
  local wanted <const> = read.at(definition, "x-efs", "Settings", "Subnets")
  if wanted == nil then return systems.subnets(family) end
  return listed(network.subnets(wanted, { definition["x-efs"].Settings, "Subnets" }))
end

--- The file system of a volume, with its security group and mount targets; made once.
local function file_system(family, name, definition)
  local place <const> = definition ~= nil and { engine.section("volumes"), name, "key" } or family.main
  local made = engine.find("volumes", name)
  if made then return made end
  made = add(name, "main", "AWS::EFS::FileSystem", "FileSystem", place, properties_of(definition))
  retention.keep(made, read.at(definition, "x-efs", "DeletionPolicy") or "RetainExceptOnCreate")
  link(name, made)
  local group <const> = add(name, "security_group", "AWS::EC2::SecurityGroup", "FileSystemSecurityGroup", place, {
    GroupDescription = "The file system of volume " .. name, VpcId = network.vpc(),
  })
  for index, subnet in ipairs(subnets_of(family, definition)) do
    add(name, "mount_target_" .. index, "AWS::EFS::MountTarget", "MountTarget" .. index, place, {
      FileSystemId = made:ref(), SubnetId = subnet, SecurityGroups = { group:att("GroupId") },
    })
  end
  return made
end

--- Lets the family in on the file system's port; `name` is the volume's.
local function reach(family, name, group)
  if family.entered[name] then return end
  family.entered[name] = true
  table.insert(family.reach, {
    noun = "To" .. engine.pascal(name) .. "FileSystemIngress", group = group, port = 2049, protocol = "tcp",
    description = "Volume " .. name,
  })
end

--- The ARN of a file system, which its id is the end of.
local function arn_of(id)
  return composex.sub("arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/") .. id
end

local function value_of(definition, name) return engine.use("kinds/values").of(definition, name) end

--- What there is of the volume's file system: `{ id, arn, is_made }`; nil when the volume is not on EFS. Families are let in.
function systems.of(family, name, definition)
  local id <const>, id_at <const>, arn <const>, stated <const> = existing(name, definition)
  local own <const> = not id and defined(definition)
  local is_asked <const> = id ~= nil or own or is_wanted(definition)
  if is_asked then options.check(name, definition, not id and not own) end
  if own then
    local group <const> = value_of(own, "GroupId")
    if group ~= nil then reach(family, name, group) end
    for index = 1, 6 do
      local target <const> = engine.find("x-efs", own.name, "mount_target_" .. index)
      if target then table.insert(family.after, { resource = target }) end
    end
    return { id = value_of(own, "FileSystemId"), arn = value_of(own, "Arn"), is_made = true }
  end
  if id then
    if stated ~= nil then
      reach(family, name, engine.placed(tostring(stated), { read.at(definition, "x-efs", "Lookup", "ReturnValues"), "GroupId" }))
    else
      engine.note(id_at, "volumes::" .. name .. " is a file system of yours: its security group must let the tasks in on port 2049",
        "state it (x-efs: {Lookup: {Arn: ..., ReturnValues: {GroupId: sg-...}}}), or name the group of its clients in x-network AdditionalSecurityGroups")
    end
    return { id = engine.placed(id, id_at), arn = arn or arn_of(type(id) == "string" and id or "*") }
  end
  if not is_asked then return nil end
  local made <const> = file_system(family, name, definition)
  reach(family, name, engine.find("volumes", name, "security_group"):att("GroupId"))
  for index in ipairs(subnets_of(family, definition)) do
    table.insert(family.after, { resource = engine.find("volumes", name, "mount_target_" .. index) })
  end
  family.uses_efs = true
  return { id = made:ref(), arn = arn_of(made:ref()), is_made = true }
end

return systems
