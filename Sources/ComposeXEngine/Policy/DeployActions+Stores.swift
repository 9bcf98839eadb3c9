extension DeployActions {
  /// Stores: databases, caches, files, search.
  static let stores = """
    AWS::RDS::DBInstance rds
      create CreateDBInstance DescribeDBInstances AddTagsToResource RestoreDBInstanceFromDBSnapshot
          CreateDBInstanceReadReplica iam:CreateServiceLinkedRole iam:PassRole kms:CreateGrant kms:DescribeKey
          ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs
      update ModifyDBInstance RebootDBInstance DescribeDBInstances AddTagsToResource RemoveTagsFromResource
          AddRoleToDBInstance RemoveRoleFromDBInstance iam:PassRole
      delete DeleteDBInstance DescribeDBInstances CreateDBSnapshot DescribeDBSnapshots AddTagsToResource
    AWS::RDS::DBCluster rds
      create CreateDBCluster DescribeDBClusters AddTagsToResource RestoreDBClusterFromSnapshot AddRoleToDBCluster
          iam:CreateServiceLinkedRole iam:PassRole kms:CreateGrant kms:DescribeKey ec2:DescribeSecurityGroups
          ec2:DescribeSubnets ec2:DescribeVpcs
      update ModifyDBCluster DescribeDBClusters AddTagsToResource RemoveTagsFromResource AddRoleToDBCluster
          RemoveRoleFromDBCluster iam:PassRole
      delete DeleteDBCluster DescribeDBClusters CreateDBClusterSnapshot DescribeDBClusterSnapshots AddTagsToResource
    AWS::RDS::DBSubnetGroup rds
      create CreateDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource
      update ModifyDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteDBSubnetGroup DescribeDBSubnetGroups
    AWS::RDS::DBParameterGroup rds
      create CreateDBParameterGroup ModifyDBParameterGroup DescribeDBParameterGroups DescribeDBParameters
          AddTagsToResource
      update ModifyDBParameterGroup ResetDBParameterGroup DescribeDBParameterGroups DescribeDBParameters
          AddTagsToResource RemoveTagsFromResource
      delete DeleteDBParameterGroup DescribeDBParameterGroups
    AWS::RDS::DBClusterParameterGroup rds
      create CreateDBClusterParameterGroup ModifyDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource
      update ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource RemoveTagsFromResource
      delete DeleteDBClusterParameterGroup DescribeDBClusterParameterGroups
    AWS::RDS::OptionGroup rds
      create CreateOptionGroup ModifyOptionGroup DescribeOptionGroups AddTagsToResource
      update ModifyOptionGroup DescribeOptionGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteOptionGroup DescribeOptionGroups
    AWS::RDS::DBProxy rds
      create CreateDBProxy DescribeDBProxies AddTagsToResource iam:PassRole
      update ModifyDBProxy DescribeDBProxies AddTagsToResource RemoveTagsFromResource iam:PassRole
      delete DeleteDBProxy DescribeDBProxies
    AWS::RDS::DBProxyTargetGroup rds
      create ModifyDBProxyTargetGroup RegisterDBProxyTargets DescribeDBProxyTargetGroups
      update ModifyDBProxyTargetGroup RegisterDBProxyTargets DeregisterDBProxyTargets DescribeDBProxyTargetGroups
      delete DeregisterDBProxyTargets DescribeDBProxyTargetGroups
    AWS::DocDB::DBCluster rds
      create CreateDBCluster DescribeDBClusters AddTagsToResource RestoreDBClusterFromSnapshot
          iam:CreateServiceLinkedRole kms:CreateGrant kms:DescribeKey
      update ModifyDBCluster DescribeDBClusters AddTagsToResource RemoveTagsFromResource
      delete DeleteDBCluster DescribeDBClusters CreateDBClusterSnapshot DescribeDBClusterSnapshots
    AWS::DocDB::DBInstance rds
      create CreateDBInstance DescribeDBInstances AddTagsToResource
      update ModifyDBInstance DescribeDBInstances AddTagsToResource RemoveTagsFromResource
      delete DeleteDBInstance DescribeDBInstances
    AWS::DocDB::DBSubnetGroup rds
      create CreateDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource
      update ModifyDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteDBSubnetGroup DescribeDBSubnetGroups
    AWS::DocDB::DBClusterParameterGroup rds
      create CreateDBClusterParameterGroup ModifyDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource
      update ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource RemoveTagsFromResource
      delete DeleteDBClusterParameterGroup DescribeDBClusterParameterGroups
    AWS::Neptune::DBCluster rds
      create CreateDBCluster DescribeDBClusters AddTagsToResource RestoreDBClusterFromSnapshot AddRoleToDBCluster
          iam:CreateServiceLinkedRole iam:PassRole kms:CreateGrant kms:DescribeKey
      update ModifyDBCluster DescribeDBClusters AddTagsToResource RemoveTagsFromResource AddRoleToDBCluster
          RemoveRoleFromDBCluster iam:PassRole
      delete DeleteDBCluster DescribeDBClusters CreateDBClusterSnapshot DescribeDBClusterSnapshots
    AWS::Neptune::DBInstance rds
      create CreateDBInstance DescribeDBInstances AddTagsToResource
      update ModifyDBInstance DescribeDBInstances AddTagsToResource RemoveTagsFromResource
      delete DeleteDBInstance DescribeDBInstances
    AWS::Neptune::DBSubnetGroup rds
      create CreateDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource
      update ModifyDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteDBSubnetGroup DescribeDBSubnetGroups
    AWS::Neptune::DBClusterParameterGroup rds
      create CreateDBClusterParameterGroup ModifyDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource
      update ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DescribeDBClusterParameterGroups
          DescribeDBClusterParameters AddTagsToResource RemoveTagsFromResource
      delete DeleteDBClusterParameterGroup DescribeDBClusterParameterGroups
    AWS::Neptune::DBParameterGroup rds
      create CreateDBParameterGroup ModifyDBParameterGroup DescribeDBParameterGroups DescribeDBParameters
          AddTagsToResource
      update ModifyDBParameterGroup ResetDBParameterGroup DescribeDBParameterGroups DescribeDBParameters
          AddTagsToResource RemoveTagsFromResource
      delete DeleteDBParameterGroup DescribeDBParameterGroups
    AWS::ElastiCache::CacheCluster elasticache
      create CreateCacheCluster DescribeCacheClusters AddTagsToResource iam:CreateServiceLinkedRole
      update ModifyCacheCluster DescribeCacheClusters AddTagsToResource RemoveTagsFromResource
      delete DeleteCacheCluster DescribeCacheClusters CreateSnapshot DescribeSnapshots
    AWS::ElastiCache::ReplicationGroup elasticache
      create CreateReplicationGroup DescribeReplicationGroups AddTagsToResource iam:CreateServiceLinkedRole
      update ModifyReplicationGroup ModifyReplicationGroupShardConfiguration IncreaseReplicaCount DecreaseReplicaCount
          DescribeReplicationGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteReplicationGroup DescribeReplicationGroups CreateSnapshot DescribeSnapshots
    AWS::ElastiCache::ServerlessCache elasticache
      create CreateServerlessCache DescribeServerlessCaches AddTagsToResource iam:CreateServiceLinkedRole
          ec2:CreateVpcEndpoint ec2:DescribeVpcEndpoints ec2:CreateTags kms:CreateGrant kms:DescribeKey
      update ModifyServerlessCache DescribeServerlessCaches AddTagsToResource RemoveTagsFromResource
      delete DeleteServerlessCache DescribeServerlessCaches ec2:DescribeVpcEndpoints
    AWS::ElastiCache::SubnetGroup elasticache
      create CreateCacheSubnetGroup DescribeCacheSubnetGroups AddTagsToResource
      update ModifyCacheSubnetGroup DescribeCacheSubnetGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteCacheSubnetGroup DescribeCacheSubnetGroups
    AWS::ElastiCache::ParameterGroup elasticache
      create CreateCacheParameterGroup ModifyCacheParameterGroup DescribeCacheParameterGroups DescribeCacheParameters
          AddTagsToResource
      update ModifyCacheParameterGroup ResetCacheParameterGroup DescribeCacheParameterGroups DescribeCacheParameters
          AddTagsToResource RemoveTagsFromResource
      delete DeleteCacheParameterGroup DescribeCacheParameterGroups
    AWS::ElastiCache::User elasticache
      create CreateUser DescribeUsers AddTagsToResource
      update ModifyUser DescribeUsers AddTagsToResource RemoveTagsFromResource
      delete DeleteUser DescribeUsers
    AWS::ElastiCache::UserGroup elasticache
      create CreateUserGroup DescribeUserGroups AddTagsToResource
      update ModifyUserGroup DescribeUserGroups AddTagsToResource RemoveTagsFromResource
      delete DeleteUserGroup DescribeUserGroups
    AWS::DynamoDB::Table dynamodb
      create CreateTable DescribeTable TagResource UpdateTimeToLive DescribeTimeToLive UpdateContinuousBackups
          DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination
          EnableKinesisStreamingDestination ListTagsOfResource GetResourcePolicy PutResourcePolicy kms:CreateGrant
          kms:DescribeKey
      update UpdateTable DescribeTable TagResource UntagResource UpdateTimeToLive DescribeTimeToLive
          UpdateContinuousBackups DescribeContinuousBackups UpdateContributorInsights DescribeContributorInsights
          ListTagsOfResource PutResourcePolicy DeleteResourcePolicy
      delete DeleteTable DescribeTable
    AWS::DynamoDB::GlobalTable dynamodb
      create CreateTable CreateTableReplica UpdateTable DescribeTable DescribeTableReplicaAutoScaling TagResource
          UpdateTimeToLive DescribeTimeToLive UpdateContinuousBackups DescribeContinuousBackups ListTagsOfResource
          iam:CreateServiceLinkedRole
      update UpdateTable UpdateTableReplicaAutoScaling CreateTableReplica DeleteTableReplica DescribeTable
          DescribeTableReplicaAutoScaling TagResource UntagResource UpdateTimeToLive UpdateContinuousBackups
          ListTagsOfResource
      delete DeleteTable DeleteTableReplica UpdateTable DescribeTable
    AWS::S3::Bucket s3
      create CreateBucket PutBucketTagging PutEncryptionConfiguration PutBucketPublicAccessBlock
          PutBucketOwnershipControls PutBucketVersioning PutLifecycleConfiguration PutBucketNotification PutBucketCORS
          PutBucketLogging PutBucketWebsite PutReplicationConfiguration PutAccelerateConfiguration
          PutBucketObjectLockConfiguration iam:PassRole
      update ListBucket PutBucketTagging PutEncryptionConfiguration PutBucketPublicAccessBlock
          PutBucketOwnershipControls PutBucketVersioning PutLifecycleConfiguration PutBucketNotification PutBucketCORS
          PutBucketLogging PutBucketWebsite DeleteBucketWebsite PutReplicationConfiguration PutAccelerateConfiguration
          PutBucketObjectLockConfiguration iam:PassRole
      delete DeleteBucket ListBucket
    AWS::S3::BucketPolicy s3
      create PutBucketPolicy GetBucketPolicy
      update PutBucketPolicy GetBucketPolicy
      delete DeleteBucketPolicy GetBucketPolicy
    AWS::EFS::FileSystem elasticfilesystem
      create CreateFileSystem DescribeFileSystems TagResource PutFileSystemPolicy DescribeFileSystemPolicy
          PutLifecycleConfiguration PutBackupPolicy DescribeBackupPolicy DescribeLifecycleConfiguration
          kms:CreateGrant kms:DescribeKey
      update UpdateFileSystem DescribeFileSystems TagResource UntagResource PutFileSystemPolicy DeleteFileSystemPolicy
          DescribeFileSystemPolicy PutLifecycleConfiguration PutBackupPolicy DescribeBackupPolicy
      delete DeleteFileSystem DescribeFileSystems
    AWS::EFS::MountTarget elasticfilesystem
      create CreateMountTarget DescribeMountTargets DescribeMountTargetSecurityGroups ec2:CreateNetworkInterface
          ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DescribeSecurityGroups
      update ModifyMountTargetSecurityGroups DescribeMountTargets DescribeMountTargetSecurityGroups
          ec2:ModifyNetworkInterfaceAttribute
      delete DeleteMountTarget DescribeMountTargets ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces
    AWS::EFS::AccessPoint elasticfilesystem
      create CreateAccessPoint DescribeAccessPoints TagResource
      update DescribeAccessPoints TagResource UntagResource
      delete DeleteAccessPoint DescribeAccessPoints
    AWS::OpenSearchService::Domain es
      create CreateDomain DescribeDomain AddTags ListTags iam:CreateServiceLinkedRole iam:PassRole kms:CreateGrant
          kms:DescribeKey ec2:DescribeSubnets ec2:DescribeSecurityGroups ec2:DescribeVpcs
      update UpdateDomainConfig DescribeDomain DescribeDomainChangeProgress UpgradeDomain AddTags RemoveTags ListTags
          iam:PassRole
      delete DeleteDomain DescribeDomain
    AWS::OpenSearchServerless::Collection aoss
      create CreateCollection BatchGetCollection TagResource iam:CreateServiceLinkedRole
      update UpdateCollection BatchGetCollection TagResource UntagResource
      delete DeleteCollection BatchGetCollection
    AWS::OpenSearchServerless::SecurityPolicy aoss
      create CreateSecurityPolicy GetSecurityPolicy kms:DescribeKey kms:CreateGrant
      update UpdateSecurityPolicy GetSecurityPolicy
      delete DeleteSecurityPolicy GetSecurityPolicy
    AWS::OpenSearchServerless::AccessPolicy aoss
      create CreateAccessPolicy GetAccessPolicy
      update UpdateAccessPolicy GetAccessPolicy
      delete DeleteAccessPolicy GetAccessPolicy
    AWS::OpenSearchServerless::VpcEndpoint aoss
      create CreateVpcEndpoint BatchGetVpcEndpoint ec2:CreateVpcEndpoint ec2:DescribeVpcEndpoints ec2:CreateTags
          ec2:DescribeSubnets ec2:DescribeSecurityGroups ec2:DescribeVpcs route53:AssociateVPCWithHostedZone
      update UpdateVpcEndpoint BatchGetVpcEndpoint ec2:ModifyVpcEndpoint ec2:DescribeVpcEndpoints
      delete DeleteVpcEndpoint BatchGetVpcEndpoint ec2:DeleteVpcEndpoints ec2:DescribeVpcEndpoints
    AWS::Backup::BackupVault backup
      create CreateBackupVault DescribeBackupVault TagResource PutBackupVaultAccessPolicy kms:CreateGrant
          kms:DescribeKey
      update DescribeBackupVault TagResource UntagResource PutBackupVaultAccessPolicy DeleteBackupVaultAccessPolicy
      delete DeleteBackupVault DescribeBackupVault
    """
}
