--- Actions of listeners and rules: forwarding, redirects, fixed responses, and logging users in before.
local alternates <const> = engine.use("x/elbv2/elb_alternates")
local elb_access <const> = engine.use("x/elbv2/elb_conditions")
local definitions <const> = engine.use("kinds/definitions")
local lookup <const> = engine.use("kinds/lookup")
local read <const> = engine.use("base/read")
local targets <const> = engine.use("x/elbv2/target_groups")
local values <const> = engine.use("kinds/values")
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

local function redirect(action, subject)
  local value <const> = action.Redirect
  if read.is_mapping(value) then return { Type = "redirect", RedirectConfig = value } end
  if value == "TEA_POT" then return elb_actions.tea_pot() end
  if named_redirects[value] then return named_redirects[value] end
  engine.error({ action, "Redirect" }, subject .. " has no redirect \"" .. tostring(value) .. "\"",
    type(value) == "string" and engine.near(value, { "HTTP_TO_HTTPS", "TEA_POT" }, "there are") or "write HTTP_TO_HTTPS")
  return elb_actions.tea_pot()
end

--- The reference to the group that `holder.TargetGroupArn` names, as Services or TargetGroups have it; what is no name stays.
local function group_arn(balancer, holder, subject, reached)
  local name <const> = holder.TargetGroupArn
  if read.is_function(name) or type(name) == "string" and name:find("^arn:") then return read.placed(holder, "TargetGroupArn") end
  if type(name) ~= "string" then
    return engine.error(name ~= nil and { holder, "TargetGroupArn" } or holder, subject .. " forwards to no target group",
      "write TargetGroupArn: the name of a target")
  end
  local group <const> = targets.find(balancer, name)
  if not group then
    local names <const> = {}
    for _, each in ipairs(balancer.groups) do table.insert(names, each.name) end
    return engine.error({ holder, "TargetGroupArn" }, subject .. " DefaultActions name no target group \"" .. name .. "\"",
      engine.near(name, names, "there are"))
  end
  table.insert(reached, group)
  return group.made:ref()
end

--- A mapping of the file, each value at its place.
local function copied(node)
  local copy <const> = {}
  for name in pairs(node) do copy[name] = read.placed(node, name) end
  return copy
end

--- An action as CloudFormation has it, with references for the target groups that it names.
local function own_action(balancer, action, subject, reached)
  local made <const> = copied(action)
  if action.TargetGroupArn ~= nil then made.TargetGroupArn = group_arn(balancer, action, subject, reached) end
  local config <const> = action.ForwardConfig
  if action.Type == "forward" and action.TargetGroupArn == nil and not read.is_list(read.at(action, "ForwardConfig", "TargetGroups")) then
    engine.error(action, subject .. " forwards to no target group", "write TargetGroupArn: the name of a target")
  end
  if not read.is_mapping(config) then return made end
  made.ForwardConfig = copied(config)
  made.ForwardConfig.TargetGroups = {}
  for index, item in ipairs(read.list(config, "TargetGroups", subject .. " ForwardConfig", "{TargetGroupArn: NAME, Weight: 1}")) do
    if read.is_mapping(item) then
      local group <const> = copied(item)
      group.TargetGroupArn = group_arn(balancer, item, subject, reached)
      made.ForwardConfig.TargetGroups[index] = group
    else
      engine.error({ config.TargetGroups, index }, subject .. " ForwardConfig.TargetGroups takes mappings",
        "write {TargetGroupArn: NAME, Weight: 1}")
    end
  end
  return made
end

local function default_action(balancer, action, subject, reached)
  if action.Type ~= nil then return own_action(balancer, action, subject, reached) end
  if action.Redirect ~= nil then
    read.keys(action, { "Redirect" }, subject .. " DefaultActions")
    return redirect(action, subject)
  end
  if action.FixedResponse ~= nil then
    read.keys(action, { "FixedResponse" }, subject .. " DefaultActions")
    if not read.is_mapping(action.FixedResponse) then
      engine.error({ action, "FixedResponse" }, subject .. " FixedResponse must be a mapping", "write FixedResponse: {StatusCode: \"404\"}")
      return elb_actions.tea_pot()
    end
    return { Type = "fixed-response", FixedResponseConfig = action.FixedResponse }
  end
  engine.error(action, subject .. " DefaultActions: an action needs a Type",
    "write Redirect: HTTP_TO_HTTPS, FixedResponse, or an action as CloudFormation has it")
  return elb_actions.tea_pot()
