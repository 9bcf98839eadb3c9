--- The image of a container: its name, or a parameter when it is still to be built.
local image <const> = {}

--- Whether the text is the name of an image: where a variable of it is not set, it often is none (`/app:`).
local function is_name(name)
  return type(name) ~= "string" or (not name:find("^[/:@]") and not name:find("[/:@]$") and name ~= "" and not name:find("%s"))
end

--- The image, or a parameter when the image is still to be built.
function image.of(service)
  if service.image ~= nil and is_name(service.image) then return engine.placed(service.image, { service, "image" }) end
  local name <const> = engine.pascal(service.name) .. "Image"
  return engine.parameter(name, { Type = "String", Description = "The image of service " .. service.name })
end

--- Whether the name of an image begins with a registry.
local function has_registry(name)
  local first <const> = name:match("^([^/]+)/")
  return first ~= nil and (first:find("[.:]") ~= nil or first == "localhost")
end

--- Reports that an image is still to be built, or that one which is built has a name of this machine only.
function image.report(service)
  local name <const> = engine.pascal(service.name) .. "Image"
  if service.image ~= nil and not is_name(service.image) and service.image ~= "" then
    return engine.warn({ service, "image" }, "services::" .. service.name .. " image \"" .. service.image .. "\" is no name of an image",
      "set its variables, or pass it as a parameter: --parameter-overrides " .. name .. "=REGISTRY/REPOSITORY:TAG", { consequence = "start" })
  end
  if service.image ~= nil and service.image ~= "" then
    if service.build ~= nil and type(service.image) == "string" and not has_registry(service.image) then
      engine.warn({ service, "image" }, "services::" .. service.name .. " is built as " .. service.image .. ", which is in no registry",
        "push it to one, and write its name: image: REGISTRY/" .. service.image, { consequence = "start" })
    end
    return
  end
  if engine.has_built(service.name) then return end
  engine.note({ service, "build" }, "services::" .. service.name
    .. " has no image: build and push it, and name it when the template is deployed",
    "pass it as a parameter: --parameter-overrides " .. name .. "=REGISTRY/REPOSITORY:TAG", { consequence = "start" })
end

return image
