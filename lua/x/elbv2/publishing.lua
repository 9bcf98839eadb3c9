--- What the published ports of a project ask for: one load balancer, with a listener on each of them. `x-composex: {publish: auto}` makes
--- it; without, the block is told that does.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local publishing <const> = {}

--- Ports of stores and brokers, whatever the image is called: nobody outside should reach them.
local of_stores <const> = read.set {
  1433, 1521, 2181, 3306, 4222, 5432, 5671, 5672, 6379, 6650, 7687, 9042, 9092, 9300, 11211, 26257, 27017, 28015, 61616,
}

--- Further ports that no browser speaks to.
local not_http <const> = read.set {
  21, 22, 23, 25, 53, 110, 143, 389, 465, 514, 587, 636, 853, 993, 995, 1025, 1514, 1515, 1883, 1935, 2222, 3389, 3478, 5044, 5060, 5061, 5222, 5269, 5349,
  5900, 6514, 8883, 12201, 24224, 25565, 50000,
}

--- Whether the container encrypts what goes over a port, by the usual numbers: 443, 8443, 9443. A listener of HTTP needs a certificate then.
local function is_encrypted(number) return number % 1000 == 443 end

--- Roles of images that nobody should reach from outside.
local inner <const> = read.set { "database", "cache", "broker", "search", "mail", "game" }

--- `127.0.0.1:8080:80` is for the machine itself.
function publishing.is_local(port)
  local ip <const> = port.host_ip
  return type(ip) == "string" and (ip:find("^127%.") ~= nil or ip == "::1" or ip == "localhost")
end

--- Whether a port is that of a store, a broker or the like, which nobody outside should reach.
function publishing.is_inner(service, port)
  local row <const> = images.of(service)
  return row ~= nil and inner[row.role] == true or of_stores[port.target] == true
end

--- The port of the load balancer that a port of `ports` asks for; nil when it asks for none, or for what speaks no HTTP.
local function listener_of(service, port)
  local published <const> = port.published ~= nil and units.ports(port.published) or nil
  if not published or published.first ~= published.last or publishing.is_local(port) then return nil end
  if (port.protocol or "tcp") ~= "tcp" or not_http[port.target] then return nil end
  if publishing.is_inner(service, port) then return nil end
  if is_encrypted(port.target) then return nil end
  return published.first
end

--- Whether the tasks of a service have addresses that a load balancer reaches.
local function is_reachable(service)
  local family <const> = families.of(service.name)[1]
  return family ~= nil and compute.of(family).network_mode == "awsvpc"
end

--- The ports of a service that a network load balancer would publish: those of UDP, and of TCP where no HTTP is spoken or the container
--- encrypts. A list of `{ number, published, protocol }`, each number once. `wants(service, port)` chooses.
function publishing.streams(service, wants)
  local list <const>, by_number <const> = {}, {}
  if not is_reachable(service) then return list end
  for _, port in ipairs(service.ports or {}) do
    local range <const> = port.published ~= nil and units.ports(port.published) or nil
    local protocol <const> = (port.protocol or "tcp"):upper()
    local is_stream <const> = protocol == "UDP" or protocol == "TCP" and (not_http[port.target] or is_encrypted(port.target))
    local is_wanted <const> = range and range.first == range.last and not publishing.is_local(port) and not publishing.is_inner(service, port)
    if is_wanted and is_stream and wants(service, port) then
      local known <const> = by_number[port.target]
      if known and known.protocol ~= protocol then known.protocol = "TCP_UDP" end
      if not known then
        by_number[port.target] = { number = math.tointeger(port.target), published = range.first, protocol = protocol }
        table.insert(list, by_number[port.target])
      end
    end
  end
  return list
end

--- Target groups that a service has at most.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html (2026-11-29)
local most_groups <const> = 5

--- What is published: a list of `{ name, service, port, access }`, in the order of the file. `wants(service, port)` chooses.
function publishing.plan(wants)
  local list <const>, default <const> = {}, {}
  for _, service in ipairs(engine.services()) do
    local own <const>, seen <const> = {}, {}
    for _, port in ipairs(is_reachable(service) and service.ports or {}) do
      local number <const> = wants(service, port) and listener_of(service, port)
      if number and not seen[port.target] and #own < most_groups then
        seen[port.target] = true
        table.insert(own, { service = service, port = port, number = number })
      end
    end
    for _, each in ipairs(own) do
      -- Without a port its first one is meant.
      local is_first <const> = service.ports[1].target == each.port.target
      each.name = (#own > 1 or not is_first) and service.name .. ":" .. each.port.target or service.name
      if default[each.number] then each.access = "/" .. service.name .. "*" end
      default[each.number] = true
      table.insert(list, each)
    end
  end
  return list
end

--- Services of the load balancer, as a table and as YAML.
function publishing.services(plan)
  local made <const>, texts <const> = {}, {}
  for _, each in ipairs(plan) do
    made[each.name] = { access = each.access }
    local name <const> = each.name:find(":", 1, true) and '"' .. each.name .. '"' or each.name
    table.insert(texts, name .. ": " .. (each.access and '{access: "' .. each.access .. '"}' or "{}"))
  end
  return made, table.concat(texts, ", ")
end

local function anything() return true end

--- Adds the load balancer that the project asks for. Where it writes one itself, that says what is published.
function publishing.add()
  local settings <const> = engine.section("x-composex")
  if read.at(settings, "publish") ~= "auto" or engine.section("x-elbv2") ~= nil then return end
  local plan <const> = publishing.plan(anything)
  if #plan == 0 then return end
  engine.add_section("x-elbv2", { public = { Services = (publishing.services(plan)) } }, { settings, "publish" })
end

return publishing
