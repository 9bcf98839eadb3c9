--- The names in a module that a script or a pack declares: profiles, return values, variables, and what links lead to.
local read <const> = engine.use("base/read")
local manifest <const> = engine.use("manifest")
local declared <const> = {}

--- The near one of `names`, as a remedy; nil when none is near.
local function near(name, names)
  local found <const> = engine.near(name, names, "")
  return found and found:find("^did you mean") and found or nil
end

--- The names in groups of profiles, without where they are on.
local function names_in(...)
  local names <const> = {}
  for _, group in ipairs { ... } do
    for name, entries in pairs(group) do
      if name ~= "on" and type(entries) == "table" then table.insert(names, name) end
    end
  end
  table.sort(names)
  return names
end

--- A profile: texts (actions, and names of other profiles) and lists of actions with resources of their own.
local function profile(name, entries, has, names)
  for _, entry in ipairs(entries) do
    if type(entry) == "string" then
      if not entry:find(":", 1, true) and not has(entry) then
        return "the access profile \"" .. name .. "\" includes \"" .. entry .. "\", which is no profile",
          near(entry, names) or "an action names its service, such as sns:Publish; a bare word includes another profile"
      end
    elseif type(entry) ~= "table" then
      return "the access profile \"" .. name .. "\" must be a list of actions", "write { \"sns:Publish\" }"
    end
  end
end

local function access(module)
  local all <const> = module.access or {}
  for name, entries in pairs(all) do
    if name ~= "on" and type(entries) ~= "table" then
      return "the access profile \"" .. name .. "\" must be a list of actions, not a " .. type(entries), "write { \"sns:Publish\" }"
    end
    if name ~= "on" then
      local message, remedy = profile(name, entries, function(other) return type(all[other]) == "table" end, names_in(all))
      for inner, group in pairs(#entries == 0 and entries or {}) do
        if inner ~= "on" and type(group) == "table" and not message then
          message, remedy = profile(name .. "." .. inner, group, function(other)
            return type(entries[other]) == "table" or type(all[other]) == "table"
          end, names_in(entries, all))
        end
      end
      if message then return message, remedy end
    end
  end
end

local function env(module)
  for template, returned in pairs(module.env or {}) do
    local rest <const> = template:gsub("{NAME}", "")
    if not rest:find("^[%w_]*$") then
      return "env names a variable \"" .. template .. "\"", "a variable has letters, digits, _ and {NAME}, the definition's name"
    end
    if type(module.returns) == "table" and type(returned) == "string" and returned ~= "Ref" and module.returns[returned] == nil
      and #read.names(module.returns) > 0 and not engine.attribute(module.type, returned) then
      return "env gives \"" .. returned .. "\", which returns does not have", engine.near(returned, read.names(module.returns), "it has")
    end
  end
end

local function returns(module)
  for name, row in pairs(module.returns or {}) do
    if type(row) == "string" and row ~= "Ref" and not row:find("${", 1, true) and not engine.attribute(module.type, row) then
      return "returns " .. name .. ": " .. tostring(module.type) .. " has no attribute \"" .. row .. "\"", "write Ref, an attribute, or a string with ${...}"
    end
  end
end

local function is_key(key, all)
  if all[key] then return true end
  for _, entry in ipairs(manifest) do
    if entry.key == key then return true end
  end
end

local function links(module, all)
  for property, rows in pairs(module.links or {}) do
    if not engine.property(module.type, property) then
      return "links names a property \"" .. property .. "\", which " .. module.type .. " does not have", "write its path: RedrivePolicy.deadLetterTargetArn"
    end
    for _, row in ipairs(type(rows) == "table" and rows or { rows }) do
      local key <const> = type(row) == "string" and row:match("^(x%-[%w_-]+)%..+$")
      if type(row) == "string" and not (key and is_key(key, all)) then
        local names <const> = {}
        for _, entry in ipairs(manifest) do table.insert(names, entry.key) end
        return "the link of " .. property .. " leads to \"" .. row .. "\"",
          key and engine.near(key, names, "there are") or "write a key and a value of it: \"x-kms.Arn\""
      end
    end
  end
end

--- Why the names in a module do not hold together, and a remedy. `all` are the modules that were declared, by key.
function declared.fault(module, all)
  for _, check in ipairs { access, returns, env, links } do
    local message <const>, remedy <const> = check(module, all)
    if message then return message, remedy end
  end
end

return declared
