--- The listeners of a load balancer that writes none.
local certificates <const> = engine.use("x/acm/certificates")
local read <const> = engine.use("base/read")
local elb_shorthand <const> = {}

--- The certificate for the domain names of a load balancer, made once, in a list; an empty one without names.
function elb_shorthand.of_names(balancer, at)
  if #balancer.domains == 0 then return {} end
  if not balancer.certificate then
    balancer.certificate = certificates.covering(balancer.domains, balancer.name, at, balancer.subject)
    balancer.is_reported = not balancer.certificate
  end
  return { balancer.certificate }
end

--- The certificates of a load balancer that writes no listeners: its own, else one for its domain names; none without both.
local function usual_certificates(balancer, body, at)
  if body.Certificates ~= nil then return certificates.of(body, balancer.subject) end
  return elb_shorthand.of_names(balancer, at)
end

--- The port that the file publishes a group's container on, when that is one; nil when it says none.
local function published(group)
  local range <const> = group.members[1].port.published
  return range and range.first == range.last and range.first or nil
end

--- A network load balancer listens on the ports that its services publish, else on those of their containers.
local function usual_network_listeners(balancer, own, at)
  local list <const>, seen <const> = {}, {}
  for _, group in ipairs(balancer.groups) do
    local port <const> = group.members[1].port
    local is_encrypted <const> = #own > 0 and port.protocol ~= "udp"
    local protocol <const> = group.protocol == "TCP_UDP" and "TCP_UDP" or port.protocol == "udp" and "UDP" or nil
    local number <const> = is_encrypted and #balancer.groups == 1 and 443 or published(group) or port.target
    if seen[number] then
      engine.error(group.at, balancer.subject .. " has two services on port " .. number, "write Listeners, with a port for each")
    else
      seen[number] = true
      table.insert(list, {
        node = { Targets = { { name = group.name } }, Protocol = protocol },
        certificates = is_encrypted and own or nil, port = number, where = at,
      })
    end
  end
  return list
end

--- Listeners without encryption: one on each port that a service for everything is published on. Services with an access answer beside
--- those of their own port, else beside the first.
local function plain_listeners(balancer, open, at)
  local list <const>, by_port <const> = {}, {}
  for _, group in ipairs(open) do
    local port <const> = published(group) or 80
    if by_port[port] then
      engine.error(group.at, balancer.subject .. " has two services for everything", "give one an access: host, /path or host/path")
      return {}
    end
    by_port[port] = { node = { Targets = {} }, port = port, where = at }
    table.insert(list, by_port[port])
  end
  if #list == 0 then list[1] = { node = { Targets = {} }, port = 80, where = at } end
  for _, group in ipairs(balancer.groups) do
    local own <const> = by_port[published(group) or 80]
    table.insert((own or list[1]).node.Targets, { name = group.name, access = group.body.access, Priority = group.body.Priority })
  end
  return list
end

--- The listeners that a load balancer has which writes none: HTTPS with a redirect for one with a domain name or a certificate, else
--- HTTP on the ports that its services publish; a network load balancer listens on the ports of its services.
function elb_shorthand.listeners(balancer, body)
  local at <const> = balancer.at
  local open <const> = {}
  for _, group in ipairs(balancer.groups) do
    if group.body.access == nil then table.insert(open, group) end
  end
  local own <const> = usual_certificates(balancer, body, at)
  if balancer.kind == "network" then return usual_network_listeners(balancer, own, at) end
  if #balancer.groups == 0 then
    engine.error(at, balancer.subject .. " leads nowhere", "write Services: {NAME: {}}")
    return {}
  end
  if #balancer.domains == 0 and #own == 0 then return plain_listeners(balancer, open, at) end
  if #open > 1 then
    engine.error(open[2].at, balancer.subject .. " has two services for everything", "give one an access: host, /path or host/path")
    return {}
  end
  local reached <const> = {}
  for _, group in ipairs(balancer.groups) do
    table.insert(reached, { name = group.name, access = group.body.access, Priority = group.body.Priority })
  end
  return {
    { node = { DefaultActions = { { Redirect = "HTTP_TO_HTTPS" } } }, port = 80, where = at },
    { node = { Targets = reached }, certificates = own, port = 443, where = at },
  }
end

--- The names of targets that the file writes at listeners, as keys.
local function named_targets(body)
  local found <const> = {}
  for _, section in ipairs { body.Listeners or {}, read.part(body.Lookup, "Listeners") } do
    for _, listener in pairs(section) do
      for _, target in ipairs(read.at(listener, "Targets") or {}) do found[tostring(read.at(target, "name"))] = true end
    end
  end
  return found
end

--- A listener that exists and names no targets leads to the services that say when (`access`) and that no listener names.
function elb_shorthand.fill(balancer, listener, body)
  local named <const>, reached <const> = named_targets(body), {}
  for _, group in ipairs(balancer.groups) do
    if group.body.access ~= nil and not named[group.name] then
      table.insert(reached, { name = group.name, access = group.body.access, Priority = group.body.Priority })
    end
  end
  if #reached == 0 then return end
  listener.node = { Targets = reached, Certificates = listener.node.Certificates, Protocol = listener.node.Protocol }
end

return elb_shorthand
