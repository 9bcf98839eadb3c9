--- Contracts of Amazon ECR.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_"
local checked <const> = "2026-11-29"
local repository <const> = "AWS::ECR::Repository"

return {
  {
    id = "ecr-name", on = repository, at = "RepositoryName", length = { 2, 256 }, remedy = "write a longer RepositoryName",
    page = api .. "CreateRepository.html", checked = checked,
  },
  {
    id = "ecr-name-letters", on = repository, at = "RepositoryName",
    must = "must have a RepositoryName of lower case letters, digits, ., _, - and /, in parts that begin and end with a letter or a digit",
    holds = function(made)
      local name <const> = values.string(made.RepositoryName)
      if not name then return true end
      for part in (name .. "/"):gmatch("([^/]*)/") do
        if not (part:find("^[%l%d][%l%d._-]*$") and part:find("[%l%d]$")) then return false, nil, "not \"" .. name .. "\"" end
      end
      return true
    end,
    remedy = "write it like shop/web", page = api .. "CreateRepository.html", checked = checked,
  },
  {
    id = "ecr-key", on = repository, at = "EncryptionConfiguration.KmsKey", when = { ["EncryptionConfiguration.EncryptionType"] = "AES256" },
    must = "must not name a KmsKey: its EncryptionType is AES256", holds = function(made) return values.at(made, "EncryptionConfiguration.KmsKey") == nil end,
    remedy = "write EncryptionType: KMS", page = api .. "EncryptionConfiguration.html", checked = checked,
  },
  {
    id = "ecr-exclusions", on = repository, at = "ImageTagMutabilityExclusionFilters", items = { 1, 5 }, remedy = "leave all but 5 of them out",
    page = api .. "CreateRepository.html", checked = checked,
  },
}
