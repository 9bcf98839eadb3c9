--- x-cluster Compute: the instances that a cluster runs on beside or instead of Fargate.
---
--- `EC2` is an Auto Scaling group over several instance types, on demand or Spot, with a capacity provider; `ManagedInstances` leaves
--- them to ECS; `SpotFleet` is a fleet that joins the cluster; `External` are machines of one's own (ECS Anywhere).
local gpus <const> = engine.use("project/gpus")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local instances <const> = {}

local kinds <const> = { "EC2", "ManagedInstances", "SpotFleet", "External" }
--- What each kind takes; EC2 takes all.
local keys <const> = {
  EC2 = {
    "Type", "InstanceTypes", "InstanceRequirements", "CpuArchitecture", "Min", "Max", "Spot", "OnDemandBase", "OnDemandPercentage",
    "TargetCapacity", "VolumeSize", "Subnets", "ImageId", "ManagedTerminationProtection",
  },
  ManagedInstances = { "Type", "InstanceTypes", "InstanceRequirements", "Spot", "VolumeSize", "Subnets" },
  SpotFleet = {
    "Type", "InstanceTypes", "InstanceRequirements", "CpuArchitecture", "Min", "TargetCapacity", "VolumeSize", "Subnets", "ImageId",
  },
  External = { "Type" },
}
local platforms <const> = { EC2 = "EC2", ManagedInstances = "MANAGED_INSTANCES", SpotFleet = "EC2", External = "EXTERNAL" }
--- Names that a strategy of x-ecs may use for the instances.
local providers <const> = { EC2 = "EC2", ManagedInstances = "MANAGED_INSTANCES" }

--- The AMI of ECS, as AWS keeps it current; the one for GPUs has their drivers.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html (2026-11-29)
local images <const> = {
  X86_64 = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  ARM64  = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
  GPU    = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
}

local architectures <const> = shape.one_of { "X86_64", "ARM64" }

--- Graviton families have a g after their generation: m7g, c8gn, t4g.
local function is_arm(type) return type:find("^%l+%d+g%l*[%.%-]") ~= nil or type:find("^a1%.") ~= nil end

--- The architecture that Compute says, or nil.
local function said_architecture(node) return shape.of(architectures, node, "CpuArchitecture") end

--- The architecture of all instance types; two at once are told. `where` is the place of the types, nil when they are ours.
local function architecture(node, types, where)
  local arm = 0
  for _, type in ipairs(types) do
    if is_arm(type) then arm = arm + 1 end
  end
  local said <const> = said_architecture(node)
  if arm > 0 and arm < #types then
    engine.error(where, "x-cluster Compute mixes ARM64 and X86_64 instance types", "a cluster's image fits one of them: name one kind")
  elseif said and #types > 0 and (said == "ARM64") ~= (arm > 0) then
    engine.error({ node, "CpuArchitecture" }, "x-cluster Compute CpuArchitecture " .. said .. " is not that of its InstanceTypes",
      "leave it out: the types say it")
  end
  return said or (arm > 0 and "ARM64" or "X86_64")
end

--- Tells the keys that another kind takes and this one does not.
local function tell_unused(node, kind)
  for key in pairs(node) do
    if read.index(keys.EC2, key) and not read.index(keys[kind], key) then
      engine.warn({ node, key, "key" }, "x-cluster Compute " .. key .. " has no effect on " .. kind, "leave it out")
    end
  end
end

--- What Compute may be: a kind, or a mapping with a Type; each kind takes its part of the keys.
local names <const> = shape.one_of(kinds)
local count <const> = shape.integer(0, 5000)
local fields <const> = {
  Type = names, InstanceTypes = shape.either(shape.text, shape.list(shape.text, "m7g.large")), InstanceRequirements = shape.map(shape.any),
  CpuArchitecture = architectures, Min = count, Max = count, Spot = shape.flag, OnDemandBase = count,
  OnDemandPercentage = shape.integer(0, 100), TargetCapacity = count, VolumeSize = shape.integer(30, 16384), Subnets = shape.text,
  ImageId = shape.value, ManagedTerminationProtection = shape.flag,
}
instances.shape = shape.either(shape.record(fields), names)

--- `Compute[key]` as a number; nil when it says none, or none that fits.
local function number(node, key)
  local value <const> = shape.of(fields[key], node, key)
  return value ~= nil and math.tointeger(tonumber(value)) or nil
end

--- What x-cluster says of Compute: `{ kind, platform, provider, node }`.
function instances.read(body)
  local wanted <const> = body.Compute
  local node <const> = read.is_mapping(wanted) and wanted or {}
  local kind <const> = shape.of(names, body, "Compute") or shape.of(names, node, "Type") or "EC2"
  if read.is_mapping(wanted) then tell_unused(wanted, kind) end
  return { kind = kind, platform = platforms[kind], provider = providers[kind], node = node, body = body }
