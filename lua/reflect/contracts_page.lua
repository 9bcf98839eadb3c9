--- docs/contracts.md of the tables of `contracts`: what AWS refuses together, where it says so, and when that was read.
local book <const> = engine.use("contracts/book")
local forms <const> = engine.use("contracts/forms")
local page <const> = {}

--- Every contract: `{ id, on, sentence, severity, page, checked }` a line, between tabs.
function page.rows()
  local rows <const> = {}
  for _, entry in ipairs(book.files) do
    for _, row in ipairs(engine.use(entry[2])) do
      rows[#rows + 1] = table.concat({
        row.id, type(row.on) == "table" and table.concat(row.on, " ") or row.on, forms.sentence(row), row.severity or "error", row.page or "",
        row.checked or "",
      }, "\t")
    end
  end
  return table.concat(rows, "\n")
end

--- The page, without its heading.
function page.text()
  local lines <const> = {}
  local section
  for _, entry in ipairs(book.files) do
    if entry[1] ~= section then
      lines[#lines + 1] = "\n## " .. entry[1] .. "\n\n| contract | of | what must hold | read |\n|---|---|---|---|"
    end
    section = entry[1]
    for _, row in ipairs(engine.use(entry[2])) do
      local types <const> = type(row.on) == "table" and row.on or { row.on }
      local mark <const> = row.severity == "warning" and " (warning)" or ""
      lines[#lines + 1] = "| `" .. row.id .. "` | `" .. table.concat(types, "`, `") .. "` | " .. forms.sentence(row) .. mark .. " | ["
        .. row.checked .. "](" .. row.page .. ") |"
    end
  end
  return table.concat(lines, "\n")
end

return page
