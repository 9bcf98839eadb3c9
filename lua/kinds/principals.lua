--- Service principals: AWS services by the names that the file uses for them, and the macro that opens a resource to
--- them.
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local principals <const> = {}

--- AWS services that act as `NAME.amazonaws.com` on the resources of others.
principals.services = {
  "apigateway", "appconfig", "appflow", "appsync", "autoscaling", "backup", "batch", "bedrock", "budgets",
  "cloudformation",
  "cloudfront", "cloudtrail", "cloudwatch", "codebuild", "codecommit", "codedeploy", "codepipeline",
  "codestar-notifications", "cognito-idp", "config", "connect", "costalerts", "datasync", "delivery.logs",
  "devops-guru",
  "dms", "dynamodb", "ec2", "ecs", "ecs-tasks", "elasticache", "elasticloadbalancing", "elasticmapreduce", "events",
  "firehose", "glacier", "glue", "guardduty", "health", "iot", "iotevents", "kinesisanalytics", "lambda", "lex",
  "lexv2", "logs", "medialive", "mediaconvert", "mobileanalytics", "monitoring.rds", "pinpoint", "pipes", "rds",
  "redshift",
  "rekognition", "s3", "sagemaker", "scheduler", "securityhub", "ses", "sms", "sms-voice", "sns", "sqs", "ssm",
  "ssm-incidents", "states", "storagegateway", "textract", "transcribe", "transfer", "translate", "vpc-flow-logs",
  "workmail", "workspaces",
}

--- Actions of a row; a bare word includes another row.
local function actions_of(rows, name, list)
  for _, entry in ipairs(rows[name]) do
    if rows[entry] then actions_of(rows, entry, list) else table.insert(list, entry) end
  end
  return list
end

--- The macro `{ Publish: [s3, events], ... }`: `rows` say what each name allows the services that it lists.
function principals.macro(rows)
  return { apply = function(definition, value, where)
    local subject <const> = definition.subject .. " AwsPrincipalsAccess"
    local body <const> = read.as_mapping(value, where, subject)
    read.keys(body, read.names(rows), subject)
    definition.opened = function()
      for name, list in pairs(body) do
        if rows[name] and read.is_list(list) then
          for index = 1, #list do
            local service <const> = list[index]
            if not read.has(principals.services, service) then
              engine.error({ list, index }, subject .. " names \"" .. tostring(service)
                .. "\", which is no AWS service",
                engine.near(tostring(service), principals.services, "there are"))
            else
              permits.service(definition, service .. ".amazonaws.com", actions_of(rows, name, {}), nil,
                name .. engine.pascal(service), { list, index })
            end
          end
        elseif rows[name] then
          engine.error({ body, name }, subject .. " " .. name .. " must be a list of AWS services", "write [s3, events]")
        end
      end
    end
  end }
end

return principals