end

-- What all kinds have --------------------------------------------------------------------------------------------------

local function add(type, noun, properties)
  return engine.add { type = type, noun = noun, key = "x-cluster", name = "", part = noun, properties = properties }
end

local function trust(service, is_guarded)
  return { Version = "2012-10-17", Statement = { {
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = service },
    Condition = is_guarded and { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } } or nil,
  } } }
end

local function managed(name) return composex.sub("arn:${AWS::Partition}:iam::aws:policy/" .. name) end

local function profile()
  local role <const> = add("AWS::IAM::Role", "InstanceRole", {
    AssumeRolePolicyDocument = trust("ec2.amazonaws.com"),
    ManagedPolicyArns = { managed("service-role/AmazonEC2ContainerServiceforEC2Role") },
  })
  return add("AWS::IAM::InstanceProfile", "InstanceProfile", { Roles = { role:ref() } })
end

--- Nobody connects to an instance: tasks have addresses and security groups of their own.
local function security_group()
  return add("AWS::EC2::SecurityGroup", "InstancesSecurityGroup", {
    GroupDescription = "Instances of the cluster", VpcId = network.vpc(),
  })
end

--- Instance types that a cluster has which names none.
local usual <const> = { X86_64 = { "m7i.large", "m6i.large" }, ARM64 = { "m7g.large", "m6g.large" } }

