--- x-cluster Compute: the instances that a cluster runs on beside or instead of Fargate.
---
--- `EC2` is an Auto Scaling group over several instance types, on demand or Spot, with a capacity provider; `ManagedInstances` leaves
--- them to ECS; `SpotFleet` is a fleet that joins the cluster; `External` are machines of one's own (ECS Anywhere).
local wanted <const> = engine.use("x/cluster/wanted_instances")
local images <const> = engine.use("x/cluster/instance_images")
local launch <const> = engine.use("x/cluster/launch_templates")
local network <const> = engine.use("x/vpc/network")
local instances <const> = { shape = wanted.shape, read = wanted.read }

local function subnets_of(node)
  return network.subnets(node.Subnets or "app", node.Subnets ~= nil and { node, "Subnets" } or nil)
end

--- What is on demand and what is Spot. Spot falls back on the other instance types, and keeps OnDemandBase on demand.
local function distribution(node)
  local spot <const> = node.Spot == true
  local percentage <const> = wanted.number(node, "OnDemandPercentage") or (spot and 0 or 100)
  return {
    OnDemandBaseCapacity = wanted.number(node, "OnDemandBase") or 0,
    OnDemandPercentageAboveBaseCapacity = percentage,
    -- Requirements have no order that could be a priority.
    OnDemandAllocationStrategy = node.InstanceRequirements ~= nil and "lowest-price" or "prioritized",
    SpotAllocationStrategy = percentage < 100 and "price-capacity-optimized" or nil,
  }, percentage < 100
end

local function ec2(settings, cluster)
  local node <const> = settings.node
  local types <const>, placed <const>, where <const> = images.types_of(node)
  local template <const> = launch.make(node, cluster, types, placed, where)
  local shares <const>, has_spot <const> = distribution(node)
  local least <const>, most <const> = wanted.range(node)
  -- ECS ends no instance that runs tasks; a group is deleted only when nothing protects its instances.
  local is_protected <const> = node.ManagedTerminationProtection ~= false
  local group <const> = launch.add("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroup", {
    MinSize = tostring(least), MaxSize = tostring(most), VPCZoneIdentifier = subnets_of(node),
    NewInstancesProtectedFromScaleIn = is_protected or nil, CapacityRebalance = has_spot or nil,
    MixedInstancesPolicy = {
      InstancesDistribution = shares,
      LaunchTemplate = { LaunchTemplateSpecification = launch.version(template), Overrides = wanted.overrides_of(node, placed) },
    },
    Tags = { { Key = "AmazonECSManaged", Value = "true", PropagateAtLaunch = true } },
  })
  local provider <const> = launch.add("AWS::ECS::CapacityProvider", "CapacityProvider", { AutoScalingGroupProvider = {
    AutoScalingGroupArn = group:ref(), ManagedTerminationProtection = is_protected and "ENABLED" or "DISABLED",
    ManagedDraining = "ENABLED",
    ManagedScaling = {
      Status = "ENABLED", TargetCapacity = wanted.number(node, "TargetCapacity") or 100,
    },
  } })
  local association <const> = launch.add("AWS::ECS::ClusterCapacityProviderAssociations", "CapacityProviderAssociations", {
    Cluster = cluster, CapacityProviders = { "FARGATE", "FARGATE_SPOT", provider:ref() },
    DefaultCapacityProviderStrategy = { { CapacityProvider = provider:ref(), Weight = 1 } },
  })
  return { provider = provider:ref(), ready = association }
end

