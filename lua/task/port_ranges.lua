--- The ports that are opened from one service to another: those that follow each other as one range, because rules are few.
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local port_ranges <const> = {}

--- Rules that a security group has, unless the account's quota was raised.
local most_rules <const> = 60

--- Reports a family with more ranges than its group has rules.
function port_ranges.report_many(family, ranges)
  if #ranges <= most_rules or not run.is_first("ranges of ports", family.name) then return end
  engine.warn(family.main, "services::" .. family.main.name .. " listens on " .. #ranges .. " ranges of ports, and a security group has "
    .. most_rules .. " rules", "let it listen on ports that follow each other, or raise the quota of the account")
end

--- The ranges of offered ports (`{ port, body, node }`), as `{ target, first, last }`.
function port_ranges.of(offered)
  local ranges <const> = {}
  for _, each in ipairs(offered) do
    local port <const>, before <const> = each.port, ranges[#ranges]
    local override <const> = read.placed(each.node or each.body, "IngressPortOverride")
    if not override and before and before.next == port.target then
      before.last, before.next = port.target, port.target + 1
    else
      table.insert(ranges, {
        target = port.target, first = override or engine.placed(port.target, port.where), next = not override and port.target + 1 or nil,
      })
    end
  end
  return ranges
end

--- Opens a range of a family, whose security group is `own`, to the members of `source`, which ids call `name`.
function port_ranges.open(family, own, range, source, name, says)
  local noun <const> = "From" .. engine.pascal(name) .. "On" .. range.target .. (range.last and "To" .. range.last or "")
  engine.add {
    type = "AWS::EC2::SecurityGroupIngress", noun = noun .. "Ingress", key = "services", name = family.name, part = "ingress", at = family.main,
    properties = {
      GroupId = own:att("GroupId"), SourceSecurityGroupId = source:att("GroupId"), IpProtocol = "tcp",
      FromPort = range.first, ToPort = range.last or range.first, Description = says,
    },
  }
end

return port_ranges
