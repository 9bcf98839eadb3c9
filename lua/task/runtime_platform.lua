--- What the containers of a family run on: their CPU architecture and operating system.
local fates <const> = engine.use("project/fates")
local read <const> = engine.use("base/read")

--- `linux/arm64/v8` and x-ecs say what the containers run on.
local function architecture_of(service, family)
  local text <const> = service.platform ~= "" and service.platform or nil
  local own <const> = read.at(service, "x-ecs", "CpuArchitecture")
  if own ~= nil then return own, { service["x-ecs"], "CpuArchitecture" } end
  if type(text) ~= "string" then return nil end
  if text:find("arm64", 1, true) or text:find("aarch64", 1, true) then return "ARM64", { service, "platform" } end
  if text:find("amd64", 1, true) or text:find("x86_64", 1, true) or not text:find("/", 1, true) then return "X86_64", { service, "platform" } end
  engine.warn({ service, "platform" }, fates.without_effect(service, family, "platform " .. text, "it runs amd64 and arm64"))
end

local function system_of(service)
  local own <const> = read.at(service, "x-ecs", "OperatingSystemFamily")
  if own ~= nil then return own, { service["x-ecs"], "OperatingSystemFamily" } end
  local text <const> = service.platform ~= "" and service.platform or nil
  if type(text) == "string" and text:find("^windows") then return "WINDOWS_SERVER_2022_CORE", { service, "platform" } end
  if type(text) == "string" then return "LINUX", { service, "platform" } end
end

--- What all services of a family agree on; a second answer is an error.
local function agreed(family, answer_of, what)
  local found, found_at
  for _, service in ipairs(family.services) do
    local answer <const>, where <const> = answer_of(service, family)
    if answer and found and answer ~= found then
      engine.error(where, "services of family " .. family.name .. " run on different " .. what .. ": " .. found .. " and " .. answer,
        "containers of one task share it")
    elseif answer and not found then
      found, found_at = answer, where
    end
  end
  return found, found_at
end

--- Finds the RuntimePlatform of a family, nil when nobody says, and whether that is Windows: `family.platform`, `family.windows`.
return function(family)
  if family.windows ~= nil then return end
  local architecture <const>, at <const> = agreed(family, architecture_of, "CPU architectures")
  local system <const>, system_at <const> = agreed(family, system_of, "operating systems")
  family.windows = system ~= nil and system:find("^WINDOWS") ~= nil
  if not architecture and not system then return end
  family.platform = {
    CpuArchitecture = engine.placed(architecture or "X86_64", at), OperatingSystemFamily = engine.placed(system or "LINUX", system_at),
  }
end
