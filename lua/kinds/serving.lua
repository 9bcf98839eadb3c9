--- What every service gets of a definition that names it: access, variables, a way in, secrets.
local lazy <const> = engine.use("base/lazy")
local access <const> = engine.use("kinds/access")
local environment <const> = engine.use("kinds/variables")
local network <const> = lazy("kinds/exposure")
local secrets <const> = lazy("kinds/secret_values")
local serving <const> = {}

--- A module with a `serve` of its own may begin with this.
function serving.usual(definition, service, body)
  access.grant(definition, service, body)
  environment.grant(definition, service, body)
  if definition.module.network then network.reach(definition, service) end
  if definition.module.secret then secrets.grant(definition, service, body) end
end

return serving
