--- What a parameter holds: a value of the file, or a file's text, checked and changed as the macros say; who may read
--- it.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local content <const> = {}

--- The ARN: a name that begins with a slash follows `parameter` at once, any other after one.
function content.arn(parameter)
  local name <const> = parameter.resource.Properties.Name
  local slash <const> = type(name) == "string" and name:sub(1, 1) == "/" and "" or "/"
  return composex.sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter" .. slash)
    .. parameter.resource:ref()
end

--- The name that an ARN says: one of several levels begins with a slash, which the ARN leaves out.
function content.name(parts)
  return (parts.name:find("/", 1, true) and "/" or "") .. parts.name
end

--- Every macro is read together, once, because they depend on each other.
function content.fill(parameter)
  local node <const> = parameter.body.MacroParameters
  if not read.is_mapping(node) then return end
  local properties <const> = parameter.resource.Properties
  local where <const> = { node, "FromFile" }
  if properties.Value ~= nil then
    if node.FromFile ~= nil then
      engine.warn(where, parameter.subject .. " has a Value: FromFile has no effect")
    end
    return
  end
  if type(node.FromFile) ~= "string" then return end
  local file <const> = engine.file_text(node.FromFile, where)
  local text = file.text
  if not text then
    return engine.error(where, parameter.subject .. " cannot read " .. node.FromFile .. ": " .. file.problem, file.remedy)
  end
  local function report(format, problem)
    if node["IgnoreInvalid" .. format] ~= true then
      engine.error(where, parameter.subject .. " FromFile is no " .. format:upper() .. ": " .. problem)
    end
  end
  if node.ValidateJson == true or node.MinimizeJson == true then
    local json <const> = engine.json_text(text, false)
    if not json.text then
      report("Json", json.problem)
    elseif node.MinimizeJson == true then
      text = json.text
    end
  elseif node.ValidateYaml == true or node.RenderToJson == true then
    local json <const> = engine.json_text(text, true)
    if not json.text then
      report("Yaml", json.problem)
    elseif node.RenderToJson == true then
      text = json.text
    end
  end
  if node.EncodeToBase64 == true then
    properties.Value = { ["Fn::Base64"] = engine.placed(text, where) }
  else
    properties.Value = engine.placed(text, where)
  end
end

content.macros = {
  FromFile = "any", ValidateJson = "any", MinimizeJson = "any", IgnoreInvalidJson = "any", ValidateYaml = "any",
  RenderToJson = "any", IgnoreInvalidYaml = "any", EncodeToBase64 = "any",
}

--- `SecretEnvName: NAME` gives the containers the parameter's value, as an ECS secret.
function content.secret(parameter, service, name, where)
  if name == nil then return end
  if type(name) ~= "string" or not name:find("^[%a_][%w_]*$") then
    return engine.error(where, "SecretEnvName must be the name of an environment variable",
      "write SecretEnvName: NAME, of letters, digits and _")
  end
  local arn <const> = parameter.lookup and parameter.lookup.arn or content.arn(parameter)
  grants.secret(service, name, engine.placed(arn, where))
  grants.allow_execution(service, engine.pascal(parameter.name) .. "Parameter", { "ssm:GetParameters" }, { arn })
end

return content
