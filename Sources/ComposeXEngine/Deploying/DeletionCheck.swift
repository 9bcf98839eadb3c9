/// A question to AWS about one resource: would its deletion fail?
///
/// Each is a fact of the resource's page in https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (read 2026-11-29)
struct DeletionCheck {
  /// The question, by the physical id.
  let call: (String) -> AWSCall
  /// Whether the answer says that it would.
  let blocks: (Node) -> Bool
  let why: String
  /// What takes the obstacle away.
  let remedy: (String) -> AWSCall

  /// The questions for a type.
  static func of(_ type: String) -> [DeletionCheck] { table[type].map { [$0] } ?? [] }

  private static var table: [String: DeletionCheck] {
    [
      "AWS::S3::Bucket": bucket, "AWS::ECR::Repository": repository, "AWS::RDS::DBInstance": instance,
      "AWS::RDS::DBCluster": cluster, "AWS::DocDB::DBCluster": documents, "AWS::Neptune::DBCluster": graph,
      "AWS::DynamoDB::Table": dynamo, "AWS::ElasticLoadBalancingV2::LoadBalancer": balancer,
      "AWS::Cognito::UserPool": pool, "AWS::ECS::Cluster": instances, "AWS::AutoScaling::AutoScalingGroup": group,
    ]
  }

  private static var bucket: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("s3api", "list-object-versions").option("--bucket", $0).option("--max-keys", "1").flag("--no-paginate")
          .needs("s3:ListBucketVersions")
      },
      blocks: { $0["Versions"]?.list?.isEmpty == false || $0["DeleteMarkers"]?.list?.isEmpty == false },
      why: "is a bucket that is not empty",
      remedy: { AWSCall("s3", "rm").word("s3://\($0)").flag("--recursive").withoutAnswer })
  }

  private static var repository: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("ecr", "list-images").option("--repository-name", $0).option("--max-items", "1").needs("ecr:ListImages")
      },
      blocks: { $0["imageIds"]?.list?.isEmpty == false }, why: "is a repository that has images",
      remedy: { AWSCall("ecr", "delete-repository").option("--repository-name", $0).flag("--force").withoutAnswer })
  }

  private static func database(
    _ service: String, _ kind: String, _ list: String, _ permission: String
  ) -> DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall(service, "describe-db-\(kind)s").option("--db-\(kind)-identifier", $0)
          .needs("rds:Describe\(permission)")
      },
      blocks: { $0[list]?.list?.first?["DeletionProtection"]?.bool == true }, why: "is protected from deletion",
      remedy: {
        AWSCall(service, "modify-db-\(kind)").option("--db-\(kind)-identifier", $0).flag("--no-deletion-protection")
          .flag("--apply-immediately").withoutAnswer
      })
  }
  private static var instance: DeletionCheck { database("rds", "instance", "DBInstances", "DBInstances") }
  private static var cluster: DeletionCheck { database("rds", "cluster", "DBClusters", "DBClusters") }
  private static var documents: DeletionCheck { database("docdb", "cluster", "DBClusters", "DBClusters") }
  private static var graph: DeletionCheck { database("neptune", "cluster", "DBClusters", "DBClusters") }

  private static var dynamo: DeletionCheck {
    DeletionCheck(
      call: { AWSCall("dynamodb", "describe-table").option("--table-name", $0).needs("dynamodb:DescribeTable") },
      blocks: { $0.at("Table", "DeletionProtectionEnabled")?.bool == true }, why: "is protected from deletion",
      remedy: {
        AWSCall("dynamodb", "update-table").option("--table-name", $0).flag("--no-deletion-protection-enabled")
          .withoutAnswer
      })
  }

  private static var balancer: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("elbv2", "describe-load-balancer-attributes").option("--load-balancer-arn", $0)
          .needs("elasticloadbalancing:DescribeLoadBalancerAttributes")
      },
      blocks: { answer in
        (answer["Attributes"]?.list ?? []).contains {
          $0["Key"]?.string == "deletion_protection.enabled" && $0["Value"]?.string == "true"
        }
      }, why: "is protected from deletion",
      remedy: {
        AWSCall("elbv2", "modify-load-balancer-attributes").option("--load-balancer-arn", $0)
          .option("--attributes", "Key=deletion_protection.enabled,Value=false").withoutAnswer
      })
  }

  private static var pool: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("cognito-idp", "describe-user-pool").option("--user-pool-id", $0).needs("cognito-idp:DescribeUserPool")
      },
      blocks: { $0.at("UserPool", "DeletionProtection")?.string == "ACTIVE" }, why: "is protected from deletion",
      remedy: {
        AWSCall("cognito-idp", "update-user-pool").option("--user-pool-id", $0).option(
          "--deletion-protection", "INACTIVE"
        )
        .withoutAnswer
      })
  }

  /// Instances that managed termination protection keeps from scale-in: CloudFormation waits in vain for a group to be empty.
  ///
  /// https://github.com/aws/aws-cdk/issues/18179 (read 2026-11-29)
  private static var group: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("autoscaling", "describe-auto-scaling-groups").option("--auto-scaling-group-names", $0)
          .needs("autoscaling:DescribeAutoScalingGroups")
      },
      blocks: { answer in
        (answer["AutoScalingGroups"]?.list ?? []).contains { group in
          (group["Instances"]?.list ?? []).contains { $0["ProtectedFromScaleIn"]?.bool == true }
        }
      }, why: "has instances that are protected from scale-in",
      remedy: {
        AWSCall("autoscaling", "delete-auto-scaling-group").option("--auto-scaling-group-name", $0)
          .flag("--force-delete").withoutAnswer
      })
  }

  /// Machines of the user's own stay registered until they are told to go; those of a group of the stack go with it.
  private static var instances: DeletionCheck {
    DeletionCheck(
      call: {
        AWSCall("ecs", "list-container-instances").option("--cluster", $0)
          .option("--filter", "attribute:ecs.capability.external exists")
          .option("--max-items", "1").needs("ecs:ListContainerInstances")
      },
      blocks: { $0["containerInstanceArns"]?.list?.isEmpty == false }, why: "has registered instances of your own",
      remedy: {
        AWSCall("ecs", "deregister-container-instance").option("--cluster", $0)
          .option("--container-instance", "INSTANCE").flag("--force").withoutAnswer
      })
  }
}
