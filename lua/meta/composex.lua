---@meta composex
-- Written by `composex schema --lua`: do not edit.

---What a word applies to: a resource type, a key, a definition, a task (`tasks::web`), a logical id (`#JobsQueue`), or a list of these.
---@alias composex.selector string|string[]|"x-kms"|"x-sqs"|"x-sns"|"x-s3"|"x-dynamodb"|"x-kinesis"|"x-kinesis_firehose"|"x-rds"|"x-docdb"|"x-neptune"|"x-elasticache"|"x-opensearch"|"x-efs"|"x-mq"|"x-msk"|"x-ssm_parameter"|"x-aps"|"x-codeguru_profiler"|"x-cognito_userpool"|"x-events"|"x-alarms"|"x-dashboards"|"x-resources"|"x-vpc"|"x-cluster"|"x-appmesh"|"x-cloudmap"|"x-route53"|"x-acm"|"x-elbv2"|"x-wafv2_webacl"|"x-tags"|"services"|"tasks"

---@class composex.reference
---@operator concat(any): composex.reference

---@class composex.option
---@field type? "string"|"integer"|"number"|"boolean"
---@field default? any
---@field doc? string
---@field values? any[]
---@field list? boolean
---@field required? boolean
---@field min? number
---@field max? number
---@field pattern? string
---@field deprecated? string

---@class composex.naming
---@field id? string|fun(parts: composex.naming.parts): string?
---@field log_group? string|fun(parts: composex.naming.parts): string?
---@field family? string|fun(parts: composex.naming.parts): string?
---@field stack? string|fun(parts: composex.naming.parts): string?

---@class composex.naming.parts
---@field kind string
---@field name string
---@field noun string
---@field project string

---@class composex.image
---@field ports? integer[]
---@field memory? integer
---@field cpu? integer
---@field volumes? string[]
---@field uid? integer
---@field shell? boolean
---@field role? string

---@class composex.test.extras
---@field set? table<string, any>
---@field scripts? string[]
---@field environment? table<string, string>

---@class composex.project
---@field version? string
---@field name? string
---@field include? table
---@field services? table<string, composex.service>
---@field models? table
---@field networks? table
---@field volumes? table
---@field secrets? table
---@field configs? table
---@field [string] any

---@class composex.service
---@field name string
---@field service? composex.resource
---@field task? composex.resource
---@field role? composex.resource
---@field execution_role? composex.resource
---@field log_group? composex.resource
---@field security_group? composex.resource
---@field target_groups composex.resource[]
---@field tasks composex.task[]
---@field container fun(name: string): table
---@field remove fun(self: composex.service)
---@field annotations? table
---@field attach? boolean
---@field blkio_config? table
---@field build? table
---@field cap_add? table
---@field cap_drop? table
---@field cgroup? string
---@field cgroup_parent? string
---@field command? string[]
---@field configs? table
---@field container_name? string
---@field cpu_count? integer
---@field cpu_percent? number
---@field cpu_period? integer
---@field cpu_quota? integer
---@field cpu_rt_period? integer
---@field cpu_rt_runtime? integer
---@field cpu_shares? integer
---@field cpus? number
---@field cpuset? string
---@field credential_spec? table
---@field depends_on? table
---@field deploy? table
---@field develop? table
---@field device_cgroup_rules? table
---@field devices? table
---@field dns? string[]
---@field dns_opt? table
---@field dns_search? string[]
---@field domainname? string
---@field entrypoint? string[]
---@field env_file? table
---@field environment? table
---@field expose? table
---@field extends? table
---@field external_links? table
---@field extra_hosts? table
---@field gpus? table
---@field group_add? table
---@field healthcheck? table
---@field hostname? string
---@field image? string
---@field init? boolean
---@field ipc? string
---@field isolation? string
---@field label_file? string[]
---@field labels? table
---@field links? table
---@field logging? table
---@field mac_address? string
---@field mem_limit? string
---@field mem_reservation? string
---@field mem_swappiness? integer
---@field memswap_limit? string
---@field models? table
---@field network_mode? string
---@field networks? table
---@field oom_kill_disable? boolean
---@field oom_score_adj? integer
---@field pid? string
---@field pids_limit? integer
---@field platform? string
---@field ports? table
---@field pre_start? table
---@field post_start? table
---@field pre_stop? table
---@field privileged? boolean
---@field profiles? table
---@field provider? table
---@field pull_policy? string
---@field pull_refresh_after? string
---@field read_only? boolean
---@field restart? string
---@field runtime? string
---@field scale? integer
---@field secrets? table
---@field security_opt? table
---@field shm_size? string
---@field stdin_open? boolean
---@field stop_grace_period? string
---@field stop_signal? string
---@field storage_opt? table
---@field sysctls? table
---@field tmpfs? string[]
---@field tty? boolean
---@field ulimits? table
---@field use_api_socket? boolean
---@field user? string
---@field userns_mode? string
---@field uts? string
---@field volumes? table
---@field volumes_from? table
---@field working_dir? string
---@field [string] any

---@class composex.definition
---@field key string The section: x-sqs.
---@field name string The name in it; empty where the section is one definition.
---@field subject string What messages call it: x-sqs::jobs.
---@field body table What the file says.
---@field at any Its place, for composex's own errors.
---@field type string? The resource type.
---@field noun string? The last part of its logical ids.
---@field module composex.module
---@field resource composex.resource? Its main resource; nil when it is looked up.
---@field lookup table? What is known of one that is looked up.

---@class composex.module.part
---@field part string What it is of the definition: the `part` of a resource that comes with it.
---@field [integer] string

---@class composex.module.link
---@field arn? boolean Whether a string that is neither the name of a definition nor an ARN is an error.
---@field permit? string The AWS service that the target's policy lets in: "s3.amazonaws.com".
---@field source? string The return value that names who may come: the permission is for it alone.
---@field sid? fun(definition: composex.definition): string The name of the statement.
---@field wait? boolean Whether the resource is created after that permission.
---@field after? fun(definition: composex.definition, target: composex.definition, where: any, holder: table) What else follows, once all links are resolved.
---@field foreign? fun(definition: composex.definition, value: any, holder: table) What follows of an ARN that the file does not define.
---@field [integer] string

---@class composex.module.policy
---@field type string The resource type.
---@field noun string The last part of its logical id.
---@field properties? table<string, any> Its properties, in which `composex.this` is the main resource.

---@class composex.module.permits
---@field part? string The part that is the policy; "main" for a document in the resource itself.
---@field actions? string[] What an AWS service may do that links it.
---@field document? string The property of that part that is the document: PolicyDocument when it is not there.
---@field resource? string What the statement is on: "${Arn}" when it is not there.
---@field policy? composex.module.policy The policy that is made when there is none.
---@field grant? fun(definition: composex.definition, principal: string, source: any, sid: string, where: any): any What opens the resource instead of a policy.

---@class composex.module.name
---@field like string The Lua pattern of such a name.
---@field example string One to show in remedies.

---@class composex.module.word
---@field is? "any"|"boolean"|"list"|"mapping"|"number"|"string"|any What its value must be: the name of a shape.
---@field sets? string The property that it sets (MacroParameters).
---@field apply? fun(definition: composex.definition, ...: any) What it does: after the definition come the service (in `service`), the value, its place, and the word.

---@class composex.module.lookup
---@field arn? string|string[] The form of its ARN: "arn:{partition}:sqs:{region}:{account}:{name}".
---@field by? table<string, composex.module.name> Other keys that find it, when the Arn does not.
---@field by_name? boolean Whether `Lookup: true` finds it by the name that the definition says.
---@field returns? table<string, string|fun(parts: table<string, string>, definition: composex.definition): any> Return values that the ARN says: "{name}".
---@field accepts? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Further keys beside the Arn.
---@field levels? string[] Keys below which all that may stand: "cluster", "db", "instance" when it is not there.
---@field beside? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Keys that stand beside such a key.
---@field form? any The shape of a Lookup that is read by the module itself.
---@field keys? string[] Names of values in which the file states the key that encrypts it.

---@class composex.module.subnet_group
---@field type string The resource type of the group of subnets.
---@field property string The property that names the group.
---@field description string The property of the group that describes it.
---@field properties? table<string, any> Further properties of the group.

---@class composex.module.network
---@field ports any[] The ports that services reach: numbers, return values, or functions of the definition.
---@field subnets? string The subnets that it stands in, unless Settings say others: "storage" when it is not there.
---@field groups? string The property that lists its security groups.
---@field into? string The property that lists its subnets.
---@field group? composex.module.subnet_group The group of subnets that is made for it.
---@field zones? fun(body: table): integer How many zones it needs of a VPC whose number of zones the file does not say.
---@field prepare? fun(definition: composex.definition, group: composex.resource) What else places it in the network.

---@class composex.module.secret
---@field username? string The property of the user's name.
---@field password? string The property of the password.
---@field name? string The user's name, when the file says none.
---@field lengths? number[] The least and the most characters of a password.
---@field specials? string The special characters that the password has; none when the module says none.
---@field sources? string[] Properties with which it takes the credentials of another one.
---@field restored? string The property with which it takes the user's name of a snapshot.
---@field managed? string The property that lets AWS make and keep the credentials.
---@field attach? boolean Whether the secret is attached, and then holds the address.
---@field token? boolean Whether clients have a password and no name.
---@field custom? fun(definition: composex.definition, username: any, password: any) What writes name and password into the properties.
---@field scheme? fun(definition: composex.definition): string How a connection string begins: "mysql".
---@field address? string The return value that is the host of a connection string.
---@field port? string The return value that is its port.
---@field database? string The property that names its database.
---@field options? string How it ends.

---@class composex.module.alarm
---@field above? number The threshold, for a value that is there or above.
---@field below? number The threshold, for a value that is there or below.
---@field Namespace? string The namespace, when it is another one.
---@field EvaluationPeriods? number For how many minutes: 5 when it is not there.
---@field DatapointsToAlarm? number In how many of them: in all when it is not there.
---@field [integer] string

---@class composex.module.metrics
---@field namespace string What CloudWatch calls them: "AWS/SQS".
---@field dimensions any[] Each `{ name, return value }`, or `{ name, text = "..." }`.
---@field charts? any[] What a dashboard shows: each `{ metric, statistic }`, and perhaps a period in seconds.
---@field alarms? table<string, composex.module.alarm> Ready-made alarms (Predefined) by name: each `{ metric, statistic, above = threshold }`.

---@class composex.module.accepts
---@field definition? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Keys beside Properties, Services, ...
---@field settings? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Keys of Settings.
---@field macros? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Keys of MacroParameters.
---@field service? table<string, "any"|"boolean"|"list"|"mapping"|"number"|"string"|table|composex.module.word>|string[] Keys below the name of a service, beside Access and ReturnValues.
---@field properties? any The shape of Properties, where they are not those of the type.
---@field section? any "single" when the section itself is the definition, or another shape of the section.
---@field short? any The shape of what may stand instead of a section that is the definition.
---@field also? table<string, any> Properties that may have another form than their type has, and the shape of that.
---@field item_types? table<string, string> Lists whose items may say what a resource of that type can.

---@class composex.module.companion
---@field type string The resource type.
---@field noun string The last part of its logical id.
---@field part string What it is of the definition.
---@field properties? table<string, any> Its properties, in which `composex.this` is the main resource.
---@field attributes? table<string, any> CloudFormation's attributes: DeletionPolicy, ...

