--- What instances of a cluster start with: their role, their security group, the lines for the agent.
local wanted <const> = engine.use("x/cluster/wanted_instances")
local images <const> = engine.use("x/cluster/instance_images")
local network <const> = engine.use("x/vpc/network")
local launch_templates <const> = {}

function launch_templates.add(type, noun, properties)
  return engine.add { type = type, noun = noun, key = "x-cluster", name = "", part = noun, properties = properties }
end

function launch_templates.trust(service, is_guarded)
  return { Version = "2012-10-17", Statement = { {
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = service },
    Condition = is_guarded and { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } } or nil,
  } } }
end

function launch_templates.managed(name) return composex.sub("arn:${AWS::Partition}:iam::aws:policy/" .. name) end

local function profile()
  local role <const> = launch_templates.add("AWS::IAM::Role", "InstanceRole", {
    AssumeRolePolicyDocument = launch_templates.trust("ec2.amazonaws.com"),
    ManagedPolicyArns = { launch_templates.managed("service-role/AmazonEC2ContainerServiceforEC2Role") },
  })
  return launch_templates.add("AWS::IAM::InstanceProfile", "InstanceProfile", { Roles = { role:ref() } })
end

--- Nobody connects to an instance: tasks have addresses and security groups of their own.
function launch_templates.security_group()
  return launch_templates.add("AWS::EC2::SecurityGroup", "InstancesSecurityGroup", {
    GroupDescription = "Instances of the cluster", VpcId = network.vpc(),
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
function launch_templates.make(node, cluster, types, placed, where)
  local image <const> = images.image_of(node, types, where)
  return launch_templates.add("AWS::EC2::LaunchTemplate", "LaunchTemplate", { LaunchTemplateData = {
    ImageId = image, InstanceType = placed[1], IamInstanceProfile = { Arn = profile():att("Arn") },
    SecurityGroupIds = { launch_templates.security_group():att("GroupId") },
    MetadataOptions = { HttpTokens = "required", HttpPutResponseHopLimit = 1 },
    BlockDeviceMappings = { { DeviceName = "/dev/xvda", Ebs = {
      Encrypted = true, VolumeType = "gp3", VolumeSize = wanted.number(node, "VolumeSize") or 30,
    } } },
    UserData = user_data(cluster),
    TagSpecifications = { { ResourceType = "instance", Tags = { { Key = "Name", Value = composex.sub("${AWS::StackName}-ecs") } } } },
  } })
end

function launch_templates.version(template)
  return { LaunchTemplateId = template:ref(), Version = template:att("LatestVersionNumber") }
end

return launch_templates
