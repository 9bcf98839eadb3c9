extension DeployActions {
  /// Messages: queues, topics, streams, events, logs, metrics.
  static let messages = """
    AWS::SQS::Queue sqs
      create CreateQueue GetQueueAttributes GetQueueUrl TagQueue ListQueueTags
      update SetQueueAttributes GetQueueAttributes TagQueue UntagQueue ListQueueTags
      delete DeleteQueue GetQueueAttributes
    AWS::SQS::QueuePolicy sqs
      create SetQueueAttributes GetQueueAttributes
      update SetQueueAttributes GetQueueAttributes
      delete SetQueueAttributes GetQueueAttributes
    AWS::SNS::Topic sns
      create CreateTopic GetTopicAttributes SetTopicAttributes TagResource ListTagsForResource Subscribe
          PutDataProtectionPolicy GetDataProtectionPolicy ListSubscriptionsByTopic
      update SetTopicAttributes GetTopicAttributes TagResource UntagResource ListTagsForResource Subscribe Unsubscribe
          ListSubscriptionsByTopic
      delete DeleteTopic GetTopicAttributes
    AWS::SNS::TopicPolicy sns
      create SetTopicAttributes GetTopicAttributes
      update SetTopicAttributes GetTopicAttributes
      delete SetTopicAttributes GetTopicAttributes
    AWS::SNS::Subscription sns
      create Subscribe GetSubscriptionAttributes SetSubscriptionAttributes ListSubscriptionsByTopic iam:PassRole
      update SetSubscriptionAttributes GetSubscriptionAttributes
      delete Unsubscribe GetSubscriptionAttributes
    AWS::Kinesis::Stream kinesis
      create CreateStream DescribeStreamSummary IncreaseStreamRetentionPeriod StartStreamEncryption AddTagsToStream
          ListTagsForStream
      update UpdateShardCount UpdateStreamMode DescribeStreamSummary IncreaseStreamRetentionPeriod
          DecreaseStreamRetentionPeriod StartStreamEncryption StopStreamEncryption AddTagsToStream
          RemoveTagsFromStream ListTagsForStream
      delete DeleteStream DescribeStreamSummary
    AWS::Kinesis::StreamConsumer kinesis
      create RegisterStreamConsumer DescribeStreamConsumer
      update DescribeStreamConsumer
      delete DeregisterStreamConsumer DescribeStreamConsumer
    AWS::KinesisFirehose::DeliveryStream firehose
      create CreateDeliveryStream DescribeDeliveryStream TagDeliveryStream ListTagsForDeliveryStream iam:PassRole
          iam:GetRole
      update UpdateDestination DescribeDeliveryStream StartDeliveryStreamEncryption StopDeliveryStreamEncryption
          TagDeliveryStream UntagDeliveryStream ListTagsForDeliveryStream iam:PassRole
      delete DeleteDeliveryStream DescribeDeliveryStream
    AWS::MSK::Cluster kafka
      create CreateClusterV2 DescribeClusterV2 TagResource iam:CreateServiceLinkedRole iam:PassRole
          ec2:DescribeSubnets ec2:DescribeVpcs ec2:DescribeSecurityGroups ec2:CreateVpcEndpoint kms:CreateGrant
          kms:DescribeKey
      update UpdateBrokerCount UpdateBrokerStorage UpdateBrokerType UpdateClusterConfiguration
          UpdateClusterKafkaVersion UpdateConnectivity UpdateMonitoring UpdateSecurity DescribeClusterV2
          DescribeClusterOperation TagResource UntagResource
      delete DeleteCluster DescribeClusterV2
    AWS::MSK::ServerlessCluster kafka
      create CreateClusterV2 DescribeClusterV2 TagResource ec2:CreateVpcEndpoint ec2:CreateTags ec2:DescribeSubnets
          ec2:DescribeVpcEndpoints ec2:DescribeVpcs ec2:DescribeSecurityGroups
      update DescribeClusterV2 TagResource UntagResource
      delete DeleteCluster DescribeClusterV2 ec2:DeleteVpcEndpoints
    AWS::MSK::Configuration kafka
      create CreateConfiguration DescribeConfiguration
      update UpdateConfiguration DescribeConfiguration DescribeConfigurationRevision
      delete DeleteConfiguration DescribeConfiguration
    AWS::MSK::ClusterPolicy kafka
      create PutClusterPolicy GetClusterPolicy
      update PutClusterPolicy GetClusterPolicy
      delete DeleteClusterPolicy GetClusterPolicy
    AWS::AmazonMQ::Broker mq
      create CreateBroker DescribeBroker CreateTags iam:CreateServiceLinkedRole ec2:CreateNetworkInterface
          ec2:CreateNetworkInterfacePermission ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups
          ec2:DescribeSubnets ec2:DescribeVpcs route53:AssociateVPCWithHostedZone
      update UpdateBroker RebootBroker DescribeBroker CreateTags DeleteTags CreateUser UpdateUser DeleteUser
      delete DeleteBroker DescribeBroker ec2:DeleteNetworkInterface ec2:DetachNetworkInterface
    AWS::Events::Rule events
      create PutRule DescribeRule PutTargets TagResource iam:PassRole
      update PutRule DescribeRule PutTargets RemoveTargets ListTargetsByRule TagResource UntagResource iam:PassRole
      delete DeleteRule RemoveTargets ListTargetsByRule DescribeRule
    AWS::Events::EventBus events
      create CreateEventBus DescribeEventBus PutPermission TagResource
      update UpdateEventBus DescribeEventBus PutPermission RemovePermission TagResource UntagResource
      delete DeleteEventBus DescribeEventBus
    AWS::Scheduler::Schedule scheduler
      create CreateSchedule GetSchedule iam:PassRole
      update UpdateSchedule GetSchedule iam:PassRole
      delete DeleteSchedule GetSchedule
    AWS::Scheduler::ScheduleGroup scheduler
      create CreateScheduleGroup GetScheduleGroup TagResource
      update GetScheduleGroup TagResource UntagResource
      delete DeleteScheduleGroup GetScheduleGroup
    AWS::Logs::LogGroup logs
      create CreateLogGroup DescribeLogGroups PutRetentionPolicy TagResource AssociateKmsKey
      update PutRetentionPolicy DeleteRetentionPolicy DescribeLogGroups TagResource UntagResource AssociateKmsKey
          DisassociateKmsKey
      delete DeleteLogGroup DescribeLogGroups
    AWS::Logs::LogStream logs
      create CreateLogStream DescribeLogStreams
      update CreateLogStream DescribeLogStreams
      delete DeleteLogStream DescribeLogStreams
    AWS::Logs::MetricFilter logs
      create PutMetricFilter DescribeMetricFilters
      update PutMetricFilter DescribeMetricFilters
      delete DeleteMetricFilter DescribeMetricFilters
    AWS::Logs::ResourcePolicy logs
      create PutResourcePolicy DescribeResourcePolicies
      update PutResourcePolicy DescribeResourcePolicies
      delete DeleteResourcePolicy DescribeResourcePolicies
    AWS::Logs::SubscriptionFilter logs
      create PutSubscriptionFilter DescribeSubscriptionFilters iam:PassRole
      update PutSubscriptionFilter DescribeSubscriptionFilters iam:PassRole
      delete DeleteSubscriptionFilter DescribeSubscriptionFilters
    AWS::CloudWatch::Alarm cloudwatch
      create PutMetricAlarm DescribeAlarms TagResource
      update PutMetricAlarm DescribeAlarms TagResource UntagResource
      delete DeleteAlarms DescribeAlarms
    AWS::CloudWatch::CompositeAlarm cloudwatch
      create PutCompositeAlarm DescribeAlarms TagResource
      update PutCompositeAlarm DescribeAlarms TagResource UntagResource
      delete DeleteAlarms DescribeAlarms
    AWS::CloudWatch::Dashboard cloudwatch
      create PutDashboard GetDashboard
      update PutDashboard GetDashboard
      delete DeleteDashboards GetDashboard
    AWS::APS::Workspace aps
      create CreateWorkspace DescribeWorkspace TagResource CreateAlertManagerDefinition DescribeAlertManagerDefinition
          CreateLoggingConfiguration DescribeLoggingConfiguration
      update UpdateWorkspaceAlias DescribeWorkspace TagResource UntagResource PutAlertManagerDefinition
          DeleteAlertManagerDefinition DescribeAlertManagerDefinition UpdateLoggingConfiguration
          DeleteLoggingConfiguration DescribeLoggingConfiguration
      delete DeleteWorkspace DescribeWorkspace
    AWS::APS::RuleGroupsNamespace aps
      create CreateRuleGroupsNamespace DescribeRuleGroupsNamespace TagResource
      update PutRuleGroupsNamespace DescribeRuleGroupsNamespace TagResource UntagResource
      delete DeleteRuleGroupsNamespace DescribeRuleGroupsNamespace
    AWS::CodeGuruProfiler::ProfilingGroup codeguru-profiler
      create CreateProfilingGroup DescribeProfilingGroup TagResource PutPermission AddNotificationChannels
      update UpdateProfilingGroup DescribeProfilingGroup TagResource UntagResource PutPermission RemovePermission
          GetPolicy AddNotificationChannels RemoveNotificationChannel
      delete DeleteProfilingGroup DescribeProfilingGroup
    """
}
