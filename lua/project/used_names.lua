--- Which services a service calls by name: in its variables, its commands, and its files.
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local used_names <const> = {}

--- Bytes of a file that are read for names: what a task definition can carry.
local longest_file <const> = 32768

--- The services by what they are called, in small letters: their names, and those that they give their ports.
local callable <const> = run.once(function()
  local names <const> = {}
  for _, service in ipairs(engine.services()) do names[service.name:lower()] = service.name end
  for _, service in ipairs(engine.services()) do
    local ports <const> = read.at(service, "x-network", "x-ecs_connect", "MacroParameters", "service_ports")
    for _, port in pairs(read.is_mapping(ports) and ports or {}) do
      local name <const> = read.at(port, "DnsName")
      if type(name) == "string" and not names[name:lower()] then names[name:lower()] = service.name end
    end
  end
  return names
end)

--- Parts of the names of variables and options whose value is a host.
local host_words <const> = {
  "ADDR", "BROKER", "DSN", "ENDPOINT", "HOST", "NODE", "PEER", "PROXY", "SERVER", "UPSTREAM", "URI", "URL",
}

--- Whether a variable or an option of that name holds a host: `DB_HOST`, `--server`, `-h`; not `SERVER_NAME`.
local function is_for_hosts(name)
  if name == "h" then return true end
  local upper <const> = name:upper()
  if upper:find("NAME$") and not upper:find("HOST_?NAME$") then return false end
  for _, word in ipairs(host_words) do
    if upper:find(word, 1, true) then return true end
  end
  return false
end

--- Whether the word from `first` to `last` of a text stands where a host does: `http://db`, `user@db`, `db:5432`, `host=db`, `-h db`.
--- `holder` is the variable or option that the text is the value of.
local function is_host(text, first, last, holder)
  local before <const>, after <const> = text:sub(1, first - 1), text:sub(last + 1)
  if before:find("//$") or before:find("@$") then return true end
  if after:find("^:%d%d") and not before:find("[%w/:]$") then return true end
  local option <const> = before:match("([%a][%w_-]*)=$") or before:match("%-%-?([%a][%w-]*)[ =]$")
  if option then return is_for_hosts(option) end
  if before:find("%f[%w]server%s+$") then return true end
  -- A list of hosts, or one.
  return holder ~= nil and is_for_hosts(holder) and not text:find("[^%w_.,; -]")
end

--- Adds the services that a text names as hosts.
local function scan(found, text, where, holder)
  if type(text) ~= "string" then return end
  for first, word, after in text:gmatch("()([%w_][%w_.-]*)()") do
    local name <const> = callable()[word:lower()]
    if name and name ~= found.own and not found.seen[name] and is_host(text, first, after - 1, holder) then
      found.seen[name] = true
      table.insert(found, { name = name, word = word, where = where })
    end
  end
end

--- The options before the items of a command are what they are the values of: `[-h, db]`.
local function scan_command(found, service, key)
  local option
  for index, text in ipairs(service[key] or {}) do
    scan(found, text, { service[key], index }, option)
    option = type(text) == "string" and text:match("^%-%-?([%a][%w_-]*)$") or nil
  end
end

--- `from` is the place of the path: whoever wrote it may read what it names.
local function scan_file(found, path, where, from)
  if type(path) ~= "string" then return end
  local read_files <const> = engine.files(path, longest_file, from)
  for _, file in ipairs(not read_files.fault and read_files.files or {}) do scan(found, file.text, where) end
end

local function scan_files(found, service)
  for index, mount in ipairs(service.configs or {}) do
    local config <const> = read.at(engine.section("configs"), mount.source)
    scan(found, read.at(config, "content"), { service.configs, index })
    scan_file(found, read.at(config, "file"), { service.configs, index }, { config, "file" })
  end
  for index, mount in ipairs(service.volumes or {}) do
    if mount.type == "bind" then scan_file(found, mount.source, { service.volumes, index }, { mount, "source" }) end
  end
end

--- By the name of a service: what it names.
local known <const> = {}

--- The services that a service names as hosts, each once: `{ name, word, where }`, where `word` is what the file writes.
function used_names.of(service)
  local found <const> = known[service.name] or { own = service.name, seen = {} }
  if known[service.name] then return found end
  known[service.name] = found
  for name, value in pairs(service.environment or {}) do scan(found, value, { service.environment, name }, name) end
  scan_command(found, service, "entrypoint")
  scan_command(found, service, "command")
  scan_files(found, service)
  return found
end

return used_names
