--- x-cognito_userpool: User pools of Amazon Cognito, with the clients that the file asks for.
local definitions <const> = engine.use("kinds/definitions")
local protection <const> = engine.use("kinds/protection")
local read <const> = engine.use("base/read")

local function clients(pool, value, where)
  local body <const> = read.as_mapping(value, where, pool.subject .. " Clients")
  for name, properties in pairs(body) do
    local made <const> = { UserPoolId = pool.resource:ref(), PreventUserExistenceErrors = "ENABLED" }
    local given <const> = read.as_mapping(properties, { body, name }, pool.subject .. " Clients " .. name)
    for key, entry in pairs(given) do made[key] = engine.placed(entry, { given, key }) end
    definitions.add(pool, "client_" .. name, "AWS::Cognito::UserPoolClient", "UserPool" .. engine.pascal(name)
      .. "Client", made)
  end
end

local function domain(pool, value, where)
  definitions.add(pool, "domain", "AWS::Cognito::UserPoolDomain", "UserPoolDomain", {
    UserPoolId = pool.resource:ref(), Domain = engine.placed(value, where),
  })
end

return {
  key      = "x-cognito_userpool",
  type     = "AWS::Cognito::UserPool",
  noun     = "UserPool",
  keep     = "RetainExceptOnCreate",
  defaults = {
    DeletionProtection = protection.flag("DeletionProtection", "ACTIVE", "INACTIVE"),
    AdminCreateUserConfig = { AllowAdminCreateUserOnly = true },
    AccountRecoverySetting = { RecoveryMechanisms = { { Name = "verified_email", Priority = 1 } } },
  },
  returns  = {
    UserPoolId = "Ref", Arn = "Arn", UserPoolArn = "Arn", ProviderName = "ProviderName", ProviderURL = "ProviderURL",
    UserPoolDomain = { part = "domain", "Ref" },
  },
  env      = { ["{NAME}"] = "UserPoolId" },
  lookup   = {
    arn     = "arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}",
    returns = {
      UserPoolId = "{id}", UserPoolArn = "{arn}", ProviderName = "cognito-idp.{region}.{suffix}/{id}",
      ProviderURL = "https://cognito-idp.{region}.{suffix}/{id}",
    },
  },
  access   = {
    RO = {
      "cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser", "cognito-idp:DescribeUserPool",
      "cognito-idp:ListGroups", "cognito-idp:ListUsers", "cognito-idp:ListUsersInGroup",
    },
    RW = {
      "RO", "cognito-idp:AdminAddUserToGroup", "cognito-idp:AdminConfirmSignUp", "cognito-idp:AdminCreateUser",
      "cognito-idp:AdminDeleteUser", "cognito-idp:AdminDisableUser", "cognito-idp:AdminEnableUser",
      "cognito-idp:AdminRemoveUserFromGroup", "cognito-idp:AdminResetUserPassword",
      "cognito-idp:AdminSetUserPassword", "cognito-idp:AdminUpdateUserAttributes",
    },
    Authenticate = {
      "cognito-idp:AdminInitiateAuth", "cognito-idp:AdminRespondToAuthChallenge",
      "cognito-idp:AdminUserGlobalSignOut",
    },
  },
  links    = { ["LambdaConfig.KMSKeyID"] = "x-kms.Arn" },
  accepts  = { macros = { Clients = { apply = clients }, Domain = { apply = domain } } },
}
