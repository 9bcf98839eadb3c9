--- The sentences of reflect/word_sentences for what services stand on, what stands before them and what watches them.
local steps <const> = "`{Steps: [{LowerBound, UpperBound, Count}], ScaleInCooldown, ScaleOutCooldown}`: how many tasks the service has while "

return {
  ["x-alarms"] = {
    macros = {
      Predefined = "The name of a ready-made alarm of what `For` names (`HighCpuUsage`, `OldMessages`, ...): metric, threshold and periods, which Properties "
        .. "may say otherwise. A wrong name is reported with those that there are.",
      For = "What `Predefined` is about: a service, or a definition (`x-sqs::jobs`). Needed with it.",
      ServiceName = "A service: its cluster and name are the dimensions of the metric in Properties. The dimensions of Properties without it.",
      CompositeExpression = "A string of `ALARM(name)`, `OK(name)` and `INSUFFICIENT_DATA(name)` with `and`, `or`, `not`, whose names are alarms of the file: "
        .. "an alarm of alarms. An alarm of a metric without it.",
    },
    definition = { Topics = "A list of topics (`x-sns: NAME` or `TopicArn`, and `NotifyOn`: `alarm`, `okay` or `all`) that are told. Nobody without it; "
      .. "`alarm` without `NotifyOn`." },
    service = { Scaling = steps .. "the metric is that high. It needs `x-scaling` of the service; the alarm scales nothing without it." },
  },
  ["x-dashboards"] = {
    definition = {
      Resources = "A list of definitions (`x-sqs::jobs`, `x-elbv2::public`) that are shown. Without it and `Services` everything is.",
      Type = "`cloudwatch`, the only one, and what it is without it.",
    },
    settings = {
      start = "A string: the time that is shown, as CloudWatch writes it (`-PT6H`). `-PT12H` without it.",
      periodOverride = "`inherit` or `auto`: whether charts keep their periods. `inherit` without it.",
    },
    service = {
      UsePredefinedMetrics = "`false` leaves out the charts that every service has. `true` without it.",
      Metrics = "A list of names of metrics of `AWS/ECS` that are shown as well. None without it.",
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
      Parameters = "`true` makes the VPC and its subnets parameters of the template. `false` without it.",
      Use = "As `Lookup`: the ids of a VPC that exists.",
    },
    properties = {
      VpcCidr = "The block of the VPC, `/16` to `/28`. `10.0.0.0/16` without it.",
      Zones = "A number of zones from 2 to 6, or a list of their names. Two without it, three where a Multi-AZ DB cluster needs them.",
      Nat = "`one` NAT gateway, one for each `zone`, or `none`. `one` without it.",
      SingleNat = "`true` is `Nat: one`, `false` is `Nat: zone`.", DisableNat = "`true` is `Nat: none`.",
      EnableIPv6 = "`true` gives addresses of IPv6, by which tasks get out and nobody gets in. `false` without it.",
      DHCPOptions = "`{DomainName: NAME}`, which the resolver appends to short names. That of AWS without it.",
      Endpoints = "`{AwsServices: [s3, ecr.api, ...]}`: endpoints of the VPC for these services. None without it.",
      EnableFlowLogs = "`true` logs who talks to whom, to a log group. `false` without it.",
      FlowLogsRetentionInDays = "A number of days for that log group. 14 without it.",
      FlowLogsRoleBoundary = "The name or the ARN of a policy that bounds the role that writes it. No boundary without it.",
    },
  },
  ["x-cluster"] = {
    definition = {
      Compute = "`EC2`, `ManagedInstances`, `SpotFleet`, `External`, or a mapping with that as `Type`: instances of the cluster's own "
        .. "(`docs/platform.md`). Fargate without it.",
      Use = "As `Lookup`: a cluster that exists.",
    },
    macros = {
      ContainerInsights = "`enabled`, `enhanced` or `disabled`. Without it as the account has it, and `enabled` where alarms or dashboards show its metrics.",
      CreateExecLoggingLogGroup = "`false` leaves out the log group for commands that are executed in containers. `true` without it.",
      LogGroupRetentionInDays = "A number of days for that log group, of those that CloudWatch Logs takes. 120 without it.",
      CreateExecLoggingBucket = "`true` makes a bucket, to which commands are logged as well. None without it.",
      CreateExecLoggingKmsKey = "`true` makes a key of KMS, which encrypts the commands, that log group and that bucket. None without it.",
      AllowKmsKeyReuse = "`true` lets all log groups of the account use the key of `CreateExecLoggingKmsKey`. Only that of commands without it.",
    },
  },
  ["x-cloudmap"] = {
    definition = {
      Name = "The name of the namespace (`shop.internal`). Needed.", ZoneName = "Another name of `Name`.",
      Type = "`private` (names for the VPC), `public` (for everybody) or `http` (found by the API only). `private` without it.",
      MacroParameters = "Without effect: a namespace has none.",
    },
  },
  ["x-route53"] = {
    definition = {
      ZoneName = "The name of the zone (`example.com`). Needed.", Name = "Another name of `ZoneName`.",
      Private = "`true` makes it a zone for the VPC only. `false` without it.",
      Records = "A list of records: `{Name, Type, TTL, ResourceRecords}`, or `AliasTarget: x-elbv2::NAME`; values may be pointers. None without it.",
      Services = "Without effect: records and load balancers use zones, services do not.",
    },
  },
  ["x-acm"] = {
    definition = { Services = "Without effect: load balancers use certificates, services do not." },
    macros = {
      DomainNames = "A name or a list of names, the first of which is the certificate's. Needed, but beside `Properties` or `Lookup`.",
      HostedZoneId = "The zone in which the names are validated: `x-route53::NAME`, or an id. Without it, for each name the zone of `x-route53` that "
        .. "holds it.",
      KeyAlgorithm = "`RSA_2048`, `EC_prime256v1`, `EC_secp384r1`, ... The one that AWS chooses (`RSA_2048`) without it.",
    },
  },
  ["x-elbv2"] = {
    definition = {
      Services = "The services that it leads to, by `SERVICE`, `SERVICE:PORT` or `FAMILY:CONTAINER`: `port`, `protocol`, `healthcheck`, `access`, ... each.",
      Listeners = "A list with `Port`, or a mapping by port: `Protocol`, `Certificates`, `DefaultActions`, `Targets`. Without it HTTP on the published "
        .. "ports, or HTTPS and a redirect where it has a name or certificates.",
      TargetGroups = "Target groups that several services answer for, by names. One group for each service without it.",
      DomainName = "A name, or a list of names, that lead to it. Without `Certificates` it has a certificate for them.",
      DnsAliases = "A list of `{Names, Route53Zone, Routing}`: names with the zone that each is in. None without it.",
      Certificates = "Certificates (`x-acm: NAME` or an ARN) of a load balancer without `Listeners`.",
    },
    macros = {
      Ingress = "`{ExtSources: [{IPv4, IPv6, Name, Ports}], AwsSources: [{Type: SecurityGroup or PrefixList, Id, Ports}]}`: who may connect. Without it "
        .. "everybody where it is on the internet and has no `Listeners`; a network load balancer lets in whom its services let in; else nobody.",
      timeout_seconds = "How long an idle connection stays, from 1 to 4000 seconds (`application`). 60, as AWS has it, without it.",
      desync_mitigation_mode = "`monitor`, `defensive` or `strictest`: what becomes of ambiguous requests (`application`). `defensive`, as AWS has "
        .. "it, without it.",
      drop_invalid_header_fields = "`true` or `false` (`application`). `true` without it.",
      http2 = "`false` switches HTTP/2 off (`application`). `true`, as AWS has it, without it.",
      cross_zone = "`true` or `false`: whether each zone sends to the tasks of all. As AWS has it without it: `true` of `application`, `false` of `network`.",
      deletion_protection = "`true`: it must be set to `false` before the load balancer can be deleted. `false` without it.",
    },
    settings = {
      Subnets = "The group of subnets that it stands in. `PublicSubnets` without it where it is on the internet, else `AppSubnets`.",
      S3Logs = "A bucket for its access logs (`x-s3::NAME` or a name), or `{Bucket, Prefix}`; that of the file lets it write. No logs without it.",
      NoAllocateEips = "`true`: a network load balancer on the internet gets no fixed addresses. `false` without it.",
      RetainEips = "`true`: its fixed addresses stay when the stack goes. `false` without it.",
    },
  },
  ["x-wafv2_webacl"] = {
    definition = {
      LoadBalancers = "A list of names of `x-elbv2`, which it stands in front of. None without it.",
      Logging = "`true` for a log group of its own (30 days), or properties of `AWS::WAFv2::LoggingConfiguration`. No logs without it.",
      Services = "Without effect: it stands in front of load balancers.",
    },
  },
}