end

--- The DefaultActions that a listener writes, and the groups that they lead to.
function elb_actions.written(balancer, listener, subject)
  local list <const>, reached <const> = {}, {}
  for _, action in ipairs(read.items(listener, "DefaultActions")) do
    if read.is_mapping(action) then list[#list + 1] = default_action(balancer, action, subject, reached) end
  end
  if #list == 0 and engine.kind(listener.DefaultActions) == "list" then
    engine.error({ listener, "DefaultActions" }, subject .. " has no DefaultActions", "write Redirect: HTTP_TO_HTTPS, or leave them out")
  end
  return list, reached
end

-- Logging in -----------------------------------------------------------------------------------------------------------

--- The names under which users reach a target: where the login returns to.
local function hosts(balancer, target)
  local host <const> = elb_access.host(target)
  if host then return { host } end
  return balancer.names or {}
end

--- The user pool that a text names, with x-cognito_userpool:: before it or without; nil for none.
local function pool_of(text)
  local name <const> = type(text) == "string" and text:gsub("^x%-cognito_userpool::", ""):match("^[^:]+")
  return name and definitions.find("x-cognito_userpool", name) or nil
end

--- The domain of a user pool, as far as it is known.
local function domain_of(pool)
  if pool.lookup and not lookup.states(pool, "UserPoolDomain") then return nil end
  return values.of(pool, "UserPoolDomain")
end

--- A client of a user pool for the load balancer; what the file leaves out is filled in.
local function cognito_client(balancer, listener, target, subject)
  local wanted <const> = read.mapping(target, "CreateCognitoClient", subject .. " CreateCognitoClient")
  local pool <const> = pool_of(wanted.UserPoolId)
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
  properties.UserPoolId = pool and values.of(pool, "UserPoolId") or properties.UserPoolId
  local client <const> = engine.add {
    type = "AWS::Cognito::UserPoolClient", key = "x-elbv2", name = balancer.name, part = "client " .. target.name,
    noun = engine.pascal(target.name:gsub(":", "-")) .. listener.port .. "UserPoolClient",
    at = { target, "CreateCognitoClient", "key" }, properties = properties,
  }
  return client, pool
end

local function cognito(balancer, listener, target, subject)
  local wanted <const> = read.mapping(target, "AuthenticateCognitoConfig", subject .. " AuthenticateCognitoConfig")
  local config <const> = {}
  for name in pairs(wanted) do config[name] = read.placed(wanted, name) end
  local is_pointer <const> = type(wanted.UserPoolArn) == "string" and wanted.UserPoolArn:find("^x%-cognito_userpool::")
  local pool = is_pointer and pool_of(wanted.UserPoolArn) or nil
  local is_arn <const> = read.is_function(wanted.UserPoolArn) or tostring(wanted.UserPoolArn):find("^arn:[%w-]+:cognito%-idp:")
  if wanted.UserPoolArn ~= nil and not is_pointer and not is_arn then
    engine.error({ wanted, "UserPoolArn" }, subject .. " UserPoolArn must be the ARN of a user pool", "write x-cognito_userpool::NAME, or an ARN")
  end
  if is_pointer and not pool then
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
  -- What is wrong with the Lookup of a pool has been reported.
  if pool and pool.lookup and not pool.lookup.by then return nil end
  if pool then config.UserPoolArn = values.of(pool, "Arn") end
  config.UserPoolDomain = config.UserPoolDomain or pool and domain_of(pool)
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
  return {
    Type = "authenticate-oidc", Order = 1,
    AuthenticateOidcConfig = read.mapping(target, "AuthenticateOidcConfig", subject .. " AuthenticateOidcConfig"),
  }
end

--- The actions that lead to a target: its login, if it has one, then its group.
function elb_actions.forward(balancer, listener, target, group, subject)
  local before <const> = target and login(balancer, listener, target, subject)
  local forward <const> = alternates.forward(group)
  if not before then return { forward } end
  forward.Order = 2
  return { before, forward }
end

return elb_actions
