--- x-s3: Amazon S3 buckets: private, encrypted, versioned and reached over TLS only, unless the file says otherwise.
local bucket <const> = engine.use("x/s3/bucket")

return {
  key      = "x-s3",
  type     = "AWS::S3::Bucket",
  noun     = "Bucket",
  keep     = "RetainExceptOnCreate",
  defaults = {
    BucketEncryption = {
      ServerSideEncryptionConfiguration = { { ServerSideEncryptionByDefault = { SSEAlgorithm = "AES256" } } },
    },
    PublicAccessBlockConfiguration = {
      BlockPublicAcls = true, BlockPublicPolicy = true, IgnorePublicAcls = true, RestrictPublicBuckets = true,
    },
    OwnershipControls = bucket.ownership,
    VersioningConfiguration = { Status = "Enabled" },
  },
  returns  = {
    BucketName = "Ref", Arn = "Arn", DomainName = "DomainName", DualStackDomainName = "DualStackDomainName",
    RegionalDomainName = "RegionalDomainName", WebsiteURL = "WebsiteURL",
  },
  env      = { ["{NAME}"] = "BucketName" },
  lookup   = {
    arn     = "arn:{partition}:s3:::{name}",
    keys    = { "KMSMasterKeyArn", "KMSMasterKeyID" },
    returns = { BucketName = "{name}", DomainName = "{name}.s3.{suffix}" },
  },
  access   = engine.use("x/s3/bucket_access"),
  links    = {
    ["NotificationConfiguration.QueueConfigurations[].Queue"]     = bucket.notify("x-sqs.Arn"),
    ["NotificationConfiguration.TopicConfigurations[].Topic"]     = bucket.notify("x-sns.TopicArn"),
    ["NotificationConfiguration.LambdaConfigurations[].Function"] = bucket.notify("x-resources.Arn"),
    ["BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID"] = {
      "x-kms.Arn", after = function(_, _, _, holder) holder.SSEAlgorithm = "aws:kms" end,
    },
    ["LoggingConfiguration.DestinationBucketName"] = { "x-s3.BucketName", after = bucket.logs },
  },
  permits  = { part = "policy", actions = { "s3:PutObject" }, resource = "${Arn}/*" },
  metrics  = {
    namespace = "AWS/S3", dimensions = { { "BucketName", "BucketName" }, { "StorageType", text = "AllStorageTypes" } },
    -- There is one value a day.
    charts = { { "NumberOfObjects", "Average", 86400 } },
  },
  accepts  = { macros = bucket.macros, settings = { EnforceSecureConnection = "any" } },
  hooks    = { after_make = bucket.policy },
}
