--- Contracts of AWS Secrets Manager.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-"
local checked <const> = "2026-11-29"
local secret <const>, schedule <const> = "AWS::SecretsManager::Secret", "AWS::SecretsManager::RotationSchedule"

local function both(id, one, other)
  return {
    id = "secrets-" .. id, on = secret, each = "GenerateSecretString", at = one, needs = other, must = "must have a " .. other .. " beside its " .. one,
    remedy = "write SecretStringTemplate: '{\"username\": \"shop\"}' and GenerateStringKey: password", page = cfn .. "secret-generatesecretstring.html",
    checked = checked,
  }
end

return {
  {
    id = "secrets-name", on = secret, at = "Name", length = { 1, 512 }, remedy = "write a shorter Name", page = api .. "CreateSecret.html", checked = checked,
  },
  {
    id = "secrets-name-letters", on = secret, at = "Name", pattern = { "^[%w/_+=.@-]+$", "letters, digits and /_+=.@-" },
    remedy = "write it like shop/database",
    page = api .. "CreateSecret.html", checked = checked,
  },
  {
    id = "secrets-two-values", on = secret, at = "SecretString", excludes = "GenerateSecretString",
    must = "must not have both a SecretString and a GenerateSecretString", remedy = "leave one of them out",
    page = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html", checked = checked,
  },
  both("key", "SecretStringTemplate", "GenerateStringKey"),
  both("template", "GenerateStringKey", "SecretStringTemplate"),
  {
    id = "secrets-password-length", on = secret, at = "GenerateSecretString.PasswordLength", range = { 1, 4096 }, remedy = "write PasswordLength: 32",
    page = api .. "GetRandomPassword.html", checked = checked,
  },
  {
    id = "secrets-size", on = secret, at = "SecretString", length = { 1, 65536 }, remedy = "keep the large part in x-s3 or a file",
    page = api .. "CreateSecret.html", checked = checked,
  },
  {
    id = "secrets-description", on = secret, at = "Description", length = { 0, 2048 }, remedy = "write a shorter Description",
    page = api .. "CreateSecret.html", checked = checked,
  },
  {
    id = "secrets-rotation-days", on = schedule, at = "RotationRules.AutomaticallyAfterDays", range = { 1, 1000 },
    remedy = "write AutomaticallyAfterDays: 30",
    page = api .. "RotateSecret.html", checked = checked,
  },
  {
    id = "secrets-rotation-rules", on = schedule, each = "RotationRules", at = "AutomaticallyAfterDays", excludes = "ScheduleExpression",
    must = "must not have both AutomaticallyAfterDays and a ScheduleExpression", remedy = "leave one of them out",
    page = cfn .. "rotationschedule-rotationrules.html", checked = checked,
  },
  {
    id = "secrets-rotation-window", on = schedule, at = "RotationRules.Duration", pattern = { "^%d%d?h$", "hours such as 3h" }, remedy = "write Duration: 3h",
    page = api .. "RotationRulesType.html", checked = checked,
  },
  {
    id = "secrets-generated-letters", on = secret, at = "GenerateSecretString", must = "must have some letters left for the value that it generates",
    holds = function(made)
      local rule <const> = made.GenerateSecretString
      if type(rule) ~= "table" then return true end
      for _, name in ipairs { "ExcludeLowercase", "ExcludeUppercase", "ExcludeNumbers", "ExcludePunctuation" } do
        if not values.is_true(rule[name]) then return true end
      end
      return values.is_true(rule.IncludeSpace)
    end,
    remedy = "leave ExcludeNumbers out", page = api .. "GetRandomPassword.html", checked = checked,
  },
}