---@class composex.module.hooks
---@field make? fun(definition: composex.definition) Makes the resource, instead of the usual way.
---@field after_make? fun(definition: composex.definition)|composex.module.companion|(fun(definition: composex.definition)|composex.module.companion)[] What comes with it: functions, and resources `{ type, noun, part, properties }`.
---@field serve? fun(definition: composex.definition, service: string, body: table, where: any) What a named service gets, instead of access, variables, a way in and secrets.
---@field finish? fun(definition: composex.definition) What is made once the services are there.

---A resource module: an x- key.
---@class composex.module
---@field key string The key of the section.
---@field type? string|fun(body: table): string? The resource type.
---@field noun? string|fun(body: table): string The last part of logical ids: `NewsTopic`. Also written `id`.
---@field kinds? composex.module[] Several kinds under one key: tables as this one, with what differs; the first whose `when(body)` answers is taken.
---@field like? string The key of a module whose fields this one takes, where it has none of its own; profiles and checks of both count.
---@field defaults? table<string, any> Properties that the file left out; a function of the definition may decide.
---@field keep? "Retain"|"Snapshot"|"Delete"|"RetainExceptOnCreate"|fun(definition: composex.definition): string The DeletionPolicy of data.
---@field returns? table<string, string|boolean|composex.module.part|fun(definition: composex.definition): any> What services can get: a name to `Ref`, an attribute, a string such as `"${Endpoint}/path"`, `{ part = "policy", "Ref" }` of a resource that comes with it, or a function; `["*"] = true` are all attributes of the type. `network` adds GroupId, `secret` DBSecret.
---@field env? table<string, string> Variables that every named service gets, with the return value that each holds: `{NAME}` is the definition's name.
---@field access? table<string, any> Profiles: lists of actions; a bare word includes another profile; a table has resources of its own (`{ on = "${Arn}/*", "s3:GetObject" }`); a mapping of profiles is a group.
---@field links? table<string, string|composex.module.link> Properties that may name another definition: `["KmsMasterKeyId"] = "x-kms.Arn"`, `[]` for each item of a list.
---@field permits? composex.module.permits How its policy lets in the AWS services that links name.
---@field lookup? composex.module.lookup How one that exists is found, and what its ARN says.
---@field network? composex.module.network How it is reached: its ports, and where its security group and subnets go.
---@field secret? fun(definition: composex.definition): composex.module.secret?|composex.module.secret Where generated credentials go.
---@field metrics? composex.module.metrics What CloudWatch measures, for dashboards and alarms.
---@field accepts? composex.module.accepts What else the file may write: words that are shapes (`"string"`, `"boolean"`, `"list"`, ...) or `{ sets = "Property" }`.
---@field hooks? composex.module.hooks Functions, for what no table says.
---@field deprecated? string What to use in its place, when it is going away: each definition is told of it.
---@field checks? table<string, fun(resource: composex.resource): any> Sentences that begin with "must" or "needs", each with a function of the resource.
---@field when? fun(body: table): any Whether a definition is of this kind.
---@field id? string Another name of `noun`.

---@class AWS.KMS.Key: composex.resource
---@field type "AWS::KMS::Key"
---@field Properties AWS.KMS.Key.Properties

---@class AWS.KMS.Key.Properties
---@field Arn? string|composex.reference
---@field BypassPolicyLockoutSafetyCheck? boolean|composex.reference
---@field Description? string|composex.reference
---@field EnableKeyRotation? boolean|composex.reference
---@field Enabled? boolean|composex.reference
---@field KeyId? string|composex.reference
---@field KeyPolicy? any
---@field KeySpec? string|composex.reference
---@field KeyUsage? "ENCRYPT_DECRYPT"|"SIGN_VERIFY"|"GENERATE_VERIFY_MAC"|"KEY_AGREEMENT"|string|composex.reference
---@field MultiRegion? boolean|composex.reference
---@field Origin? "AWS_KMS"|"EXTERNAL"|string|composex.reference
---@field PendingWindowInDays? integer|composex.reference
---@field RotationPeriodInDays? integer|composex.reference
---@field Tags? table

---@class AWS.SQS.Queue: composex.resource
---@field type "AWS::SQS::Queue"
---@field Properties AWS.SQS.Queue.Properties

---@class AWS.SQS.Queue.Properties
---@field Arn? string|composex.reference
---@field ContentBasedDeduplication? boolean|composex.reference
---@field DeduplicationScope? string|composex.reference
---@field DelaySeconds? integer|composex.reference
---@field FifoQueue? boolean|composex.reference
---@field FifoThroughputLimit? string|composex.reference
---@field KmsDataKeyReusePeriodSeconds? integer|composex.reference
---@field KmsMasterKeyId? string|composex.reference
---@field MaximumMessageSize? integer|composex.reference
---@field MessageRetentionPeriod? integer|composex.reference
---@field QueueName? string|composex.reference
---@field QueueUrl? string|composex.reference
---@field ReceiveMessageWaitTimeSeconds? integer|composex.reference
---@field RedriveAllowPolicy? any
---@field RedrivePolicy? any
---@field SqsManagedSseEnabled? boolean|composex.reference
---@field Tags? table
---@field VisibilityTimeout? integer|composex.reference

---@class AWS.SNS.Topic: composex.resource
---@field type "AWS::SNS::Topic"
---@field Properties AWS.SNS.Topic.Properties

---@class AWS.SNS.Topic.Properties
---@field ArchivePolicy? any
---@field ContentBasedDeduplication? boolean|composex.reference
---@field DataProtectionPolicy? any
---@field DeliveryStatusLogging? table
---@field DisplayName? string|composex.reference
---@field FifoThroughputScope? string|composex.reference
---@field FifoTopic? boolean|composex.reference
---@field KmsMasterKeyId? string|composex.reference
---@field SignatureVersion? string|composex.reference
---@field Subscription? table
---@field Tags? table
---@field TopicArn? string|composex.reference
---@field TopicName? string|composex.reference
---@field TracingConfig? string|composex.reference

---@class AWS.S3.Bucket: composex.resource
---@field type "AWS::S3::Bucket"
---@field Properties AWS.S3.Bucket.Properties

---@class AWS.S3.Bucket.Properties
---@field AbacStatus? "Enabled"|"Disabled"|string|composex.reference
---@field AccelerateConfiguration? table|composex.reference
---@field AccessControl? "AuthenticatedRead"|"AwsExecRead"|"BucketOwnerFullControl"|"BucketOwnerRead"|"LogDeliveryWrite"|"Private"|"PublicRead"|"PublicReadWrite"|string|composex.reference
---@field AnalyticsConfigurations? table
---@field Arn? string|composex.reference
---@field BucketEncryption? table|composex.reference
---@field BucketName? string|composex.reference
---@field BucketNamePrefix? string|composex.reference
---@field BucketNamespace? "global"|"account-regional"|string|composex.reference
---@field CorsConfiguration? table|composex.reference
---@field DomainName? string|composex.reference
---@field DualStackDomainName? string|composex.reference
---@field IntelligentTieringConfigurations? table
---@field InventoryConfigurations? table
---@field LifecycleConfiguration? table|composex.reference
---@field LoggingConfiguration? table|composex.reference
---@field MetadataConfiguration? table|composex.reference
---@field MetadataTableConfiguration? table|composex.reference
---@field MetricsConfigurations? table
---@field NotificationConfiguration? table|composex.reference
---@field ObjectLockConfiguration? table|composex.reference
---@field ObjectLockEnabled? boolean|composex.reference
---@field OwnershipControls? table|composex.reference
---@field PublicAccessBlockConfiguration? table|composex.reference
---@field RegionalDomainName? string|composex.reference
---@field ReplicationConfiguration? table|composex.reference
---@field Tags? table
---@field VersioningConfiguration? table|composex.reference
---@field WebsiteConfiguration? table|composex.reference
---@field WebsiteURL? string|composex.reference

---@class AWS.DynamoDB.GlobalTable: composex.resource
---@field type "AWS::DynamoDB::GlobalTable"
---@field Properties AWS.DynamoDB.GlobalTable.Properties

---@class AWS.DynamoDB.GlobalTable.Properties
---@field Arn? string|composex.reference
---@field AttributeDefinitions? table
---@field BillingMode? string|composex.reference
---@field GlobalSecondaryIndexes? table
---@field GlobalTableSourceArn? string|composex.reference
---@field GlobalTableWitnesses? table
---@field KeySchema? table
---@field LocalSecondaryIndexes? table
---@field MultiRegionConsistency? "EVENTUAL"|"STRONG"|string|composex.reference
---@field ReadOnDemandThroughputSettings? table|composex.reference
---@field ReadProvisionedThroughputSettings? table|composex.reference
---@field Replicas? table
---@field SSESpecification? table|composex.reference
---@field StreamArn? string|composex.reference
---@field StreamSpecification? table|composex.reference
---@field TableId? string|composex.reference
---@field TableName? string|composex.reference
---@field TimeToLiveSpecification? table|composex.reference
---@field WarmThroughput? table|composex.reference
---@field WriteOnDemandThroughputSettings? table|composex.reference
---@field WriteProvisionedThroughputSettings? table|composex.reference

---@class AWS.DynamoDB.Table: composex.resource
---@field type "AWS::DynamoDB::Table"
---@field Properties AWS.DynamoDB.Table.Properties

---@class AWS.DynamoDB.Table.Properties
---@field Arn? string|composex.reference
---@field AttributeDefinitions? table
---@field BillingMode? string|composex.reference
---@field ContributorInsightsSpecification? table|composex.reference
---@field DeletionProtectionEnabled? boolean|composex.reference
---@field GlobalSecondaryIndexes? table
---@field ImportSourceSpecification? table|composex.reference
---@field KeySchema? any
---@field KinesisStreamSpecification? table|composex.reference
---@field LocalSecondaryIndexes? table
---@field OnDemandThroughput? table|composex.reference
---@field PointInTimeRecoverySpecification? table|composex.reference
---@field ProvisionedThroughput? table|composex.reference
---@field ResourcePolicy? table|composex.reference
---@field SSESpecification? table|composex.reference
---@field StreamArn? string|composex.reference
---@field StreamSpecification? table|composex.reference
---@field TableClass? string|composex.reference
---@field TableName? string|composex.reference
---@field Tags? table
---@field TimeToLiveSpecification? table|composex.reference
---@field WarmThroughput? table|composex.reference

---@class AWS.Kinesis.Stream: composex.resource
---@field type "AWS::Kinesis::Stream"
---@field Properties AWS.Kinesis.Stream.Properties

---@class AWS.Kinesis.Stream.Properties
---@field Arn? string|composex.reference
---@field DesiredShardLevelMetrics? (string|composex.reference)[]
---@field MaxRecordSizeInKiB? integer|composex.reference
---@field Name? string|composex.reference
---@field RetentionPeriodHours? integer|composex.reference
---@field ShardCount? integer|composex.reference
---@field StreamEncryption? table|composex.reference
---@field StreamModeDetails? table|composex.reference
---@field Tags? table
---@field WarmThroughputMiBps? integer|composex.reference
---@field WarmThroughputObject? table|composex.reference

---@class AWS.KinesisFirehose.DeliveryStream: composex.resource
---@field type "AWS::KinesisFirehose::DeliveryStream"
---@field Properties AWS.KinesisFirehose.DeliveryStream.Properties

