--- x-opensearch: Amazon OpenSearch Service domains in the VPC, and serverless collections.
local collection <const> = engine.use("x/opensearch/collections")
local instances <const> = engine.use("x/opensearch/search_instances")
local logs <const> = engine.use("x/opensearch/search_logs")
local search <const> = engine.use("x/opensearch/search_domains")

return {
  key       = "x-opensearch",
  keep      = "RetainExceptOnCreate",
  env       = { ["{NAME}"] = "DomainId" },
  kinds     = {
    {
      when     = collection.is_serverless,
      type     = "AWS::OpenSearchServerless::Collection",
      noun     = "Collection",
      defaults = { Name = collection.name, Type = "SEARCH" },
      returns  = {
        DomainId = "Ref", CollectionId = "Ref", CollectionName = collection.own_name, Arn = "Arn", CollectionEndpoint = "CollectionEndpoint",
        DomainEndpoint = "CollectionEndpoint", DashboardEndpoint = "DashboardEndpoint",
      },
      access   = {
        Http = { RO = { "aoss:APIAccessAll" }, RW = { "aoss:APIAccessAll" } }, RO = { "Http.RO" }, RW = { "Http.RW" },
      },
      links    = { ["EncryptionConfig.KmsKeyArn"] = { "x-kms.Arn", after = collection.keyed } },
      lookup   = {
        arn     = "arn:{partition}:aoss:{region}:{account}:collection/{id}",
        returns = { DomainId = "{id}", CollectionId = "{id}",
          DomainEndpoint = "https://{id}.{region}.aoss.amazonaws.com" },
      },
      metrics  = {
        namespace = "AWS/AOSS",
        dimensions = {
          { "CollectionName", "CollectionName" }, { "CollectionId", "CollectionId" }, { "ClientId", text = "${AWS::AccountId}" },
        },
        charts = { { "SearchRequestRate", "Sum" }, { "SearchRequestLatency", "Average" } },
        alarms = {
          Errors = { "SearchRequestErrors", "Sum", above = 1 },
          SlowSearches = { "SearchRequestLatency", "Average", above = 1000 },
        },
      },
      accepts  = { macros = { Serverless = "boolean" }, settings = { Subnets = "any" } },
      hooks    = { after_make = collection.policies, serve = collection.serve_collection, finish = collection.open_collection },
    },
    {
      type     = "AWS::OpenSearchService::Domain",
      noun     = "Domain",
      defaults = {
        EncryptionAtRestOptions = instances.encryption, NodeToNodeEncryptionOptions = { Enabled = true },
        DomainEndpointOptions = { EnforceHTTPS = true, TLSSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10" },
        EBSOptions = search.storage, ClusterConfig = instances.cluster,
      },
      returns  = {
        DomainId = "Ref", DomainName = "Ref", Arn = "Arn", DomainEndpoint = "DomainEndpoint",
        DomainPort = function() return 443 end,
      },
      access   = {
        on        = { "${Arn}/*" },
        Http      = {
          RO = { "es:ESHttpGet", "es:ESHttpHead" },
          RW = { "RO", "es:ESHttpDelete", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut" },
        },
        DBCluster = {
          on = "${Arn}",
          RO = {
            "es:DescribeDomain", "es:DescribeDomainAutoTunes", "es:DescribeDomainConfig", "es:GetCompatibleVersions",
            "es:GetUpgradeHistory", "es:GetUpgradeStatus", "es:ListPackagesForDomain", "es:ListTags",
          },
          RW = { "RO", "es:AddTags", "es:RemoveTags", "es:UpdateDomainConfig" },
        },
        RO = { "Http.RO", "DBCluster.RO" },
        RW = { "Http.RW", "DBCluster.RO" },
        ElasticsearchHttpPostPolicy = { "es:ESHttpPost", "es:ESHttpPut" },
      },
      network  = {
        ports = { function() return 443 end }, groups = "VPCOptions.SecurityGroupIds", prepare = search.subnets,
      },
      secret   = search.master_user,
      metrics  = {
        namespace = "AWS/ES", dimensions = { { "DomainName", "DomainName" }, { "ClientId", text = "${AWS::AccountId}" } },
        charts = { { "CPUUtilization", "Average" }, { "FreeStorageSpace", "Minimum" } },
        alarms = {
          Red = { "ClusterStatus.red", "Maximum", above = 1, EvaluationPeriods = 1 },
          HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
          LowMemory = { "JVMMemoryPressure", "Maximum", above = 85 },
          LowStorage = { "FreeStorageSpace", "Minimum", below = 2048 },
        },
      },
      accepts  = { macros = search.macros },
      lookup   = {
        arn     = "arn:{partition}:es:{region}:{account}:domain/{name}",
        returns = { DomainId = "{name}", DomainName = "{name}", DomainPort = "443" },
      },
      hooks    = { after_make = { logs, search.master_role, search.linked_role } },
      checks   = instances.checks,
    },
  },
  links     = { ["EncryptionAtRestOptions.KmsKeyId"] = "x-kms.Arn" },
}
