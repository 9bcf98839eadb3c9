--- For each `x-` key a whole compose file that shows what it is for, in docs/resources.md and in `composex help`. Tests render them.
local files <const> = { "store", "message", "database", "metric", "platform", "front" }
local key_examples <const> = {}

--- The file of a key, which ends with a line break; nil when it has none.
function key_examples.of(key)
  for _, name in ipairs(files) do
    local text <const> = engine.use("reflect/examples/" .. name .. "_examples")[key]
    if text then return text end
  end
end

return key_examples
