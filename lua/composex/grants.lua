--- What services were granted: per service the statements for its task role and the variables for its containers.
local grants <const> = {}
local by_service <const> = {}

local function of(service)
  by_service[service] = by_service[service] or { statements = {}, environment = {} }
  return by_service[service]
end

--- `actions` on `resources` (a list of references), as one statement of the policy for `key`.
function grants.allow(service, key, sid, actions, resources)
  table.insert(of(service).statements, { key = key, sid = sid, actions = actions, resources = resources })
end

--- A variable for every container of the service; what the compose file sets itself is stronger.
function grants.variable(service, name, value)
  table.insert(of(service).environment, { name = name, value = value })
end

grants.of = of

return grants
