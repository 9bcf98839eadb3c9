--- Resources that are reached over the network: a security group of their own, subnets, and a way in for linked
--- services only.
local definitions <const> = engine.use("kinds/definitions")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local lookup <const> = engine.use("kinds/lookup")
local manifest <const> = engine.use("manifest")
local values <const> = engine.use("kinds/values")
local network <const> = {}

--- The file that knows the VPC and its subnets. The manifest names it: kinds know no key.
local function vpc()
  for _, entry in ipairs(manifest) do
    if entry.addresses then return engine.use(entry.addresses) end
  end
end

--- The subnets of the definition: those of the module's tier, or the group that `Settings.Subnets` names. For a list of
--- ids.
function network.subnets(definition, tier)
  local wanted <const> = read.path(definition.body, "Settings.Subnets")
  if wanted == nil then return vpc().subnets(tier or definition.module.network.subnets or "storage", definition.at) end
  return vpc().subnets(tostring(wanted), { definition.body.Settings, "Subnets" })
end

--- One of those subnets, counted from 1; the last one when there are fewer and that is known.
function network.subnet(definition, index)
  local all <const> = network.subnets(definition)
  if type(all) == "table" and all[1] ~= nil then return all[math.min(index, #all)] end
  return { ["Fn::Select"] = { index - 1, all } }
end

--- Appends `value` to the list at `path` below `properties`, after what the file wrote itself.
local function append(properties, path, value)
  local parent <const>, last <const> = path:match("^(.+)%.([^.]+)$")
  local name <const> = last or path
  local holder = properties
  if parent then
    if holder[parent] == nil then holder[parent] = { [name] = { value } } return end
    holder = holder[parent]
  end
  local list <const> = holder[name]
  if read.is_list(list) then
    list[#list + 1] = value
  elseif list == nil then
    holder[name] = { value }
  end
end

local function subnet_group(definition, row)
  local properties <const> = definition.resource.Properties
  if properties[row.property] ~= nil then return end
  local group <const> = { SubnetIds = network.subnets(definition) }
  for name, value in pairs(row.properties or {}) do group[name] = value end
  group[row.description] = "Subnets of " .. definition.name
  local made <const> = definitions.add(definition, "subnet_group", row.type, definition.noun .. "SubnetGroup", group)
  properties[row.property] = made:ref()
end

--- Makes the security group and the subnets that the definition's resource stands in.
function network.prepare(definition)
  local rows <const> = definition.module.network
  if not rows or not definition.resource then return end
  local group <const> = definitions.add(definition, "security_group", "AWS::EC2::SecurityGroup",
    definition.noun .. "SecurityGroup", {
      GroupDescription = "Who may connect to " .. definition.name .. " (" .. definition.key .. ")",
      VpcId = vpc().vpc(),
    })
  local properties <const> = definition.resource.Properties
  if rows.groups then append(properties, rows.groups, group:att("GroupId")) end
  if rows.group then subnet_group(definition, rows.group) end
  if rows.into and read.path(properties, rows.into) == nil then
    local parent <const>, name <const> = rows.into:match("^(.+)%.([^.]+)$")
    local holder <const> = parent and properties[parent] or properties
    holder[name or rows.into] = network.subnets(definition)
  end
  if rows.prepare then rows.prepare(definition, group) end
end

--- A value that a looked-up resource may lack.
local function value(definition, name)
  if definition.lookup and not lookup.knows(definition, name) then return nil end
  return values.of(definition, name)
end

--- How many rules may name services one by one: a security group takes 60, and the file may have some of its own.
--- https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
local most_rules <const> = 50

--- The ports that a definition has of those of its module, as `{ port, number }`: `number` is a text, empty for the first.
local function ports_of(definition)
  local list <const> = {}
  for index, row in ipairs(definition.module.network.ports) do
    if type(row) == "function" then row = row(definition) end
    if type(row) == "string" then row = value(definition, row) end
    if row ~= nil then table.insert(list, { port = row, number = index > 1 and tostring(index) or "" }) end
  end
  return list
end

--- The security group that stands for all services that may connect, where they are too many to be named one by one.
local function clients(definition, group, ports)
  local made <const> = definitions.part(definition, "clients")
  if made then return made end
  local noun <const> = definition.noun .. "Clients"
  local joined <const> = definitions.add(definition, "clients", "AWS::EC2::SecurityGroup", noun .. "SecurityGroup", {
    GroupDescription = "Services that may connect to " .. definition.name .. " (" .. definition.key .. ")",
    VpcId = vpc().vpc(),
  })
  for _, each in ipairs(ports) do
    local own <const> = noun .. each.number .. "Ingress"
    definitions.add(definition, own, "AWS::EC2::SecurityGroupIngress", own, {
      GroupId = group, SourceSecurityGroupId = joined:att("GroupId"), IpProtocol = "tcp", FromPort = each.port, ToPort = each.port,
      Description = "From the services that may connect to " .. definition.name,
    })
  end
  return joined
end

--- Lets a service's tasks in, on the ports of the module.
function network.reach(definition, service)
  local rows <const> = definition.module.network
  if not rows then return end
  local group <const> = value(definition, "GroupId")
  -- A cluster answers when its first instance is there; the secret says where when it is attached.
  for _, part in ipairs { "instance_1", "secret_attachment" } do
    local other <const> = definitions.part(definition, part)
    if other then grants.after(service, other) end
  end
  local ports <const> = ports_of(definition)
  if group == nil then return end
  if definition.clients * #ports > most_rules then
    return grants.join(service, clients(definition, group, ports):att("GroupId"))
  end
  for _, each in ipairs(ports) do
    grants.reach(service, {
      noun = "To" .. engine.pascal(definition.name) .. definition.noun .. each.number .. "Ingress",
      group = group, port = each.port, description = "From service " .. service .. " to " .. definition.name,
    })
  end
end

return network
