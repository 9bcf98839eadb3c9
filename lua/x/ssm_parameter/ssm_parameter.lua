--- x-ssm_parameter: Parameters of AWS Systems Manager.
local content <const> = engine.use("x/ssm_parameter/parameter_content")

return {
  key      = "x-ssm_parameter",
  type     = "AWS::SSM::Parameter",
  noun     = "Parameter",
  defaults = { Type = "String" },
  returns  = {
    ParameterName = "Ref", Name = "Ref", Value = "Value", ParameterArn = content.arn, Arn = content.arn,
  },
  env      = { ["{NAME}"] = "ParameterName" },
  lookup   = {
    arn     = "arn:{partition}:ssm:{region}:{account}:parameter/{name}",
    returns = { ParameterName = content.name, Name = content.name, ParameterArn = "{arn}" },
  },
  access   = {
    RO       = { "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath" },
    RW       = { "RO", "ssm:PutParameter" },
    ROStrict = { "ssm:GetParameter", "ssm:GetParameterHistory" },
    RWStrict = { "ROStrict", "ssm:PutParameter" },
    SSMParameterReadPolicy = {
      { on = "*", "ssm:DescribeParameters" },
      "ssm:GetParameters", "ssm:GetParameter", "ssm:GetParametersByPath",
    },
    SSMParameterWithSlashPrefixReadPolicy = { "SSMParameterReadPolicy" },
  },
  accepts  = { macros = content.macros, service = { SecretEnvName = { apply = content.secret } } },
  hooks    = { after_make = content.fill },
  checks   = {
    ["must not be a SecureString: CloudFormation cannot make one"] = function(parameter)
      return parameter.Properties.Type ~= "SecureString"
    end,
    ["must have a Value, or a file to read it from (MacroParameters: {FromFile: ...})"] = function(parameter)
      return parameter.Properties.Value ~= nil
    end,
  },
}
