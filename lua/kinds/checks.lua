--- The rules of the resource modules, run with those of the scripts.
local definitions <const> = engine.use("kinds/definitions")
local rules <const> = engine.use("kinds/rules")

--- Asks a rule about a resource. What goes wrong with a rule of a script is reported at the declaration of its module.
local function ask(entry, definition, made, rule)
  if type(entry.at) == "string" then return rule(made) end
  return engine.within({ "resource(\"" .. entry.key .. "\")", entry.at }, { entry.key .. "::" .. made.name, definition.at }, rule, made)
end

return function()
  for _, entry in ipairs(rules.list) do
    for _, made in ipairs(composex.resources(entry.key)) do
      local definition <const>, refused <const> = definitions.find(entry.key, made.name), {}
      for _, check in ipairs(definition and rules.of(entry, definitions.body(definition)) or {}) do
        local must <const>, rule <const> = check[1], check[2]
        local notes <const> = engine.refused(made, rule, function() return ask(entry, definition, made, rule) end)
        if notes and not refused[must] then
          local by <const> = type(entry.at) ~= "string" and { "resource(\"" .. entry.key .. "\")", entry.at } or nil
          engine.error(made, entry.key .. "::" .. made.name .. " " .. must, notes[1], by)
          refused[must] = true
        end
      end
    end
  end
end
