--- The sentences of reflect/word_sentences for what services stand on, what stands before them and what watches them.
local steps <const> = "`{Steps: [{LowerBound, UpperBound, Count}], ScaleInCooldown, ScaleOutCooldown}`: how many tasks the service has while "

return {
  ["x-alarms"] = {
    macros = {
      Predefined = "The name of a ready-made alarm of what `For` names (`HighCpuUsage`, `OldMessages`, ...): metric, threshold and periods, which Properties "
        .. "may say otherwise. A wrong name is reported with those that there are.",
      For = "What `Predefined` is about: a service, or a definition (`x-sqs::jobs`). Needed with it.",
      ServiceName = "A service: its cluster and name are the dimensions of the metric in Properties. Default: the dimensions of Properties.",
      CompositeExpression = "A string of `ALARM(name)`, `OK(name)` and `INSUFFICIENT_DATA(name)` with `and`, `or`, `not`, whose names are alarms of the file: "
        .. "an alarm of alarms. Default: an alarm of a metric.",
    },
    definition = { Topics = "A list of topics (`x-sns: NAME` or `TopicArn`, and `NotifyOn`: `alarm`, `okay` or `all`) that are told. Default: nobody; "
      .. "`alarm` for `NotifyOn`." },
    service = { Scaling = steps .. "the metric is that high. It needs `x-scaling` of the service. Default: the alarm scales nothing." },
  },
  ["x-dashboards"] = {
    definition = {
      Resources = "A list of definitions (`x-sqs::jobs`, `x-elbv2::public`) that are shown. Default: everything, where `Services` are not there either.",
      Type = "`cloudwatch`, the only one, and the default.",
    },
    settings = {
      start = "A string: the time that is shown, as CloudWatch writes it (`-PT6H`). Default: `-PT12H`.",
      periodOverride = "`inherit` or `auto`: whether charts keep their periods. Default: `inherit`.",
    },
    service = {
      UsePredefinedMetrics = "`false` leaves out the charts that every service has. Default: `true`.",
      Metrics = "A list of names of metrics of `AWS/ECS` that are shown as well. Default: none.",
    },
  },
  ["x-resources"] = {
    definition = {
      Type = "The CloudFormation type. Needed.", DependsOn = "As in CloudFormation.", Metadata = "As in CloudFormation.",
      Condition = "As in CloudFormation: the name of a condition of the template.",
    },
  },
  ["x-vpc"] = {
    definition = {
      Parameters = "`true` makes the VPC and its subnets parameters of the template. Default: `false`.",
      Use = "As `Lookup`: the ids of a VPC that exists.",
    },
    properties = {
      VpcCidr = "The block of the VPC, `/16` to `/28`. Default: `10.0.0.0/16`.",
      Zones = "A number of zones from 2 to 6, or a list of their names. Default: two, three where a Multi-AZ DB cluster needs them.",
      Nat = "`one` NAT gateway, one for each `zone`, or `none`. Default: `one`.",
      SingleNat = "`true` is `Nat: one`, `false` is `Nat: zone`.", DisableNat = "`true` is `Nat: none`.",
      EnableIPv6 = "`true` gives addresses of IPv6, by which tasks get out and nobody gets in. Default: `false`.",
      DHCPOptions = "`{DomainName: NAME}`, which the resolver appends to short names. Default: that of AWS.",
      Endpoints = "`{AwsServices: [s3, ecr.api, ...]}`: endpoints of the VPC for these services. Default: none.",
      EnableFlowLogs = "`true` logs who talks to whom, to a log group. Default: `false`.",
      FlowLogsRetentionInDays = "A number of days for that log group. Default: 14.",
      FlowLogsRoleBoundary = "The name or the ARN of a policy that bounds the role that writes it. Default: no boundary.",
    },
  },
  ["x-cluster"] = {
    definition = {
      Compute = "`EC2`, `ManagedInstances`, `SpotFleet`, `External`, or a mapping with that as `Type`: instances of the cluster's own "
        .. "(`docs/platform.md`). Default: Fargate.",
      Use = "As `Lookup`: a cluster that exists.",
    },
    macros = {
      ContainerInsights = "`enabled`, `enhanced` or `disabled`. Default: as the account has it, and `enabled` where alarms or dashboards show its metrics.",
      CreateExecLoggingLogGroup = "`false` leaves out the log group for commands that are executed in containers. Default: `true`.",
      LogGroupRetentionInDays = "A number of days for that log group, of those that CloudWatch Logs takes. Default: 120.",
      CreateExecLoggingBucket = "`true` makes a bucket, to which commands are logged as well. Default: none.",
      CreateExecLoggingKmsKey = "`true` makes a key of KMS, which encrypts the commands, that log group and that bucket. Default: none.",
      AllowKmsKeyReuse = "`true` lets all log groups of the account use the key of `CreateExecLoggingKmsKey`. Default: only that of commands.",
    },
  },
  ["x-cloudmap"] = {
    definition = {
      Name = "The name of the namespace (`shop.internal`). Needed.", ZoneName = "Another name of `Name`.",
      Type = "`private` (names for the VPC), `public` (for everybody) or `http` (found by the API only). Default: `private`.",
      MacroParameters = "Without effect: a namespace has none.",
    },
  },
  ["x-route53"] = {
    definition = {
      ZoneName = "The name of the zone (`example.com`). Needed.", Name = "Another name of `ZoneName`.",
      Private = "`true` makes it a zone for the VPC only. Default: `false`.",
      Records = "A list of records: `{Name, Type, TTL, ResourceRecords}`, or `AliasTarget: x-elbv2::NAME`; values may be pointers. Default: none.",
      Services = "Without effect: records and load balancers use zones, services do not.",
    },
  },
  ["x-acm"] = {
    definition = { Services = "Without effect: load balancers use certificates, services do not." },
    macros = {
      DomainNames = "A name or a list of names, the first of which is the certificate's. Needed, but beside `Properties` or `Lookup`.",
      HostedZoneId = "The zone in which the names are validated: `x-route53::NAME`, or an id. Default: for each name the zone of `x-route53` that "
        .. "holds it.",
      KeyAlgorithm = "`RSA_2048`, `EC_prime256v1`, `EC_secp384r1`, ... Default: the one that AWS chooses (`RSA_2048`).",
    },
  },
  ["x-elbv2"] = {
    definition = {
      Services = "The services that it leads to, by `SERVICE`, `SERVICE:PORT` or `FAMILY:CONTAINER`: `port`, `protocol`, `healthcheck`, `access`, ... each.",
      Listeners = "A list with `Port`, or a mapping by port: `Protocol`, `Certificates`, `DefaultActions`, `Targets`. Default: HTTP on the published "
        .. "ports, or HTTPS and a redirect where it has a name or certificates.",
      TargetGroups = "Target groups that several services answer for, by names. Default: one group for each service.",
      DomainName = "A name, or a list of names, that lead to it. Without `Certificates` it has a certificate for them.",
      DnsAliases = "A list of `{Names, Route53Zone, Routing}`: names with the zone that each is in. Default: none.",
      Certificates = "Certificates (`x-acm: NAME` or an ARN) of a load balancer without `Listeners`.",
    },
    macros = {
      Ingress = "`{ExtSources: [{IPv4, IPv6, Name, Ports}], AwsSources: [{Type: SecurityGroup or PrefixList, Id, Ports}]}`: who may connect. Default: "
        .. "everybody where it is on the internet and has no `Listeners`; a network load balancer lets in whom its services let in; else nobody.",
      timeout_seconds = "How long an idle connection stays, from 1 to 4000 seconds (`application`). Default: 60, that of AWS.",
      desync_mitigation_mode = "`monitor`, `defensive` or `strictest`: what becomes of ambiguous requests (`application`). Default: `defensive`, "
        .. "that of AWS.",
      drop_invalid_header_fields = "`true` or `false` (`application`). Default: `true`.",
      http2 = "`false` switches HTTP/2 off (`application`). Default: `true`, that of AWS.",
      cross_zone = "`true` or `false`: whether each zone sends to the tasks of all. Default: that of AWS, `true` of `application` and `false` of `network`.",
      deletion_protection = "`true`: it must be set to `false` before the load balancer can be deleted. Default: `false`.",
    },
    settings = {
      Subnets = "The group of subnets that it stands in. Default: `PublicSubnets` where it is on the internet, else `AppSubnets`.",
      S3Logs = "A bucket for its access logs (`x-s3::NAME` or a name), or `{Bucket, Prefix}`; that of the file lets it write. Default: no logs.",
      NoAllocateEips = "`true`: a network load balancer on the internet gets no fixed addresses. Default: `false`.",
      RetainEips = "`true`: its fixed addresses stay when the stack goes. Default: `false`.",
    },
  },
  ["x-wafv2_webacl"] = {
    definition = {
      LoadBalancers = "A list of names of `x-elbv2`, which it stands in front of. Default: none.",
      Logging = "`true` for a log group of its own (30 days), or properties of `AWS::WAFv2::LoggingConfiguration`. Default: no logs.",
      Services = "Without effect: it stands in front of load balancers.",
    },
  },
}
