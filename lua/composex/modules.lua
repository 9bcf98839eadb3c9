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

--- Adds a module; a field that modules do not have is an error.
function modules.add(module, where)
  for name in pairs(module) do
    if not is_field(name) then
      local near <const> = engine.near(tostring(name), fields, "its fields") or ""
      error(where .. ": a resource module has no field \"" .. tostring(name) .. "\"; " .. near, 0)
    end
  end
  for _, name in ipairs { "key", "type", "id" } do
    if type(module[name]) ~= "string" then error(where .. ": a resource module needs the field " .. name, 0) end
  end
  if not module.key:find("^x%-") then error(where .. ": the key of a resource module must begin with x-", 0) end
  if modules.by_key[module.key] then error(where .. ": there is a module for " .. module.key .. " already", 0) end
  table.insert(modules.list, module)
  modules.by_key[module.key] = module
end

--- Loads the built-in modules that the compose file uses, then those that scripts declared.
function modules.load()
  for _, entry in ipairs(engine.use("manifest")) do
    if engine.section(entry.key) ~= nil then modules.add(engine.use(entry.file), "lua/" .. entry.file .. ".lua") end
  end
  for _, module in ipairs(engine.modules()) do modules.add(module, "composex.resource") end
end

return modules