--- Instances that ECS starts, patches and ends; the role lets it, and the profile is what they may do.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html
local function managed_instances(settings, cluster)
  local node <const> = settings.node
  local types <const>, placed <const> = images.types_of(node, {})
  local profile_role <const> = launch.add("AWS::IAM::Role", "InstanceRole", {
    AssumeRolePolicyDocument = launch.trust("ec2.amazonaws.com"), ManagedPolicyArns = { launch.managed("AmazonECSInstanceRolePolicyForManagedInstances") },
  })
  local own_profile <const> = launch.add("AWS::IAM::InstanceProfile", "InstanceProfile", { Roles = { profile_role:ref() } })
  local infrastructure <const> = launch.add("AWS::IAM::Role", "InfrastructureRole", {
    AssumeRolePolicyDocument = launch.trust("ecs.amazonaws.com", true),
    ManagedPolicyArns = { launch.managed("AmazonECSInfrastructureRolePolicyForManagedInstances") },
    Policies = { { PolicyName = "pass-instance-role", PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "PassInstanceRole", Effect = "Allow", Action = { "iam:PassRole" }, Resource = { profile_role:att("Arn") },
      Condition = { StringEquals = { ["iam:PassedToService"] = "ec2.amazonaws.com" } },
    } } } } },
  })
  local requirements = wanted.requirements_of(node)
  if requirements == nil then
    requirements = {
      VCpuCount = { Min = 1 }, MemoryMiB = { Min = 1024 }, AllowedInstanceTypes = #types > 0 and placed or nil,
    }
  end
  local provider <const> = launch.add("AWS::ECS::CapacityProvider", "CapacityProvider", {
    ClusterName = cluster,
    ManagedInstancesProvider = {
      InfrastructureRoleArn = infrastructure:att("Arn"), PropagateTags = "CAPACITY_PROVIDER",
      InstanceLaunchTemplate = {
        Ec2InstanceProfileArn = own_profile:att("Arn"), InstanceRequirements = requirements,
        CapacityOptionType = node.Spot == true and "SPOT" or nil,
        NetworkConfiguration = { Subnets = subnets_of(node), SecurityGroups = { launch.security_group():att("GroupId") } },
        StorageConfiguration = { StorageSizeGiB = wanted.number(node, "VolumeSize") or 80 },
      },
    },
  })
  return { provider = provider:ref() }
end

local function spot_fleet(settings, cluster)
  local node <const> = settings.node
  local types <const>, placed <const>, where <const> = images.types_of(node)
  local template <const> = launch.make(node, cluster, types, placed, where)
  local role <const> = launch.add("AWS::IAM::Role", "SpotFleetRole", {
    AssumeRolePolicyDocument = launch.trust("spotfleet.amazonaws.com", true),
    ManagedPolicyArns = { launch.managed("service-role/AmazonEC2SpotFleetTaggingRole") },
  })
  local subnets <const> = subnets_of(node)
  if type(subnets) ~= "table" then
    engine.error(settings.body, "x-cluster Compute SpotFleet needs subnets that are known", "let the stack make its VPC, or name it by ids")
    return { ready = template }
  end
  if node.ImageId == nil then
    -- LaunchTemplateConfigs is create-only, and the image is looked up anew at each update:
    -- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-spotfleet.html (2026-11-29)
    engine.warn({ settings.body, "Compute" }, "x-cluster Compute SpotFleet ends all its instances at once, without draining them, "
      .. "when ECS has a newer image: AWS replaces a fleet to change it", "name the image: ImageId: ami-0123456789abcdef0")
  end
  local capacity <const> = wanted.number(node, node.TargetCapacity ~= nil and "TargetCapacity" or "Min")
  local fleet <const> = launch.add("AWS::EC2::SpotFleet", "SpotFleet", { SpotFleetRequestConfigData = {
    IamFleetRole = role:att("Arn"), AllocationStrategy = "priceCapacityOptimized", Type = "maintain",
    TargetCapacity = math.max(capacity or 1, 1), ReplaceUnhealthyInstances = true, TerminateInstancesWithExpiration = true,
    LaunchTemplateConfigs = { { LaunchTemplateSpecification = launch.version(template), Overrides = wanted.overrides_of(node, placed, subnets) } },
  } })
  return { ready = fleet }
end

local makers <const> = { EC2 = ec2, ManagedInstances = managed_instances, SpotFleet = spot_fleet }

--- Makes the instances: `{ provider, ready }`: the reference that names their capacity provider (nil when they have none), and the
--- resource that services wait for.
function instances.make(settings, cluster)
  if settings.made then return settings.made end
  local maker <const> = makers[settings.kind]
  settings.made = maker and maker(settings, cluster) or {}
  return settings.made
end

return instances
