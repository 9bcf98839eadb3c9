--- Holds the final template against the contracts of AWS: what it refuses, or what does not work there, although every property has
--- its type.
local book <const> = engine.use("contracts/book")
local holding <const> = engine.use("contracts/holding")

return function()
  local template <const> = holding.template_of(engine.template())
  for _, rows in ipairs(book.tables(template.by_type)) do
    for _, row in ipairs(rows) do holding.hold(row, template) end
  end
end
