--- The listeners of a load balancer that writes none.
local certificates <const> = engine.use("x/acm/certificates")
local elb_shorthand <const> = {}

--- The certificates of a load balancer that writes no listeners: its own, else one for its domain names; none without both.
local function usual_certificates(balancer, body, at)
  if body.Certificates ~= nil then return certificates.of(body, balancer.subject) end
  if #balancer.domains == 0 then return {} end
  local certificate <const> = certificates.covering(balancer.domains, balancer.name, at, balancer.subject)
  balancer.is_reported = not certificate
  return { certificate }
end

--- A network load balancer listens on the ports of its services.
local function usual_network_listeners(balancer, own, at)
  local list <const>, seen <const> = {}, {}
  for _, group in ipairs(balancer.groups) do
    local port <const> = group.members[1].port
    local is_encrypted <const> = #own > 0 and port.protocol ~= "udp"
    local protocol <const> = group.protocol == "TCP_UDP" and "TCP_UDP" or port.protocol == "udp" and "UDP" or nil
    local number <const> = is_encrypted and #balancer.groups == 1 and 443 or port.target
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

--- The listeners that a load balancer has which writes none: HTTPS with a redirect for one with a domain name or a certificate, else
--- HTTP; a network load balancer listens on the ports of its services.
function elb_shorthand.listeners(balancer, body)
  local at <const> = balancer.at
  local open <const> = {}
  for _, group in ipairs(balancer.groups) do
    if group.body.access == nil then table.insert(open, group) end
  end
  if #open > 1 and balancer.kind == "application" then
    engine.error(open[2].at, balancer.subject .. " has two services for everything", "give one an access: host, /path or host/path")
    return {}
  end
  local own <const> = usual_certificates(balancer, body, at)
  if balancer.kind == "network" then return usual_network_listeners(balancer, own, at) end
  local reached <const> = {}
  for _, group in ipairs(balancer.groups) do
    table.insert(reached, { name = group.name, access = group.body.access, Priority = group.body.Priority })
  end
  if #reached == 0 then
    engine.error(at, balancer.subject .. " leads nowhere", "write Services: {NAME: {}}")
  end
  if #balancer.domains == 0 and #own == 0 then return { { node = { Targets = reached }, port = 80, where = at } } end
  return {
    { node = { DefaultActions = { { Redirect = "HTTP_TO_HTTPS" } } }, port = 80, where = at },
    { node = { Targets = reached }, certificates = own, port = 443, where = at },
  }
end

return elb_shorthand
