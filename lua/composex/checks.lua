--- The rules of the resource modules, run with those of the scripts: returns every broken one as `{ resource, must }`.
local modules <const> = engine.use("composex/modules")

return function()
  for _, module in ipairs(modules.list) do
    for must, rule in pairs(module.checks or {}) do
      for _, made in ipairs(composex.resources(module.key)) do
        if not rule(made) then engine.error(made, module.key .. "::" .. made.name .. " " .. must) end
      end
    end
  end
end
