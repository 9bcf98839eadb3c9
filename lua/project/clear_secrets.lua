--- Values that look like secrets and stand in the file: whoever reads the template or the task definition reads them. What they are is
--- never said, only where they stand.
local clear_secrets <const> = {}

--- Parts of the names of variables whose values are secrets.
local words <const> = { "PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ENCRYPTION_KEY", "ACCESS_KEY" }

--- Names that only look so: paths of files, and what says how a secret is used.
local others <const> = { "_FILE$", "_PATH$", "_URL$", "_URI$", "_ID$", "_NAME$", "_TTL$", "_LENGTH$", "_EXPIR", "_ALGORITHM$",
  "^ALLOW_", "_ENABLED?$", "_TYPE$" }

--- How tokens of well-known services begin, with the least length of what follows.
--- https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns (2026-11-29)
local tokens <const> = {
  { "^AKIA[A-Z0-9]+$", 20 }, { "^gh[pousr]_%w+$", 36 }, { "^github_pat_[%w_]+$", 40 }, { "^glpat%-[%w_-]+$", 20 }, { "^xox[abprs]%-[%w-]+$", 20 },
  { "^[sr]k_live_%w+$", 20 }, { "^AIza[%w_-]+$", 39 }, { "^SG%.[%w_-]+%.[%w_-]+$", 40 }, { "^npm_%w+$", 36 }, { "^dop_v1_%x+$", 64 },
  { "^sk%-[%w_-]+$", 32 }, { "^eyJ[%w_-]+%.eyJ[%w_-]+%.[%w_-]+$", 40 }, { "^%-%-%-%-%-BEGIN [%u ]*PRIVATE KEY", 20 },
}

--- Bits of information per letter.
local function entropy(text)
  local counts <const> = {}
  for letter in text:gmatch(".") do counts[letter] = (counts[letter] or 0) + 1 end
  local bits = 0
  for _, count in pairs(counts) do bits = bits - count / #text * math.log(count / #text, 2) end
  return bits
end

--- Whether a text is random letters, and no name, number, digest or path.
local function is_random(text)
  if #text < 24 or #text > 256 or not text:find("^[%w+/_=-]+$") then return false end
  if text:find("^%x+$") or text:find("^%x+%-%x+%-%x+%-%x+%-%x+$") then return false end
  if not (text:find("%d") and text:find("%l") and text:find("%u")) then return false end
  -- Names are words with signs between; keys of 18 bytes and more have few.
  local _, signs = text:gsub("[/_-]", "")
  return signs <= #text // 12 and entropy(text) >= 4.2
end

--- What makes a value of a variable look like a secret: text for the message, "" for its name alone; nil when nothing does.
local function reason(name, value)
  if type(value) ~= "string" or #value < 4 or value:find("^x%-[%w_-]+::") then return nil end
  if value:find("^%a[%w+.-]*://[^%s/:@]*:[^%s/@{$]+@") then return "a password in a URL" end
  for _, token in ipairs(tokens) do
    if #value >= token[2] and value:find(token[1]) then return "a token" end
  end
  local upper <const>, lower <const> = name:upper(), value:lower()
  if value:find("^/") or lower == "true" or lower == "false" or lower == "none" then return nil end
  for _, pattern in ipairs(others) do
    if upper:find(pattern) then return nil end
  end
  for _, word in ipairs(words) do
    if upper:find(word, 1, true) then return "" end
  end
  return is_random(value) and "random letters" or nil
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
      local why <const> = not is_parameter(service, name) and reason(name, value)
      if why then
        count, first = count + 1, first or name .. " of services::" .. service.name .. (why ~= "" and " (" .. why .. ")" or "")
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
