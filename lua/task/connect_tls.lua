--- Encryption between the proxies of Service Connect: certificates of a private authority, and the role by which ECS gets them.
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local connect_tls <const> = {}

local keys <const> = { "IssuerCertificateAuthority", "KmsKey", "RoleArn" }

--- The role by which ECS gets certificates from the private CA; `key` is the ARN of a key of one's own, or nil.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
local function role_for(key)
  local role <const> = engine.find("", "", "connect_tls_role") or engine.add {
    type = "AWS::IAM::Role", noun = "ConnectTlsRole", part = "connect_tls_role",
    properties = {
      AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" },
        Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
      } } },
      ManagedPolicyArns = { composex.sub("arn:${AWS::Partition}:iam::aws:policy/service-role/"
        .. "AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity") },
    },
  }
  if key ~= nil and role.Properties.Policies == nil then
    role.Properties.Policies = { { PolicyName = "certificate-key", PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "CertificateKey", Effect = "Allow", Resource = { key },
      Action = { "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:GenerateDataKeyPair" },
    } } } } }
  end
  return role
end

--- The key that Tls names: a pointer to x-kms, or what stands there.
local function key_of(node)
  local value <const> = node.KmsKey
  if type(value) == "string" and pointers.parse(value) then
    local key <const> = pointers.definition(value, { node, "KmsKey" })
    return key and values.of(key, "Arn")
  end
  return read.placed(node, "KmsKey")
end

--- `Tls` of a port: the ARN of a private CA, or CloudFormation's own mapping; the role comes by itself.
function connect_tls.of(body, subject)
  local section <const> = body.Tls
  local is_arn <const> = type(section) == "string" and section:find("^arn:[%w-]+:acm%-pca:") or read.is_function(section)
  if is_arn then
    return { IssuerCertificateAuthority = { AwsPcaAuthorityArn = read.placed(body, "Tls") }, RoleArn = role_for():att("Arn") }
  end
  local authority <const> = read.at(section, "IssuerCertificateAuthority")
  if not read.is_mapping(authority) and type(authority) ~= "string" then
    return engine.error({ body, "Tls" }, subject .. " Tls needs a private certificate authority",
      "write Tls: arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID")
  end
  read.keys(section, keys, subject .. " Tls")
  local key <const> = key_of(section)
  return {
    IssuerCertificateAuthority = type(authority) == "string" and { AwsPcaAuthorityArn = read.placed(section, "IssuerCertificateAuthority") }
      or authority,
    KmsKey = key, RoleArn = read.placed(section, "RoleArn") or role_for(key):att("Arn"),
  }
end

return connect_tls
