--- Which services a service calls by name, and at which ports: in its variables, its commands, and its files.
local other_names <const> = engine.use("project/other_names")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local used_names <const> = {}

--- Bytes of a file that are read for names: what a task definition can carry.
local longest_file <const> = 32768

--- The services by what they are called, in small letters: their names, those that they give their ports, and those that Docker knows them
--- by beside: `container_name`, `hostname`, aliases of networks.
local callable <const> = run.once(function()
  local names <const> = {}
  for _, service in ipairs(engine.services()) do names[service.name:lower()] = service.name end
  for _, service in ipairs(engine.services()) do
    for _, each in ipairs(other_names.of(service)) do names[each.name:lower()] = names[each.name:lower()] or service.name end
  end
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

--- Whether the value of a variable is the name of an image or a version, in which `:16` is no port.
local function is_of_image(holder) return holder ~= nil and (holder:upper():find("IMAGE") or holder:upper():find("TAG$") or holder:upper():find("VERSION$")) end

--- Whether the word from `first` to `last` of a text stands where a host does: `http://db`, `user@db`, `db:5432`, `host=db`, `-h db`.
--- `holder` is the variable or option that the text is the value of.
local function is_host(text, first, last, holder)
  local before <const>, after <const> = text:sub(math.max(1, first - 64), first - 1), text:sub(last + 1, last + 8)
  if before:find("//$") or before:find("@$") then return true end
  if after:find("^:%d%d") and not before:find("[%w/:]$") and not is_of_image(holder) then return true end
  local option <const> = before:match("([%a][%w_-]*)=$") or before:match("%-%-?([%a][%w-]*)[ =]$")
  if option then return is_for_hosts(option) end
  if before:find("%f[%w]server%s+$") then return true end
  -- A list of hosts, or one.
  return holder ~= nil and is_for_hosts(holder) and not text:find("[^%w_.,; -]")
end

used_names.is_host = is_host

--- Ports of URLs that name none.
--- https://www.iana.org/assignments/service-names-port-numbers (2026-11-29)
local of_scheme <const> = {
  http = 80, ws = 80, https = 443, wss = 443, postgres = 5432, postgresql = 5432, ["postgresql+psycopg2"] = 5432, ["postgresql+asyncpg"] = 5432,
  mysql = 3306, mysql2 = 3306, ["mysql+pymysql"] = 3306, mariadb = 3306, redis = 6379, amqp = 5672, amqps = 5671, mongodb = 27017, nats = 4222,
  mqtt = 1883, smtp = 25, ldap = 389, ldaps = 636, bolt = 7687, neo4j = 7687, clickhouse = 9000, memcached = 11211,
}

--- The port that a text names with a host which stands from `first` to `last`; nil when it names none.
local function port_of(text, first, last)
  local number <const> = text:match("^[:,](%d+)%f[^%d]", last + 1)
  if number then return #number >= 2 and tonumber(number) or nil end
  local before <const> = text:sub(math.max(1, first - 128), first - 1)
  local scheme <const> = before:match("(%a[%w+.-]*)://$") or before:match("(%a[%w+.-]*)://[^/%s]*@$")
  local next_sign <const> = text:sub(last + 1, last + 1)
  if scheme and not next_sign:find("[,:]") then return of_scheme[scheme:lower()] end
  return tonumber(text:match("^%s+port%s*=%s*(%d+)", last + 1))
end

local function add_port(found, name, number, where, word)
  if word then
    found.words[name] = found.words[name] or {}
    found.words[name][word:lower()] = true
  end
  if not number or number < 1 or number > 65535 then return end
  local key <const> = name .. ":" .. number
  if found.seen[key] then return end
  found.seen[key] = true
  table.insert(found.ports, { name = name, number = math.tointeger(number), where = where })
end

--- Adds the services that a text names as hosts, with the ports that it names.
local function scan(found, text, where, holder)
  if type(text) ~= "string" then return end
  for first, word, after in text:gmatch("()([%w_][%w_.-]*)()") do
    local name <const> = callable()[word:lower()]
    if name and is_host(text, first, after - 1, holder) then
      add_port(found, name, not is_of_image(holder) and port_of(text, first, after - 1), where, word)
      if name == found.own then
        table.insert(found.itself, { text = text, holder = holder, where = where })
      elseif not found.seen[name] then
        found.seen[name] = true
        table.insert(found, { name = name, word = word, where = where })
      end
    end
  end
end

--- `API_HOST: api` beside `API_PORT: 5000`.
local function scan_pair(found, environment, variable, value)
  local name <const> = type(value) == "string" and callable()[value:lower()]
  local prefix <const> = name and (variable:match("^(.*)HOST_?NAME$") or variable:match("^(.*)HOST$") or variable:match("^(.*)ADDR$")
    or variable:match("^(.*)ADDRESS$") or variable:match("^(.*)SERVER$"))
  if not prefix then return end
  local port <const> = environment[prefix .. "PORT"]
  add_port(found, name, tonumber(port), { environment, prefix .. "PORT" })
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

--- The services that a service names as hosts, each once: `{ name, word, where }`, where `word` is what the file writes; `ports` are
--- `{ name, number, where }`, `words` what each service is called, and `itself` the texts that name the service itself:
--- `{ text, holder, where }`.
used_names.of = run.by_name(function(service)
  local found <const> = { own = service.name, seen = {}, ports = {}, itself = {}, words = {} }
  local environment <const> = service.environment or {}
  for name, value in pairs(environment) do
    scan(found, value, { environment, name }, name)
    scan_pair(found, environment, name, value)
  end
  scan_command(found, service, "entrypoint")
  scan_command(found, service, "command")
  for index, text in ipairs(read.at(service, "healthcheck", "test") or {}) do scan(found, text, { service.healthcheck.test, index }) end
  scan_files(found, service)
  return found
end)

--- By the name of a service: the ports of it that texts of the project name, its own among them: `{ number, where }`.
local named <const> = run.once(function()
  local by_service <const> = {}
  for _, service in ipairs(engine.services()) do
    for _, port in ipairs(used_names.of(service).ports) do
      by_service[port.name] = by_service[port.name] or {}
      table.insert(by_service[port.name], port)
    end
  end
  return by_service
end)

--- By the name of a service: true when another one names it.
local called <const> = run.once(function()
  local found <const> = {}
  for _, service in ipairs(engine.services()) do
    for _, used in ipairs(used_names.of(service)) do
      if used.name ~= service.name then found[used.name] = true end
    end
  end
  return found
end)

--- Whether two services meet on a network. Families are made with what is known here, so they are asked for late.
local function meet(one, other)
  local families <const> = engine.use("project/families")
  local first <const>, second <const> = families.of(one.name)[1], families.of(other.name)[1]
  return first ~= nil and second ~= nil and engine.use("project/networks").shared(first, second)
end

--- What a service answers to: the name that others call it by where that is one, and not its own; else its own. Service Connect gives a
--- port one name. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html (2026-11-29)
used_names.answer = run.by_name(function(service)
  local own <const>, list <const>, seen <const> = service.name:lower(), {}, {}
  if #other_names.of(service) == 0 then return own end
  for _, other in ipairs(engine.services()) do
    for _, each in ipairs(other_names.of(service)) do
      local word <const> = each.name:lower()
      local words <const> = other.name ~= service.name and meet(service, other) and used_names.of(other).words[service.name] or {}
      if words[own] then return own end
      if words[word] and not seen[word] then table.insert(list, word) end
      if words[word] then seen[word] = true end
    end
  end
  return #list == 1 and list[1] or own
end)

--- Whether another service calls this one by its name.
function used_names.is_called(service) return called()[service.name] == true end

--- The ports of a service that texts name.
function used_names.ports(service) return named()[service.name] or {} end

return used_names
