--- The keys of ECS ComposeX 1.1.9 and of Docker's ECS integration, by where they stand: the list that docs/from-ecs-composex.md answers for.
--- A text holds keys between blanks; `a.{b,c}` are several. What becomes of a key is found in the tables of modules, in
--- `project/sections` and in `project/*_spellings`; `answers` says it for those that no table can answer.
--- https://docs.compose-x.io and the schemas of 1.1.9 (2026-11-29)
local plain <const> = "Properties MacroParameters Settings Settings.x-cloudmap Services Services.*.{Access,ReturnValues} Lookup DeletionPolicy"
local definition <const> = plain .. " Settings.Subnets"
local database <const> = definition .. " Settings.SecretsMappings "
  .. "Services.*.{SecretsMappings,GrantTaskAccess,DoNotExposeMappings,GenerateConnectionStringSecret}"

local keys <const> = {
  { "x-sqs.*", plain .. " MacroParameters.AwsPrincipalsAccess Services.*.Scaling" },
  { "x-sns.*", plain },
  { "x-s3.*", plain .. " MacroParameters.{ExpandRegionToBucket,ExpandAccountIdToBucket,NameSeparator,BucketPolicy} "
    .. "Settings.{ExpandRegionToBucket,ExpandAccountIdToBucket,NameSeparator,EnableEncryption,EnableAcceleration}" },
  { "x-kms.*", plain .. " MacroParameters.Alias Settings.Alias" },
  { "x-dynamodb.*", plain .. " Scaling" },
  { "x-kinesis.*", plain .. " MacroParameters.SetupIAMForKCL" },
  { "x-kinesis_firehose.*", plain .. " MacroParameters.{DoNotOverrideIamRole,x-iam}" },
  { "x-rds.*", database .. " MacroParameters.{Engine,EngineVersion,EngineName,Instances,ParametersGroups,ParametersGroup,MultiAZ,UseMultiAz,UseServerless,"
    .. "RdsFeatures,PermissionsBoundary} Properties.{EngineName,DBAllocatedStorage}" },
  { "x-docdb.*", database .. " MacroParameters.{Instances,DBClusterParameterGroup} Properties.EngineName" },
  { "x-neptune.*", definition .. " MacroParameters.{Instances,DBClusterParameterGroup} Properties.EngineName" },
  { "x-elasticache.*", definition .. " MacroParameters.{Engine,EngineVersion,EngineName,CacheNodeType,NumCacheNodes,ParameterGroup} Properties.EngineName" },
  { "x-opensearch.*", definition .. " MacroParameters.{CreateLogGroups,RetentionInDays,CreateLogGroupsResourcePolicy,GenerateMasterUserSecret,"
    .. "CreateMasterUserRole,MasterUserRolePermissionsBoundary}" },
  { "x-ssm_parameter.*", plain .. " MacroParameters.{FromFile,ValidateJson,MinimizeJson,IgnoreInvalidJson,ValidateYaml,RenderToJson,IgnoreInvalidYaml,"
    .. "EncodeToBase64}" },
  { "x-aps.*", plain .. " MacroParameters.CreateNewLogGroup" },
  { "x-codeguru_profiler.*", plain .. " MacroParameters.AppendStackId" },
  { "x-cognito_userpool.*", "Lookup" },
  { "x-events.*", "Properties Services Services.*.{TaskCount,DeleteDefaultService}" },
  { "x-alarms.*", "Properties MacroParameters.{CompositeExpression,ServiceName} Services Services.*.Scaling Topics" },
  { "x-dashboards.*", "Services Resources Type Settings.start" },
  { "x-elbv2.*", "Properties MacroParameters MacroParameters.{timeout_seconds,desync_mitigation_mode,drop_invalid_header_fields,http2,cross_zone,Ingress} "
    .. "Settings.{Subnets,NoAllocateEips,RetainEips,S3Logs,timeout_seconds,desync_mitigation_mode,drop_invalid_header_fields,http2,cross_zone} "
    .. "Listeners Services TargetGroups DnsAliases Lookup" },
  { "x-acm.*", "Properties MacroParameters.{DomainNames,HostedZoneId} Lookup Services" },
  { "x-route53.*", "ZoneName Name Lookup Properties" },
  { "x-cloudmap.*", "ZoneName Name Lookup Properties MacroParameters" },
  { "x-wafv2_webacl.*", "Properties Lookup" },
  { "x-efs.*", "Properties MacroParameters Lookup" },
  { "x-vpc", "Properties Properties.{VpcCidr,SingleNat,DisableNat,DHCPOptions,Endpoints,EnableFlowLogs,FlowLogsRoleBoundary} Lookup Use" },
  { "x-cluster", "Properties Lookup Use MacroParameters.{CreateExecLoggingLogGroup,LogGroupRetentionInDays,CreateExecLoggingBucket,CreateExecLoggingKmsKey,"
    .. "AllowKmsKeyReuse}" },
  { "", "x-tags x-appmesh x-dns x-msk_cluster x-msk_topic x-mongodb_iam_user x-iam x-scaling x-monitoring" },
  { "volumes.*.x-efs", "Properties Lookup MacroParameters.{EnforceIamAuth,RootDirectoryCreateMode} Settings.Subnets" },
  { "secrets.*.x-secrets", "Name VarName LinksTo JsonKeys JsonKeys.{SecretKey,VarName,Transform} KmsKeyId Lookup" },
  { "networks.*", "x-vpc" },
  { "services.*.x-ecs", "EnableExecuteCommand CapacityProviderStrategy CpuArchitecture OperatingSystemFamily" },
  { "services.*.x-network", "AssignPublicIp AdditionalSecurityGroups x-cloudmap x-ecs_connect Ingress Ingress.{Myself,ExtSources,AwsSources,Services}" },
  { "services.*.x-iam", "PermissionsBoundary ManagedPolicyArns Policies" },
  { "services.*.x-scaling", "Range ScheduledActions TargetScaling.{CpuTarget,MemoryTarget,RamTarget,TgtTargetsCount,ScaleInCooldown,ScaleOutCooldown,"
    .. "ScalingInCooldown,ScalingOutCooldown,DisableScaleIn}" },
  { "services.*.x-logging", "RetentionInDays FireLens.Shorthands.{ReplaceAwsLogs,FirelensConfiguration} FireLens.ShortHands FireLens.Advanced.{SourceFile,"
    .. "ParserFiles,EnableApiHeathCheck,GracePeriod,LogDriverBufferLimit,SidecarCpuReservation,EnvironmentVariables,DockerImageOverride,"
    .. "FirelensConfiguration,ComposeXManagedAwsDestinations}" },
  { "services.*", "x-xray x-ray x-environment.SetAsParameter x-networking x-codeguru_profiler x-aws-pull_credentials x-configs "
    .. "x-configs.{network,iam,scaling,logging}" },
  { "services.*.x-monitoring", "CWAgentCollectEmf CWAgentCollectEmf.{OverrideImage,UseLatest,InterpolateWithDigest} CollectEmf" },
  { "services.*.x-prometheus.ContainersInsights", "CollectForJavaJmx CollectForNginx CollectForNginxPlus CollectForAppMesh CollectEmf "
    .. "AutoAddNginxPrometheusExporter CustomRules ScrapingConfiguration EnableCWAgentDebug EnableTasksDiscovery" },
  { "services.*.x-alarms.Predefined.*", "Settings Topics" },
  { "services.*.x-ecr", "InterpolateWithDigest RoleArn VulnerabilitiesScan" },
  { "services.*.x-docker_opts", "InterpolateWithDigest" },
  { "services.*.deploy.labels", "ecs.task.family ecs.task.family.hostname ecs.depends.condition ecs.essential ecs.ephemeral.storage ecs.compute.platform" },
  { "", "x-aws-cluster x-aws-vpc x-aws-loadbalancer x-aws-logs_retention x-aws-cloudformation" },
  { "services.*", "x-aws-role x-aws-policies x-aws-autoscaling x-aws-logs_retention x-aws-min_percent x-aws-max_percent" },
  { "services.*.deploy", "x-aws-autoscaling update_config.x-aws-min_percent update_config.x-aws-max_percent" },
  { "services.*.ports.*", "x-aws-protocol" }, { "secrets.*", "x-aws-keys" }, { "networks.*", "x-aws-securitygroup" },
}

