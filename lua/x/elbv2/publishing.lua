--- What the published ports of a project ask for: one load balancer, with a listener on each of them. `x-composex: {publish: auto}` makes
--- it; without, the block is told that does.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local publishing <const> = {}

--- Ports that no browser speaks to, whatever the image is called.
local not_http <const> = read.set {
  21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1025, 1433, 1521, 1883, 2181, 3306, 3389, 4222, 5432, 5671, 5672, 5900, 6379, 6650, 7687,
  8883, 9042, 9092, 9300, 11211, 25565, 26257, 27017, 28015, 61616,
}

--- Roles of images that nobody should reach from outside.
local inner <const> = read.set { "database", "cache", "broker", "search", "mail", "game" }

--- `127.0.0.1:8080:80` is for the machine itself.
function publishing.is_local(port)
  local ip <const> = port.host_ip
  return type(ip) == "string" and (ip:find("^127%.") ~= nil or ip == "::1" or ip == "localhost")
end

--- The port of the load balancer that a port of `ports` asks for; nil when it asks for none, or for what speaks no HTTP.
local function listener_of(service, port)
  local published <const> = port.published ~= nil and units.ports(port.published) or nil
  if not published or published.first ~= published.last or publishing.is_local(port) then return nil end
  if (port.protocol or "tcp") ~= "tcp" or not_http[port.target] then return nil end
  local row <const> = images.of(service)
  if row and inner[row.role] then return nil end
  -- What is encrypted by the container needs a certificate here.
  if port.target == 443 or port.target == 8443 then return nil end
  return published.first
end

--- Whether the tasks of a service have addresses that a load balancer reaches.
local function is_reachable(service)
  local family <const> = families.of(service.name)[1]
  return family ~= nil and compute.of(family).network_mode == "awsvpc"
end

--- What is published: a list of `{ name, service, port, access }`, in the order of the file. `wants(service, port)` chooses.
function publishing.plan(wants)
  local list <const>, default <const> = {}, {}
  for _, service in ipairs(engine.services()) do
    local own <const>, seen <const> = {}, {}
    for _, port in ipairs(is_reachable(service) and service.ports or {}) do
      local number <const> = wants(service, port) and listener_of(service, port)
      if number and not seen[port.target] then
        seen[port.target] = true
        table.insert(own, { service = service, port = port, number = number })
      end
    end
    for _, each in ipairs(own) do
      each.name = #own > 1 and service.name .. ":" .. each.port.target or service.name
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
