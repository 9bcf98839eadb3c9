--- Resource modules: checks their tables, and finds them by key.
local fields <const> = {
  "key", "type", "like", "id", "defaults", "returns", "env", "access", "links", "companions", "checks",
}
local modules <const> = { list = {}, by_key = {} }

local function is_field(name)
  for _, field in ipairs(fields) do
    if field == name then return true end
  end
  return false
end

--- Why a table is no resource module, and a remedy; nil when it is one.
local function fault(module)
  for name in pairs(module) do
    if not is_field(name) then
      return "a resource module has no field \"" .. tostring(name) .. "\"", engine.near(tostring(name), fields, "its fields")
    end
  end
  for _, name in ipairs { "key", "type", "id" } do
    if type(module[name]) ~= "string" then return "a resource module needs the field \"" .. name .. "\", a text" end
  end
  if not module.key:find("^x%-") then return "the key of a resource module must begin with x-, not " .. module.key end
  if modules.by_key[module.key] then return "there is a resource module for " .. module.key .. " already" end
end

--- Adds a module; what is wrong with its table is told at the line that declared it.
local function add(module, at)
  local message <const>, remedy <const> = fault(module)
  if message then return engine.error(at, message, remedy) end
  table.insert(modules.list, module)
  modules.by_key[module.key] = module
end

--- Loads the built-in modules that the compose file uses, then those that scripts declared.
function modules.load()
  for _, entry in ipairs(engine.use("manifest")) do
    if engine.section(entry.key) ~= nil then add(engine.use(entry.file)) end
  end
  for _, declared in ipairs(engine.modules()) do add(declared.module, declared.at) end
end

return modules
