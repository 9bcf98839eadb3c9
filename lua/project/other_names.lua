--- The names that Docker knows a service by beside its own: its container's, its host's, those of its networks.
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local other_names <const> = {}

--- Attributes that name a container, and what that is called.
local attributes <const> = { { "container_name", "container" }, { "hostname", "host" } }

--- How a name of Service Connect is written; longer ones it does not take.
local function is_name(text) return type(text) == "string" and #text <= 127 and text:find("^[%w_][%w_.-]*$") ~= nil end

--- `{ name, what }`, each once, without names that services have.
other_names.of = run.by_name(function(service)
  local list <const>, seen <const> = {}, {}
  local function add(name, what)
    if not is_name(name) or seen[name:lower()] or engine.section("services")[name] ~= nil then return end
    seen[name:lower()] = true
    table.insert(list, { name = name, what = what })
  end
  for _, row in ipairs(attributes) do add(service[row[1]], row[2]) end
  for _, attached in pairs(service.networks or {}) do
    for _, alias in ipairs(read.at(attached, "aliases") or {}) do add(alias, "alias") end
  end
  return list
end)

return other_names
