--- What an application of the Kinesis Client Library needs beside its stream: metrics, and the tables that hold its
--- leases.
local access <const> = engine.use("kinds/access")
local environment <const> = engine.use("kinds/variables")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local kcl <const> = {}

local leases <const> = {
  "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
  "dynamodb:Scan", "dynamodb:UpdateItem",
}

--- `SetupIAMForKCL: {worker: true}`: remembered until the service is served.
function kcl.macro(stream, value, where)
  stream.kcl = read.as_mapping(value, where, stream.subject .. " SetupIAMForKCL")
  for service in pairs(stream.kcl) do
    local services <const> = stream.body.Services
    if not read.is_mapping(services) or services[service] == nil then
      engine.error({ stream.kcl, service, "key" }, stream.subject .. " SetupIAMForKCL names " .. service
        .. ", which is not in its Services", "write Services: {" .. service .. ": {Access: Consumer}}")
    end
  end
end

--- ARNs of the named tables, or of every table that begins with the stack's name.
local function tables(names)
  local list <const> = {}
  local prefix <const> = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
  for index = 1, names and #names or 0 do
    local name <const> = names[index]
    if type(name) == "string" and name:find("^[%w_.-]+$") then
      table.insert(list, engine.placed(composex.sub(prefix .. name), { names, index }))
    else
      engine.error({ names, index }, "TableNames must be names of tables", "write TableNames: [leases]")
    end
  end
  if #list == 0 then table.insert(list, composex.sub(prefix .. "${AWS::StackName}-*")) end
  return list
end

local function setup(stream, service, wanted, where)
  local body = wanted
  if wanted == true then
    body = {}
  elseif not read.is_mapping(wanted) then
    if wanted ~= false then
      engine.error(where, "SetupIAMForKCL must be true, false or a mapping for each service", "write true")
    end
    return
  else
    read.keys(body, { "CloudWatchPutMetricData", "DynamoDB" }, stream.subject .. " SetupIAMForKCL")
  end
  if body.CloudWatchPutMetricData ~= false then
    grants.allow(service, stream.key, "KclMetrics", { "cloudwatch:PutMetricData" }, { "*" })
  end
  local dynamodb <const> = body.DynamoDB
  if dynamodb == false then return end
  local own <const> = read.is_mapping(dynamodb) and dynamodb or {}
  if read.is_mapping(dynamodb) then
    read.keys(dynamodb, { "EnableCreateDeleteTables", "TableNames" }, stream.subject .. " SetupIAMForKCL DynamoDB")
  end
  local actions <const> = { table.unpack(leases) }
  if not read.is_mapping(dynamodb) or own.EnableCreateDeleteTables == true then
    for _, action in ipairs { "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:UpdateTable" } do
      table.insert(actions, action)
    end
  end
  local subject <const> = stream.subject .. " SetupIAMForKCL TableNames"
  local names <const> = own.TableNames ~= nil
    and read.as_list(own.TableNames, { own, "TableNames" }, subject, "write TableNames: [leases]") or nil
  grants.allow(service, stream.key, "KclLeases" .. engine.pascal(stream.name), actions, tables(names))
end

--- `where` is the entry of Services: a service, or a family.
function kcl.serve(stream, service, body, where)
  access.grant(stream, service, body)
  environment.grant(stream, service, body)
  local name <const> = where[2]
  if stream.kcl and stream.kcl[name] ~= nil then setup(stream, service, stream.kcl[name], { stream.kcl, name }) end
end

return kcl
