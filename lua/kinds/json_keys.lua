--- What ECS reads of a secret of Secrets Manager: all of it or the value under one key of its JSON, as it is now or in another version.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html (2026-11-29)
local json_keys <const> = {}

--- The keys that say which version, in an entry or a section.
json_keys.versions = { "VersionStage", "VersionId" }

--- Reports an entry that names a version twice: ECS takes a staging label or an id. `subject` is what the entry is called.
function json_keys.check(entry, subject)
  if entry.VersionStage ~= nil and entry.VersionId ~= nil then
    engine.error({ entry, "VersionId", "key" }, subject .. " has a VersionStage and a VersionId", "write one of them: ECS reads one version")
  end
end

--- The ValueFrom of the secret with that ARN (`from`). `key` may be nil; `entry` says the version, or nothing of it.
function json_keys.value_from(from, key, entry)
  local stage <const>, id <const> = entry and entry.VersionStage, entry and entry.VersionId
  if key == nil and stage == nil and id == nil then return from end
  return from .. ":" .. (key or "") .. ":" .. (stage or "") .. ":" .. (id or "")
end

return json_keys
