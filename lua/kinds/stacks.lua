--- The stacks of the nested layout: which template a resource is in. What no row names is in the stack of its kind (`x-sqs` -> `sqs`),
--- or of its service (`web-service`).
return {
  --- What is made for these keys is in one template, of that name.
  shared = { ["x-vpc"] = "network", networks = "network" },

  --- Parts of services that live with these keys, so that services do not depend on each other: security groups name each other, and
  --- load balancers lead to target groups that services answer for.
  parts  = { security_group = "x-vpc", target_group = "x-elbv2" },

  --- Types that tie kinds together are in the root: nothing refers to them, so two kinds that refer to each other do not become two
  --- stacks that do.
  ties   = {
    "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress", "AWS::KMS::Alias", "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission", "AWS::OpenSearchServerless::AccessPolicy", "AWS::Route53::RecordSet",
    "AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy", "AWS::ServiceDiscovery::Instance", "AWS::ServiceDiscovery::Service", "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACLAssociation",
  },
}
