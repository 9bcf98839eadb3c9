--- What stays when the stack goes, and what that needs to stay: AWS deletes no subnet, no security group and no parameter group that
--- something uses, so a stack that keeps a broker and deletes its group cannot be deleted.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html (2026-11-29)
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
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

--- The resources of the template by logical id, once somebody asks.
local by_id <const> = run.once(function()
  local found <const> = {}
  for _, each in ipairs(engine.template()) do found[each.id] = each end
  return found
end)

--- The logical ids that a plain value refers to, into `ids`.
local function references(value, ids)
  if type(value) ~= "table" then return end
  if type(value.Ref) == "string" then ids[#ids + 1] = value.Ref end
  local pair <const> = value["Fn::GetAtt"]
  if type(pair) == "table" then ids[#ids + 1] = pair[1] end
  for _, each in pairs(value) do references(each, ids) end
end

--- Keeps what `made` uses and AWS would not delete under it, and what that uses in turn.
local function hold(made)
  local ids <const>, plain <const> = {}, engine.plain(made)
  references(plain.properties, ids)
  local after <const> = plain.attributes.DependsOn
  for _, id in ipairs(type(after) == "table" and after or { after }) do references(type(id) == "string" and { Ref = id } or id, ids) end
  for _, id in ipairs(ids) do
    local used <const> = by_id()[id]
    if used and in_use[used.type] and used.made.DeletionPolicy == nil then
      retention.keep(used.made, "RetainExceptOnCreate")
      hold(used.made)
    end
  end
end

--- Keeps what the kept resources of the definitions need.
function retention.hold(list)
  for _, definition in ipairs(list) do
    if definition.resource and is_kept(definition.resource) then hold(definition.resource) end
  end
end

return retention
