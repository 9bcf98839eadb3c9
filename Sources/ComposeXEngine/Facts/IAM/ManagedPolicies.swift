/// What is in some of AWS's own policies, those that tasks, instances and functions are usually given. What is in any other is not known
/// here, and answers that depend on it are "maybe".
///
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, by the versions named, as moto 5.2.1 carries them
/// (read 2026-11-29)
enum ManagedPolicies {
  /// The statements of a policy of AWS; nil for one that is not in the table.
  static func statements(_ arn: String) -> [IAMStatement]? {
    guard arn.hasPrefix("arn:aws:iam::aws:") else { return nil }
    return table[String(arn.dropFirst("arn:aws:iam::aws:".count))]
  }

  private static let table: [String: [IAMStatement]] = {
    var table: [String: [IAMStatement]] = [:]
    var name = ""
    for line in joined {
      if line.hasPrefix("policy/") {
        name = String(line.prefix { $0 != " " })
        table[name] = []
      } else if let statement = IAMStatement(text: line) {
        table[name]?.append(statement)
      }
    }
    return table
  }()

  /// The lines of the text, with those that are indented behind the one above.
  private static var joined: [String] {
    text.split(separator: "\n").reduce(into: []) { lines, line in
      if line.hasPrefix("  ") { lines[lines.count - 1] += line.dropFirst(2) } else { lines.append(String(line)) }
    }
  }

