--- What alarms tell: topics of the file or by their ARNs, of a service's alarms and of those in x-alarms alike.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local pointers <const> = engine.use("kinds/pointers")
local topics <const> = {}

--- The actions of an alarm that tell a topic, by what `NotifyOn` says.
local actions <const> = {
  alarm = { "AlarmActions" }, okay = { "OKActions" }, ok = { "OKActions" }, all = { "AlarmActions", "OKActions" },
}

--- Lets alarms of this account publish to a topic of the file. The alarms of services come when topics have their defaults: a key that
--- the file does not name is taken away again, for the policy of AWS's own lets no alarm in.
function topics.open(topic, where)
  if topic.key ~= "x-sns" then return end
  permits.link(topic, "cloudwatch.amazonaws.com", nil, "Alarms", where)
  if topic.resource and read.at(topic.body, "Properties", "KmsMasterKeyId") == nil then topic.resource.Properties.KmsMasterKeyId = nil end
end

--- The definition or the value that `text` names.
local function topic_of(text, where, subject)
  if type(text) ~= "string" then
    if text ~= nil then return nil, text end
    return engine.error(where, subject .. " needs x-sns or TopicArn", "write Topics: [{x-sns: NAME}]")
  end
  if pointers.parse(text) then return (pointers.definition(text, where)) end
  local topic <const> = definitions.find("x-sns", text)
  if topic then return topic end
  if text:find("^arn:") then return nil, text end
  engine.error(where, "x-sns::" .. text .. " is not in the compose file",
    definitions.by_name["x-sns"] and definitions.near("x-sns", text) or "name a topic of x-sns, or one by its TopicArn")
end

local function read_row(list, index, subject, usual)
  local row, where = list[index], { list, index }
  if not read.is_mapping(row) then
    local topic <const>, value <const> = topic_of(row, where, subject)
    return (topic or value ~= nil) and { topic = topic, value = value, where = where, actions = actions[usual] } or nil
  end
  for key in pairs(row) do
    if not read.has({ "x-sns", "TopicArn", "NotifyOn" }, key) then
      engine.error({ row, key, "key" }, subject .. " has no key \"" .. key .. "\"",
        engine.near(key, { "x-sns", "TopicArn", "NotifyOn" }, "it has"))
    end
  end
  local wanted = row.NotifyOn
  if read.is_list(wanted) then wanted = #wanted > 1 and "all" or wanted[1] end
  local found <const> = actions[wanted == nil and usual or wanted]
  if not found then
    engine.error({ row, "NotifyOn" }, subject .. " NotifyOn must be all, alarm or okay")
    return nil
  end
  local name <const> = row["x-sns"] ~= nil and "x-sns" or "TopicArn"
  if row[name] ~= nil then where = { row, name } end
  local topic <const>, value <const> = topic_of(row[name], where, subject)
  return (topic or value ~= nil) and { topic = topic, value = value, where = where, actions = found } or nil
end

--- The rows of Topics as `{ topic, value, where, actions }`: a definition of the file, or a value. `usual` is what NotifyOn is
--- when it is not there.
function topics.read(list, where, subject, usual)
  local rows <const> = {}
  if not read.is_list(list) then
    engine.error(where, subject .. " must be a list")
    return rows
  end
  for index = 1, #list do table.insert(rows, read_row(list, index, subject, usual)) end
  return rows
end

return topics
