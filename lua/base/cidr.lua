--- Address arithmetic: an IPv4 block, and the subnets of three tiers in it.
---
--- The block is divided for four zones; in the part of a zone, the first half is for tasks (app), the third quarter for load balancers
--- and NAT (public), the fourth for databases (storage). So a /16 gives /19 to app and /20 to each of the others. A fifth and a sixth
--- zone are in a second block, the neighbour of the first. Another zone moves nobody: a subnet keeps its block, or is replaced by one
--- that overlaps others.
local cidr <const> = {}

--- The block of a text like `10.0.0.0/16`: `{ base, length }`, or nil and what is wrong with it, with a remedy.
function cidr.parse(text)
  local a <const>, b <const>, c <const>, d <const>, bits <const> =
    tostring(text):match("^(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)/(%d%d?)$")
  if not a then return nil, "is not an IPv4 block", "write it like 10.0.0.0/16" end
  local length <const> = tonumber(bits)
  local base = 0
  for _, octet in ipairs { a, b, c, d } do
    if tonumber(octet) > 255 then return nil, "is not an IPv4 block", "write it like 10.0.0.0/16" end
    base = base * 256 + tonumber(octet)
  end
  if length < 16 or length > 28 then return nil, "is not from /16 to /28", "AWS takes blocks from /16 to /28" end
  local size <const> = 1 << (32 - length)
  if base % size ~= 0 then
    return nil, "is not the start of its block", "the block begins at " .. cidr.text(base - base % size, length)
  end
  return { base = base, length = length }
end

--- `10.0.0.0/16`
function cidr.text(base, length)
  return ("%d.%d.%d.%d/%d"):format(base >> 24, base >> 16 & 255, base >> 8 & 255, base & 255, length)
end

--- Ranges for private networks, in which a VPC whose block is of one may have another block.
--- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html (2026-11-29)
local private_ranges <const> = { { 10, 0, 8 }, { 172, 16, 12 }, { 192, 168, 16 }, { 100, 64, 10 } }

--- The other half of the block that is twice as large, where that is private as well; else nil.
local function neighbour(block)
  local twice <const> = block.length - 1
  for _, range in ipairs(private_ranges) do
    local base <const> = range[1] << 24 | range[2] << 16
    if block.base >> (32 - range[3]) == base >> (32 - range[3]) and twice >= range[3] then
      return { base = block.base ~ 1 << (32 - block.length), length = block.length }
    end
  end
end

--- The smallest subnet that AWS takes.
local smallest <const> = 28

--- How often the block is halved for `zones` zones: twice at least, or as often as a small one can be.
local function halvings_for(block, zones)
  local needed = 0
  while 1 << needed < zones do needed = needed + 1 end
  return math.max(needed, math.min(2, smallest - 2 - block.length))
end

--- Zones that the first block has room for.
cidr.zones_of_block = 4

local divided

--- The blocks of `zones` zones: a list of `{ app, public, storage }`, texts, and the second block, where there is one; nil when a subnet
--- would be smaller than AWS takes (/28).
function cidr.tiers(block, zones)
  local other <const> = zones > cidr.zones_of_block and neighbour(block)
  local list <const> = divided(block, other and cidr.zones_of_block or zones)
  local more <const> = other and list and divided(other, zones - cidr.zones_of_block)
  if not more then return list end
  table.move(more, 1, #more, #list + 1, list)
  return list, cidr.text(other.base, other.length)
end

function divided(block, zones)
  local zone_length <const> = block.length + halvings_for(block, zones)
  if zone_length + 2 > smallest then return nil end
  local zone_size <const> = 1 << (32 - zone_length)
  local list <const> = {}
  for zone = 1, zones do
    local base <const> = block.base + (zone - 1) * zone_size
    table.insert(list, {
      app = cidr.text(base, zone_length + 1),
      public = cidr.text(base + zone_size // 2, zone_length + 2),
      storage = cidr.text(base + zone_size // 4 * 3, zone_length + 2),
    })
  end
  return list
end

return cidr
