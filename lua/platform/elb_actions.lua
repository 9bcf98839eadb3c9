--- Actions of listeners and rules: forwarding, redirects, fixed responses, and logging users in before.
local elb_access <const> = engine.use("platform/elb_access")
local read <const> = engine.use("platform/read")
local elb_actions <const> = {}

local named_redirects <const> = {
  HTTP_TO_HTTPS = { Type = "redirect", RedirectConfig = { Protocol = "HTTPS", Port = "443", StatusCode = "HTTP_301" } },
}

--- What answers where nothing is to be found.
function elb_actions.tea_pot()
  return { Type = "fixed-response", FixedResponseConfig = {
    StatusCode = "418", ContentType = "application/json", MessageBody = '{"error":"I am a teapot"}',
  } }
end

--- Every action to HTTPS.
function elb_actions.to_https() return named_redirects.HTTP_TO_HTTPS end

local function redirect(action, subject)
  local value <const> = action.Redirect
  if read.is_mapping(value) then return { Type = "redirect", RedirectConfig = value } end
  if value == "TEA_POT" then return elb_actions.tea_pot() end
  if named_redirects[value] then return named_redirects[value] end
  engine.error({ action, "Redirect" }, subject .. " has no redirect \"" .. tostring(value) .. "\"",
    type(value) == "string" and engine.near(value, { "HTTP_TO_HTTPS", "TEA_POT" }, "there are") or "write HTTP_TO_HTTPS")
  return elb_actions.tea_pot()
end

local function default_action(action, subject)
  if action.Type ~= nil then return action end
  if action.Redirect ~= nil then
    read.keys(action, { "Redirect" }, subject .. " DefaultActions")
    return redirect(action, subject)
  end
  if action.FixedResponse ~= nil then
    read.keys(action, { "FixedResponse" }, subject .. " DefaultActions")
    return { Type = "fixed-response", FixedResponseConfig = action.FixedResponse }
  end
  engine.error(action, subject .. " DefaultActions: an action needs a Type",
    "write Redirect: HTTP_TO_HTTPS, FixedResponse, or an action as CloudFormation has it")
  return elb_actions.tea_pot()
end

