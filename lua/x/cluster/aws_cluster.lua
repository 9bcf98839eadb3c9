--- x-aws-cluster: the name or ARN of an existing cluster, as Docker's ECS integration spelt it; the same as `x-cluster: NAME`.
local shape <const> = engine.use("base/shape")

return {
  key     = "x-aws-cluster",
  accepts = { section = shape.either(shape.text, shape.cloudformation) },
}