--- The instance types of the file and their places, else `default`; none where requirements choose them.
local function types_of(node, default)
  local list <const>, placed <const> = {}, {}
  if node.InstanceRequirements ~= nil and node.InstanceTypes ~= nil then
    engine.error({ node, "InstanceTypes", "key" }, "x-cluster Compute has InstanceTypes and InstanceRequirements",
      "write one of them; requirements may hold AllowedInstanceTypes")
  end
  if node.InstanceRequirements ~= nil then return {}, {}, nil end
  if type(node.InstanceTypes) == "string" then
    return { node.InstanceTypes }, { read.placed(node, "InstanceTypes") }, { node, "InstanceTypes" }
  end
  for index, name in ipairs(read.items(node, "InstanceTypes")) do
    if type(name) == "string" and name:find("^%l[%l%d%-]*%.[%l%d%-]+$") then
      list[#list + 1], placed[#placed + 1] = name, engine.placed(name, { node.InstanceTypes, index })
    else
      engine.error({ node.InstanceTypes, index }, "x-cluster Compute InstanceTypes: " .. tostring(name) .. " is no instance type",
        "write it like m7g.large")
    end
  end
  if #list > 0 then return list, placed, { node, "InstanceTypes" } end
  return default, default, nil
end

local function subnets_of(node)
  return network.subnets(node.Subnets or "app", node.Subnets ~= nil and { node, "Subnets" } or nil)
end

--- The image of the instances: the one that the file names, else the newest of ECS for what runs there.
local function image_of(node, types, where)
  local kind = architecture(node, types, where)
  if node.ImageId ~= nil then return read.placed(node, "ImageId") end
  local service <const>, gpus_at <const> = gpus.first()
  if service and kind == "ARM64" then
    engine.error(gpus_at, "services::" .. service.name .. " asks for GPUs, and ECS keeps no image for them on ARM64",
      "write InstanceTypes: [g6.xlarge], or an ImageId of your own in x-cluster Compute")
  elseif service then
    kind = "GPU"
    if #types > 0 and where == nil then
      engine.warn(gpus_at, "services::" .. service.name .. " asks for GPUs, and the instances of x-cluster Compute have none: they are never placed",
        "name types that have them: x-cluster: {Compute: {InstanceTypes: [g6.xlarge]}}")
    end
  end
  return engine.parameter("EcsImageId", {
    Type = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default = images[kind], Description = "The image of the cluster's instances",
  })
end

--- What the agent of an instance has to know.
--- https://github.com/aws/amazon-ecs-agent/blob/master/README.md (2026-11-29): of log drivers it has json-file and none unless they are
--- named, so all that ECS takes on instances are, and a service that changes its driver finds it on the instances that run; tasks with
--- addresses of their own reach the credentials of the instance unless that is blocked.
local agent <const> = {
  "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true", "ECS_AWSVPC_BLOCK_IMDS=true",
  [[ECS_AVAILABLE_LOGGING_DRIVERS='["awslogs","fluentd","gelf","journald","json-file","none","splunk","syslog"]']],
}

local function user_data(cluster)
  local lines = "#!/bin/bash\necho ECS_CLUSTER=" .. cluster .. " >> /etc/ecs/ecs.config\n"
  for _, line in ipairs(agent) do lines = lines .. "echo " .. line .. " >> /etc/ecs/ecs.config\n" end
  return { ["Fn::Base64"] = lines }
end

--- The launch template: encrypted disk, metadata by token only, and the lines that let the agent join the cluster.
local function launch_template(compute, cluster, types, placed, where)
  local node <const> = compute.node
  local image <const> = image_of(node, types, where)
  return add("AWS::EC2::LaunchTemplate", "LaunchTemplate", { LaunchTemplateData = {
    ImageId = image, InstanceType = placed[1], IamInstanceProfile = { Arn = profile():att("Arn") },
    SecurityGroupIds = { security_group():att("GroupId") },
    MetadataOptions = { HttpTokens = "required", HttpPutResponseHopLimit = 1 },
    BlockDeviceMappings = { { DeviceName = "/dev/xvda", Ebs = {
      Encrypted = true, VolumeType = "gp3", VolumeSize = number(node, "VolumeSize") or 30,
    } } },
    UserData = user_data(cluster),
    TagSpecifications = { { ResourceType = "instance", Tags = { { Key = "Name", Value = composex.sub("${AWS::StackName}-ecs") } } } },
  } })
end

local function version(template)
  return { LaunchTemplateId = template:ref(), Version = template:att("LatestVersionNumber") }
end

--- Numbers of instances: `Min` and `Max`.
local function range(node)
  local least <const> = number(node, "Min") or 0
  local most <const> = number(node, "Max") or math.max(least, 4)
  if most < least then engine.error({ node, "Max" }, "x-cluster Compute Max is below Min", "write at least " .. least) end
  return least, most
end

--- The InstanceRequirements of the file; what is none has been told.
local function requirements_of(node)
  return read.is_mapping(node.InstanceRequirements) and node.InstanceRequirements or nil
end

--- What the instances may be, one override each: types, or requirements; for each of `subnets` when they are given.
local function overrides_of(node, placed, subnets)
  local list <const>, choices <const> = {}, {}
  for _, each in ipairs(placed) do table.insert(choices, { InstanceType = each }) end
  if requirements_of(node) then table.insert(choices, { InstanceRequirements = requirements_of(node) }) end
  for _, choice in ipairs(choices) do
    if not subnets then table.insert(list, choice) end
    for _, subnet in ipairs(subnets or {}) do
      table.insert(list, { InstanceType = choice.InstanceType, InstanceRequirements = choice.InstanceRequirements, SubnetId = subnet })
    end
  end
  return list
end

-- Kinds ----------------------------------------------------------------------------------------------------------------

--- What is on demand and what is Spot. Spot falls back on the other instance types, and keeps OnDemandBase on demand.
local function distribution(node)
  local spot <const> = node.Spot == true
  local percentage <const> = number(node, "OnDemandPercentage") or (spot and 0 or 100)
  return {
    OnDemandBaseCapacity = number(node, "OnDemandBase") or 0,
    OnDemandPercentageAboveBaseCapacity = percentage,
    -- Requirements have no order that could be a priority.
    OnDemandAllocationStrategy = node.InstanceRequirements ~= nil and "lowest-price" or "prioritized",
    SpotAllocationStrategy = percentage < 100 and "price-capacity-optimized" or nil,
  }, percentage < 100
end

local function ec2(compute, cluster)
  local node <const> = compute.node
  local types <const>, placed <const>, where <const> = types_of(node, usual[said_architecture(node) or "X86_64"])
  local template <const> = launch_template(compute, cluster, types, placed, where)
  local shares <const>, has_spot <const> = distribution(node)
  local least <const>, most <const> = range(node)
  -- ECS ends no instance that runs tasks; a group is deleted only when nothing protects its instances.
  local is_protected <const> = node.ManagedTerminationProtection ~= false
  local group <const> = add("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroup", {
    MinSize = tostring(least), MaxSize = tostring(most), VPCZoneIdentifier = subnets_of(node),
    NewInstancesProtectedFromScaleIn = is_protected or nil, CapacityRebalance = has_spot or nil,
    MixedInstancesPolicy = {
      InstancesDistribution = shares,
      LaunchTemplate = { LaunchTemplateSpecification = version(template), Overrides = overrides_of(node, placed) },
    },
    Tags = { { Key = "AmazonECSManaged", Value = "true", PropagateAtLaunch = true } },
  })
  local provider <const> = add("AWS::ECS::CapacityProvider", "CapacityProvider", { AutoScalingGroupProvider = {
    AutoScalingGroupArn = group:ref(), ManagedTerminationProtection = is_protected and "ENABLED" or "DISABLED",
    ManagedDraining = "ENABLED",
    ManagedScaling = {
      Status = "ENABLED", TargetCapacity = number(node, "TargetCapacity") or 100,
    },
  } })
  local association <const> = add("AWS::ECS::ClusterCapacityProviderAssociations", "CapacityProviderAssociations", {
    Cluster = cluster, CapacityProviders = { "FARGATE", "FARGATE_SPOT", provider:ref() },
    DefaultCapacityProviderStrategy = { { CapacityProvider = provider:ref(), Weight = 1 } },
  })
  return { provider = provider:ref(), ready = association }
end

--- Instances that ECS starts, patches and ends; the role lets it, and the profile is what they may do.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html
local function managed_instances(compute, cluster)
  local node <const> = compute.node
  local types <const>, placed <const> = types_of(node, {})
  local profile_role <const> = add("AWS::IAM::Role", "InstanceRole", {
    AssumeRolePolicyDocument = trust("ec2.amazonaws.com"), ManagedPolicyArns = { managed("AmazonECSInstanceRolePolicyForManagedInstances") },
  })
  local own_profile <const> = add("AWS::IAM::InstanceProfile", "InstanceProfile", { Roles = { profile_role:ref() } })
  local infrastructure <const> = add("AWS::IAM::Role", "InfrastructureRole", {
    AssumeRolePolicyDocument = trust("ecs.amazonaws.com", true),
    ManagedPolicyArns = { managed("AmazonECSInfrastructureRolePolicyForManagedInstances") },
    Policies = { { PolicyName = "pass-instance-role", PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "PassInstanceRole", Effect = "Allow", Action = { "iam:PassRole" }, Resource = { profile_role:att("Arn") },
      Condition = { StringEquals = { ["iam:PassedToService"] = "ec2.amazonaws.com" } },
    } } } } },
  })
  local requirements = requirements_of(node)
  if requirements == nil then
    requirements = {
      VCpuCount = { Min = 1 }, MemoryMiB = { Min = 1024 }, AllowedInstanceTypes = #types > 0 and placed or nil,
    }
  end
  local provider <const> = add("AWS::ECS::CapacityProvider", "CapacityProvider", {
    ClusterName = cluster,
    ManagedInstancesProvider = {
      InfrastructureRoleArn = infrastructure:att("Arn"), PropagateTags = "CAPACITY_PROVIDER",
      InstanceLaunchTemplate = {
        Ec2InstanceProfileArn = own_profile:att("Arn"), InstanceRequirements = requirements,
        CapacityOptionType = node.Spot == true and "SPOT" or nil,
        NetworkConfiguration = { Subnets = subnets_of(node), SecurityGroups = { security_group():att("GroupId") } },
        StorageConfiguration = { StorageSizeGiB = number(node, "VolumeSize") or 80 },
      },
    },
  })
  return { provider = provider:ref() }
