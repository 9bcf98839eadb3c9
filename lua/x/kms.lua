--- x-kms: Keys of AWS KMS, and who may use them.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")

--- Whether a name is AWS's own, or none at all.
local function is_wrong(name)
  return name:find("^alias/aws/") or name == "alias/aws" or name:find("^aws/") or name == "aws"
    or not name:find("^[%w/_-]+$")
end

--- `x` becomes `alias/x` below the stack's name; a name that begins with `alias/` is taken as it is.
local function alias(key, value, where)
  if type(value) ~= "string" then
    return engine.error(where, key.subject .. " Alias must be a string, not " .. engine.kind(value), "write Alias: " .. key.name)
  end
  if is_wrong(value) then
    return engine.error(where, key.subject .. " cannot have the alias " .. value,
      "a name has letters, digits, /, _ and -, and alias/aws is reserved: choose another")
  end
  local name <const> = value:find("^alias/") and value or composex.sub("alias/${AWS::StackName}/" .. value)
  definitions.add(key, "alias", "AWS::KMS::Alias", "KeyAlias", {
    AliasName = engine.placed(name, where), TargetKeyId = key.resource:ref(),
  })
end

local function alias_of_settings(key)
  local value <const> = read.path(key.body, "Settings.Alias")
  if value ~= nil and read.path(key.body, "MacroParameters.Alias") == nil then
    alias(key, value, { key.body.Settings, "Alias" })
  end
end

--- The account decides by IAM who may use the key; AWS services are let in by the links of the file.
local function policy(key)
  local properties <const> = key.resource.Properties
  if properties.KeyPolicy ~= nil then return end
  properties.KeyPolicy = { Version = "2012-10-17", Statement = { {
    Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*",
    Principal = { AWS = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
  } } }
end

local function when_symmetric(value)
  return function(key)
    local spec <const> = key.resource.Properties.KeySpec
    return (spec == nil or spec == "SYMMETRIC_DEFAULT") and value or nil
  end
end

return {
  key      = "x-kms",
  type     = "AWS::KMS::Key",
  noun     = "Key",
  keep     = "RetainExceptOnCreate",
  defaults = {
    Description = function(key) return "Key " .. key.name end, EnableKeyRotation = when_symmetric(true),
  },
  returns  = { KeyId = "Ref", Arn = "Arn" },
  env      = { ["{NAME}"] = "KeyId" },
  lookup   = { arn = "arn:{partition}:kms:{region}:{account}:key/{id}", returns = { KeyId = "{id}" } },
  access   = {
    EncryptDecrypt   = { "EncryptOnly", "kms:Decrypt", "kms:CreateGrant", "kms:DescribeKey" },
    EncryptOnly      = {
      "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext",
      "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
    },
    DecryptOnly      = { "kms:Decrypt" },
    SQS              = { "kms:GenerateDataKey", "kms:Decrypt" },
    RO               = { "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags" },
    SignVerify       = { "kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:Verify" },
    KMSDecryptPolicy = { "kms:Decrypt" },
    KMSEncryptPolicy = { "kms:Encrypt" },
    KMSEncryptPolicy_v2 = {
      "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:GenerateDataKeyPair",
      "kms:GenerateDataKeyPairWithoutPlaintext",
    },
  },
  permits  = { part = "main", document = "KeyPolicy", resource = "*",
    actions = { "kms:Decrypt", "kms:GenerateDataKey*" } },
  accepts  = { macros = { Alias = { apply = alias } }, settings = { Alias = "any" } },
  hooks    = { after_make = { policy, alias_of_settings } },
}