---@class AWS.KinesisFirehose.DeliveryStream.Properties
---@field AmazonOpenSearchServerlessDestinationConfiguration? table|composex.reference
---@field AmazonopensearchserviceDestinationConfiguration? table|composex.reference
---@field Arn? string|composex.reference
---@field DatabaseSourceConfiguration? table|composex.reference
---@field DeliveryStreamEncryptionConfigurationInput? table|composex.reference
---@field DeliveryStreamName? string|composex.reference
---@field DeliveryStreamType? "DatabaseAsSource"|"DirectPut"|"KinesisStreamAsSource"|"MSKAsSource"|string|composex.reference
---@field DirectPutSourceConfiguration? table|composex.reference
---@field ElasticsearchDestinationConfiguration? table|composex.reference
---@field ExtendedS3DestinationConfiguration? table|composex.reference
---@field HttpEndpointDestinationConfiguration? table|composex.reference
---@field IcebergDestinationConfiguration? table|composex.reference
---@field KinesisStreamSourceConfiguration? table|composex.reference
---@field MSKSourceConfiguration? table|composex.reference
---@field RedshiftDestinationConfiguration? table|composex.reference
---@field S3DestinationConfiguration? table|composex.reference
---@field SnowflakeDestinationConfiguration? table|composex.reference
---@field SplunkDestinationConfiguration? table|composex.reference
---@field Tags? table

---@class AWS.RDS.DBCluster: composex.resource
---@field type "AWS::RDS::DBCluster"
---@field Properties AWS.RDS.DBCluster.Properties

---@class AWS.RDS.DBCluster.Properties
---@field AllocatedStorage? integer|composex.reference
---@field AssociatedRoles? table
---@field AutoMinorVersionUpgrade? boolean|composex.reference
---@field AvailabilityZones? (string|composex.reference)[]
---@field BacktrackWindow? integer|composex.reference
---@field BackupRetentionPeriod? integer|composex.reference
---@field ClusterScalabilityType? "limitless"|"standard"|string|composex.reference
---@field CopyTagsToSnapshot? boolean|composex.reference
---@field DBClusterArn? string|composex.reference
---@field DBClusterIdentifier? string|composex.reference
---@field DBClusterInstanceClass? string|composex.reference
---@field DBClusterParameterGroupName? string|composex.reference
---@field DBClusterResourceId? string|composex.reference
---@field DBInstanceParameterGroupName? string|composex.reference
---@field DBSubnetGroupName? string|composex.reference
---@field DBSystemId? string|composex.reference
---@field DatabaseInsightsMode? "advanced"|"standard"|string|composex.reference
---@field DatabaseName? string|composex.reference
---@field DeleteAutomatedBackups? boolean|composex.reference
---@field DeletionProtection? boolean|composex.reference
---@field Domain? string|composex.reference
---@field DomainIAMRoleName? string|composex.reference
---@field EnableCloudwatchLogsExports? (string|composex.reference)[]
---@field EnableGlobalWriteForwarding? boolean|composex.reference
---@field EnableHttpEndpoint? boolean|composex.reference
---@field EnableIAMDatabaseAuthentication? boolean|composex.reference
---@field EnableLocalWriteForwarding? boolean|composex.reference
---@field Endpoint? table|composex.reference
---@field Engine? string|composex.reference
---@field EngineLifecycleSupport? string|composex.reference
---@field EngineMode? string|composex.reference
---@field EngineVersion? string|composex.reference
---@field GlobalClusterIdentifier? string|composex.reference
---@field Iops? integer|composex.reference
---@field KmsKeyId? string|composex.reference
---@field ManageMasterUserPassword? boolean|composex.reference
---@field MasterUserAuthenticationType? "iam-db-auth"|"password"|string|composex.reference
---@field MasterUserPassword? string|composex.reference
---@field MasterUserSecret? table|composex.reference
---@field MasterUsername? string|composex.reference
---@field MonitoringInterval? integer|composex.reference
---@field MonitoringRoleArn? string|composex.reference
---@field NetworkType? string|composex.reference
---@field PerformanceInsightsEnabled? boolean|composex.reference
---@field PerformanceInsightsKmsKeyId? string|composex.reference
---@field PerformanceInsightsRetentionPeriod? integer|composex.reference
---@field Port? integer|composex.reference
---@field PreferredBackupWindow? string|composex.reference
---@field PreferredMaintenanceWindow? string|composex.reference
---@field PubliclyAccessible? boolean|composex.reference
---@field ReadEndpoint? table|composex.reference
---@field ReplicationSourceIdentifier? string|composex.reference
---@field RestoreToTime? string|composex.reference
---@field RestoreType? string|composex.reference
---@field ScalingConfiguration? table|composex.reference
---@field ServerlessV2ScalingConfiguration? table|composex.reference
---@field SnapshotIdentifier? string|composex.reference
---@field SourceDBClusterIdentifier? string|composex.reference
---@field SourceDbClusterResourceId? string|composex.reference
---@field SourceRegion? string|composex.reference
---@field StorageEncrypted? boolean|composex.reference
---@field StorageEncryptionType? string|composex.reference
---@field StorageThroughput? integer|composex.reference
---@field StorageType? string|composex.reference
---@field Tags? table
---@field UseLatestRestorableTime? boolean|composex.reference
---@field VpcSecurityGroupIds? (string|composex.reference)[]

---@class AWS.RDS.DBInstance: composex.resource
---@field type "AWS::RDS::DBInstance"
---@field Properties AWS.RDS.DBInstance.Properties

---@class AWS.RDS.DBInstance.Properties
---@field AdditionalStorageVolumes? table
---@field AllocatedStorage? string|composex.reference
---@field AllowMajorVersionUpgrade? boolean|composex.reference
---@field ApplyImmediately? boolean|composex.reference
---@field AssociatedRoles? table
---@field AutoMinorVersionUpgrade? boolean|composex.reference
---@field AutomaticBackupReplicationKmsKeyId? string|composex.reference
---@field AutomaticBackupReplicationRegion? string|composex.reference
---@field AutomaticBackupReplicationRetentionPeriod? integer|composex.reference
---@field AutomaticRestartTime? string|composex.reference
---@field AvailabilityZone? string|composex.reference
---@field BackupRetentionPeriod? integer|composex.reference
---@field BackupTarget? string|composex.reference
---@field CACertificateIdentifier? string|composex.reference
---@field CertificateDetails? table|composex.reference
---@field CertificateRotationRestart? boolean|composex.reference
---@field CharacterSetName? string|composex.reference
---@field CopyTagsToSnapshot? boolean|composex.reference
---@field CustomIAMInstanceProfile? string|composex.reference
---@field DBClusterIdentifier? string|composex.reference
---@field DBClusterSnapshotIdentifier? string|composex.reference
---@field DBInstanceArn? string|composex.reference
---@field DBInstanceClass? string|composex.reference
---@field DBInstanceIdentifier? string|composex.reference
---@field DBInstanceStatus? string|composex.reference
---@field DBName? string|composex.reference
---@field DBParameterGroupName? string|composex.reference
---@field DBSecurityGroups? (string|composex.reference)[]
---@field DBSnapshotIdentifier? string|composex.reference
---@field DBSubnetGroupName? string|composex.reference
---@field DBSystemId? string|composex.reference
---@field DatabaseInsightsMode? "advanced"|"standard"|string|composex.reference
---@field DbiResourceId? string|composex.reference
---@field DedicatedLogVolume? boolean|composex.reference
---@field DeleteAutomatedBackups? boolean|composex.reference
---@field DeletionProtection? boolean|composex.reference
---@field Domain? string|composex.reference
---@field DomainAuthSecretArn? string|composex.reference
---@field DomainDnsIps? (string|composex.reference)[]
---@field DomainFqdn? string|composex.reference
---@field DomainIAMRoleName? string|composex.reference
---@field DomainOu? string|composex.reference
---@field EnableCloudwatchLogsExports? (string|composex.reference)[]
---@field EnableIAMDatabaseAuthentication? boolean|composex.reference
---@field EnablePerformanceInsights? boolean|composex.reference
---@field Endpoint? table|composex.reference
---@field Engine? string|composex.reference
---@field EngineLifecycleSupport? string|composex.reference
---@field EngineVersion? string|composex.reference
---@field InstanceCreateTime? string|composex.reference
---@field Iops? integer|composex.reference
---@field IsStorageConfigUpgradeAvailable? boolean|composex.reference
---@field KmsKeyId? string|composex.reference
---@field LatestRestorableTime? string|composex.reference
---@field LicenseModel? string|composex.reference
---@field ListenerEndpoint? table|composex.reference
---@field ManageMasterUserPassword? boolean|composex.reference
---@field MasterUserAuthenticationType? "iam-db-auth"|"password"|string|composex.reference
---@field MasterUserPassword? string|composex.reference
---@field MasterUserSecret? table|composex.reference
---@field MasterUsername? string|composex.reference
---@field MaxAllocatedStorage? integer|composex.reference
---@field MonitoringInterval? integer|composex.reference
---@field MonitoringRoleArn? string|composex.reference
---@field MultiAZ? boolean|composex.reference
---@field NcharCharacterSetName? string|composex.reference
---@field NetworkType? string|composex.reference
---@field OptionGroupName? string|composex.reference
---@field PercentProgress? string|composex.reference
---@field PerformanceInsightsKMSKeyId? string|composex.reference
---@field PerformanceInsightsRetentionPeriod? integer|composex.reference
---@field Port? string|composex.reference
---@field PreferredBackupWindow? string|composex.reference
---@field PreferredMaintenanceWindow? string|composex.reference
---@field ProcessorFeatures? table
---@field PromotionTier? integer|composex.reference
---@field PubliclyAccessible? boolean|composex.reference
---@field ReadReplicaDBClusterIdentifiers? (string|composex.reference)[]
---@field ReadReplicaDBInstanceIdentifiers? (string|composex.reference)[]
---@field ReplicaMode? string|composex.reference
---@field RestoreTime? string|composex.reference
---@field ResumeFullAutomationModeTime? string|composex.reference
---@field SecondaryAvailabilityZone? string|composex.reference
---@field SourceDBClusterIdentifier? string|composex.reference
---@field SourceDBInstanceAutomatedBackupsArn? string|composex.reference
---@field SourceDBInstanceIdentifier? string|composex.reference
---@field SourceDbiResourceId? string|composex.reference
---@field SourceRegion? string|composex.reference
---@field StatusInfos? table
---@field StorageEncrypted? boolean|composex.reference
---@field StorageThroughput? integer|composex.reference
---@field StorageType? string|composex.reference
---@field Tags? table
---@field TdeCredentialArn? string|composex.reference
---@field TdeCredentialPassword? string|composex.reference
---@field Timezone? string|composex.reference
---@field UseDefaultProcessorFeatures? boolean|composex.reference
---@field UseLatestRestorableTime? boolean|composex.reference
---@field VPCSecurityGroups? (string|composex.reference)[]

---@class AWS.DocDB.DBCluster: composex.resource
---@field type "AWS::DocDB::DBCluster"
---@field Properties AWS.DocDB.DBCluster.Properties

