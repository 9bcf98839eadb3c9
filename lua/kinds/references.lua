--- What resources of the template refer to, while it is being made.
local references <const> = {}

--- The logical ids that a plain value refers to, in `ids`.
function references.of(value, ids)
  ids = ids or {}
  if type(value) ~= "table" then return ids end
  if type(value.Ref) == "string" then ids[#ids + 1] = value.Ref end
  local pair <const> = value["Fn::GetAtt"]
  if type(pair) == "table" then ids[#ids + 1] = pair[1] end
  for _, each in pairs(value) do references.of(each, ids) end
  return ids
end

--- The resources that there are now, by logical id: `{ id, type, made }` each.
function references.by_id()
  local found <const> = {}
  for _, each in ipairs(engine.template()) do found[each.id] = each end
  return found
end

return references
