--- User names and passwords of databases and brokers as contracts see them: written out, or made by a secret of the template.
local values <const> = engine.use("contracts/values")
local passwords <const> = {}

--- The secret that a value is read from (`{{resolve:secretsmanager:${Secret}:SecretString:key}}`), and the key.
local function source(value, template)
  local text = type(value) == "table" and value["Fn::Sub"] or nil
  if type(text) == "table" then text = text[1] end
  if type(text) ~= "string" then return nil end
  local id <const>, key <const> = text:match("^{{resolve:secretsmanager:%${(%w+)}:SecretString:?([^:}]*)")
  local secret <const> = id and template.find(id)
  local rule <const> = secret and secret.properties.GenerateSecretString
  if type(rule) == "table" and not values.is_computed(rule) then return rule, key end
end

local classes <const> = {
  { "%l", "ExcludeLowercase" }, { "%u", "ExcludeUppercase" }, { "%d", "ExcludeNumbers" }, { "%p", "ExcludePunctuation" },
}

--- All letters that a generated password may have.
local function letters_of(rule)
  local excluded <const> = rule.ExcludeCharacters == nil and "" or values.string(rule.ExcludeCharacters)
  if not excluded then return nil end
  local list <const> = {}
  for code = 33, 126 do
    local letter <const> = string.char(code)
    for _, class in ipairs(classes) do
      if letter:find(class[1]) and not values.is_true(rule[class[2]]) and not excluded:find(letter, 1, true) then list[#list + 1] = letter end
    end
  end
  if values.is_true(rule.IncludeSpace) then list[#list + 1] = " " end
  return table.concat(list)
end

--- What is known of a password: `{ length, letters, is_generated }`; the letters that it has, or may have.
function passwords.read(value, template)
  if type(value) == "string" then
    return not value:find("{{resolve:", 1, true) and { length = utf8.len(value) or #value, letters = value } or nil
  end
  local rule <const>, key <const> = source(value, template)
  if not rule or (values.string(rule.GenerateStringKey) or "") ~= key then return nil end
  return {
    length = rule.PasswordLength == nil and 32 or values.number(rule.PasswordLength), letters = letters_of(rule), is_generated = true,
  }
end

--- The user name that a value is; nil when it is not known.
function passwords.user(value, template)
  if type(value) == "string" then return not value:find("{{resolve:", 1, true) and value or nil end
  local rule <const>, key <const> = source(value, template)
  local text <const> = rule and values.string(rule.SecretStringTemplate)
  return text and text:match("\"" .. key:gsub("%W", "%%%0") .. "\"%s*:%s*\"([^\"\\]*)\"") or nil
end

--- A contract on each value at `row.at` that `reads(value, template)` finds; `fault(found)` says what is wrong with one.
local function contract(row, reads, fault)
  row.faults = function(properties, _, template)
    local list <const> = {}
    values.visit(properties, row.at, function(value, steps)
      local found <const> = reads(value, template)
      local detail <const> = found and fault(found)
      if detail then list[#list + 1] = { path = steps, detail = detail } end
    end)
    return list
  end
  row.checked = "2026-11-29"
  return row
end

--- A contract on each password at `row.at`; `fault(password)` says what is wrong with one.
function passwords.contract(row, fault) return contract(row, passwords.read, fault) end

--- The password has `least` to `most` letters.
function passwords.length(row, least, most)
  row.must = "must have a password of " .. least .. (most == math.huge and " or more letters" or " to " .. most .. " letters")
  return passwords.contract(row, function(password)
    if not password.length or (password.length >= least and password.length <= most) then return nil end
    return (password.is_generated and "its secret makes one of " or "this one has ") .. password.length
  end)
end

--- The password has none of `set`, a class of a Lua pattern; `words` says it.
function passwords.without(row, set, words)
  row.must = "must have a password without " .. words
  return passwords.contract(row, function(password)
    if not password.letters or not password.letters:find(set) then return nil end
    return password.is_generated and "its secret may make them" or "this one has one of them"
  end)
end

--- A contract on each user name at `row.at`; `fault(name)` says what is wrong with one.
function passwords.users(row, fault) return contract(row, passwords.user, fault) end

--- The user name has at most so many letters.
function passwords.user_length(row, most)
  row.must = "must have a master user name of at most " .. most .. " letters"
  return passwords.users(row, function(name) return #name > most and "\"" .. name .. "\" has " .. #name or nil end)
end

return passwords