---@class AWS.DocDB.DBCluster.Properties
---@field AvailabilityZones? (string|composex.reference)[]
---@field BackupRetentionPeriod? integer|composex.reference
---@field ClusterResourceId? string|composex.reference
---@field CopyTagsToSnapshot? boolean|composex.reference
---@field DBClusterIdentifier? string|composex.reference
---@field DBClusterParameterGroupName? string|composex.reference
---@field DBSubnetGroupName? string|composex.reference
---@field DeletionProtection? boolean|composex.reference
---@field EnableCloudwatchLogsExports? (string|composex.reference)[]
---@field Endpoint? string|composex.reference
---@field EngineVersion? "3.6.0"|"4.0"|"4.0.0"|"5.0.0"|string|composex.reference
---@field GlobalClusterIdentifier? string|composex.reference
---@field Id? string|composex.reference
---@field KmsKeyId? string|composex.reference
---@field ManageMasterUserPassword? boolean|composex.reference
---@field MasterUserPassword? string|composex.reference
---@field MasterUserSecretKmsKeyId? string|composex.reference
---@field MasterUsername? string|composex.reference
---@field NetworkType? string|composex.reference
---@field Port? integer|composex.reference
---@field PreferredBackupWindow? string|composex.reference
---@field PreferredMaintenanceWindow? string|composex.reference
---@field ReadEndpoint? string|composex.reference
---@field RestoreToTime? string|composex.reference
---@field RestoreType? string|composex.reference
---@field RotateMasterUserPassword? boolean|composex.reference
---@field ServerlessV2ScalingConfiguration? table|composex.reference
---@field SnapshotIdentifier? string|composex.reference
---@field SourceDBClusterIdentifier? string|composex.reference
---@field StorageEncrypted? boolean|composex.reference
---@field StorageType? string|composex.reference
---@field Tags? table
---@field UseLatestRestorableTime? boolean|composex.reference
---@field VpcSecurityGroupIds? (string|composex.reference)[]

---@class AWS.Neptune.DBCluster: composex.resource
---@field type "AWS::Neptune::DBCluster"
---@field Properties AWS.Neptune.DBCluster.Properties

---@class AWS.Neptune.DBCluster.Properties
---@field AssociatedRoles? table
---@field AvailabilityZones? (string|composex.reference)[]
---@field BackupRetentionPeriod? integer|composex.reference
---@field ClusterResourceId? string|composex.reference
---@field CopyTagsToSnapshot? boolean|composex.reference
---@field DBClusterIdentifier? string|composex.reference
---@field DBClusterParameterGroupName? string|composex.reference
---@field DBInstanceParameterGroupName? string|composex.reference
---@field DBPort? integer|composex.reference
---@field DBSubnetGroupName? string|composex.reference
---@field DeletionProtection? boolean|composex.reference
---@field EnableCloudwatchLogsExports? (string|composex.reference)[]
---@field Endpoint? string|composex.reference
---@field EngineVersion? string|composex.reference
---@field IamAuthEnabled? boolean|composex.reference
---@field KmsKeyId? string|composex.reference
---@field Port? string|composex.reference
---@field PreferredBackupWindow? string|composex.reference
---@field PreferredMaintenanceWindow? string|composex.reference
---@field ReadEndpoint? string|composex.reference
---@field RestoreToTime? string|composex.reference
---@field RestoreType? string|composex.reference
---@field ServerlessScalingConfiguration? table|composex.reference
---@field SnapshotIdentifier? string|composex.reference
---@field SourceDBClusterIdentifier? string|composex.reference
---@field StorageEncrypted? boolean|composex.reference
---@field Tags? table
---@field UseLatestRestorableTime? boolean|composex.reference
---@field VpcSecurityGroupIds? (string|composex.reference)[]

---@class AWS.ElastiCache.ServerlessCache: composex.resource
---@field type "AWS::ElastiCache::ServerlessCache"
---@field Properties AWS.ElastiCache.ServerlessCache.Properties

---@class AWS.ElastiCache.ServerlessCache.Properties
---@field ARN? string|composex.reference
---@field CacheUsageLimits? table|composex.reference
---@field CreateTime? string|composex.reference
---@field DailySnapshotTime? string|composex.reference
---@field Description? string|composex.reference
---@field Endpoint? table|composex.reference
---@field Engine? string|composex.reference
---@field FinalSnapshotName? string|composex.reference
---@field FullEngineVersion? string|composex.reference
---@field KmsKeyId? string|composex.reference
---@field MajorEngineVersion? string|composex.reference
---@field ReaderEndpoint? table|composex.reference
---@field SecurityGroupIds? (string|composex.reference)[]
---@field ServerlessCacheName? string|composex.reference
---@field SnapshotArnsToRestore? (string|composex.reference)[]
---@field SnapshotRetentionLimit? integer|composex.reference
---@field Status? string|composex.reference
---@field SubnetIds? (string|composex.reference)[]
---@field Tags? table
---@field UserGroupId? string|composex.reference

---@class AWS.ElastiCache.CacheCluster: composex.resource
---@field type "AWS::ElastiCache::CacheCluster"
---@field Properties AWS.ElastiCache.CacheCluster.Properties

---@class AWS.ElastiCache.CacheCluster.Properties
---@field AZMode? "cross-az"|"single-az"|string|composex.reference
---@field AutoMinorVersionUpgrade? boolean|composex.reference
---@field CacheNodeType? string|composex.reference
---@field CacheParameterGroupName? string|composex.reference
---@field CacheSecurityGroupNames? (string|composex.reference)[]
---@field CacheSubnetGroupName? string|composex.reference
---@field ClusterName? string|composex.reference
---@field ConfigurationEndpoint? table|composex.reference
---@field Engine? string|composex.reference
---@field EngineVersion? string|composex.reference
---@field IpDiscovery? "ipv4"|"ipv6"|string|composex.reference
---@field LogDeliveryConfigurations? table
---@field NetworkType? "dual_stack"|"ipv4"|"ipv6"|string|composex.reference
---@field NotificationTopicArn? string|composex.reference
---@field NumCacheNodes? integer|composex.reference
---@field Port? integer|composex.reference
---@field PreferredAvailabilityZone? string|composex.reference
---@field PreferredAvailabilityZones? (string|composex.reference)[]
---@field PreferredMaintenanceWindow? string|composex.reference
---@field RedisEndpoint? table|composex.reference
---@field SnapshotArns? (string|composex.reference)[]
---@field SnapshotName? string|composex.reference
---@field SnapshotRetentionLimit? integer|composex.reference
---@field SnapshotWindow? string|composex.reference
---@field Tags? table
---@field TransitEncryptionEnabled? boolean|composex.reference
---@field VpcSecurityGroupIds? (string|composex.reference)[]

---@class AWS.ElastiCache.ReplicationGroup: composex.resource
---@field type "AWS::ElastiCache::ReplicationGroup"
---@field Properties AWS.ElastiCache.ReplicationGroup.Properties

---@class AWS.ElastiCache.ReplicationGroup.Properties
---@field AtRestEncryptionEnabled? boolean|composex.reference
---@field AuthToken? string|composex.reference
---@field AutoMinorVersionUpgrade? boolean|composex.reference
---@field AutomaticFailoverEnabled? boolean|composex.reference
---@field CacheNodeType? string|composex.reference
---@field CacheParameterGroupName? string|composex.reference
---@field CacheSecurityGroupNames? (string|composex.reference)[]
---@field CacheSubnetGroupName? string|composex.reference
---@field ClusterMode? "compatible"|"disabled"|"enabled"|string|composex.reference
---@field ConfigurationEndPoint? table|composex.reference
---@field DataTieringEnabled? boolean|composex.reference
---@field Engine? string|composex.reference
---@field EngineVersion? string|composex.reference
---@field GlobalReplicationGroupId? string|composex.reference
---@field IpDiscovery? "ipv4"|"ipv6"|string|composex.reference
---@field KmsKeyId? string|composex.reference
---@field LogDeliveryConfigurations? table
---@field MultiAZEnabled? boolean|composex.reference
---@field NetworkType? "dual_stack"|"ipv4"|"ipv6"|string|composex.reference
---@field NodeGroupConfiguration? table
---@field NotificationTopicArn? string|composex.reference
---@field NumCacheClusters? integer|composex.reference
---@field NumNodeGroups? integer|composex.reference
---@field Port? integer|composex.reference
---@field PreferredCacheClusterAZs? (string|composex.reference)[]
---@field PreferredMaintenanceWindow? string|composex.reference
---@field PrimaryClusterId? string|composex.reference
---@field PrimaryEndPoint? table|composex.reference
---@field ReadEndPoint? table|composex.reference
---@field ReaderEndPoint? table|composex.reference
---@field ReplicasPerNodeGroup? integer|composex.reference
---@field ReplicationGroupDescription? string|composex.reference
---@field ReplicationGroupId? string|composex.reference
---@field SecurityGroupIds? (string|composex.reference)[]
---@field SnapshotArns? (string|composex.reference)[]
---@field SnapshotName? string|composex.reference
---@field SnapshotRetentionLimit? integer|composex.reference
---@field SnapshotWindow? string|composex.reference
---@field SnapshottingClusterId? string|composex.reference
---@field Tags? table
---@field TransitEncryptionEnabled? boolean|composex.reference
---@field TransitEncryptionMode? "preferred"|"required"|string|composex.reference
---@field UserGroupIds? (string|composex.reference)[]

---@class AWS.OpenSearchServerless.Collection: composex.resource
---@field type "AWS::OpenSearchServerless::Collection"
---@field Properties AWS.OpenSearchServerless.Collection.Properties

---@class AWS.OpenSearchServerless.Collection.Properties
---@field Arn? string|composex.reference
---@field CollectionEndpoint? string|composex.reference
---@field CollectionGroupName? string|composex.reference
---@field DashboardEndpoint? string|composex.reference
---@field Description? string|composex.reference
---@field EncryptionConfig? table|composex.reference
---@field FipsEndpoints? table|composex.reference
---@field Id? string|composex.reference
---@field KmsKeyArn? string|composex.reference
---@field Name? string|composex.reference
---@field StandbyReplicas? "ENABLED"|"DISABLED"|string|composex.reference
---@field Tags? table
---@field Type? "SEARCH"|"TIMESERIES"|"VECTORSEARCH"|string|composex.reference
---@field VectorOptions? table|composex.reference

---@class AWS.OpenSearchService.Domain: composex.resource
---@field type "AWS::OpenSearchService::Domain"
---@field Properties AWS.OpenSearchService.Domain.Properties

---@class AWS.OpenSearchService.Domain.Properties
---@field AIMLOptions? table|composex.reference
---@field AccessPolicies? any
---@field AdvancedOptions? table|composex.reference
---@field AdvancedSecurityOptions? table|composex.reference
---@field Arn? string|composex.reference
---@field ClusterConfig? table|composex.reference
---@field CognitoOptions? table|composex.reference
---@field DeploymentStrategyOptions? table|composex.reference
---@field DomainArn? string|composex.reference
---@field DomainEndpoint? string|composex.reference
---@field DomainEndpointOptions? table|composex.reference
---@field DomainEndpointV2? string|composex.reference
---@field DomainEndpoints? table|composex.reference
---@field DomainName? string|composex.reference
---@field EBSOptions? table|composex.reference
---@field EncryptionAtRestOptions? table|composex.reference
---@field EngineVersion? string|composex.reference
---@field IPAddressType? string|composex.reference
---@field Id? string|composex.reference
---@field IdentityCenterOptions? table|composex.reference
---@field LogPublishingOptions? table|composex.reference
---@field NodeToNodeEncryptionOptions? table|composex.reference
---@field OffPeakWindowOptions? table|composex.reference
---@field ServiceSoftwareOptions? table|composex.reference
---@field SkipShardMigrationWait? boolean|composex.reference
---@field SnapshotOptions? table|composex.reference
---@field SoftwareUpdateOptions? table|composex.reference
---@field Tags? table
---@field VPCOptions? table|composex.reference

---@class AWS.EFS.FileSystem: composex.resource
---@field type "AWS::EFS::FileSystem"
---@field Properties AWS.EFS.FileSystem.Properties

