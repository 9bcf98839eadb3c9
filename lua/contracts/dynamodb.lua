--- Contracts of Amazon DynamoDB.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html"
local checked <const> = "2026-11-29"
local made_table <const> = "AWS::DynamoDB::Table"
local index_kinds <const> = { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" }

--- Calls `visit(schema, path)` for the key of the table and of each index.
local function each_key(made, visit)
  visit(values.items(made.KeySchema), { "KeySchema" })
  for _, kind in ipairs(index_kinds) do
    for index, item in ipairs(values.items(made[kind])) do visit(values.items(item.KeySchema), { kind, index, "KeySchema" }) end
  end
end

--- The names that AttributeDefinitions defines; nil when they are not all known.
local function defined(made)
  if type(made.AttributeDefinitions) ~= "table" then return nil end
  local names <const> = {}
  for _, item in ipairs(made.AttributeDefinitions) do
    local name <const> = values.string(item.AttributeName)
    if not name then return nil end
    names[name] = true
  end
  return names
end

local function hash_of(schema)
  for _, item in ipairs(values.items(schema)) do
    if item.KeyType == "HASH" then return values.string(item.AttributeName) end
  end
end

local function is_on_demand(made) return made.BillingMode == "PAY_PER_REQUEST" end

return {
  {
    id = "dynamodb-keys", on = made_table, at = "KeySchema", must = "must define the attributes of its keys (AttributeDefinitions)",
    faults = function(made)
      local names <const>, found <const> = defined(made), {}
      each_key(made, function(schema, path)
        for index, item in ipairs(schema) do
          local name <const> = values.string(item.AttributeName)
          if names and name and not names[name] then
            found[#found + 1] = {
              path = { path[1], path[2], path[3], index, "AttributeName" }, detail = "\"" .. name .. "\" is in no AttributeDefinitions",
              remedy = "add {AttributeName: " .. name .. ", AttributeType: S} to them",
            }
            if #path == 1 then found[#found].path = { "KeySchema", index, "AttributeName" } end
          end
        end
      end)
      return found
    end,
    page = api, checked = checked,
  },
  {
    id = "dynamodb-global-indexes", on = made_table, at = "GlobalSecondaryIndexes", items = { 0, 20 }, remedy = "leave all but 20 of them out", page = cfn,
    checked = checked,
  },
  {
    id = "dynamodb-local-indexes", on = made_table, at = "LocalSecondaryIndexes", items = { 0, 5 }, remedy = "write GlobalSecondaryIndexes for the others",
    page = cfn, checked = checked,
  },
  {
    id = "dynamodb-local-key", on = made_table, at = "LocalSecondaryIndexes", must = "must have the partition key of the table in each local index",
    faults = function(made)
      local own <const>, found <const> = hash_of(made.KeySchema), {}
      for index, item in ipairs(values.items(made.LocalSecondaryIndexes)) do
        local other <const> = hash_of(item.KeySchema)
        if own and other and own ~= other then
          found[#found + 1] = { path = { "LocalSecondaryIndexes", index, "KeySchema" }, detail = "\"" .. other .. "\" is not \"" .. own .. "\"" }
        end
      end
      return found
    end,
    remedy = "write GlobalSecondaryIndexes for another partition key", page = api, checked = checked,
  },
  {
    id = "dynamodb-index-name", on = made_table, each = "GlobalSecondaryIndexes[]", at = "IndexName", length = { 3, 255 },
    remedy = "write it like by-customer", page = api, checked = checked,
  },
  {
    id = "dynamodb-index-letters", on = made_table, each = "GlobalSecondaryIndexes[]", at = "IndexName",
    pattern = { "^[%w_.-]+$", "letters, digits, _, . and -" },
    remedy = "write it like by-customer", page = api, checked = checked,
  },
  {
    id = "dynamodb-index-names", on = made_table, at = "GlobalSecondaryIndexes", must = "must give each index a name of its own",
    faults = function(made)
      local seen <const>, found <const> = {}, {}
      for _, kind in ipairs(index_kinds) do
        for index, item in ipairs(values.items(made[kind])) do
          local name <const> = values.string(item.IndexName)
          if name and seen[name] then found[#found + 1] = { path = { kind, index, "IndexName" }, detail = "\"" .. name .. "\" is one already" } end
          if name then seen[name] = true end
        end
      end
      return found
    end,
    remedy = "rename one of them", page = api, checked = checked,
  },
  {
    id = "dynamodb-on-demand", on = made_table, at = "ProvisionedThroughput", must = "must not have ProvisionedThroughput: it is on demand (PAY_PER_REQUEST)",
    holds = function(made) return made.ProvisionedThroughput == nil or not is_on_demand(made) end,
    remedy = "leave ProvisionedThroughput or BillingMode out", page = api, checked = checked,
  },
  {
    id = "dynamodb-index-on-demand", on = made_table, at = "GlobalSecondaryIndexes",
    must = "must not have ProvisionedThroughput in an index: it is on demand (PAY_PER_REQUEST)",
    holds = function(made)
      for index, item in ipairs(is_on_demand(made) and values.items(made.GlobalSecondaryIndexes) or {}) do
        if item.ProvisionedThroughput ~= nil then return false, { "GlobalSecondaryIndexes", index, "ProvisionedThroughput" } end
      end
      return true
    end,
    remedy = "leave ProvisionedThroughput of the index out", page = api, checked = checked,
  },
  {
    id = "dynamodb-provisioned", on = made_table, at = "BillingMode", must = "must have ProvisionedThroughput: it is not on demand",
    holds = function(made)
      return made.ProvisionedThroughput ~= nil or type(made.BillingMode) == "table" or is_on_demand(made)
    end,
    remedy = "write BillingMode: PAY_PER_REQUEST, or ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}", page = cfn, checked = checked,
  },
  {
    id = "dynamodb-projected", on = made_table, at = "GlobalSecondaryIndexes", must = "must project at most 100 attributes into its indexes (INCLUDE)",
    holds = function(made)
      local count = 0
      for _, kind in ipairs(index_kinds) do
        for _, item in ipairs(values.items(made[kind])) do
          if values.at(item, "Projection.ProjectionType") == "INCLUDE" then count = count + #values.items(values.at(item, "Projection.NonKeyAttributes")) end
        end
      end
      return count <= 100, nil, "not " .. count
    end,
    remedy = "write ProjectionType: ALL", page = api, checked = checked,
  },
  {
    id = "dynamodb-attributes", on = "AWS::DynamoDB::Table", given = "AttributeDefinitions",
    must = "must define the attributes of its keys only (AttributeDefinitions): the others need no definition",
    faults = function(made)
      local used <const>, found <const> = {}, {}
      local function note(keys)
        if values.is_computed(keys) then return false end
        for _, key in ipairs(values.items(keys)) do used[tostring(key.AttributeName)] = true end
        return true
      end
      local is_known = note(made.KeySchema)
      for _, name in ipairs { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" } do
        is_known = is_known and not values.is_computed(made[name])
        for _, index in ipairs(values.items(made[name])) do is_known = note(index.KeySchema) and is_known end
      end
      for index, each in ipairs(is_known and values.items(made.AttributeDefinitions) or {}) do
        local name <const> = type(each) == "table" and values.string(each.AttributeName)
        if name and not used[name] then found[#found + 1] = { path = { "AttributeDefinitions", index }, detail = name .. " is in no key" } end
      end
      return found
    end,
    remedy = "leave it out, or write an index with it", page = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
    checked = checked,
  },
}
