--- x-tags: tags on everything that takes them; a tag that a resource has already stays.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")

--- Tags of a resource.
--- https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
local most <const> = 50

--- A tag at its place; what AWS refuses is told.
local function add(list, name, value, where)
  local key <const> = tostring(name)
  if key:lower():find("^aws:") then
    return engine.error(where, "x-tags: tags that begin with aws: are AWS's own", "choose another key")
  end
  if #key == 0 or utf8.len(key) == nil or utf8.len(key) > 128 then
    return engine.error(where, "x-tags: a key has 1 to 128 characters", "choose a shorter key")
  end
  if not read.is_function(value) then
    if type(value) == "userdata" then return engine.error(where, "x-tags " .. key .. " must be a string", "write one value") end
    local text <const> = engine.written(where) or ""
    if (utf8.len(text) or 257) > 256 then return engine.error(where, "x-tags " .. key .. " has a value of more than 256 characters", "shorten it") end
    value = engine.placed(text, where)
  end
  if list.seen[key] then return engine.error(where, "x-tags has " .. key .. " twice", "write it once") end
  list.seen[key] = true
  table.insert(list, { key = key, value = value })
end

local function listed(section)
  local list <const> = { seen = {} }
  if read.is_list(section) then
    for index, item in ipairs(section) do
      if read.is_mapping(item) and item.Key ~= nil then
        add(list, item.Key, item.Value, { item, "Value" })
      elseif read.is_mapping(item) then
        engine.error({ section, index }, "x-tags takes Key and Value", "or write the tags as a mapping")
      end
    end
  else
    for name, value in pairs(section) do add(list, name, value, { section, name }) end
  end
  return list
end

--- Tags for what is started of a resource: the list, without the keys of `taken`.
local function specification(type, list, taken)
  local tagged <const> = {}
  for _, tag in ipairs(taken or {}) do table.insert(tagged, tag) end
  for _, tag in ipairs(list) do
    local has = false
    for _, other in ipairs(taken or {}) do has = has or other.Key == tag.key end
    if not has then table.insert(tagged, { Key = tag.key, Value = tag.value }) end
  end
  return { ResourceType = type, Tags = tagged }
end

--- Launch templates and fleets say tags of what they start in lists of their own.
local function set_on_instances(list)
  local template <const>, fleet <const> = engine.find("x-cluster", "", "LaunchTemplate"), engine.find("x-cluster", "", "SpotFleet")
  if template then
    local data <const> = template.Properties.LaunchTemplateData
    data.TagSpecifications = {
      specification("instance", list, data.TagSpecifications[1].Tags), specification("volume", list),
    }
    template.Properties.TagSpecifications = { specification("launch-template", list) }
  end
  if fleet then
    fleet.Properties.SpotFleetRequestConfigData.TagSpecifications = { specification("spot-fleet-request", list) }
  end
end

--- Sets the tags of the file. Runs last, when everything is made.
local function set(definition)
  local list <const> = listed(definition.body)
  if #list > most then return engine.error(read.root("x-tags"), "x-tags has " .. #list .. " tags: a resource takes " .. most, "write fewer") end
  local lasting = {}
  for _, tag in ipairs(list) do lasting = engine.tag(tag.key, tag.value) end
  if #lasting > 0 then
    engine.note(read.root("x-tags"), "x-tags does not tag " .. table.concat(lasting, ", ") .. ": another tag would replace "
      .. (#lasting > 1 and "them" or "it"), "write Properties: {Tags: ...} there, if these tags never change")
  end
  if #list > 0 then set_on_instances(list) end
end

return {
  key     = "x-tags",
  accepts = { section = shape.either(shape.map(shape.any), shape.list(shape.record { Key = shape.any, Value = shape.any }, "{Key: owner, Value: payments}")) },
  hooks   = { finish = set },
}