---@class AWS.EFS.FileSystem.Properties
---@field Arn? string|composex.reference
---@field AvailabilityZoneName? string|composex.reference
---@field BackupPolicy? table|composex.reference
---@field BypassPolicyLockoutSafetyCheck? boolean|composex.reference
---@field Encrypted? boolean|composex.reference
---@field FileSystemId? string|composex.reference
---@field FileSystemPolicy? any
---@field FileSystemProtection? table|composex.reference
---@field FileSystemTags? table
---@field KmsKeyId? string|composex.reference
---@field LifecyclePolicies? table
---@field PerformanceMode? "generalPurpose"|"maxIO"|string|composex.reference
---@field ProvisionedThroughputInMibps? number|composex.reference
---@field ReplicationConfiguration? table|composex.reference
---@field ThroughputMode? "bursting"|"elastic"|"provisioned"|string|composex.reference

---@class AWS.AmazonMQ.Broker: composex.resource
---@field type "AWS::AmazonMQ::Broker"
---@field Properties AWS.AmazonMQ.Broker.Properties

---@class AWS.AmazonMQ.Broker.Properties
---@field AmqpEndpoints? (string|composex.reference)[]
---@field Arn? string|composex.reference
---@field AuthenticationStrategy? "config_managed"|"ldap"|"simple"|string|composex.reference
---@field AutoMinorVersionUpgrade? boolean|composex.reference
---@field BrokerName? string|composex.reference
---@field Configuration? table|composex.reference
---@field ConfigurationId? string|composex.reference
---@field ConfigurationRevision? string|composex.reference
---@field ConsoleURLs? (string|composex.reference)[]
---@field DataReplicationMode? "crdr"|"none"|string|composex.reference
---@field DataReplicationPrimaryBrokerArn? string|composex.reference
---@field DeploymentMode? "active_standby_multi_az"|"cluster_multi_az"|"single_instance"|string|composex.reference
---@field EncryptionOptions? table|composex.reference
---@field EngineType? "activemq"|"rabbitmq"|string|composex.reference
---@field EngineVersion? string|composex.reference
---@field EngineVersionCurrent? string|composex.reference
---@field HostInstanceType? string|composex.reference
---@field Id? string|composex.reference
---@field IpAddresses? (string|composex.reference)[]
---@field LdapServerMetadata? table|composex.reference
---@field Logs? table|composex.reference
---@field MaintenanceWindowStartTime? table|composex.reference
---@field MqttEndpoints? (string|composex.reference)[]
---@field OpenWireEndpoints? (string|composex.reference)[]
---@field PubliclyAccessible? boolean|composex.reference
---@field SecurityGroups? (string|composex.reference)[]
---@field StompEndpoints? (string|composex.reference)[]
---@field StorageType? "EBS"|"EFS"|string|composex.reference
---@field SubnetIds? (string|composex.reference)[]
---@field Tags? table
---@field Users? table
---@field WssEndpoints? (string|composex.reference)[]

---@class AWS.MSK.ServerlessCluster: composex.resource
---@field type "AWS::MSK::ServerlessCluster"
---@field Properties AWS.MSK.ServerlessCluster.Properties

---@class AWS.MSK.ServerlessCluster.Properties
---@field Arn? string|composex.reference
---@field ClientAuthentication? table|composex.reference
---@field ClusterName? string|composex.reference
---@field Tags? table|composex.reference
---@field VpcConfigs? table

---@class AWS.MSK.Cluster: composex.resource
---@field type "AWS::MSK::Cluster"
---@field Properties AWS.MSK.Cluster.Properties

---@class AWS.MSK.Cluster.Properties
---@field Arn? string|composex.reference
---@field BrokerNodeGroupInfo? table|composex.reference
---@field ClientAuthentication? table|composex.reference
---@field ClusterName? string|composex.reference
---@field ConfigurationInfo? table|composex.reference
---@field CurrentVersion? string|composex.reference
---@field EncryptionInfo? table|composex.reference
---@field EnhancedMonitoring? "DEFAULT"|"PER_BROKER"|"PER_TOPIC_PER_BROKER"|"PER_TOPIC_PER_PARTITION"|string|composex.reference
---@field KafkaVersion? string|composex.reference
---@field LoggingInfo? table|composex.reference
---@field NumberOfBrokerNodes? integer|composex.reference
---@field OpenMonitoring? table|composex.reference
---@field Rebalancing? table|composex.reference
---@field StorageMode? "LOCAL"|"TIERED"|string|composex.reference
---@field Tags? table|composex.reference
---@field ZookeeperAccess? table|composex.reference

---@class AWS.SSM.Parameter: composex.resource
---@field type "AWS::SSM::Parameter"
---@field Properties AWS.SSM.Parameter.Properties

---@class AWS.SSM.Parameter.Properties
---@field AllowedPattern? string|composex.reference
---@field DataType? "text"|"aws:ec2:image"|string|composex.reference
---@field Description? string|composex.reference
---@field Name? string|composex.reference
---@field Policies? string|composex.reference
---@field Tags? table|composex.reference
---@field Tier? "Standard"|"Advanced"|"Intelligent-Tiering"|string|composex.reference
---@field Type? "String"|"StringList"|string|composex.reference
---@field Value? string|composex.reference

---@class AWS.APS.Workspace: composex.resource
---@field type "AWS::APS::Workspace"
---@field Properties AWS.APS.Workspace.Properties

---@class AWS.APS.Workspace.Properties
---@field AlertManagerDefinition? string|composex.reference
---@field Alias? string|composex.reference
---@field Arn? string|composex.reference
---@field KmsKeyArn? string|composex.reference
---@field LoggingConfiguration? table|composex.reference
---@field PrometheusEndpoint? string|composex.reference
---@field QueryLoggingConfiguration? table|composex.reference
---@field Tags? table
---@field WorkspaceConfiguration? table|composex.reference
---@field WorkspaceId? string|composex.reference

---@class AWS.CodeGuruProfiler.ProfilingGroup: composex.resource
---@field type "AWS::CodeGuruProfiler::ProfilingGroup"
---@field Properties AWS.CodeGuruProfiler.ProfilingGroup.Properties

---@class AWS.CodeGuruProfiler.ProfilingGroup.Properties
---@field AgentPermissions? table|composex.reference
---@field AnomalyDetectionNotificationConfiguration? table
---@field Arn? string|composex.reference
---@field ComputePlatform? "Default"|"AWSLambda"|string|composex.reference
---@field ProfilingGroupName? string|composex.reference
---@field Tags? table

---@class AWS.Cognito.UserPool: composex.resource
---@field type "AWS::Cognito::UserPool"
---@field Properties AWS.Cognito.UserPool.Properties

---@class AWS.Cognito.UserPool.Properties
---@field AccountRecoverySetting? table|composex.reference
---@field AdminCreateUserConfig? table|composex.reference
---@field AliasAttributes? (string|composex.reference)[]
---@field Arn? string|composex.reference
---@field AutoVerifiedAttributes? (string|composex.reference)[]
---@field DeletionProtection? string|composex.reference
---@field DeviceConfiguration? table|composex.reference
---@field EmailAuthenticationMessage? string|composex.reference
---@field EmailAuthenticationSubject? string|composex.reference
---@field EmailConfiguration? table|composex.reference
---@field EmailVerificationMessage? string|composex.reference
---@field EmailVerificationSubject? string|composex.reference
---@field EnabledMfas? (string|composex.reference)[]
---@field LambdaConfig? table|composex.reference
---@field MfaConfiguration? string|composex.reference
---@field Policies? table|composex.reference
---@field ProviderName? string|composex.reference
---@field ProviderURL? string|composex.reference
---@field Schema? table
---@field SmsAuthenticationMessage? string|composex.reference
---@field SmsConfiguration? table|composex.reference
---@field SmsVerificationMessage? string|composex.reference
---@field UserAttributeUpdateSettings? table|composex.reference
---@field UserPoolAddOns? table|composex.reference
---@field UserPoolId? string|composex.reference
---@field UserPoolName? string|composex.reference
---@field UserPoolTags? table|composex.reference
---@field UserPoolTier? "LITE"|"ESSENTIALS"|"PLUS"|string|composex.reference
---@field UsernameAttributes? (string|composex.reference)[]
---@field UsernameConfiguration? table|composex.reference
---@field VerificationMessageTemplate? table|composex.reference
---@field WebAuthnFactorConfiguration? "SINGLE_FACTOR"|"MULTI_FACTOR_WITH_USER_VERIFICATION"|string|composex.reference
---@field WebAuthnRelyingPartyID? string|composex.reference
---@field WebAuthnUserVerification? string|composex.reference

---@class AWS.Scheduler.Schedule: composex.resource
---@field type "AWS::Scheduler::Schedule"
---@field Properties AWS.Scheduler.Schedule.Properties

---@class AWS.Scheduler.Schedule.Properties
---@field Arn? string|composex.reference
---@field Description? string|composex.reference
---@field EndDate? string|composex.reference
---@field FlexibleTimeWindow? table|composex.reference
---@field GroupName? string|composex.reference
---@field KmsKeyArn? string|composex.reference
---@field Name? string|composex.reference
---@field ScheduleExpression? string|composex.reference
---@field ScheduleExpressionTimezone? string|composex.reference
---@field StartDate? string|composex.reference
---@field State? "ENABLED"|"DISABLED"|string|composex.reference
---@field Target? table|composex.reference

---@class AWS.Events.Rule: composex.resource
---@field type "AWS::Events::Rule"
---@field Properties AWS.Events.Rule.Properties

---@class AWS.Events.Rule.Properties
---@field Arn? string|composex.reference
---@field Description? string|composex.reference
---@field EventBusName? string|composex.reference
---@field EventPattern? any
---@field Name? string|composex.reference
---@field RoleArn? string|composex.reference
---@field ScheduleExpression? string|composex.reference
---@field State? "DISABLED"|"ENABLED"|"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"|string|composex.reference
---@field Tags? table
---@field Targets? table

---@class AWS.CloudWatch.CompositeAlarm: composex.resource
---@field type "AWS::CloudWatch::CompositeAlarm"
---@field Properties AWS.CloudWatch.CompositeAlarm.Properties

---@class AWS.CloudWatch.CompositeAlarm.Properties
---@field ActionsEnabled? boolean|composex.reference
---@field ActionsSuppressor? string|composex.reference
---@field ActionsSuppressorExtensionPeriod? integer|composex.reference
---@field ActionsSuppressorWaitPeriod? integer|composex.reference
---@field AlarmActions? (string|composex.reference)[]
---@field AlarmDescription? string|composex.reference
---@field AlarmName? string|composex.reference
---@field AlarmRule? string|composex.reference
---@field Arn? string|composex.reference
---@field InsufficientDataActions? (string|composex.reference)[]
---@field OKActions? (string|composex.reference)[]
---@field Tags? table

---@class AWS.CloudWatch.Alarm: composex.resource
---@field type "AWS::CloudWatch::Alarm"
---@field Properties AWS.CloudWatch.Alarm.Properties

