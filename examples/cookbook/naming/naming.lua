composex.naming {
  log_group = "/acme/{project}/{name}",
  family    = "acme-{project}-{name}",
}

-- Queues have no name unless one is given, so that CloudFormation can replace them: name those that others look up.
composex.each("x-sqs", function(queue)
  queue.Properties.QueueName = composex.sub("acme-${AWS::StackName}-") .. queue.name
end)
