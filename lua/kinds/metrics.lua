--- What CloudWatch calls the metrics of a definition: their namespace and dimensions.
local values <const> = engine.use("kinds/values")
local metrics <const> = {}

--- The namespace of the definition's metrics, and their dimensions as `{ Name, Value }`; nil when there are none.
function metrics.of(definition)
  local row <const>, dimensions <const> = definition.module.metrics, {}
  if not row then return nil end
  for _, each in ipairs(row.dimensions) do
    table.insert(dimensions, {
      Name = each[1], Value = each.text and values.expand(definition, each.text) or values.of(definition, each[2]),
    })
  end
  return row.namespace, dimensions
end

return metrics
