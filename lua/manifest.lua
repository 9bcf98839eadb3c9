--- What there is: the resource modules by their key, in the order in which they are generated; those without a file are read by
--- lua/platform.
return {
  { key = "x-kms", file = "resources/kms" },
  { key = "x-sqs", file = "resources/sqs" },
  { key = "x-sns", file = "resources/sns" },
  { key = "x-s3", file = "resources/s3" },
  { key = "x-vpc" },
  { key = "x-cluster" },
  { key = "x-aws-cluster" },
  { key = "x-cloudmap" },
  { key = "x-route53" },
  { key = "x-acm" },
  { key = "x-elbv2" },
  { key = "x-wafv2_webacl" },
  { key = "x-tags" },
  { key = "x-appmesh" },
}