--- The DefaultActions that a listener writes.
function elb_actions.written(listener, subject)
  local list <const> = {}
  for index, action in ipairs(listener.DefaultActions) do
    if read.is_mapping(action) then
      list[#list + 1] = default_action(action, subject)
    else
      engine.error({ listener.DefaultActions, index }, subject .. " DefaultActions takes mappings", "write Redirect: HTTP_TO_HTTPS")
    end
  end
  return list
end

-- Logging in -----------------------------------------------------------------------------------------------------------

--- The names under which users reach a target: where the login returns to.
local function hosts(balancer, target)
  local host <const> = elb_access.host(target)
  if host then return { host } end
  return balancer.names or {}
end

--- A client of a user pool for the load balancer; what the file leaves out is filled in.
local function cognito_client(balancer, listener, target, subject)
  local wanted <const> = target.CreateCognitoClient
  local pool <const> = type(wanted.UserPoolId) == "string"
    and engine.find("x-cognito_userpool", (wanted.UserPoolId:gsub("^x%-cognito_userpool::", ""))) or nil
  if not pool and (wanted.UserPoolId == nil or type(wanted.UserPoolId) == "string" and not wanted.UserPoolId:find("^[%w-]+_%w+$")) then
    return engine.error({ target, "CreateCognitoClient" }, subject .. " CreateCognitoClient names no user pool",
      "write UserPoolId: the name of an x-cognito_userpool, or the id of a pool")
  end
  local callbacks <const> = {}
  for _, host in ipairs(hosts(balancer, target)) do
    table.insert(callbacks, "https://" .. host .. (listener.port == 443 and "" or ":" .. listener.port) .. "/oauth2/idpresponse")
  end
  if #callbacks == 0 and wanted.CallbackURLs == nil then
    engine.error({ target, "CreateCognitoClient" }, subject .. " CreateCognitoClient: nobody says where the login returns to",
      "write access: with a host, DnsAliases, or CallbackURLs: [https://HOST/oauth2/idpresponse]")
  end
  local properties <const> = {
    GenerateSecret = true, AllowedOAuthFlows = { "code" }, AllowedOAuthFlowsUserPoolClient = true,
    AllowedOAuthScopes = { "openid", "email", "profile" }, SupportedIdentityProviders = { "COGNITO" },
    CallbackURLs = #callbacks > 0 and callbacks or nil,
  }
  for name in pairs(wanted) do properties[name] = read.placed(wanted, name) end
  properties.UserPoolId = pool and pool:ref() or properties.UserPoolId
  local client <const> = engine.add {
    type = "AWS::Cognito::UserPoolClient", key = "x-elbv2", name = balancer.name, part = "client " .. target.name,
    noun = engine.pascal(target.name:gsub(":", "-")) .. listener.port .. "UserPoolClient",
    at = { target, "CreateCognitoClient", "key" }, properties = properties,
  }
  return client, pool
end

local function cognito(balancer, listener, target, subject)
  local wanted <const> = target.AuthenticateCognitoConfig or {}
  local config <const> = {}
  for name in pairs(wanted) do config[name] = read.placed(wanted, name) end
  local pool_name <const> = type(wanted.UserPoolArn) == "string" and wanted.UserPoolArn:match("^x%-cognito_userpool::(.+)$")
  local pool = pool_name and engine.find("x-cognito_userpool", pool_name) or nil
  if pool_name and not pool then
    engine.error({ wanted, "UserPoolArn" }, subject .. " names " .. wanted.UserPoolArn .. ", which the file does not have",
      "write x-cognito_userpool::NAME, or an ARN")
  end
  if target.CreateCognitoClient ~= nil then
    local client <const>, own <const> = cognito_client(balancer, listener, target, subject)
    pool = pool or own
    config.UserPoolClientId = client and client:ref()
    config.OnUnauthenticatedRequest = config.OnUnauthenticatedRequest or "authenticate"
    config.Scope = config.Scope or "openid email profile"
  end
  if pool then config.UserPoolArn = pool:att("Arn") end
  local domain <const> = pool and engine.find("x-cognito_userpool", pool.name, "domain")
  config.UserPoolDomain = config.UserPoolDomain or domain and domain:ref()
  for _, name in ipairs { "UserPoolArn", "UserPoolClientId", "UserPoolDomain" } do
    if not config[name] then
      engine.error(target, subject .. " needs " .. name .. " for its login",
        "write AuthenticateCognitoConfig: {" .. name .. ": ...}")
    end
  end
  return { Type = "authenticate-cognito", Order = 1, AuthenticateCognitoConfig = config }
end

--- What comes before the forward of a target, or nil.
local function login(balancer, listener, target, subject)
  local has_cognito <const> = target.AuthenticateCognitoConfig ~= nil or target.CreateCognitoClient ~= nil
  if not has_cognito and target.AuthenticateOidcConfig == nil then return nil end
  if listener.protocol ~= "HTTPS" then
    engine.error(target, subject .. " logs users in without HTTPS", "give the listener Certificates")
  end
  if has_cognito and target.AuthenticateOidcConfig ~= nil then
    engine.error({ target, "AuthenticateOidcConfig", "key" }, subject .. " logs in by Cognito and by OIDC", "write one of them")
  end
  if has_cognito then return cognito(balancer, listener, target, subject) end
  return { Type = "authenticate-oidc", Order = 1, AuthenticateOidcConfig = target.AuthenticateOidcConfig }
end

--- The actions that lead to a target: its login, if it has one, then its group.
function elb_actions.forward(balancer, listener, target, group, subject)
  local before <const> = target and login(balancer, listener, target, subject)
  local forward <const> = { Type = "forward", TargetGroupArn = group.made:ref() }
  if not before then return { forward } end
  forward.Order = 2
  return { before, forward }
end

return elb_actions
