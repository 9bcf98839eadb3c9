"""What AWS refuses when resources come and go, as tables. Each row has its page; all were read on 2026-11-29."""

EC2 = "https://docs.aws.amazon.com/vpc/latest/userguide/"
CFN = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"

ANY = None

# What has network interfaces in its subnets, with its security groups.
INTERFACES = {
    "AWS::AmazonMQ::Broker", "AWS::DocDB::DBCluster", "AWS::EC2::VPCEndpoint", "AWS::ECS::Service", "AWS::EFS::MountTarget",
    "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache",
    "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::Lambda::Function", "AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster",
    "AWS::Neptune::DBCluster", "AWS::OpenSearchServerless::VpcEndpoint", "AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance", "AWS::RDS::DBProxy", "AWS::AutoScaling::AutoScalingGroup", "AWS::ECS::CapacityProvider",
}
DATABASES = {
    "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::RDS::DBProxy", "AWS::DocDB::DBCluster", "AWS::DocDB::DBInstance",
    "AWS::Neptune::DBCluster", "AWS::Neptune::DBInstance", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::ServerlessCache",
}
LISTENERS = {"AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"}

# A type that is not deleted while something of these types refers to it: (types, properties that do not count).
IN_USE = {
    "AWS::EC2::SecurityGroup": (
        INTERFACES | {"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"}, {"GroupId"}),
    "AWS::EC2::Subnet": (INTERFACES | {"AWS::EC2::NatGateway"}, set()),
    "AWS::EC2::VPC": (
        {"AWS::EC2::Subnet", "AWS::EC2::SecurityGroup", "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::RouteTable", "AWS::EC2::VPCEndpoint",
         "AWS::EC2::EgressOnlyInternetGateway", "AWS::EC2::VPCCidrBlock"}, set()),
    "AWS::EC2::VPCCidrBlock": ({"AWS::EC2::Subnet"}, set()),
    "AWS::EC2::InternetGateway": ({"AWS::EC2::VPCGatewayAttachment"}, set()),
    "AWS::EC2::EIP": ({"AWS::EC2::NatGateway", "AWS::ElasticLoadBalancingV2::LoadBalancer"}, set()),
    "AWS::EC2::RouteTable": ({"AWS::EC2::SubnetRouteTableAssociation"}, set()),
    "AWS::ECS::Cluster": ({"AWS::ECS::Service"}, set()),
    "AWS::ECS::CapacityProvider": ({"AWS::ECS::Service", "AWS::ECS::ClusterCapacityProviderAssociations"}, set()),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (LISTENERS, set()),
    "AWS::CertificateManager::Certificate": (
        {"AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerCertificate", "AWS::Cognito::UserPoolDomain"}, set()),
    "AWS::ServiceDiscovery::Service": ({"AWS::ECS::Service", "AWS::ServiceDiscovery::Instance"}, set()),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": ({"AWS::ServiceDiscovery::Service", "AWS::ECS::Service"}, set()),
    "AWS::ServiceDiscovery::PublicDnsNamespace": ({"AWS::ServiceDiscovery::Service", "AWS::ECS::Service"}, set()),
    "AWS::ServiceDiscovery::HttpNamespace": ({"AWS::ServiceDiscovery::Service", "AWS::ECS::Service"}, set()),
    "AWS::EFS::FileSystem": ({"AWS::EFS::MountTarget"}, set()),
    "AWS::Cognito::UserPool": ({"AWS::Cognito::UserPoolDomain"}, set()),
    "AWS::Route53::HostedZone": ({"AWS::Route53::RecordSet", "AWS::CertificateManager::Certificate"}, set()),
    "AWS::WAFv2::WebACL": ({"AWS::WAFv2::WebACLAssociation"}, set()),
    "AWS::WAFv2::IPSet": ({"AWS::WAFv2::WebACL"}, set()),
    "AWS::IAM::ManagedPolicy": ({"AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"}, set()),
    "AWS::IAM::Role": ({"AWS::IAM::InstanceProfile"}, set()),
    "AWS::MSK::Configuration": ({"AWS::MSK::Cluster"}, set()),
    "AWS::Kinesis::Stream": ({"AWS::Kinesis::StreamConsumer"}, set()),
}
for _group in (
    "RDS::DBSubnetGroup", "RDS::DBParameterGroup", "RDS::DBClusterParameterGroup", "RDS::OptionGroup", "DocDB::DBSubnetGroup",
    "DocDB::DBClusterParameterGroup", "Neptune::DBSubnetGroup", "Neptune::DBClusterParameterGroup", "Neptune::DBParameterGroup",
    "ElastiCache::SubnetGroup", "ElastiCache::ParameterGroup", "ElastiCache::UserGroup",
):
    IN_USE["AWS::" + _group] = (DATABASES, set())

# Subnets and groups that stand in a subnet group count as long as something uses that group.
SUBNET_GROUPS = {
    "AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup", "AWS::ElastiCache::SubnetGroup",
}

