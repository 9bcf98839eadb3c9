--- The Data API of Aurora: on when a service asks for it, which may then read the secret.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local serving <const> = engine.use("kinds/serving")
local data_api <const> = {}

local function wants_data_api(body)
  local access <const> = read.is_mapping(body) and body.Access
  for index = 1, read.is_list(access) and #access or 0 do
    if access[index] == "DataApi" then return true end
  end
  return access == "DataApi"
end

--- Whether a service asks for it.
function data_api.is_on(definition)
  for _, service in pairs(definition.body.Services or {}) do
    if wants_data_api(service) then return true end
  end
end

--- What every service gets; and who uses the Data API reads the secret, and needs the key of it.
function data_api.serve(definition, service, body)
  serving.usual(definition, service, body)
  if wants_data_api(body) and definition.secret_key ~= nil then
    grants.allow(service, definition.key, engine.pascal(definition.name) .. definition.noun .. "SecretKey",
      { "kms:Decrypt" }, { definition.secret_key })
  end
end

return data_api