---@class AWS.CloudWatch.Alarm.Properties
---@field ActionsEnabled? boolean|composex.reference
---@field AlarmActions? (string|composex.reference)[]
---@field AlarmDescription? string|composex.reference
---@field AlarmName? string|composex.reference
---@field Arn? string|composex.reference
---@field ComparisonOperator? "GreaterThanOrEqualToThreshold"|"GreaterThanThreshold"|"GreaterThanUpperThreshold"|"LessThanLowerOrGreaterThanUpperThreshold"|"LessThanLowerThreshold"|"LessThanOrEqualToThreshold"|"LessThanThreshold"|string|composex.reference
---@field DatapointsToAlarm? integer|composex.reference
---@field Dimensions? table
---@field EvaluateLowSampleCountPercentile? string|composex.reference
---@field EvaluationCriteria? table|composex.reference
---@field EvaluationInterval? integer|composex.reference
---@field EvaluationPeriods? integer|composex.reference
---@field ExtendedStatistic? string|composex.reference
---@field InsufficientDataActions? (string|composex.reference)[]
---@field MetricName? string|composex.reference
---@field Metrics? table
---@field Namespace? string|composex.reference
---@field OKActions? (string|composex.reference)[]
---@field Period? integer|composex.reference
---@field Statistic? "Average"|"Maximum"|"Minimum"|"SampleCount"|"Sum"|string|composex.reference
---@field Tags? table
---@field Threshold? number|composex.reference
---@field ThresholdMetricId? string|composex.reference
---@field TreatMissingData? "breaching"|"ignore"|"missing"|"notBreaching"|string|composex.reference
---@field Unit? string|composex.reference

---@class AWS.CloudWatch.Dashboard: composex.resource
---@field type "AWS::CloudWatch::Dashboard"
---@field Properties AWS.CloudWatch.Dashboard.Properties

---@class AWS.CloudWatch.Dashboard.Properties
---@field DashboardBody? string|composex.reference
---@field DashboardName? string|composex.reference

---@class AWS.EC2.VPC: composex.resource
---@field type "AWS::EC2::VPC"
---@field Properties AWS.EC2.VPC.Properties

---@class AWS.EC2.VPC.Properties
---@field CidrBlock? string|composex.reference
---@field CidrBlockAssociations? (string|composex.reference)[]
---@field DefaultNetworkAcl? string|composex.reference
---@field DefaultSecurityGroup? string|composex.reference
---@field EnableDnsHostnames? boolean|composex.reference
---@field EnableDnsSupport? boolean|composex.reference
---@field InstanceTenancy? "dedicated"|"default"|"host"|string|composex.reference
---@field Ipv4IpamPoolId? string|composex.reference
---@field Ipv4NetmaskLength? integer|composex.reference
---@field Ipv6CidrBlocks? (string|composex.reference)[]
---@field Tags? table
---@field VpcId? string|composex.reference

---@class AWS.ECS.Cluster: composex.resource
---@field type "AWS::ECS::Cluster"
---@field Properties AWS.ECS.Cluster.Properties

---@class AWS.ECS.Cluster.Properties
---@field Arn? string|composex.reference
---@field CapacityProviders? (string|composex.reference)[]
---@field ClusterName? string|composex.reference
---@field ClusterSettings? table
---@field Configuration? table|composex.reference
---@field DefaultCapacityProviderStrategy? table
---@field ServiceConnectDefaults? table|composex.reference
---@field Tags? table

---@class AWS.ServiceDiscovery.HttpNamespace: composex.resource
---@field type "AWS::ServiceDiscovery::HttpNamespace"
---@field Properties AWS.ServiceDiscovery.HttpNamespace.Properties

---@class AWS.ServiceDiscovery.HttpNamespace.Properties
---@field Arn? string|composex.reference
---@field Description? string|composex.reference
---@field Id? string|composex.reference
---@field Name? string|composex.reference
---@field Tags? table

---@class AWS.ServiceDiscovery.PublicDnsNamespace: composex.resource
---@field type "AWS::ServiceDiscovery::PublicDnsNamespace"
---@field Properties AWS.ServiceDiscovery.PublicDnsNamespace.Properties

---@class AWS.ServiceDiscovery.PublicDnsNamespace.Properties
---@field Arn? string|composex.reference
---@field Description? string|composex.reference
---@field HostedZoneId? string|composex.reference
---@field Id? string|composex.reference
---@field Name? string|composex.reference
---@field Properties? table|composex.reference
---@field Tags? table

---@class AWS.ServiceDiscovery.PrivateDnsNamespace: composex.resource
---@field type "AWS::ServiceDiscovery::PrivateDnsNamespace"
---@field Properties AWS.ServiceDiscovery.PrivateDnsNamespace.Properties

---@class AWS.ServiceDiscovery.PrivateDnsNamespace.Properties
---@field Arn? string|composex.reference
---@field Description? string|composex.reference
---@field HostedZoneId? string|composex.reference
---@field Id? string|composex.reference
---@field Name? string|composex.reference
---@field Properties? table|composex.reference
---@field Tags? table
---@field Vpc? string|composex.reference

---@class AWS.Route53.HostedZone: composex.resource
---@field type "AWS::Route53::HostedZone"
---@field Properties AWS.Route53.HostedZone.Properties

---@class AWS.Route53.HostedZone.Properties
---@field HostedZoneConfig? table|composex.reference
---@field HostedZoneFeatures? table|composex.reference
---@field HostedZoneTags? table
---@field Id? string|composex.reference
---@field Name? string|composex.reference
---@field NameServers? (string|composex.reference)[]
---@field QueryLoggingConfig? table|composex.reference
---@field VPCs? table

---@class AWS.CertificateManager.Certificate: composex.resource
---@field type "AWS::CertificateManager::Certificate"
---@field Properties AWS.CertificateManager.Certificate.Properties

---@class AWS.CertificateManager.Certificate.Properties
---@field CertificateAuthorityArn? string|composex.reference
---@field CertificateExport? string|composex.reference
---@field CertificateTransparencyLoggingPreference? string|composex.reference
---@field DomainName? string|composex.reference
---@field DomainValidationOptions? table
---@field Id? string|composex.reference
---@field KeyAlgorithm? string|composex.reference
---@field SubjectAlternativeNames? (string|composex.reference)[]
---@field Tags? table
---@field ValidationMethod? string|composex.reference

---@class AWS.ElasticLoadBalancingV2.LoadBalancer: composex.resource
---@field type "AWS::ElasticLoadBalancingV2::LoadBalancer"
---@field Properties AWS.ElasticLoadBalancingV2.LoadBalancer.Properties

---@class AWS.ElasticLoadBalancingV2.LoadBalancer.Properties
---@field CanonicalHostedZoneID? string|composex.reference
---@field DNSName? string|composex.reference
---@field EnableCapacityReservationProvisionStabilize? boolean|composex.reference
---@field EnablePrefixForIpv6SourceNat? "off"|"on"|string|composex.reference
---@field EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic? string|composex.reference
---@field IpAddressType? "dualstack"|"dualstack-without-public-ipv4"|"ipv4"|string|composex.reference
---@field Ipv4IpamPoolId? string|composex.reference
---@field LoadBalancerArn? string|composex.reference
---@field LoadBalancerAttributes? table
---@field LoadBalancerFullName? string|composex.reference
---@field LoadBalancerName? string|composex.reference
---@field MinimumLoadBalancerCapacity? table|composex.reference
---@field Name? string|composex.reference
---@field Scheme? "internal"|"internet-facing"|string|composex.reference
---@field SecurityGroups? (string|composex.reference)[]
---@field SubnetMappings? table
---@field Subnets? (string|composex.reference)[]
---@field Tags? table
---@field Type? "application"|"gateway"|"network"|string|composex.reference

---@class AWS.WAFv2.WebACL: composex.resource
---@field type "AWS::WAFv2::WebACL"
---@field Properties AWS.WAFv2.WebACL.Properties

---@class AWS.WAFv2.WebACL.Properties
---@field ApplicationConfig? table|composex.reference
---@field Arn? string|composex.reference
---@field AssociationConfig? table|composex.reference
---@field Capacity? integer|composex.reference
---@field CaptchaConfig? table|composex.reference
---@field ChallengeConfig? table|composex.reference
---@field CustomResponseBodies? table|composex.reference
---@field DataProtectionConfig? table|composex.reference
---@field DefaultAction? table|composex.reference
---@field Description? string|composex.reference
---@field Id? string|composex.reference
---@field LabelNamespace? string|composex.reference
---@field Name? string|composex.reference
---@field OnSourceDDoSProtectionConfig? table|composex.reference
---@field Rules? table
---@field Scope? "CLOUDFRONT"|"REGIONAL"|string|composex.reference
---@field Tags? table
---@field TokenDomains? (string|composex.reference)[]
---@field VisibilityConfig? table|composex.reference

---@class composex.family
---@field name string The name: that of its only service, or of the label ecs.task.family.
---@field services composex.service[] Its services, in the order in which their containers start.
---@field by_name table<string, composex.service> The same by their names.
---@field main composex.service The service that speaks for the task where services differ.
---@field fargate boolean Whether its tasks run on Fargate.
---@field windows boolean Whether they run on Windows.
local family = {}

---@class composex.resource
---@field id string The logical id; rename() changes it.
---@field type string The resource type, AWS::SQS::Queue.
---@field key string? The section that it was made for: x-sqs, services.
---@field name string? The name in that section.
---@field part string What it is of its definition: main, role, log_group, ...
---@field service string? The service that it was made for.
---@field Properties table The properties, as in CloudFormation.
---@field Condition any CloudFormation's attribute.
---@field DependsOn any CloudFormation's attribute.
---@field CreationPolicy any CloudFormation's attribute.
---@field DeletionPolicy any CloudFormation's attribute.
---@field UpdatePolicy any CloudFormation's attribute.
---@field UpdateReplacePolicy any CloudFormation's attribute.
---@field Metadata any CloudFormation's attribute.
local resource = {}

---A reference to it, for use as a value.
---@return composex.reference
function resource:ref() end

---An attribute of it.
---@param name string
---@return composex.reference
function resource:att(name) end

---A text in which the type's attributes and ${Ref} are its own.
---@param text string
---@return composex.reference
function resource:sub(text) end

---Sets tags in the form of the type; a type that takes none is left alone.
---@param tags table<string, any>
function resource:tag(tags) end

---Takes it out; what still refers to it is an error.
function resource:remove() end

---Gives it another logical id; references follow.
---@param id string
function resource:rename(id) end

---Whether a property is set; VpcConfig.SubnetIds is one further down. Never an error: a property that the type has not is not set.
---@param name string
---@return boolean
function resource:has(name) end

---Calls the function for every value of the properties, those that hold others first; items have their number: Subnets.1.
---@param fn fun(value: any, path: string)
function resource:walk(fn) end

---Makes references to a resource, or those that are alike, lead elsewhere: Ref, GetAtt and inside Fn::Sub. Returns how many.
---@param old composex.resource|composex.reference
---@param new composex.resource|composex.reference|string
---@return integer
function resource:replace_references(old, new) end

---The tags by their names, whatever form the type has for them; empty when it has none.
---@return table<string, any>
function resource:tags() end

---@class composex.task
---@field name string The name of the family: that of its only service, or of the label ecs.task.family.
---@field services composex.service[] The services that share the task.
---@field definition composex.resource The task definition.
---@field service composex.resource? The ECS service; nil for a task that something else starts.
---@field role composex.resource? The role of the task.
---@field execution_role composex.resource? The role by which ECS starts it.
---@field log_group composex.resource? The log group of its containers.
---@field security_group composex.resource? The security group, where tasks have addresses.
---@field target_groups composex.resource[] The target groups that lead to it.
local task = {}

---The container definition of that name.
---@param name string
---@return table
function task:container(name) end

---@class composex.stack
---@field name string The name of the project.
---@field Description string? The description of the template.
---@field Metadata table What stands in the template for its readers; it can be changed.
---@field Parameters table The parameters.
---@field Rules table The rules.
---@field Mappings table The mappings.
---@field Conditions table The conditions.
---@field Outputs table The outputs.
local stack = {}

