--- A VPC that exists: by the ids that x-vpc names, or by parameters of the template.
local read <const> = engine.use("base/read")
local given <const> = {}

--- Parameters of the groups that always are.
local parameters <const> = {
  AppSubnets     = { "SubnetIds", "The subnets of the tasks, with a way to the image registry (NAT gateway or endpoints)" },
  PublicSubnets  = { "PublicSubnetIds", "The subnets with a route to an internet gateway, for load balancers" },
  StorageSubnets = { "StorageSubnetIds", "The subnets of databases and caches" },
}

--- Whether x-vpc names a VPC instead of making one.
function given.is_given(section)
  return section.Lookup ~= nil or section.Use ~= nil or section.Parameters == true
end

-- Parameters -----------------------------------------------------------------------------------------------------------

--- A parameter for a group of subnets.
local function parameter_for(group, where)
  local known <const> = parameters[group]
  if not known then
    engine.error(where, "x-vpc has no subnets \"" .. tostring(group) .. "\"",
      engine.near(tostring(group), { "AppSubnets", "PublicSubnets", "StorageSubnets" }, "it has"))
    return {}
  end
  return engine.parameter(known[1], { Type = "List<AWS::EC2::Subnet::Id>", Description = known[2] })
end

local function by_parameters()
  return {
    id = engine.parameter("VpcId", { Type = "AWS::EC2::VPC::Id", Description = "The VPC that the services run in" }),
    subnets = parameter_for,
  }
end

-- Ids ------------------------------------------------------------------------------------------------------------------

local offline <const> = "rendering does not ask AWS: write ids, as in VpcId: vpc-0a1b2c3d and AppSubnets: [subnet-0a1b2c3d]"

--- An id at its place; `kind` is `vpc` or `subnet`. What is neither an id nor a function of CloudFormation is told.
local function id(node, key, kind, subject)
  local value <const> = node[key]
  if read.is_function(value) then return value end
  if type(value) == "string" and value:find("^" .. kind .. "%-%x+$") then return engine.placed(value, { node, key }) end
  engine.error({ node, key }, subject .. " must be the id of a " .. kind, "write it like " .. kind .. "-0a1b2c3d4e5f")
end

local function vpc_id(lookup, where)
  local value <const> = lookup.VpcId
  if value == nil then
    return engine.error(where, "x-vpc Lookup needs a VpcId", "write VpcId: vpc-0a1b2c3d4e5f")
  end
  if not read.is_mapping(value) or read.is_function(value) then return id(lookup, "VpcId", "vpc", "x-vpc VpcId") end
  read.keys(value, { "Identifier", "Id", "Arn", "Tags", "RoleArn" }, "x-vpc VpcId")
  for _, key in ipairs { "Identifier", "Id" } do
    if value[key] ~= nil then return id(value, key, "vpc", "x-vpc VpcId " .. key) end
  end
  local last <const> = type(value.Arn) == "string" and value.Arn:match("^arn:[%w-]+:ec2:[%w-]*:%d*:vpc/(vpc%-%x+)$")
  if last then return engine.placed(last, { value, "Arn" }) end
  engine.error({ lookup, "VpcId" }, "x-vpc Lookup names no id of a VPC", offline)
end

--- Names under which a group may hold its ids.
local id_keys <const> = { "Identifiers", "Identifier", "Ids", "Id" }

--- The ids of a group: a list, a text with commas, a function of CloudFormation, or one of these under a name for ids.
local function subnet_ids(holder, group, name)
  local value <const> = holder[group]
  local subject <const> = "x-vpc " .. (name or group)
  if read.is_function(value) then return value end
  local ids <const> = {}
  if type(value) == "string" then
    for text in value:gmatch("[^,%s]+") do
      if not text:find("^subnet%-%x+$") then
        engine.error({ holder, group }, subject .. " must be ids of subnets", "write them like subnet-0a1b2c3d4e5f")
      end
      table.insert(ids, engine.placed(text, { holder, group }))
    end
  elseif engine.kind(value) == "list" then
    for index in ipairs(read.list(holder, group, "x-vpc", "subnet-0a1b2c3d4e5f")) do ids[#ids + 1] = id(value, index, "subnet", subject) end
  else
    for _, key in ipairs(read.is_mapping(value) and id_keys or {}) do
      if value[key] ~= nil then return subnet_ids(value, key, group) end
    end
    engine.error({ holder, group }, subject .. " names no ids of subnets", offline)
  end
  return ids
end

local function by_ids(section)
  local key <const> = section.Lookup ~= nil and "Lookup" or "Use"
  local lookup <const> = read.part(section, key)
  local groups <const>, names <const> = {}, {}
  for name in pairs(lookup) do
    if name ~= "VpcId" and name ~= "RoleArn" then
      groups[name] = subnet_ids(lookup, name)
      table.insert(names, name)
    end
  end
  local given_later <const> = {}
  return {
    id = vpc_id(lookup, { section, key }), names = names,
    subnets = function(group, where)
      if groups[group] then return groups[group] end
      -- Rendering does not ask AWS which subnets a VPC has: whoever deploys says so, when the file names none.
      if #names == 0 then
        if parameters[group] and not given_later[group] then
          engine.warn({ section, key, "key" }, "x-vpc " .. key .. " names no subnets: give " .. group .. " when the template is deployed",
            "--parameter-overrides " .. parameters[group][1] .. "=subnet-0a1b2c3d4e5f,subnet-1a2b3c4d5e6f, or name them: "
              .. group .. ": [subnet-0a1b2c3d4e5f, subnet-1a2b3c4d5e6f]")
        end
        given_later[group] = true
        return parameter_for(group, where)
      end
      engine.error(where or { section, key, "key" }, "x-vpc " .. key .. " has no subnets \"" .. tostring(group) .. "\"",
        parameters[group] and ("name them: " .. group .. ": [subnet-0a1b2c3d4e5f]")
          or engine.near(tostring(group), names, "it has"))
      return {}
    end,
  }
end

--- The VPC that x-vpc names: `{ id, names, subnets = function(group, where) }`.
function given.make(section)
  local ways <const> = {}
  for _, key in ipairs { "Lookup", "Use", "Parameters", "Properties" } do
    if section[key] ~= nil and section[key] ~= false then table.insert(ways, key) end
  end
  if #ways > 1 then
    engine.error({ section, ways[2], "key" }, "x-vpc has both " .. ways[1] .. " and " .. ways[2],
      "Properties makes a VPC, Lookup takes one by its ids, Parameters lets whoever deploys name one: write one of them")
  end
  return section.Parameters == true and by_parameters() or by_ids(section)
end

return given
