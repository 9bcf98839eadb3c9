--- Flow logs of a VPC: who talked to whom, kept in a log group.
--- https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
local read <const> = engine.use("base/read")
local flow_logs <const> = {}

--- Only the flow logs of this account may take the role, and write to this log group.
local function role(properties, log_group, add)
  local boundary = read.placed(properties, "FlowLogsRoleBoundary")
  local text <const> = properties.FlowLogsRoleBoundary
  if type(text) == "string" and not text:find("^arn:") then
    boundary = engine.placed(composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. text),
      { properties, "FlowLogsRoleBoundary" })
  end
  return add("AWS::IAM::Role", "FlowLogsRole", {
    AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
      Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "vpc-flow-logs.amazonaws.com" },
      Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
    } } },
    PermissionsBoundary = boundary,
    Policies = { { PolicyName = "write-flow-logs", PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "Write", Effect = "Allow", Resource = { log_group:att("Arn") },
      Action = { "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents" },
    }, {
      Sid = "Find", Effect = "Allow", Resource = "*", Action = { "logs:DescribeLogGroups" },
    } } } } },
  })
end

--- Makes the flow logs when `EnableFlowLogs` asks for them.
function flow_logs.make(vpc, add)
  local properties <const> = vpc.properties
  if properties.EnableFlowLogs ~= true then
    for _, key in ipairs { "FlowLogsRoleBoundary", "FlowLogsRetentionInDays" } do
      if properties[key] ~= nil then
        engine.error({ properties, key, "key" }, "x-vpc has " .. key .. " without flow logs", "write EnableFlowLogs: true")
      end
    end
    return
  end
  local log_group <const> = add("AWS::Logs::LogGroup", "FlowLogsLogGroup", {
    LogGroupName = composex.sub("/vpc/flowlogs/${AWS::StackName}"),
    RetentionInDays = read.placed(properties, "FlowLogsRetentionInDays") or 14,
  })
  add("AWS::EC2::FlowLog", "FlowLog", {
    ResourceId = vpc.made:ref(), ResourceType = "VPC", TrafficType = "ALL", MaxAggregationInterval = 600,
    LogDestinationType = "cloud-watch-logs", LogGroupName = log_group:ref(),
    DeliverLogsPermissionArn = role(properties, log_group, add):att("Arn"),
  })
end

return flow_logs
