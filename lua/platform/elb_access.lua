--- Conditions of listener rules: `access: host`, `/path`, `host/path`, or CloudFormation's own Conditions.
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

--- The Conditions of a rule for a target, which stands at `at`.
function elb_access.conditions(target, at, subject)
  if target.Conditions ~= nil then
    if target.access ~= nil then
      engine.error({ target, "access", "key" }, subject .. " has both access and Conditions", "write one of them")
    end
    return target.Conditions
  end
  if type(target.access) ~= "string" or elb_access.is_default(target) then
    engine.error(at, subject .. " needs an access or Conditions: another target answers for everything else",
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
