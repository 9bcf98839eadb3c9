--- x-cluster: the cluster that the services run on: of the stack's own, with or without instances, or an existing one.
local compute <const> = engine.use("x/cluster/compute")
local instances <const> = engine.use("x/cluster/instances")
local shape <const> = engine.use("base/shape")
local flag <const>, text <const> = shape.flag, shape.text

local strategy <const> = shape.list(shape.any, "{CapacityProvider: FARGATE}")
local providers <const> = shape.list(text, "FARGATE")
local insights <const> = shape.either(flag, shape.one_of { "enabled", "enhanced", "disabled" })
--- An existing cluster: its name or ARN, or a mapping that says more of it.
local existing <const> = shape.either(shape.record {
  ClusterName = shape.value, Arn = shape.value, RoleArn = text, Tags = shape.any, CapacityProviders = providers,
  DefaultCapacityProviderStrategy = strategy, ContainerInsights = insights,
}, shape.value)

return {
  key     = "x-cluster",
  type    = "AWS::ECS::Cluster",
  noun    = "Cluster",
  accepts = {
    section    = "single", short = shape.either(text, shape.cloudformation),
    definition = { Use = existing, Compute = instances.shape },
    macros     = {
      CreateExecLoggingLogGroup = flag, CreateExecLoggingBucket = flag, CreateExecLoggingKmsKey = flag, AllowKmsKeyReuse = flag,
      LogGroupRetentionInDays = shape.integer(1, 3653), ContainerInsights = insights,
    },
  },
  lookup  = { form = existing },
  hooks   = { make = compute.make_cluster },
}
