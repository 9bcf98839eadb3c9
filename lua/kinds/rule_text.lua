--- Descriptions of security group rules: what EC2 takes of a name.
--- https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html (2026-11-29): up to 255 of a-z, A-Z, 0-9, spaces, and
--- ._-:/()#,@[]+=&;{}!$*
local read <const> = engine.use("base/read")
local rule_text <const> = {}

local longest <const> = 255

--- A string without what EC2 refuses, cut where it is too long.
function rule_text.clean(text) return (text:gsub("[^%w ._%-:/()#,@%[%]+=&;{}!$*]", "")):sub(1, longest) end

--- The description of a rule by its source (`Description`, else `Name`): nil when it has none.
function rule_text.of_source(source)
  local key <const> = source.Description ~= nil and "Description" or "Name"
  local value <const> = source[key]
  if value == nil or read.is_function(value) then return value ~= nil and read.placed(source, key) or nil end
  if read.is_mapping(value) or read.is_list(value) then return nil end
  return engine.placed(rule_text.clean((key == "Name" and "From " or "") .. tostring(value)), { source, key })
end

return rule_text