end

local function spot_fleet(compute, cluster)
  local node <const> = compute.node
  local types <const>, placed <const>, where <const> = types_of(node, usual[said_architecture(node) or "X86_64"])
  local template <const> = launch_template(compute, cluster, types, placed, where)
  local role <const> = add("AWS::IAM::Role", "SpotFleetRole", {
    AssumeRolePolicyDocument = trust("spotfleet.amazonaws.com", true),
    ManagedPolicyArns = { managed("service-role/AmazonEC2SpotFleetTaggingRole") },
  })
  local subnets <const> = subnets_of(node)
  if type(subnets) ~= "table" then
    engine.error(compute.body, "x-cluster Compute SpotFleet needs subnets that are known", "let the stack make its VPC, or name it by ids")
    return { ready = template }
  end
  if node.ImageId == nil then
    -- LaunchTemplateConfigs is create-only, and the image is looked up anew at each update:
    -- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-spotfleet.html (2026-11-29)
    engine.warn({ compute.body, "Compute" }, "x-cluster Compute SpotFleet ends all its instances at once, without draining them, "
      .. "when ECS has a newer image: AWS replaces a fleet to change it", "name the image: ImageId: ami-0123456789abcdef0")
  end
  local wanted <const> = number(node, node.TargetCapacity ~= nil and "TargetCapacity" or "Min")
  local fleet <const> = add("AWS::EC2::SpotFleet", "SpotFleet", { SpotFleetRequestConfigData = {
    IamFleetRole = role:att("Arn"), AllocationStrategy = "priceCapacityOptimized", Type = "maintain",
    TargetCapacity = math.max(wanted or 1, 1), ReplaceUnhealthyInstances = true, TerminateInstancesWithExpiration = true,
    LaunchTemplateConfigs = { { LaunchTemplateSpecification = version(template), Overrides = overrides_of(node, placed, subnets) } },
  } })
  return { ready = fleet }
end

local makers <const> = { EC2 = ec2, ManagedInstances = managed_instances, SpotFleet = spot_fleet }

--- Makes the instances: `{ provider, ready }`: the reference that names their capacity provider (nil when they have none), and the
--- resource that services wait for.
function instances.make(compute, cluster)
  if compute.made then return compute.made end
  local maker <const> = makers[compute.kind]
  compute.made = maker and maker(compute, cluster) or {}
  return compute.made
end

return instances
