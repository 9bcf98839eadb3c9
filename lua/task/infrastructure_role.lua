--- Roles by which ECS itself acts for a family: on its disks, its load balancer, its hooks.
local roles <const> = engine.use("task/roles")

--- The role of a family that is called `part`, made when it is first asked for; `noun` is what it is called in ids, and `properties` say
--- what it allows.
return function(family, part, noun, properties)
  local made <const> = family.infrastructure
  if made[part] then return made[part] end
  properties.AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" },
    Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
  } } }
  properties.PermissionsBoundary = roles.boundary(family)
  made[part] = engine.add {
    type = "AWS::IAM::Role", noun = noun, family = family.name, key = "services", name = family.main.name, part = part, at = family.main,
    properties = properties, up = 1,
  }
  return made[part]
end
