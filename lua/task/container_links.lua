--- What a container has of others: the addresses of hosts, links and volumes of containers of its task.
local fates <const> = engine.use("project/fates")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/texts")
local others <const> = {}

function others.hosts(service, family)
  local list <const> = {}
  for name, addresses in pairs(service.extra_hosts or {}) do
    for index, address in ipairs(read.is_list(addresses) and addresses or { addresses }) do
      if address == "host-gateway" then
        engine.warn({ service.extra_hosts, name }, fates.without_effect(service, family, "extra_hosts " .. name, "there is no host-gateway"),
          "write the address of the host")
      else
        table.insert(list, { Hostname = name, IpAddress = read.is_list(addresses) and engine.placed(address, { addresses, index }) or address })
      end
    end
  end
  return #list > 0 and list or nil
end

--- Links to services of the same family, by their exact names, and to the sidecars that the variables name.
function others.links(service, family)
  local list <const> = {}
  for _, sidecar in ipairs(family.runs.network_mode == "bridge" and family.sidecars or {}) do
    if sidecar.container.PortMappings then table.insert(list, sidecar.container.Name) end
  end
  for index, text in ipairs(service.links or {}) do
    local name <const>, alias <const> = text:match("^([^:]+):?(.*)$")
    local before <const> = #list
    for _, other in ipairs(family.services) do
      if other.name == name and family.runs.network_mode == "bridge" then
        local link <const> = values.name(name) .. (alias ~= "" and ":" .. alias or "")
        table.insert(list, engine.placed(link, { service.links, index }))
      end
    end
    if #list == before then
      engine.warn({ service.links, index },
        fates.without_effect(service, family, "links " .. text, "only containers of one task in bridge mode have links"),
        "put both into one family: deploy.labels ecs.task.family")
    end
  end
  return #list > 0 and list or nil
end

--- `volumes_from` another container of the task.
function others.volumes_from(service, family)
  local list <const> = {}
  for index, text in ipairs(service.volumes_from or {}) do
    local name <const>, mode <const> = text:gsub("^container:", ""):match("^([^:]+):?(%a*)$")
    local found = false
    for _, other in ipairs(family.services) do found = found or other.name == name end
    if found then
      table.insert(list, { SourceContainer = engine.placed(values.name(name), { service.volumes_from, index }), ReadOnly = mode == "ro" or nil })
    else
      engine.warn({ service.volumes_from, index },
        fates.without_effect(service, family, "volumes_from " .. text, "only containers of one task share volumes"),
        "put both into one family: deploy.labels ecs.task.family")
    end
  end
  return #list > 0 and list or nil
end

return others
