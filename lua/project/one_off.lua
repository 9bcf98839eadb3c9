--- Services that end: a migration, a bucket that is created, a certificate that is written. On a laptop they run once; a service of ECS
--- would start them again for good.
local read <const> = engine.use("base/read")
local used_names <const> = engine.use("project/used_names")
local one_off <const> = {}

--- Words of names and commands of what ends.
local words <const> = {
  "bootstrap", "createbucket", "create%-bucket", "createbuckets", "create%-topics", "fixtures", "init", "initializer", "migrate", "migration", "migrations",
  "migrator", "seed", "seeder", "setup", "wait%-for",
}

--- Whether a text has one of those as a word of its own.
local function has_word(text)
  local lower <const> = " " .. text:lower():gsub("_", "-") .. " "
  for _, word in ipairs(words) do
    if lower:find("%f[%w]" .. word .. "%f[^%w]") then return true end
  end
  return false
end

--- What a service says of restarts: `no`, `on-failure`, `always`, ...; nil when nothing.
local function restart_of(service)
  local policy <const> = read.at(service, "deploy", "restart_policy", "condition")
  local wanted <const> = policy ~= nil and policy or service.restart
  if wanted == "none" then return "no" end
  return type(wanted) == "string" and wanted:match("^on%-failure") or wanted
end

--- Whether a service ends by what the file says of it: `restart: "no"`, or a name of what ends and nothing that keeps it running.
function one_off.is(service)
  local restart <const> = restart_of(service)
  if restart == "always" or restart == "unless-stopped" or restart == "any" then return false end
  if #(service.ports or {}) > 0 or #(service.expose or {}) > 0 then return false end
  -- What sets others up may say when it has come far enough: its healthcheck does not make it stay.
  if not has_word(service.name) and (restart ~= "no" or service.healthcheck ~= nil) then return false end
  return not used_names.is_called(service)
end

return one_off
