--- Values that look like secrets and stand in the file: whoever reads the template or the task definition reads them.
local clear_secrets <const> = {}

--- Parts of the names of variables whose values are secrets.
local words <const> = { "PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ENCRYPTION_KEY", "ACCESS_KEY" }

--- Names that only look so: paths of files, and what says how a secret is used.
local others <const> = { "_FILE$", "_PATH$", "_URL$", "_URI$", "_ID$", "_NAME$", "_TTL$", "_LENGTH$", "_EXPIR", "_ALGORITHM$",
  "^ALLOW_", "_ENABLED?$", "_TYPE$" }

local function is_secret(name, value)
  if type(value) ~= "string" or #value < 4 or value:find("^x%-[%w_-]+::") or value:find("^/") then return false end
  local upper <const>, lower <const> = name:upper(), value:lower()
  if lower == "true" or lower == "false" or lower == "none" then return false end
  for _, pattern in ipairs(others) do
    if upper:find(pattern) then return false end
  end
  for _, word in ipairs(words) do
    if upper:find(word, 1, true) then return true end
  end
  return false
end

--- Whether `x-environment` makes a parameter of a variable.
local function is_parameter(service, name)
  local wanted <const> = engine.at(service, "x-environment", "SetAsParameter")
  for key, value in pairs(wanted or {}) do
    if key == name or value == name then return true end
  end
  return false
end

--- Reports them once, with the block that takes them out.
function clear_secrets.report(services)
  local count, first, where = 0, nil, nil
  local blocks <const> = {}
  for _, service in ipairs(services) do
    local names <const> = {}
    for name, value in pairs(service.environment or {}) do
      if is_secret(name, value) and not is_parameter(service, name) then
        count, first = count + 1, first or name .. " of services::" .. service.name
        where = where or { service.environment, name }
        table.insert(names, name .. ": {NoEcho: true}")
      end
    end
    if #names > 0 then table.insert(blocks, service.name .. ": {x-environment: {SetAsParameter: {" .. table.concat(names, ", ") .. "}}}") end
  end
  if count == 0 then return end
  engine.note(where, "values that look like secrets stand in the template: " .. first .. (count > 1 and ", and " .. count - 1 .. " more" or ""),
    "give them when it is deployed, or write secrets:", { block = "services: {" .. table.concat(blocks, ", ") .. "}" })
end

return clear_secrets
