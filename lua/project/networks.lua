--- Compose networks: who shares one with whom.
local networks <const> = {}

--- The names of the compose networks that a family is on, in the order of its services.
function networks.of(family)
  if family.networks then return family.networks end
  local names <const>, on <const> = {}, {}
  family.networks, family.is_on = names, on
  for _, service in ipairs(family.services) do
    for name in pairs(service.networks or {}) do
      if not on[name] then table.insert(names, name) end
      on[name] = true
    end
  end
  return names
end

--- The same names as the keys of a table.
local function is_on(family)
  networks.of(family)
  return family.is_on
end

--- Whether two families share a network.
function networks.shared(one, other)
  local also <const> = is_on(other)
  for _, name in ipairs(networks.of(one)) do
    if also[name] then return true end
  end
  return false
end

--- Where the definition of a network names a security group that exists, which its members carry: `x-network: {SecurityGroup: sg-...}`,
--- or an external network of such a name, which it was in Docker's ECS integration. `{ holder, key }`, or nothing.
function networks.existing_group(definition)
  if definition == nil then return nil end
  local section <const> = definition["x-network"]
  if section ~= nil and section.SecurityGroup ~= nil then return section, "SecurityGroup" end
  local is_group <const> = definition.external == true and type(definition.name) == "string" and definition.name:find("^sg%-%x+$")
  if is_group then return definition, "name" end
end

return networks
