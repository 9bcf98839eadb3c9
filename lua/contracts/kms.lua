--- Contracts of AWS KMS.
local values <const> = engine.use("contracts/values")

local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-"
local api <const> = "https://docs.aws.amazon.com/kms/latest/APIReference/API_"
local checked <const> = "2026-11-29"
local key <const>, alias <const> = "AWS::KMS::Key", "AWS::KMS::Alias"

--- What a key of a kind may be used for.
local uses <const> = {
  { "^SYMMETRIC_DEFAULT$", { "ENCRYPT_DECRYPT" } },
  { "^HMAC_", { "GENERATE_VERIFY_MAC" } },
  { "^RSA_", { "ENCRYPT_DECRYPT", "SIGN_VERIFY" } },
  { "^ECC_NIST_EDWARDS", { "SIGN_VERIFY" } },
  { "^ECC_NIST_", { "SIGN_VERIFY", "KEY_AGREEMENT" } },
  { "^ECC_SECG_P256K1$", { "SIGN_VERIFY" } },
  { "^ML_DSA_", { "SIGN_VERIFY" } },
}

local function uses_of(spec)
  for _, row in ipairs(uses) do
    if spec:find(row[1]) then return row[2] end
  end
end

local function is_one_of(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

local function is_rotated(made) return values.is_true(made.EnableKeyRotation) end

return {
  {
    id = "kms-use", on = key, at = "KeyUsage", must = "must have a KeyUsage that its KeySpec has",
    holds = function(made)
      local spec <const>, usage <const> = values.string(made.KeySpec == nil and "SYMMETRIC_DEFAULT" or made.KeySpec), values.string(made.KeyUsage)
      local list <const> = spec and uses_of(spec)
      return not list or not usage or is_one_of(list, usage), nil, tostring(spec) .. " takes " .. table.concat(list or {}, " or ")
    end,
    remedy = "change one of them", page = cfn .. "key.html", checked = checked,
  },
  {
    id = "kms-use-stated", on = key, at = "KeySpec", must = "must have a KeyUsage: its KeySpec is not SYMMETRIC_DEFAULT",
    holds = function(made)
      local spec <const> = values.string(made.KeySpec)
      return not spec or spec == "SYMMETRIC_DEFAULT" or made.KeyUsage ~= nil
    end,
    remedy = "write KeyUsage: SIGN_VERIFY, or what it is for", page = cfn .. "key.html", checked = checked,
  },
  {
    id = "kms-rotation", on = key, at = "EnableKeyRotation", must = "must not be rotated: only symmetric keys for encryption are",
    holds = function(made)
      local spec <const> = values.string(made.KeySpec)
      return not is_rotated(made) or not spec or spec == "SYMMETRIC_DEFAULT"
    end,
    remedy = "write EnableKeyRotation: false", page = cfn .. "key.html", checked = checked,
  },
  {
    id = "kms-rotation-origin", on = key, at = "EnableKeyRotation", when = { Origin = "EXTERNAL" },
    must = "must not be rotated: its key material is imported",
    holds = function(made) return not is_rotated(made) end, remedy = "write EnableKeyRotation: false", page = cfn .. "key.html", checked = checked,
  },
  {
    id = "kms-alias", on = alias, at = "AliasName", pattern = { "^alias/[%w/_-]+$", "alias/ and a name of letters, digits, /, _ and -" },
    remedy = "write AliasName: alias/shop", page = api .. "CreateAlias.html", checked = checked,
  },
  {
    id = "kms-alias-kept", on = alias, at = "AliasName", without = { "^alias/aws/", "a name of AWS itself, which begin with alias/aws/" },
    must = "must not have an alias that begins with alias/aws/: those are of AWS", remedy = "write AliasName: alias/shop", page = api .. "CreateAlias.html",
    checked = checked,
  },
  {
    id = "kms-description", on = key, at = "Description", length = { 0, 8192 }, remedy = "write a shorter Description", page = api .. "CreateKey.html",
    checked = checked,
  },
}
