--- What may be done with a bucket and with its objects. Strict profiles are the one action that their name says; a name alone,
--- without `bucket` or `objects`, lists the bucket and does that with its objects.
local read <const> = {
  "s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging",
}
local write <const> = { "s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:AbortMultipartUpload" }

local access <const> = {
  bucket  = {
    ListOnly  = { "s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock" },
    RO        = { "ListOnly", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions" },
    PowerUser = {
      "RO", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketNotification",
      "s3:GetBucketPolicy", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration", "s3:PutBucketCORS", "s3:PutBucketNotification", "s3:PutBucketTagging",
      "s3:PutLifecycleConfiguration",
    },
  },
  objects = {
    on              = "${Arn}/*",
    ReadOnly        = read,
    WriteOnly       = write,
    RW              = { "ReadOnly", "WriteOnly" },
    RWDelete        = { "RW", "s3:DeleteObject", "s3:DeleteObjectTagging", "s3:DeleteObjectVersion" },
    CRUD            = {
      "s3:GetObject", "s3:DeleteObject", "s3:PutObject", "s3:GetObjectTagging", "s3:GetObjectVersionTagging",
      "s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging",
      "s3:PutObjectAcl", "s3:AbortMultipartUpload",
    },
    StrictRW        = { "s3:GetObject", "s3:PutObject" },
    StrictRWDelete  = { "s3:GetObject", "s3:PutObject", "s3:DeleteObject" },
    StrictReadOnly  = { "s3:GetObject" },
    StrictWriteOnly = { "s3:PutObject" },
  },
  ListOnly  = { "bucket.ListOnly" },
  PowerUser = { "bucket.PowerUser", "objects.CRUD" },
  -- Whoever only writes does not look.
  WriteOnly = { "objects.WriteOnly" },
  StrictWriteOnly = { "objects.StrictWriteOnly" },
  S3ReadPolicy  = {
    { on = "${Arn}", "s3:GetBucketLocation", "s3:GetLifecycleConfiguration", "s3:ListBucket" },
    { on = "${Arn}/*", "s3:GetObject", "s3:GetObjectVersion" },
  },
  S3WritePolicy = {
    { on = "${Arn}", "s3:PutLifecycleConfiguration" }, { on = "${Arn}/*", "s3:PutObject", "s3:PutObjectAcl" },
  },
  S3CrudPolicy  = { "S3ReadPolicy", "S3WritePolicy", { on = "${Arn}/*", "s3:DeleteObject" } },
  S3FullAccessPolicy = {
    "S3CrudPolicy", { on = "${Arn}/*",
      "s3:GetObjectAcl", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:GetObjectTagging",
      "s3:GetObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging",
    },
  },
  enforceSecureConnection = { {
    on = { "${Arn}", "${Arn}/*" }, deny = { Bool = { ["aws:SecureTransport"] = false } }, "s3:*",
  } },
}
-- As ECS ComposeX calls it; the policy of the bucket refuses such requests as well, whoever makes them.
access["s3-bucket-ssl-requests-only"] = { "enforceSecureConnection" }
for name in pairs(access.objects) do
  if name ~= "on" and not access[name] then access[name] = { "bucket.ListOnly", "objects." .. name } end
end

return access