# What must be one in its scope: the properties that together are taken. A property that is absent takes nothing, unless it ends in `?`.
# Names that the registry calls identifiers are added by account.taken.
UNIQUE = {
    "AWS::AmazonMQ::Broker": [["BrokerName"]],
    "AWS::ApplicationAutoScaling::ScalableTarget": [["ServiceNamespace", "ResourceId", "ScalableDimension"]],
    "AWS::ApplicationAutoScaling::ScalingPolicy": [["PolicyName", "ScalingTargetId?", "ResourceId?", "ScalableDimension?"]],
    "AWS::Cognito::UserPoolDomain": [["Domain"]],
    "AWS::EC2::Route": [
        ["RouteTableId", "DestinationCidrBlock"], ["RouteTableId", "DestinationIpv6CidrBlock"], ["RouteTableId", "DestinationPrefixListId"]],
    "AWS::EC2::SecurityGroup": [["GroupName", "VpcId"]],
    "AWS::EC2::SecurityGroupEgress": [
        ["GroupId", "IpProtocol", "FromPort?", "ToPort?", "CidrIp?", "CidrIpv6?", "DestinationSecurityGroupId?", "DestinationPrefixListId?"]],
    "AWS::EC2::SecurityGroupIngress": [
        ["GroupId", "IpProtocol", "FromPort?", "ToPort?", "CidrIp?", "CidrIpv6?", "SourceSecurityGroupId?", "SourcePrefixListId?"]],
    "AWS::EC2::Subnet": [["VpcId", "CidrBlock"], ["VpcId", "Ipv6CidrBlock"]],
    "AWS::EC2::SubnetRouteTableAssociation": [["SubnetId"]],
    "AWS::EC2::VPCGatewayAttachment": [["VpcId", "InternetGatewayId"]],
    "AWS::EC2::VPCEndpoint": [["VpcId", "ServiceName"]],
    "AWS::ECS::CapacityProvider": [["Name"]],
    "AWS::ECS::ClusterCapacityProviderAssociations": [["Cluster"]],
    "AWS::ECS::Service": [["Cluster", "ServiceName"]],
    "AWS::EFS::MountTarget": [["FileSystemId", "SubnetId"]],
    "AWS::ElasticLoadBalancingV2::Listener": [["LoadBalancerArn", "Port", "Protocol?"]],
    "AWS::ElasticLoadBalancingV2::ListenerRule": [["ListenerArn", "Priority"]],
    "AWS::ElasticLoadBalancingV2::LoadBalancer": [["Name"]],
    "AWS::ElasticLoadBalancingV2::TargetGroup": [["Name"]],
    "AWS::Events::Rule": [["Name", "EventBusName?"]],
    "AWS::MSK::Cluster": [["ClusterName"]],
    "AWS::MSK::ServerlessCluster": [["ClusterName"]],
    "AWS::OpenSearchServerless::Collection": [["Name"]],
    "AWS::OpenSearchServerless::AccessPolicy": [["Name", "Type"]],
    "AWS::OpenSearchServerless::SecurityPolicy": [["Name", "Type"]],
    "AWS::OpenSearchServerless::VpcEndpoint": [["Name"], ["VpcId"]],
    "AWS::Route53::RecordSet": [["HostedZoneId", "Name", "Type", "SetIdentifier?"], ["HostedZoneName", "Name", "Type", "SetIdentifier?"]],
    "AWS::SecretsManager::Secret": [["Name"]],
    "AWS::ServiceDiscovery::HttpNamespace": [["Name"]],
    "AWS::ServiceDiscovery::PrivateDnsNamespace": [["Name", "Vpc"]],
    "AWS::ServiceDiscovery::Service": [["NamespaceId", "Name"]],
    "AWS::SNS::Topic": [["TopicName"]],
    "AWS::SQS::Queue": [["QueueName"]],
    "AWS::WAFv2::WebACL": [["Name", "Scope"]],
    "AWS::WAFv2::IPSet": [["Name", "Scope"]],
}

# The property with which a resource refuses to be deleted, and the values that mean so.
PROTECTED = {
    "AWS::Cognito::UserPool": ("DeletionProtection", {"ACTIVE"}),
    "AWS::DocDB::DBCluster": ("DeletionProtection", {"true"}),
    "AWS::DynamoDB::Table": ("DeletionProtectionEnabled", {"true"}),
    "AWS::Neptune::DBCluster": ("DeletionProtection", {"true"}),
    "AWS::RDS::DBCluster": ("DeletionProtection", {"true"}),
    "AWS::RDS::DBInstance": ("DeletionProtection", {"true"}),
    "AWS::CloudFormation::Stack": ("EnableTerminationProtection", {"true"}),
}
BALANCER_PROTECTION = "deletion_protection.enabled"

# Types with a DeletionPolicy of their own when the template says none.
SNAPSHOT_BY_DEFAULT = {"AWS::RDS::DBCluster", "AWS::RDS::DBInstance"}
# CFN + aws-attribute-deletionpolicy.html
SNAPSHOTS = {
    "AWS::DocDB::DBCluster", "AWS::EC2::Volume", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::Redshift::Cluster",
}

# A snapshot that a deletion leaves under a name of the template: the property, per type. Two deletions cannot leave it twice.
FINAL_SNAPSHOT = {"AWS::ElastiCache::ServerlessCache": "FinalSnapshotName"}

# Stores that are not deleted while something is in them, once they have been in use.
NOT_WHEN_FILLED = {"AWS::S3::Bucket", "AWS::ECR::Repository", "AWS::Backup::BackupVault"}

# Facts that the schemas of the registry do not have: these are replaced by CloudFormation, or refused in place.
# CFN + aws-resource-ecs-service.html: the launch type and the strategy cannot take each other's place.
MORE_CREATE_ONLY = {
    "AWS::RDS::DBCluster": ["KmsKeyId", "StorageEncrypted", "DBSubnetGroupName"],
}
