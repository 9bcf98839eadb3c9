--- x-s3: Amazon S3 buckets: private, encrypted, versioned and reached over TLS only, unless the file says otherwise.
local bucket <const> = engine.use("resources/s3_bucket")

return {
  key      = "x-s3",
  type     = "AWS::S3::Bucket",
  id       = "Bucket",
  keep     = "Retain",
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
    returns = { BucketName = "{name}", DomainName = "{name}.s3.{suffix}" },
  },
  access   = {
    bucket  = {
      ListOnly  = { "s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock" },
      RO        = { "ListOnly", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions" },
      PowerUser = {
        "RO", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketNotification",
        "s3:GetBucketPolicy",
        "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:PutBucketCORS", "s3:PutBucketNotification", "s3:PutBucketTagging", "s3:PutLifecycleConfiguration",
      },
    },
    objects = bucket.objects,
    RW           = { "bucket.ListOnly", "objects.RW" },
    CRUD         = { "bucket.ListOnly", "objects.CRUD" },
    RWDelete     = { "bucket.ListOnly", "objects.RWDelete" },
    ReadOnly     = { "bucket.ListOnly", "objects.ReadOnly" },
    WriteOnly    = { "objects.WriteOnly" },
    S3ReadPolicy  = {
      { on = "${Arn}", "s3:GetBucketLocation", "s3:GetLifecycleConfiguration", "s3:ListBucket" },
      { on = "${Arn}/*", "s3:GetObject", "s3:GetObjectVersion" },
    },
    S3WritePolicy = {
      { on = "${Arn}", "s3:PutLifecycleConfiguration" }, { on = "${Arn}/*", "s3:PutObject", "s3:PutObjectAcl" },
    },
    S3CrudPolicy  = {
      "S3ReadPolicy", "S3WritePolicy",
      { on = "${Arn}/*", "s3:DeleteObject", "s3:GetObjectAcl", "s3:PutObjectVersionAcl", "s3:GetObjectVersionAcl" },
    },
    enforceSecureConnection = { {
      on = { "${Arn}", "${Arn}/*" }, deny = { Bool = { ["aws:SecureTransport"] = false } }, "s3:*",
    } },
  },
  links    = {
    ["NotificationConfiguration.QueueConfigurations[].Queue"]     = bucket.notify("x-sqs.Arn"),
    ["NotificationConfiguration.TopicConfigurations[].Topic"]     = bucket.notify("x-sns.TopicArn"),
    ["NotificationConfiguration.LambdaConfigurations[].Function"] = bucket.notify("x-resources.Arn"),
    ["BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID"] = {
      "x-kms.Arn", after = function(_, _, _, holder) holder.SSEAlgorithm = "aws:kms" end,
    },
    ["LoggingConfiguration.DestinationBucketName"] = { "x-s3.BucketName", after = bucket.logs },
  },
  permits  = { part = "policy", actions = { "s3:PutObject" } },
  macros   = bucket.macros,
  settings = { "EnforceSecureConnection" },
  companions = { bucket.policy },
}
