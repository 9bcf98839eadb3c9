--- The rules of the resource modules, run with those of the scripts.
local definitions <const> = engine.use("kinds/definitions")
local modules <const> = engine.use("kinds/modules")

return function()
  for _, module in ipairs(modules.list) do
    for _, made in ipairs(composex.resources(module.key)) do
      local definition <const> = definitions.find(module.key, made.name)
      for must, rule in pairs(definition and definition.module.checks or {}) do
        local notes <const> = engine.refused(made, rule, function() return definitions.within(definition, function() return rule(made) end) end)
        if notes then
          local by <const> = type(module.at) ~= "string" and { "resource(\"" .. module.key .. "\")", module.at } or nil
          engine.error(made, module.key .. "::" .. made.name .. " " .. must, notes[1], by)
        end
      end
    end
  end
end
