--- Contracts: what must hold between properties of the final template, as rows.
return {
  {
    id = "acme-visibility", on = "AWS::SQS::Queue", at = "VisibilityTimeout", range = { 30, 43200 },
    remedy = "write VisibilityTimeout: 30", page = "https://wiki.acme.example/queues", checked = "2026-11-29",
  },
  {
    id = "acme-order", on = "AWS::SQS::Queue", given = "FifoQueue", must = "must have dead letters when it is in order",
    holds = function(properties, _, _, values) return not values.is_true(properties.FifoQueue) or properties.RedrivePolicy ~= nil end,
    remedy = "write RedrivePolicy: {deadLetterTargetArn: x-sqs::dead::Arn, maxReceiveCount: 5}",
  },
  {
    id = "acme-image", on = "AWS::ECS::TaskDefinition", each = "ContainerDefinitions[]", at = "Image", severity = "warning",
    without = { "^docker%.io/", "the registry docker.io" }, remedy = "take an image of a registry of acme",
  },
}
