--- Contracts of Amazon OpenSearch Serverless.
local api <const> = "https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/"
local checked <const> = "2026-11-29"

local function name(id, on, operation)
  return {
    id = "serverless-" .. id .. "-name", on = on, at = "Name", length = { 3, 32 }, remedy = "write a shorter name", page = api .. operation,
    checked = checked,
  }
end

local function letters(id, on, operation)
  return {
    id = "serverless-" .. id .. "-letters", on = on, at = "Name", pattern = { "^%l[%l%d-]+$", "lower case letters, digits and -, and begin with a letter" },
    remedy = "write it like shop-search", page = api .. operation, checked = checked,
  }
end

return {
  name("collection", "AWS::OpenSearchServerless::Collection", "API_CreateCollection.html"),
  letters("collection", "AWS::OpenSearchServerless::Collection", "API_CreateCollection.html"),
  name("security-policy", "AWS::OpenSearchServerless::SecurityPolicy", "API_CreateSecurityPolicy.html"),
  letters("security-policy", "AWS::OpenSearchServerless::SecurityPolicy", "API_CreateSecurityPolicy.html"),
  name("access-policy", "AWS::OpenSearchServerless::AccessPolicy", "API_CreateAccessPolicy.html"),
  letters("access-policy", "AWS::OpenSearchServerless::AccessPolicy", "API_CreateAccessPolicy.html"),
}
