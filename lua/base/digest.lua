--- Short digests of strings: names that must differ where strings do, and stay where these stay. No secret is kept by them.
local digest <const> = {}

--- A number of 63 bits (FNV-1a).
local function hash(text)
  local value = 0x4bf29ce484222325
  for index = 1, #text do value = (value ~ text:byte(index)) * 0x100000001b3 end
  value = value ~ (value >> 29)
  return value & 0x7fffffffffffffff
end

--- A number from 0 to `below` - 1.
function digest.number(text, below) return hash(text) % below end

--- So many letters of `0` to `9` and `a` to `f`, 15 at most.
function digest.hex(text, letters) return ("%015x"):format(hash(text) >> 3):sub(-letters) end

return digest