---Adds a resource; `beside` puts it into the stack of that service in the nested layout.
---@param type string
---@param id string
---@param properties? table
---@param options? { beside?: composex.service|composex.task }
---@return composex.resource
function stack:add(type, id, properties, options) end

---Adds a parameter; a reference to it.
---@param name string
---@param definition table
---@return composex.reference
function stack:parameter(name, definition) end

---Adds a mapping, for `Fn::FindInMap`; its name.
---@param name string
---@param definition table<string, table<string, any>>
---@return string
function stack:mapping(name, definition) end

---Adds an output.
---@param name string
---@param definition table
function stack:output(name, definition) end

---Adds a condition; its name.
---@param name string
---@param definition table
---@return string
function stack:condition(name, definition) end

---Adds a rule: what must hold of the parameters when the stack is deployed.
---@param name string
---@param definition table
function stack:rule(name, definition) end

---Adds a macro that CloudFormation runs over the template, after those there are.
---@param name string
function stack:transform(name) end

---The only resource that a selector matches.
---@param selector composex.selector
---@return composex.resource
function stack:one(selector) end

---All resources that a selector matches.
---@param selector composex.selector
---@return composex.resource[]
function stack:all(selector) end

---@class composex.test.stack: composex.stack
local tested = {}

---Whether the one can open a connection to the other: `stack:reaches("web", "db", 5432)`, as composex query answers.
---@param from string
---@param to string
---@param port? integer|string
---@return boolean|"maybe"
function tested:reaches(from, to, port) end

---Whether a role may do something: `stack:may("web", "sqs:SendMessage", "x-sqs::jobs")`.
---@param role string
---@param action string
---@param resource? string
---@return boolean|"maybe"
function tested:may(role, action, resource) end

---@class composex.test
local test = {}

---The compose text renders, and the function finds nothing wrong.
---@param name string
---@param compose string
---@param fn fun(stack: composex.test.stack)
---@param extras? composex.test.extras
function test.renders(name, compose, fn, extras) end

---The compose text is refused, with a message that holds the text.
---@param name string
---@param compose string
---@param message string
---@param extras? composex.test.extras
function test.refuses(name, compose, message, extras) end

---The values are the same.
---@param actual any
---@param expected any
function test.same(actual, expected) end

---The template is that of snapshots/NAME.yaml; RECORD=1 writes it.
---@param stack composex.stack
---@param name string
function test.snapshot(stack, name) end

---@class composex
---@field unset any Removes a property, or the list item that it stands in.
---@field null any A null in the template.
---@field this any In a resource module: the resource being made; this.Arn is an attribute of it.
---@field version string The version of composex.
---@field pack { name: string, version: string, options: table<string, any> } The pack that the file belongs to; nil in a script.
---@field test composex.test What tests are written with; in files of tests only.
composex = {}

---Changes the compose model before anything is generated; it is checked again after.
---@param fn fun(project: composex.project)
function composex.project(fn) end

---Makes logical ids, log group names and task families.
---@param naming composex.naming|fun(parts: composex.naming.parts): string?
function composex.naming(naming) end

---Fills properties that the compose file left out.
---@param selector composex.selector
---@param properties table
---@param options? { expect?: integer }
---@overload fun(selector: "x-kms", properties: AWS.KMS.Key.Properties, options?: table)
---@overload fun(selector: "x-sqs", properties: AWS.SQS.Queue.Properties, options?: table)
---@overload fun(selector: "x-sns", properties: AWS.SNS.Topic.Properties, options?: table)
---@overload fun(selector: "x-s3", properties: AWS.S3.Bucket.Properties, options?: table)
---@overload fun(selector: "x-dynamodb", properties: AWS.DynamoDB.GlobalTable.Properties|AWS.DynamoDB.Table.Properties, options?: table)
---@overload fun(selector: "x-kinesis", properties: AWS.Kinesis.Stream.Properties, options?: table)
---@overload fun(selector: "x-kinesis_firehose", properties: AWS.KinesisFirehose.DeliveryStream.Properties, options?: table)
---@overload fun(selector: "x-rds", properties: AWS.RDS.DBCluster.Properties|AWS.RDS.DBInstance.Properties, options?: table)
---@overload fun(selector: "x-docdb", properties: AWS.DocDB.DBCluster.Properties, options?: table)
---@overload fun(selector: "x-neptune", properties: AWS.Neptune.DBCluster.Properties, options?: table)
---@overload fun(selector: "x-elasticache", properties: AWS.ElastiCache.ServerlessCache.Properties|AWS.ElastiCache.CacheCluster.Properties|AWS.ElastiCache.ReplicationGroup.Properties, options?: table)
---@overload fun(selector: "x-opensearch", properties: AWS.OpenSearchServerless.Collection.Properties|AWS.OpenSearchService.Domain.Properties, options?: table)
---@overload fun(selector: "x-efs", properties: AWS.EFS.FileSystem.Properties, options?: table)
---@overload fun(selector: "x-mq", properties: AWS.AmazonMQ.Broker.Properties, options?: table)
---@overload fun(selector: "x-msk", properties: AWS.MSK.ServerlessCluster.Properties|AWS.MSK.Cluster.Properties, options?: table)
---@overload fun(selector: "x-ssm_parameter", properties: AWS.SSM.Parameter.Properties, options?: table)
---@overload fun(selector: "x-aps", properties: AWS.APS.Workspace.Properties, options?: table)
---@overload fun(selector: "x-codeguru_profiler", properties: AWS.CodeGuruProfiler.ProfilingGroup.Properties, options?: table)
---@overload fun(selector: "x-cognito_userpool", properties: AWS.Cognito.UserPool.Properties, options?: table)
---@overload fun(selector: "x-events", properties: AWS.Scheduler.Schedule.Properties|AWS.Events.Rule.Properties, options?: table)
---@overload fun(selector: "x-alarms", properties: AWS.CloudWatch.CompositeAlarm.Properties|AWS.CloudWatch.Alarm.Properties, options?: table)
---@overload fun(selector: "x-dashboards", properties: AWS.CloudWatch.Dashboard.Properties, options?: table)
---@overload fun(selector: "x-vpc", properties: AWS.EC2.VPC.Properties, options?: table)
---@overload fun(selector: "x-cluster", properties: AWS.ECS.Cluster.Properties, options?: table)
---@overload fun(selector: "x-cloudmap", properties: AWS.ServiceDiscovery.HttpNamespace.Properties|AWS.ServiceDiscovery.PublicDnsNamespace.Properties|AWS.ServiceDiscovery.PrivateDnsNamespace.Properties, options?: table)
---@overload fun(selector: "x-route53", properties: AWS.Route53.HostedZone.Properties, options?: table)
---@overload fun(selector: "x-acm", properties: AWS.CertificateManager.Certificate.Properties, options?: table)
---@overload fun(selector: "x-elbv2", properties: AWS.ElasticLoadBalancingV2.LoadBalancer.Properties, options?: table)
---@overload fun(selector: "x-wafv2_webacl", properties: AWS.WAFv2.WebACL.Properties, options?: table)
function composex.default(selector, properties, options) end

---Merges properties over everything; list items are matched by their key, and composex.unset removes.
---@param selector composex.selector
---@param properties table
---@param options? { expect?: integer, expect_was?: any }
---@overload fun(selector: "x-kms", properties: AWS.KMS.Key.Properties, options?: table)
---@overload fun(selector: "x-sqs", properties: AWS.SQS.Queue.Properties, options?: table)
---@overload fun(selector: "x-sns", properties: AWS.SNS.Topic.Properties, options?: table)
---@overload fun(selector: "x-s3", properties: AWS.S3.Bucket.Properties, options?: table)
---@overload fun(selector: "x-dynamodb", properties: AWS.DynamoDB.GlobalTable.Properties|AWS.DynamoDB.Table.Properties, options?: table)
---@overload fun(selector: "x-kinesis", properties: AWS.Kinesis.Stream.Properties, options?: table)
---@overload fun(selector: "x-kinesis_firehose", properties: AWS.KinesisFirehose.DeliveryStream.Properties, options?: table)
---@overload fun(selector: "x-rds", properties: AWS.RDS.DBCluster.Properties|AWS.RDS.DBInstance.Properties, options?: table)
---@overload fun(selector: "x-docdb", properties: AWS.DocDB.DBCluster.Properties, options?: table)
---@overload fun(selector: "x-neptune", properties: AWS.Neptune.DBCluster.Properties, options?: table)
---@overload fun(selector: "x-elasticache", properties: AWS.ElastiCache.ServerlessCache.Properties|AWS.ElastiCache.CacheCluster.Properties|AWS.ElastiCache.ReplicationGroup.Properties, options?: table)
---@overload fun(selector: "x-opensearch", properties: AWS.OpenSearchServerless.Collection.Properties|AWS.OpenSearchService.Domain.Properties, options?: table)
---@overload fun(selector: "x-efs", properties: AWS.EFS.FileSystem.Properties, options?: table)
---@overload fun(selector: "x-mq", properties: AWS.AmazonMQ.Broker.Properties, options?: table)
---@overload fun(selector: "x-msk", properties: AWS.MSK.ServerlessCluster.Properties|AWS.MSK.Cluster.Properties, options?: table)
---@overload fun(selector: "x-ssm_parameter", properties: AWS.SSM.Parameter.Properties, options?: table)
---@overload fun(selector: "x-aps", properties: AWS.APS.Workspace.Properties, options?: table)
---@overload fun(selector: "x-codeguru_profiler", properties: AWS.CodeGuruProfiler.ProfilingGroup.Properties, options?: table)
---@overload fun(selector: "x-cognito_userpool", properties: AWS.Cognito.UserPool.Properties, options?: table)
---@overload fun(selector: "x-events", properties: AWS.Scheduler.Schedule.Properties|AWS.Events.Rule.Properties, options?: table)
---@overload fun(selector: "x-alarms", properties: AWS.CloudWatch.CompositeAlarm.Properties|AWS.CloudWatch.Alarm.Properties, options?: table)
---@overload fun(selector: "x-dashboards", properties: AWS.CloudWatch.Dashboard.Properties, options?: table)
---@overload fun(selector: "x-vpc", properties: AWS.EC2.VPC.Properties, options?: table)
---@overload fun(selector: "x-cluster", properties: AWS.ECS.Cluster.Properties, options?: table)
---@overload fun(selector: "x-cloudmap", properties: AWS.ServiceDiscovery.HttpNamespace.Properties|AWS.ServiceDiscovery.PublicDnsNamespace.Properties|AWS.ServiceDiscovery.PrivateDnsNamespace.Properties, options?: table)
---@overload fun(selector: "x-route53", properties: AWS.Route53.HostedZone.Properties, options?: table)
---@overload fun(selector: "x-acm", properties: AWS.CertificateManager.Certificate.Properties, options?: table)
---@overload fun(selector: "x-elbv2", properties: AWS.ElasticLoadBalancingV2.LoadBalancer.Properties, options?: table)
---@overload fun(selector: "x-wafv2_webacl", properties: AWS.WAFv2.WebACL.Properties, options?: table)
function composex.patch(selector, properties, options) end

