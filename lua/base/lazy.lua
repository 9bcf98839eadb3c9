--- A built-in file that few projects need, as `engine.use` gives it: it is loaded when something of it is first asked for.
return function(name)
  return setmetatable({}, { __index = function(self, key)
    local module <const> = engine.use(name)
    setmetatable(self, { __index = module })
    return module[key]
  end })
end
