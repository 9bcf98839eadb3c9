--- Conditions of listener rules: `access: host`, `/path`, `host/path`, or CloudFormation's own Conditions.
local read <const> = engine.use("base/read")
local elb_access <const> = {}

--- The host and the path of a target's `access`, each nil when it has none; `/` is everything, which is neither.
function elb_access.parse(text)
  local host <const>, path <const> = text:match("^([^/]*)(.*)$")
  local name <const> = host:gsub(":%d+$", "")
  return name ~= "" and name or nil, path ~= "" and path ~= "/" and path or nil
end

--- Whether a target answers for everything that no rule matches.
function elb_access.is_default(target)
  if target.Conditions ~= nil then return false end
  if target.access == nil then return true end
  if type(target.access) ~= "string" then return false end
  local host <const>, path <const> = elb_access.parse(target.access)
  return host == nil and path == nil
end

--- The host that a target answers for, or nil.
function elb_access.host(target)
  if type(target.access) ~= "string" then return nil end
  local host <const> = elb_access.parse(target.access)
  return host
end

--- https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
local fields <const> = { "host-header", "http-header", "http-request-method", "path-pattern", "query-string", "source-ip" }

--- The Conditions that the file writes.
local function checked(target, subject)
  local list <const> = read.list(target, "Conditions", subject, "{Field: path-pattern, PathPatternConfig: {Values: [/api/*]}}")
  if #list == 0 then
    engine.error({ target, "Conditions" }, subject .. " has no Conditions", "write access: host or /path, or Conditions")
  end
  for index, condition in ipairs(list) do
    if not read.is_mapping(condition) then
      engine.error({ list, index }, subject .. " Conditions takes mappings", "write {Field: path-pattern, ...}")
    elseif condition.Field == nil then
      engine.error({ list, index }, subject .. " Conditions needs a Field", "write Field: path-pattern")
    else
      read.choice(condition, "Field", fields, subject .. " Conditions")
    end
  end
  return #list > 0 and list or {}
end

--- The Conditions of a rule for a target, which stands at `at`.
function elb_access.conditions(target, at, subject)
  if target.Conditions ~= nil then
    if target.access ~= nil then
      engine.error({ target, "access", "key" }, subject .. " has both access and Conditions", "write one of them")
    end
    return checked(target, subject)
  end
  if type(target.access) ~= "string" or elb_access.is_default(target) then
    engine.error(target.access ~= nil and { target, "access" } or at, subject .. " needs an access or Conditions: another target answers for everything else",
      "write access: host, /path or host/path")
    return {}
  end
  local where <const> = { target, "access" }
  local host <const>, path <const> = elb_access.parse(target.access)
  if host and not host:find("^[%w%-%.%*%?_]+$") then
    engine.error(where, subject .. " access: \"" .. host .. "\" is no host name", "write host, /path or host/path")
  end
  local conditions <const> = {}
  if host then
    table.insert(conditions, { Field = "host-header", HostHeaderConfig = { Values = { engine.placed(host, where) } } })
  end
  if path then
    table.insert(conditions, { Field = "path-pattern", PathPatternConfig = { Values = { engine.placed(path, where) } } })
  end
  return conditions
end


return elb_access
