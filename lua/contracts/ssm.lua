--- Contracts of parameters of AWS Systems Manager.
local values <const> = engine.use("contracts/values")

local page <const> = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"
local checked <const> = "2026-11-29"
local parameter <const> = "AWS::SSM::Parameter"

return {
  {
    id = "ssm-size", on = parameter, at = "Value", length = { 1, 4096 }, when = { Tier = "Standard" },
    must = "must have a Value of at most 4096 letters: its Tier is Standard", remedy = "write Tier: Advanced", page = page, checked = checked,
  },
  {
    id = "ssm-default-size", on = parameter, at = "Value", must = "must have a Value of at most 4096 letters without a Tier",
    holds = function(made)
      local text <const> = values.string(made.Value)
      return made.Tier ~= nil or not text or #text <= 4096, nil, text and "not " .. #text
    end,
    remedy = "write Tier: Advanced", page = page, checked = checked,
  },
  {
    id = "ssm-advanced-size", on = parameter, at = "Value", length = { 1, 8192 }, when = { Tier = { "Advanced", "Intelligent-Tiering" } },
    must = "must have a Value of at most 8192 letters", remedy = "keep it in x-s3, or in a file of the image", page = page, checked = checked,
  },
  {
    id = "ssm-policies", on = parameter, at = "Policies", when = { Tier = "Standard" }, excludes = "Tier",
    must = "must not have Policies: its Tier is Standard", remedy = "write Tier: Advanced", page = page, checked = checked,
  },
  {
    id = "ssm-name-letters", on = parameter, at = "Name", pattern = { "^[%w_./-]+$", "letters, digits, _, ., - and /" },
    remedy = "write it like /shop/greeting",
    page = page, checked = checked,
  },
  {
    id = "ssm-name-slash", on = parameter, at = "Name", must = "must have a Name that begins with /: it has folders",
    holds = function(made)
      local name <const> = values.string(made.Name)
      return not name or not name:find("/", 1, true) or name:sub(1, 1) == "/", nil, name and "not \"" .. name .. "\""
    end,
    remedy = "write / before it", page = page, checked = checked,
  },
  {
    id = "ssm-name-kept", on = parameter, at = "Name", must = "must not have a Name that begins with aws or ssm",
    holds = function(made)
      local name <const> = values.string(made.Name)
      return not name or not name:lower():find("^/?aws") and not name:lower():find("^/?ssm"), nil, name and "not \"" .. name .. "\""
    end,
    remedy = "write it like /shop/greeting", page = page, checked = checked,
  },
  {
    id = "ssm-description", on = parameter, at = "Description", length = { 0, 1024 }, remedy = "write a shorter Description", page = page, checked = checked,
  },
  {
    id = "ssm-nested", on = parameter, at = "Value", without = { "{{ssm:", "references to other parameters" },
    must = "must not refer to another parameter in its Value ({{ssm:...}})", remedy = "write the value itself", page = page, checked = checked,
  },
}
