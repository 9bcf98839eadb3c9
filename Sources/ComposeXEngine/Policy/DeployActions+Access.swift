extension DeployActions {
  /// Access: roles, keys, secrets, parameters, users.
  static let access = """
    AWS::IAM::Role iam
      create CreateRole GetRole TagRole PutRolePolicy AttachRolePolicy PutRolePermissionsBoundary GetRolePolicy
      update UpdateRole UpdateAssumeRolePolicy UpdateRoleDescription GetRole TagRole UntagRole PutRolePolicy
          DeleteRolePolicy AttachRolePolicy DetachRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary
          GetRolePolicy
      delete DeleteRole GetRole DeleteRolePolicy DetachRolePolicy ListAttachedRolePolicies ListRolePolicies
          GetRolePolicy
    AWS::IAM::Policy iam
      create PutRolePolicy GetRolePolicy
      update PutRolePolicy DeleteRolePolicy GetRolePolicy
      delete DeleteRolePolicy GetRolePolicy
    AWS::IAM::RolePolicy iam
      create PutRolePolicy GetRolePolicy
      update PutRolePolicy GetRolePolicy
      delete DeleteRolePolicy GetRolePolicy
    AWS::IAM::ManagedPolicy iam
      create CreatePolicy GetPolicy AttachRolePolicy TagPolicy
      update CreatePolicyVersion DeletePolicyVersion ListPolicyVersions GetPolicy AttachRolePolicy DetachRolePolicy
      delete DeletePolicy DeletePolicyVersion ListPolicyVersions GetPolicy DetachRolePolicy ListEntitiesForPolicy
    AWS::IAM::InstanceProfile iam
      create CreateInstanceProfile GetInstanceProfile AddRoleToInstanceProfile PassRole
      update GetInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile PassRole
      delete DeleteInstanceProfile GetInstanceProfile RemoveRoleFromInstanceProfile
    AWS::KMS::Key kms
      create CreateKey DescribeKey TagResource EnableKeyRotation PutKeyPolicy GetKeyPolicy GetKeyRotationStatus
          ListResourceTags
      update UpdateKeyDescription DescribeKey TagResource UntagResource EnableKeyRotation DisableKeyRotation EnableKey
          DisableKey PutKeyPolicy GetKeyPolicy GetKeyRotationStatus
      delete ScheduleKeyDeletion DescribeKey
    AWS::KMS::Alias kms
      create CreateAlias ListAliases
      update UpdateAlias ListAliases
      delete DeleteAlias ListAliases
    AWS::SecretsManager::Secret secretsmanager
      create CreateSecret DescribeSecret GetRandomPassword TagResource ReplicateSecretToRegions kms:Decrypt
          kms:GenerateDataKey
      update UpdateSecret DescribeSecret GetSecretValue GetRandomPassword TagResource UntagResource
          ReplicateSecretToRegions RemoveRegionsFromReplication kms:Decrypt kms:GenerateDataKey
      delete DeleteSecret DescribeSecret
    AWS::SecretsManager::SecretTargetAttachment secretsmanager
      create GetSecretValue PutSecretValue DescribeSecret rds:DescribeDBInstances rds:DescribeDBClusters
      update GetSecretValue PutSecretValue DescribeSecret rds:DescribeDBInstances rds:DescribeDBClusters
      delete GetSecretValue PutSecretValue DescribeSecret
    AWS::SecretsManager::RotationSchedule secretsmanager
      create RotateSecret DescribeSecret lambda:InvokeFunction
      update RotateSecret DescribeSecret lambda:InvokeFunction
      delete CancelRotateSecret DescribeSecret
    AWS::SecretsManager::ResourcePolicy secretsmanager
      create PutResourcePolicy GetResourcePolicy
      update PutResourcePolicy GetResourcePolicy
      delete DeleteResourcePolicy GetResourcePolicy
    AWS::SSM::Parameter ssm
      create PutParameter GetParameters AddTagsToResource
      update PutParameter GetParameters AddTagsToResource RemoveTagsFromResource
      delete DeleteParameter GetParameters
    AWS::SSM::Document ssm
      create CreateDocument GetDocument AddTagsToResource iam:PassRole
      update UpdateDocument UpdateDocumentDefaultVersion GetDocument AddTagsToResource RemoveTagsFromResource
      delete DeleteDocument GetDocument
    AWS::Cognito::UserPool cognito-idp
      create CreateUserPool DescribeUserPool TagResource SetUserPoolMfaConfig iam:PassRole
      update UpdateUserPool DescribeUserPool TagResource UntagResource SetUserPoolMfaConfig AddCustomAttributes
          iam:PassRole
      delete DeleteUserPool DescribeUserPool
    AWS::Cognito::UserPoolClient cognito-idp
      create CreateUserPoolClient DescribeUserPoolClient
      update UpdateUserPoolClient DescribeUserPoolClient
      delete DeleteUserPoolClient DescribeUserPoolClient
    AWS::Cognito::UserPoolDomain cognito-idp
      create CreateUserPoolDomain DescribeUserPoolDomain
      update UpdateUserPoolDomain DescribeUserPoolDomain
      delete DeleteUserPoolDomain DescribeUserPoolDomain
    """
}
