--- What an application of the Kinesis Client Library needs beside its stream: metrics, and the tables that hold its
--- leases.
local access <const> = engine.use("composex/access")
local environment <const> = engine.use("composex/environment")
local grants <const> = engine.use("composex/grants")
local keys <const> = engine.use("composex/keys")
local kcl <const> = {}

local leases <const> = {
  "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
  "dynamodb:Scan", "dynamodb:UpdateItem",
}

--- `SetupIAMForKCL: {worker: true}`: remembered until the service is served.
function kcl.macro(stream, value, where)
  stream.kcl = keys.mapping(value, where, stream.subject .. " SetupIAMForKCL")
  for service in pairs(stream.kcl) do
    local services <const> = stream.body.Services
    if not keys.is_mapping(services) or services[service] == nil then
      engine.error({ stream.kcl, service, "key" }, stream.subject .. " SetupIAMForKCL names " .. service
        .. ", which is not in its Services")
    end
  end
end

--- ARNs of the named tables, or of every table that begins with the stack's name.
local function tables(names)
  local list <const> = {}
  local prefix <const> = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
  for index, name in ipairs(names or {}) do
    table.insert(list, engine.placed(composex.sub(prefix .. name), { names, index }))
  end
  if #list == 0 then table.insert(list, composex.sub(prefix .. "${AWS::StackName}-*")) end
  return list
end

local function setup(stream, service, wanted, where)
  local body = wanted
  if wanted == true then
    body = {}
  elseif not keys.is_mapping(wanted) then
    if wanted ~= false then engine.error(where, "SetupIAMForKCL must be true, false or a mapping for each service") end
    return
  else
    keys.check(body, { "CloudWatchPutMetricData", "DynamoDB" }, stream.subject .. " SetupIAMForKCL")
  end
  if body.CloudWatchPutMetricData ~= false then
    grants.allow(service, stream.key, "KclMetrics", { "cloudwatch:PutMetricData" }, { "*" })
  end
  local dynamodb <const> = body.DynamoDB
  if dynamodb == false then return end
  local own <const> = keys.is_mapping(dynamodb) and dynamodb or {}
  if keys.is_mapping(dynamodb) then
    keys.check(dynamodb, { "EnableCreateDeleteTables", "TableNames" }, stream.subject .. " SetupIAMForKCL DynamoDB")
  end
  local actions <const> = { table.unpack(leases) }
  if not keys.is_mapping(dynamodb) or own.EnableCreateDeleteTables == true then
    for _, action in ipairs { "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:UpdateTable" } do
      table.insert(actions, action)
    end
  end
  grants.allow(service, stream.key, "KclLeases" .. engine.pascal(stream.name), actions, tables(own.TableNames))
end

function kcl.serve(stream, service, body)
  access.grant(stream, service, body)
  environment.grant(stream, service, body)
  if stream.kcl and stream.kcl[service] ~= nil then
    setup(stream, service, stream.kcl[service], { stream.kcl, service })
  end
end

return kcl
