--- Contracts of Amazon Cognito.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_"
local checked <const> = "2026-11-29"
local pool <const>, client <const>, domain <const> = "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolDomain"

local function has(list, wanted)
  for _, item in ipairs(values.items(list)) do
    if item == wanted then return true end
  end
  return false
end

return {
  {
    id = "cognito-password-length", on = pool, at = "Policies.PasswordPolicy.MinimumLength", range = { 6, 99 }, remedy = "write MinimumLength: 8",
    page = api .. "PasswordPolicyType.html", checked = checked,
  },
  {
    id = "cognito-password-history", on = pool, at = "Policies.PasswordPolicy.PasswordHistorySize", range = { 0, 24 },
    remedy = "write PasswordHistorySize: 24",
    page = api .. "PasswordPolicyType.html", checked = checked,
  },
  {
    id = "cognito-pool-name", on = pool, at = "UserPoolName", length = { 1, 128 }, remedy = "write a shorter UserPoolName",
    page = api .. "CreateUserPool.html", checked = checked,
  },
  {
    id = "cognito-domain", on = domain, at = "Domain",
    must = "must have a prefix of 1 to 63 lower case letters, digits and hyphens as its Domain, or CustomDomainConfig",
    holds = function(made)
      local text <const> = values.string(made.Domain)
      return not text or made.CustomDomainConfig ~= nil or #text <= 63 and text:find("^[%l%d][%l%d-]*$") ~= nil and not text:find("-$"), nil,
        text and "not \"" .. text .. "\""
    end,
    remedy = "write Domain: shop", page = api .. "CreateUserPoolDomain.html", checked = checked,
  },
  {
    id = "cognito-redirect", on = client, at = "DefaultRedirectURI", must = "must have its DefaultRedirectURI among its CallbackURLs",
    holds = function(made)
      local wanted <const> = values.string(made.DefaultRedirectURI)
      if not wanted or values.is_computed(made.CallbackURLs) then return true end
      for _, url in ipairs(values.items(made.CallbackURLs)) do
        if type(url) == "table" then return true end
      end
      return has(made.CallbackURLs, wanted), nil, "not " .. wanted
    end,
    remedy = "add it to CallbackURLs", page = api .. "CreateUserPoolClient.html", checked = checked,
  },
  {
    id = "cognito-credentials-flow", on = client, at = "AllowedOAuthFlows", must = "must have client_credentials as the only one of its AllowedOAuthFlows",
    holds = function(made) return not has(made.AllowedOAuthFlows, "client_credentials") or #values.items(made.AllowedOAuthFlows) == 1 end,
    remedy = "write a client of its own for it", page = api .. "CreateUserPoolClient.html", checked = checked,
  },
  {
    id = "cognito-auth-flows", on = client, at = "ExplicitAuthFlows", must = "must not mix old ExplicitAuthFlows with those that begin with ALLOW_",
    holds = function(made)
      local old, new
      for _, flow in ipairs(values.items(made.ExplicitAuthFlows)) do
        if type(flow) == "string" then
          if flow:sub(1, 6) == "ALLOW_" then new = true else old = flow end
        end
      end
      return not (old and new), nil, "not " .. tostring(old)
    end,
    remedy = "write ALLOW_USER_PASSWORD_AUTH for USER_PASSWORD_AUTH", page = api .. "CreateUserPoolClient.html", checked = checked,
  },
  {
    id = "cognito-callbacks", on = client, at = "CallbackURLs", items = { 0, 100 }, remedy = "leave all but 100 of them out",
    page = api .. "CreateUserPoolClient.html", checked = checked,
  },
}