  private static let text = """
    policy/AdministratorAccess v1
    allow * on *
    policy/AmazonDynamoDBReadOnlyAccess v15
    allow application-autoscaling:DescribeScalableTargets,application-autoscaling:DescribeScalingActivities,
      application-autoscaling:DescribeScalingPolicies,cloudwatch:DescribeAlarmHistory,cloudwatch:DescribeAlarms,
      cloudwatch:DescribeAlarmsForMetric,cloudwatch:GetMetricStatistics,cloudwatch:ListMetrics,
      cloudwatch:GetMetricData,datapipeline:DescribeObjects,datapipeline:DescribePipelines,
      datapipeline:GetPipelineDefinition,datapipeline:ListPipelines,datapipeline:QueryObjects,
      dynamodb:BatchGetItem,dynamodb:Describe*,dynamodb:List*,dynamodb:GetAbacStatus,dynamodb:GetItem,
      dynamodb:GetResourcePolicy,dynamodb:Query,dynamodb:Scan,dynamodb:PartiQLSelect,dax:Describe*,dax:List*,
      dax:GetItem,dax:BatchGetItem,dax:Query,dax:Scan,ec2:DescribeVpcs,ec2:DescribeSubnets,
      ec2:DescribeSecurityGroups,iam:GetRole,iam:ListRoles,kms:DescribeKey,kms:ListAliases,
      sns:ListSubscriptionsByTopic,sns:ListTopics,lambda:ListFunctions,lambda:ListEventSourceMappings,
      lambda:GetFunctionConfiguration,resource-groups:ListGroups,resource-groups:ListGroupResources,
      resource-groups:GetGroup,resource-groups:GetGroupQuery,tag:GetResources,kinesis:ListStreams,
      kinesis:DescribeStream,kinesis:DescribeStreamSummary on *
    allow cloudwatch:GetInsightRuleReport on arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*
    policy/AmazonEC2ContainerRegistryReadOnly v3
    allow ecr:GetAuthorizationToken,ecr:BatchCheckLayerAvailability,ecr:GetDownloadUrlForLayer,
      ecr:GetRepositoryPolicy,ecr:DescribeRepositories,ecr:ListImages,ecr:DescribeImages,ecr:BatchGetImage,
      ecr:GetLifecyclePolicy,ecr:GetLifecyclePolicyPreview,ecr:ListTagsForResource,
      ecr:DescribeImageScanFindings on *
    policy/service-role/AmazonEC2ContainerServiceforEC2Role v10
    allow ec2:DescribeTags,ecs:CreateCluster,ecs:DeregisterContainerInstance,ecs:DiscoverPollEndpoint,ecs:Poll,
      ecs:RegisterContainerInstance,ecs:StartTelemetrySession,ecs:UpdateContainerInstancesState,ecs:Submit*,
      ecr:GetAuthorizationToken,ecr:BatchCheckLayerAvailability,ecr:GetDownloadUrlForLayer,ecr:BatchGetImage,
      logs:CreateLogStream,logs:PutLogEvents on *
    allow ecs:TagResource on * if StringEquals ecs:CreateAction=CreateCluster,RegisterContainerInstance
    allow ecs:ListTagsForResource on arn:aws:ecs:*:*:task/*/*,arn:aws:ecs:*:*:container-instance/*/*
    policy/service-role/AmazonEC2SpotFleetTaggingRole v5
    allow ec2:DescribeImages,ec2:DescribeSubnets,ec2:RequestSpotInstances,ec2:TerminateInstances,
      ec2:DescribeInstanceStatus,ec2:CreateTags,ec2:RunInstances on *
    allow iam:PassRole on * if StringEquals iam:PassedToService=ec2.amazonaws.com,ec2.amazonaws.com.cn
    allow elasticloadbalancing:RegisterInstancesWithLoadBalancer on arn:aws:elasticloadbalancing:*:*:loadbalancer/*
    allow elasticloadbalancing:RegisterTargets on arn:aws:elasticloadbalancing:*:*:*/*
    policy/AmazonECSInfrastructureRolePolicyForLoadBalancers v6
    allow elasticloadbalancing:DescribeListeners,elasticloadbalancing:DescribeRules,
      elasticloadbalancing:DescribeTargetGroups,elasticloadbalancing:DescribeTargetHealth on *
    allow elasticloadbalancing:RegisterTargets,
      elasticloadbalancing:DeregisterTargets on arn:aws:elasticloadbalancing:*:*:targetgroup/*/*
    allow elasticloadbalancing:ModifyListener on arn:aws:elasticloadbalancing:*:*:listener/app/*/*/*
    allow elasticloadbalancing:ModifyListener on arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*
    allow elasticloadbalancing:ModifyRule on arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*/*
    policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes v5
    allow ec2:CreateVolume on arn:aws:ec2:*:*:volume/* if ArnLike aws:RequestTag/AmazonECSCreated=arn:aws:ecs:*:*:task/* if StringEquals aws:RequestTag/AmazonECSManaged=true
    allow ec2:CreateVolume on arn:aws:ec2:*:*:snapshot/*
    allow ec2:CreateTags on arn:aws:ec2:*:*:volume/* if ArnLike aws:RequestTag/AmazonECSCreated=arn:aws:ecs:*:*:task/* if StringEquals aws:RequestTag/AmazonECSManaged=true if StringEquals ec2:CreateAction=CreateVolume
    allow ec2:DescribeVolumes,ec2:DescribeAvailabilityZones on *
    allow ec2:DescribeInstances on *
    allow ec2:AttachVolume,
      ec2:DetachVolume on arn:aws:ec2:*:*:volume/* if StringEquals aws:ResourceTag/AmazonECSManaged=true
    allow ec2:AttachVolume,ec2:DetachVolume on arn:aws:ec2:*:*:instance/*
    allow ec2:DeleteVolume on arn:aws:ec2:*:*:volume/* if ArnLike aws:ResourceTag/AmazonECSCreated=arn:aws:ecs:*:*:task/* if StringEquals aws:ResourceTag/AmazonECSManaged=true
    policy/AmazonECSInstanceRolePolicyForManagedInstances v3
    allow ecs:DiscoverPollEndpoint on *
    allow ecs:RegisterContainerInstance on arn:aws:ecs:*:*:cluster/*
    allow ecs:Poll on arn:aws:ecs:*:*:container-instance/*
    allow ecs:StartTelemetrySession,ecs:PutSystemLogEvents on arn:aws:ecs:*:*:container-instance/*
    allow ecs:SubmitAttachmentStateChanges,ecs:SubmitTaskStateChange on arn:aws:ecs:*:*:cluster/*
    policy/service-role/AmazonECSTaskExecutionRolePolicy v1
    allow ecr:GetAuthorizationToken,ecr:BatchCheckLayerAvailability,ecr:GetDownloadUrlForLayer,ecr:BatchGetImage,
      logs:CreateLogStream,logs:PutLogEvents on *
    policy/AmazonPrometheusRemoteWriteAccess v1
    allow aps:RemoteWrite on *
    policy/service-role/AmazonRDSEnhancedMonitoringRole v1
    allow logs:CreateLogGroup,logs:PutRetentionPolicy on arn:aws:logs:*:*:log-group:RDS*
    allow logs:CreateLogStream,logs:PutLogEvents,logs:DescribeLogStreams,
      logs:GetLogEvents on arn:aws:logs:*:*:log-group:RDS*:log-stream:*
    policy/AmazonS3FullAccess v2
    allow s3:*,s3-object-lambda:* on *
    policy/AmazonS3ReadOnlyAccess v3
    allow s3:Get*,s3:List*,s3:Describe*,s3-object-lambda:Get*,s3-object-lambda:List* on *
    policy/AmazonSNSFullAccess v2
    allow sns:* on *
    allow sms-voice:DescribeVerifiedDestinationNumbers,sms-voice:CreateVerifiedDestinationNumber,
      sms-voice:SendDestinationNumberVerificationCode,sms-voice:SendTextMessage,
      sms-voice:DeleteVerifiedDestinationNumber,sms-voice:VerifyDestinationNumber,
      sms-voice:DescribeAccountAttributes,sms-voice:DescribeSpendLimits,sms-voice:DescribePhoneNumbers,
      sms-voice:SetTextMessageSpendLimitOverride,sms-voice:DescribeOptedOutNumbers,
      sms-voice:DeleteOptedOutNumber on * if StringEquals aws:CalledViaLast=sns.amazonaws.com
    policy/AmazonSQSFullAccess v1
    allow sqs:* on *
    policy/AmazonSQSReadOnlyAccess v4
    allow sqs:GetQueueAttributes,sqs:GetQueueUrl,sqs:ListDeadLetterSourceQueues,sqs:ListQueues,
      sqs:ListMessageMoveTasks,sqs:ListQueueTags on *
    policy/AmazonSSMManagedInstanceCore v2
    allow ssm:DescribeAssociation,ssm:GetDeployablePatchSnapshotForInstance,ssm:GetDocument,ssm:DescribeDocument,
      ssm:GetManifest,ssm:GetParameter,ssm:GetParameters,ssm:ListAssociations,ssm:ListInstanceAssociations,
      ssm:PutInventory,ssm:PutComplianceItems,ssm:PutConfigurePackageResult,ssm:UpdateAssociationStatus,
      ssm:UpdateInstanceAssociationStatus,ssm:UpdateInstanceInformation on *
    allow ssmmessages:CreateControlChannel,ssmmessages:CreateDataChannel,ssmmessages:OpenControlChannel,
      ssmmessages:OpenDataChannel on *
    allow ec2messages:AcknowledgeMessage,ec2messages:DeleteMessage,ec2messages:FailMessage,
      ec2messages:GetEndpoint,ec2messages:GetMessages,ec2messages:SendReply on *
    policy/service-role/AWSLambdaBasicExecutionRole v1
    allow logs:CreateLogGroup,logs:CreateLogStream,logs:PutLogEvents on *
    policy/service-role/AWSLambdaVPCAccessExecutionRole v3
    allow logs:CreateLogGroup,logs:CreateLogStream,logs:PutLogEvents,ec2:CreateNetworkInterface,
      ec2:DescribeNetworkInterfaces,ec2:DescribeSubnets,ec2:DeleteNetworkInterface,ec2:AssignPrivateIpAddresses,
      ec2:UnassignPrivateIpAddresses on *
    policy/AWSXRayDaemonWriteAccess v2
    allow xray:PutTraceSegments,xray:PutTelemetryRecords,xray:GetSamplingRules,xray:GetSamplingTargets,
      xray:GetSamplingStatisticSummaries on *
    policy/AWSXrayWriteOnlyAccess v2
    allow xray:PutTraceSegments,xray:PutTelemetryRecords,xray:GetSamplingRules,xray:GetSamplingTargets,
      xray:GetSamplingStatisticSummaries on *
    policy/CloudWatchAgentServerPolicy v3
    allow cloudwatch:PutMetricData,ec2:DescribeVolumes,ec2:DescribeTags,logs:PutLogEvents,logs:PutRetentionPolicy,
      logs:DescribeLogStreams,logs:DescribeLogGroups,logs:CreateLogStream,logs:CreateLogGroup,
      xray:PutTraceSegments,xray:PutTelemetryRecords,xray:GetSamplingRules,xray:GetSamplingTargets,
      xray:GetSamplingStatisticSummaries on *
    allow ssm:GetParameter on arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*
    policy/PowerUserAccess v12
    allow not iam:*,organizations:*,account:* on *
    allow account:GetAccountInformation,account:GetGovCloudAccountInformation,account:GetPrimaryEmail,
      account:ListRegions,iam:CreateServiceLinkedRole,iam:DeleteServiceLinkedRole,iam:ListRoles,
      organizations:DescribeEffectivePolicy,organizations:DescribeOrganization on *
    policy/SecretsManagerReadWrite v5
    allow secretsmanager:*,cloudformation:CreateChangeSet,cloudformation:DescribeChangeSet,
      cloudformation:DescribeStackResource,cloudformation:DescribeStacks,cloudformation:ExecuteChangeSet,
      docdb-elastic:GetCluster,docdb-elastic:ListClusters,ec2:DescribeSecurityGroups,ec2:DescribeSubnets,
      ec2:DescribeVpcs,kms:DescribeKey,kms:ListAliases,kms:ListKeys,lambda:ListFunctions,rds:DescribeDBClusters,
      rds:DescribeDBInstances,redshift:DescribeClusters,redshift-serverless:ListWorkgroups,
      redshift-serverless:GetNamespace,tag:GetResources on *
    allow lambda:AddPermission,lambda:CreateFunction,lambda:GetFunction,lambda:InvokeFunction,
      lambda:UpdateFunctionConfiguration on arn:aws:lambda:*:*:function:SecretsManager*
    allow serverlessrepo:CreateCloudFormationChangeSet,
      serverlessrepo:GetApplication on arn:aws:serverlessrepo:*:*:applications/SecretsManager*
    allow s3:GetObject on arn:aws:s3:::awsserverlessrepo-changesets*,
      arn:aws:s3:::secrets-manager-rotation-apps-*/*
    """
}