local dropped <const> = "no effect: ECS ComposeX 1.1.9 reads it nowhere"

--- By path: what no table can say, and why.
local answers <const> = {
  ["x-rds.*.MacroParameters.ParametersGroup"] = "as there; its documentation has both spellings",
  ["x-acm.*.Services"] = "no effect, reported: load balancers use certificates, services do not",
  ["x-cloudmap.*.MacroParameters"] = "no effect, reported: ECS ComposeX has none",
  ["x-efs.*.MacroParameters"] = "as of `volumes.*.x-efs`",
  ["x-elbv2.*.Services"] = "as there; a container's port may be left out",
  ["x-appmesh"] = "refused: AWS App Mesh has ended; Service Connect does what it did",
  ["x-dns"] = "no effect, reported: `x-route53` for its PublicZone, `x-cloudmap` for its PrivateNamespace",
  ["x-msk_cluster"] = "no effect, reported: `x-msk`", ["x-msk_topic"] = "no effect, reported: CloudFormation has no type for topics",
  ["x-mongodb_iam_user"] = "no effect, reported: `x-resources` of MongoDB's own type",
  ["x-iam"] = "older: `x-iam` of every service", ["services.*.x-configs"] = "older: the sections of the service; what has no counterpart is reported",
  ["services.*.x-xray"] = "as there", ["services.*.x-ray"] = "older: `services.*.x-xray`",
  ["services.*.x-prometheus.ContainersInsights.CollectForAppMesh"] = "no effect: AWS App Mesh has ended",
  ["services.*.x-prometheus.ContainersInsights.EnableTasksDiscovery"] = "no effect, reported: the agent scrapes the containers beside it",
  ["services.*.x-monitoring.CWAgentCollectEmf.InterpolateWithDigest"] = "no effect, reported: rendering asks no registry",
  ["services.*.x-logging.FireLens.Shorthands.FirelensConfiguration"] = dropped,
  ["services.*.x-ecr.InterpolateWithDigest"] = "no effect, reported: rendering asks no registry; write the digest in `image`",
  ["services.*.x-ecr.RoleArn"] = "no effect, reported: as InterpolateWithDigest",
  ["services.*.x-ecr.VulnerabilitiesScan"] = "no effect, reported: ECR scans on push, a step of the pipeline asks for the result",
  ["services.*.x-docker_opts.InterpolateWithDigest"] = "no effect, reported: rendering asks no registry; write the digest in `image`",
  ["networks.*.x-vpc"] = "as there", ["x-tags"] = "as there",
  ["x-aws-cloudformation"] = "as there: an overlay of the template ([services.md](services.md))",
  ["x-vpc.Use"] = "as `Lookup`", ["x-cluster.Use"] = "as `Lookup`",
}
for _, label in ipairs { "family", "family.hostname" } do answers["services.*.deploy.labels.ecs.task." .. label] = "as there" end
answers["services.*.deploy.labels.ecs.depends.condition"] = "as there; without it `condition` of `depends_on` says it"
answers["services.*.deploy.labels.ecs.essential"] = "as documented; there it cannot be switched on"
answers["services.*.deploy.labels.ecs.ephemeral.storage"] = "as there"
answers["services.*.deploy.labels.ecs.compute.platform"] = "as there"

return { keys = keys, answers = answers }
