--- What AWS services need to use a resource of any type: a permission of its own, or an action of the role that they take.
local definitions <const> = engine.use("kinds/definitions")
local access <const> = {}

--- The action that runs, starts or fills a resource of that type.
access.actions = {
  ["AWS::Lambda::Function"]               = "lambda:InvokeFunction",
  ["AWS::Lambda::Alias"]                  = "lambda:InvokeFunction",
  ["AWS::Lambda::Version"]                = "lambda:InvokeFunction",
  ["AWS::StepFunctions::StateMachine"]    = "states:StartExecution",
  ["AWS::Events::EventBus"]               = "events:PutEvents",
  ["AWS::CodeBuild::Project"]             = "codebuild:StartBuild",
  ["AWS::CodePipeline::Pipeline"]         = "codepipeline:StartPipelineExecution",
  ["AWS::SQS::Queue"]                     = "sqs:SendMessage",
  ["AWS::SNS::Topic"]                     = "sns:Publish",
  ["AWS::Kinesis::Stream"]                = "kinesis:PutRecord",
  ["AWS::KinesisFirehose::DeliveryStream"] = "firehose:PutRecord",
}

--- Whether the resource is opened by permissions, not by the role of who uses it.
function access.is_function(definition)
  return definition.resource ~= nil and definition.type:find("^AWS::Lambda::") ~= nil
end

--- Lets the AWS service `principal` invoke a function, from `source` or from anywhere in the account; other types have policies
--- that the file writes itself.
function access.permit(definition, principal, source, sid, where)
  if not access.is_function(definition) then
    engine.warn(where, definition.subject .. " is opened by a policy that composex does not know",
      "let " .. principal .. " use it, in a resource of x-resources")
    return nil
  end
  local part <const> = "permission_" .. sid
  return definitions.part(definition, part) or definitions.add(definition, part, "AWS::Lambda::Permission",
    definition.noun .. "Permission" .. sid, {
      Action = "lambda:InvokeFunction", FunctionName = definition.resource:ref(), Principal = principal,
      SourceArn = source, SourceAccount = source == nil and composex.ref("AWS::AccountId") or nil,
    })
end

--- Whether what opens a definition is decided by its type: of x-resources, and of a kind of one's own that says nothing else.
function access.opens(definition)
  local permits <const> = definition.module.permits
  return permits ~= nil and permits.grant == access.permit
end

return access