---Runs the function on each resource, which changes it in place and returns nothing.
---@param selector composex.selector
---@param fn fun(resource: composex.resource)
---@param options? { expect?: integer }
---@overload fun(selector: "x-kms", fn: fun(resource: AWS.KMS.Key), options?: { expect?: integer })
---@overload fun(selector: "x-sqs", fn: fun(resource: AWS.SQS.Queue), options?: { expect?: integer })
---@overload fun(selector: "x-sns", fn: fun(resource: AWS.SNS.Topic), options?: { expect?: integer })
---@overload fun(selector: "x-s3", fn: fun(resource: AWS.S3.Bucket), options?: { expect?: integer })
---@overload fun(selector: "x-dynamodb", fn: fun(resource: AWS.DynamoDB.GlobalTable|AWS.DynamoDB.Table), options?: { expect?: integer })
---@overload fun(selector: "x-kinesis", fn: fun(resource: AWS.Kinesis.Stream), options?: { expect?: integer })
---@overload fun(selector: "x-kinesis_firehose", fn: fun(resource: AWS.KinesisFirehose.DeliveryStream), options?: { expect?: integer })
---@overload fun(selector: "x-rds", fn: fun(resource: AWS.RDS.DBCluster|AWS.RDS.DBInstance), options?: { expect?: integer })
---@overload fun(selector: "x-docdb", fn: fun(resource: AWS.DocDB.DBCluster), options?: { expect?: integer })
---@overload fun(selector: "x-neptune", fn: fun(resource: AWS.Neptune.DBCluster), options?: { expect?: integer })
---@overload fun(selector: "x-elasticache", fn: fun(resource: AWS.ElastiCache.ServerlessCache|AWS.ElastiCache.CacheCluster|AWS.ElastiCache.ReplicationGroup), options?: { expect?: integer })
---@overload fun(selector: "x-opensearch", fn: fun(resource: AWS.OpenSearchServerless.Collection|AWS.OpenSearchService.Domain), options?: { expect?: integer })
---@overload fun(selector: "x-efs", fn: fun(resource: AWS.EFS.FileSystem), options?: { expect?: integer })
---@overload fun(selector: "x-mq", fn: fun(resource: AWS.AmazonMQ.Broker), options?: { expect?: integer })
---@overload fun(selector: "x-msk", fn: fun(resource: AWS.MSK.ServerlessCluster|AWS.MSK.Cluster), options?: { expect?: integer })
---@overload fun(selector: "x-ssm_parameter", fn: fun(resource: AWS.SSM.Parameter), options?: { expect?: integer })
---@overload fun(selector: "x-aps", fn: fun(resource: AWS.APS.Workspace), options?: { expect?: integer })
---@overload fun(selector: "x-codeguru_profiler", fn: fun(resource: AWS.CodeGuruProfiler.ProfilingGroup), options?: { expect?: integer })
---@overload fun(selector: "x-cognito_userpool", fn: fun(resource: AWS.Cognito.UserPool), options?: { expect?: integer })
---@overload fun(selector: "x-events", fn: fun(resource: AWS.Scheduler.Schedule|AWS.Events.Rule), options?: { expect?: integer })
---@overload fun(selector: "x-alarms", fn: fun(resource: AWS.CloudWatch.CompositeAlarm|AWS.CloudWatch.Alarm), options?: { expect?: integer })
---@overload fun(selector: "x-dashboards", fn: fun(resource: AWS.CloudWatch.Dashboard), options?: { expect?: integer })
---@overload fun(selector: "x-vpc", fn: fun(resource: AWS.EC2.VPC), options?: { expect?: integer })
---@overload fun(selector: "x-cluster", fn: fun(resource: AWS.ECS.Cluster), options?: { expect?: integer })
---@overload fun(selector: "x-cloudmap", fn: fun(resource: AWS.ServiceDiscovery.HttpNamespace|AWS.ServiceDiscovery.PublicDnsNamespace|AWS.ServiceDiscovery.PrivateDnsNamespace), options?: { expect?: integer })
---@overload fun(selector: "x-route53", fn: fun(resource: AWS.Route53.HostedZone), options?: { expect?: integer })
---@overload fun(selector: "x-acm", fn: fun(resource: AWS.CertificateManager.Certificate), options?: { expect?: integer })
---@overload fun(selector: "x-elbv2", fn: fun(resource: AWS.ElasticLoadBalancingV2.LoadBalancer), options?: { expect?: integer })
---@overload fun(selector: "x-wafv2_webacl", fn: fun(resource: AWS.WAFv2.WebACL), options?: { expect?: integer })
function composex.each(selector, fn, options) end

---Adds resources, parameters, conditions and outputs.
---@param fn fun(stack: composex.stack)
function composex.stack(fn) end

---Refuses the resource when the function returns false or nil; `must` ends the sentence "x-sqs::jobs ...". A second result says what is wrong: a string, or the element.
---@param selector composex.selector
---@param must string
---@param fn fun(resource: composex.resource): any, any
---@param options? { unknown?: "pass"|"refuse" }
---@overload fun(selector: "x-kms", must: string, fn: fun(resource: AWS.KMS.Key): any)
---@overload fun(selector: "x-sqs", must: string, fn: fun(resource: AWS.SQS.Queue): any)
---@overload fun(selector: "x-sns", must: string, fn: fun(resource: AWS.SNS.Topic): any)
---@overload fun(selector: "x-s3", must: string, fn: fun(resource: AWS.S3.Bucket): any)
---@overload fun(selector: "x-dynamodb", must: string, fn: fun(resource: AWS.DynamoDB.GlobalTable|AWS.DynamoDB.Table): any)
---@overload fun(selector: "x-kinesis", must: string, fn: fun(resource: AWS.Kinesis.Stream): any)
---@overload fun(selector: "x-kinesis_firehose", must: string, fn: fun(resource: AWS.KinesisFirehose.DeliveryStream): any)
---@overload fun(selector: "x-rds", must: string, fn: fun(resource: AWS.RDS.DBCluster|AWS.RDS.DBInstance): any)
---@overload fun(selector: "x-docdb", must: string, fn: fun(resource: AWS.DocDB.DBCluster): any)
---@overload fun(selector: "x-neptune", must: string, fn: fun(resource: AWS.Neptune.DBCluster): any)
---@overload fun(selector: "x-elasticache", must: string, fn: fun(resource: AWS.ElastiCache.ServerlessCache|AWS.ElastiCache.CacheCluster|AWS.ElastiCache.ReplicationGroup): any)
---@overload fun(selector: "x-opensearch", must: string, fn: fun(resource: AWS.OpenSearchServerless.Collection|AWS.OpenSearchService.Domain): any)
---@overload fun(selector: "x-efs", must: string, fn: fun(resource: AWS.EFS.FileSystem): any)
---@overload fun(selector: "x-mq", must: string, fn: fun(resource: AWS.AmazonMQ.Broker): any)
---@overload fun(selector: "x-msk", must: string, fn: fun(resource: AWS.MSK.ServerlessCluster|AWS.MSK.Cluster): any)
---@overload fun(selector: "x-ssm_parameter", must: string, fn: fun(resource: AWS.SSM.Parameter): any)
---@overload fun(selector: "x-aps", must: string, fn: fun(resource: AWS.APS.Workspace): any)
---@overload fun(selector: "x-codeguru_profiler", must: string, fn: fun(resource: AWS.CodeGuruProfiler.ProfilingGroup): any)
---@overload fun(selector: "x-cognito_userpool", must: string, fn: fun(resource: AWS.Cognito.UserPool): any)
---@overload fun(selector: "x-events", must: string, fn: fun(resource: AWS.Scheduler.Schedule|AWS.Events.Rule): any)
---@overload fun(selector: "x-alarms", must: string, fn: fun(resource: AWS.CloudWatch.CompositeAlarm|AWS.CloudWatch.Alarm): any)
---@overload fun(selector: "x-dashboards", must: string, fn: fun(resource: AWS.CloudWatch.Dashboard): any)
---@overload fun(selector: "x-vpc", must: string, fn: fun(resource: AWS.EC2.VPC): any)
---@overload fun(selector: "x-cluster", must: string, fn: fun(resource: AWS.ECS.Cluster): any)
---@overload fun(selector: "x-cloudmap", must: string, fn: fun(resource: AWS.ServiceDiscovery.HttpNamespace|AWS.ServiceDiscovery.PublicDnsNamespace|AWS.ServiceDiscovery.PrivateDnsNamespace): any)
---@overload fun(selector: "x-route53", must: string, fn: fun(resource: AWS.Route53.HostedZone): any)
---@overload fun(selector: "x-acm", must: string, fn: fun(resource: AWS.CertificateManager.Certificate): any)
---@overload fun(selector: "x-elbv2", must: string, fn: fun(resource: AWS.ElasticLoadBalancingV2.LoadBalancer): any)
---@overload fun(selector: "x-wafv2_webacl", must: string, fn: fun(resource: AWS.WAFv2.WebACL): any)
function composex.check(selector, must, fn, options) end

---With a table: adds an x- key. With a selector, inside a function: the only resource that it selects.
---@param module composex.module|string
---@return composex.resource?
function composex.resource(module) end

---Replaces one step of the generator, for every family: services that are one task.
---@param step string
---@param fn fun(original: function, family: composex.family, made: table): any
function composex.override(step, fn) end

---Declares what --set may set, and returns the values.
---@param options table<string, composex.option>
---@return table<string, any>
function composex.options(options) end

---Says of images what composex cannot see: ports, least memory (MiB), folders with data, user, whether they have a shell.
---@param images table<string, composex.image>
function composex.images(images) end

---The resources that a selector matches; inside a function only.
---@param selector composex.selector
---@return composex.resource[]
function composex.resources(selector) end

---The services; inside a function only.
---@return composex.service[]
function composex.services() end

---The tasks: what ECS runs, each with the services that share it; inside a function only.
---@return composex.task[]
function composex.tasks() end

---A warning at this line.
---@param text string
function composex.warn(text) end

---An error at this line; ends the function.
---@param text string
function composex.fail(text) end

---A list; composex.list{} is an empty one.
---@param items any[]
---@return any[]
function composex.list(items) end

---A text with ${...} in it, as Fn::Sub has it.
---@param text string
---@return composex.reference
function composex.sub(text) end

---A reference to a parameter, a pseudo parameter or a logical id.
---@param name string
---@return composex.reference
function composex.ref(name) end

---In a patch: an item that is new in its list, or several. One that is there already is an error.
---@param item any
---@return any
function composex.add(item) end

---In a patch: the whole list or mapping, in place of the one that is there.
---@param value table
---@return any
function composex.replace(value) end

---A copy of a value with all that is in it, which may be changed; references in it stay what they are.
---@param value any
---@return any
function composex.copy(value) end

---A new mapping: b over a, mappings in them merged too, anything else replaced; composex.unset takes a field out.
---@param a table
---@param b table
---@return table
function composex.merge(a, b) end

---The parts of a string between separators, which are plain strings and no patterns.
---@param s string
---@param separator string
---@return string[]
function composex.split(s, separator) end

---The items of a list as one string, with a separator between them; with references among them, a text that has those.
---@param list any[]
---@param separator string
---@return string|composex.reference
function composex.join(list, separator) end

---A value as JSON without blanks, for properties that take a text; references in it are filled in by Fn::Sub.
---@param value any
---@return string|composex.reference
function composex.json(value) end

---A value as YAML, to print and look at; a resource with its properties.
---@param value any
---@return string
function composex.dump(value) end

---A part of an address block: the index-th (from 1) of those whose prefix is `bits` longer.
---@param block string
---@param bits integer
---@param index integer
---@return string
function composex.cidr(block, bits, index) end

---What another Lua file of the same pack, or of the script's folder, returns: it runs once. "base:lib/x.lua" is a file of a pack that requires names.
---@param path string
---@return any
function composex.use(path) end

---What a JSON, YAML or CSV file of the pack, or of the script's folder, holds: read-only; a CSV file is a list of its rows, by the names of its first line.
---@param path string
---@return any
function composex.data(path) end
