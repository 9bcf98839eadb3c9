--- What of a running stack of ECS ComposeX is made anew, whatever its id: told before it is deployed.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")

--- Stores that stand in a stack below the stack of their kind there, or whose parts would meet the old ones: by key, what a Lookup of one
--- says.
local stores <const> = {
  ["x-rds"] = "Lookup: {cluster: {Arn: ...}, secret: {Arn: ...}}", ["x-docdb"] = "Lookup: {cluster: {Arn: ...}, secret: {Arn: ...}}",
  ["x-neptune"] = "Lookup: {Arn: ...}",
}

local function tell(where, subject, form)
  engine.warn(where, subject .. " is made anew: the running stack has it elsewhere, and would delete it",
    "keep the old one with DeletionPolicy: Retain in the running stack, and write " .. form, { consequence = "data" })
end

return { report = function()
  for key, form in pairs(stores) do
    for _, definition in ipairs(definitions.of(key)) do
      if definition.resource then tell(definition.name_at, definition.subject, form) end
    end
  end
  -- A file system has one mount target in a zone: the new ones would meet those of the running stack.
  for name in pairs(engine.section("volumes") or {}) do
    if engine.find("volumes", name) then
      tell({ engine.section("volumes"), name, "key" }, "volumes::" .. name, "x-efs: {Lookup: {Arn: ..., ReturnValues: {GroupId: sg-...}}}")
    end
  end
  local vpc <const> = engine.section("x-vpc")
  if engine.find("x-vpc", "") and read.at(vpc, "Lookup") == nil then
    engine.warn(vpc ~= nil and { engine.root(), "x-vpc", "key" } or { engine.root(), "x-composex", "key" },
      "the VPC is made anew, and all that stands in it: its subnets are others than those of ECS ComposeX",
      "name the one of the running stack: x-vpc: {Lookup: {VpcId: vpc-0a1b2c3d4e5f, AppSubnets: [subnet-0a1b2c3d4e5f]}}", { consequence = "data" })
  end
end }
