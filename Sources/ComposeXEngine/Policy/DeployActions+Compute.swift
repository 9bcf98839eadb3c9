extension DeployActions {
  /// Compute: containers, instances, scaling, functions.
  static let compute = """
    AWS::ECS::Cluster ecs
      create CreateCluster DescribeClusters TagResource PutClusterCapacityProviders
      update UpdateCluster UpdateClusterSettings DescribeClusters TagResource UntagResource
          PutClusterCapacityProviders
      delete DeleteCluster DescribeClusters
    AWS::ECS::ClusterCapacityProviderAssociations ecs
      create PutClusterCapacityProviders DescribeClusters
      update PutClusterCapacityProviders DescribeClusters
      delete PutClusterCapacityProviders DescribeClusters
    AWS::ECS::CapacityProvider ecs
      create CreateCapacityProvider DescribeCapacityProviders TagResource autoscaling:CreateOrUpdateTags iam:PassRole
      update UpdateCapacityProvider DescribeCapacityProviders TagResource UntagResource autoscaling:CreateOrUpdateTags
          iam:PassRole
      delete DeleteCapacityProvider DescribeCapacityProviders
    AWS::ECS::TaskDefinition ecs
      create RegisterTaskDefinition DescribeTaskDefinition TagResource iam:PassRole
      update RegisterTaskDefinition DescribeTaskDefinition TagResource UntagResource iam:PassRole
      delete DeregisterTaskDefinition DescribeTaskDefinition
    AWS::ECS::Service ecs
      create CreateService DescribeServices TagResource iam:PassRole elasticloadbalancing:DescribeTargetGroups
      update UpdateService DescribeServices TagResource UntagResource iam:PassRole
      delete DeleteService DescribeServices UpdateService
    AWS::EC2::LaunchTemplate ec2
      create CreateLaunchTemplate CreateTags DescribeLaunchTemplates DescribeLaunchTemplateVersions RunInstances
          iam:PassRole
      update CreateLaunchTemplateVersion CreateTags DeleteTags DescribeLaunchTemplates DescribeLaunchTemplateVersions
          ModifyLaunchTemplate iam:PassRole
      delete DeleteLaunchTemplate DescribeLaunchTemplates
    AWS::EC2::SpotFleet ec2
      create RequestSpotFleet DescribeSpotFleetRequests RunInstances CreateTags iam:PassRole
      update ModifySpotFleetRequest DescribeSpotFleetRequests RunInstances CreateTags iam:PassRole
      delete CancelSpotFleetRequests DescribeSpotFleetRequests
    AWS::EC2::Instance ec2
      create RunInstances CreateTags DescribeInstances iam:PassRole
      update ModifyInstanceAttribute StartInstances StopInstances CreateTags DeleteTags DescribeInstances
          AssociateIamInstanceProfile iam:PassRole
      delete TerminateInstances DescribeInstances
    AWS::AutoScaling::AutoScalingGroup autoscaling
      create CreateAutoScalingGroup DescribeAutoScalingGroups DescribeScalingActivities UpdateAutoScalingGroup
          CreateOrUpdateTags ec2:RunInstances iam:PassRole
      update UpdateAutoScalingGroup DescribeAutoScalingGroups DescribeScalingActivities CreateOrUpdateTags DeleteTags
          ec2:RunInstances iam:PassRole
      delete DeleteAutoScalingGroup DescribeAutoScalingGroups DescribeScalingActivities UpdateAutoScalingGroup
    AWS::ApplicationAutoScaling::ScalableTarget application-autoscaling
      create RegisterScalableTarget DescribeScalableTargets iam:PassRole iam:CreateServiceLinkedRole
      update RegisterScalableTarget DescribeScalableTargets iam:PassRole
      delete DeregisterScalableTarget DescribeScalableTargets
    AWS::ApplicationAutoScaling::ScalingPolicy application-autoscaling
      create PutScalingPolicy DescribeScalingPolicies cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms
      update PutScalingPolicy DescribeScalingPolicies cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms
      delete DeleteScalingPolicy DescribeScalingPolicies cloudwatch:DeleteAlarms
    AWS::Lambda::Function lambda
      create CreateFunction GetFunction TagResource PutFunctionConcurrency iam:PassRole s3:GetObject
          s3:GetObjectVersion ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs
      update UpdateFunctionCode UpdateFunctionConfiguration GetFunction TagResource UntagResource
          PutFunctionConcurrency DeleteFunctionConcurrency iam:PassRole s3:GetObject s3:GetObjectVersion
          ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs
      delete DeleteFunction GetFunction ec2:DescribeNetworkInterfaces
    AWS::Lambda::Permission lambda
      create AddPermission GetPolicy
      update AddPermission RemovePermission GetPolicy
      delete RemovePermission GetPolicy
    AWS::Lambda::EventSourceMapping lambda
      create CreateEventSourceMapping GetEventSourceMapping TagResource
      update UpdateEventSourceMapping GetEventSourceMapping TagResource UntagResource
      delete DeleteEventSourceMapping GetEventSourceMapping
    AWS::ECR::Repository ecr
      create CreateRepository DescribeRepositories TagResource PutLifecyclePolicy SetRepositoryPolicy
          PutImageScanningConfiguration
      update DescribeRepositories TagResource UntagResource PutLifecyclePolicy DeleteLifecyclePolicy
          SetRepositoryPolicy DeleteRepositoryPolicy PutImageScanningConfiguration PutImageTagMutability
      delete DeleteRepository DescribeRepositories
    AWS::CodeBuild::Project codebuild
      create CreateProject BatchGetProjects iam:PassRole
      update UpdateProject BatchGetProjects iam:PassRole
      delete DeleteProject BatchGetProjects
    AWS::CodePipeline::Pipeline codepipeline
      create CreatePipeline GetPipeline TagResource iam:PassRole
      update UpdatePipeline GetPipeline TagResource UntagResource iam:PassRole
      delete DeletePipeline GetPipeline
    AWS::Glue::Job glue
      create CreateJob GetJob TagResource iam:PassRole
      update UpdateJob GetJob TagResource UntagResource iam:PassRole
      delete DeleteJob GetJob
    AWS::StepFunctions::StateMachine states
      create CreateStateMachine DescribeStateMachine TagResource iam:PassRole
      update UpdateStateMachine DescribeStateMachine TagResource UntagResource iam:PassRole
      delete DeleteStateMachine DescribeStateMachine
    AWS::CloudFormation::Stack cloudformation
      create CreateStack DescribeStacks TagResource s3:GetObject
      update UpdateStack DescribeStacks TagResource UntagResource s3:GetObject
      delete DeleteStack DescribeStacks
    AWS::Lambda::Version lambda
      create PublishVersion GetFunctionConfiguration
      update GetFunctionConfiguration
      delete DeleteFunction GetFunctionConfiguration
    AWS::Lambda::Alias lambda
      create CreateAlias GetAlias
      update UpdateAlias GetAlias
      delete DeleteAlias GetAlias
    """
}
