--- What stays when the stack goes, and what that needs to stay: AWS deletes no subnet, no security group and no parameter group that
--- something uses, so a stack that keeps a broker and deletes its group cannot be deleted.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html (2026-11-29)
local read <const> = engine.use("base/read")
local references <const> = engine.use("kinds/references")
local retention <const> = {}

--- Types that AWS refuses to delete while something uses them.
--- https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html,
--- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.Deleting.html (2026-11-29)
local in_use <const> = read.set {
  "AWS::DocDB::DBClusterParameterGroup", "AWS::DocDB::DBSubnetGroup", "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet", "AWS::EC2::VPC",
  "AWS::EC2::VPCCidrBlock", "AWS::ElastiCache::ParameterGroup", "AWS::ElastiCache::SubnetGroup", "AWS::MSK::Configuration",
  "AWS::Neptune::DBClusterParameterGroup", "AWS::Neptune::DBParameterGroup", "AWS::Neptune::DBSubnetGroup",
  "AWS::RDS::DBClusterParameterGroup", "AWS::RDS::DBParameterGroup", "AWS::RDS::DBSubnetGroup", "AWS::RDS::OptionGroup",
}

--- Sets the policies of a resource: `policy` for its deletion, `replaced` (the same one when it is nil) for its replacement.
--- A replaced resource has been created before: RetainExceptOnCreate means Retain to it.
function retention.keep(made, policy, replaced)
  made.DeletionPolicy = policy
  made.UpdateReplacePolicy = replaced or made.DeletionPolicy == "RetainExceptOnCreate" and "Retain" or policy
end

local function is_kept(made)
  local policy <const> = made.DeletionPolicy
  return policy == "Retain" or policy == "RetainExceptOnCreate"
end

--- Keeps what `made` uses and AWS would not delete under it, and what that uses in turn.
local function hold(made, by_id)
  local plain <const> = engine.plain(made)
  local ids <const>, after <const> = references.of(plain.properties), plain.attributes.DependsOn
  for _, id in ipairs(type(after) == "table" and after or { after }) do references.of(type(id) == "string" and { Ref = id } or id, ids) end
  for _, id in ipairs(ids) do
    local used <const> = by_id[id]
    if used and in_use[used.type] and used.made.DeletionPolicy == nil then
      retention.keep(used.made, "RetainExceptOnCreate")
      hold(used.made, by_id)
    end
  end
end

--- Keeps what the kept resources of the definitions need.
function retention.hold(list)
  local by_id
  for _, definition in ipairs(list) do
    if definition.resource and is_kept(definition.resource) then
      by_id = by_id or references.by_id()
      hold(definition.resource, by_id)
    end
  end
end

return retention
