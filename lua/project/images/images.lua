--- What is known of well-known images, and of those that scripts and packs tell of (`composex.images`). A file of the model says
--- nothing of what an image listens on, needs and writes; Docker does not ask, and ECS must know.
---
--- A row is `{ "names", ... }`: the names are the last part of an image's name, or the last two.
---   * `role`: database, cache, search, broker, storage, metrics, mail, game, platform (others call it), web (people do)
---   * `ports`: those that it listens on; `more`: further ones, of consoles and peers
---   * `memory`, `cpu`: the least that its maker names or that its own settings need, in MiB and CPU units
---   * `volumes`: folders that it declares (VOLUME) or gives to its user itself when it starts
---   * `uid`: the user that it runs or writes as; `shell`: false where it has no sh
---   * `bare`: folders that hold nothing but configuration; `page`: where its maker says what it needs; `read`: when the figure was read
---     there or in the maker's own text. A row without `read` has a starting value that nobody has compared yet
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local images <const> = {}

local function add(index, names, row)
  for name in names:gmatch("%S+") do index[name] = row end
end

--- Rows by the names of their images; a pack's are stronger.
local known <const> = run.once(function()
  local index <const> = {}
  for _, file in ipairs { "project/images/stores", "project/images/applications" } do
    for _, row in ipairs(engine.use(file)) do add(index, row[1], row) end
  end
  for _, row in ipairs(engine.images()) do add(index, row[1], row) end
  return index
end)

--- Parts of names of images that serve an engine and are not it: `redis-commander`, `postgres-exporter`.
local helpers <const> = read.set {
  "admin", "agent", "backup", "backups", "bootstrap", "bridge", "cli", "client", "commander", "connector", "console", "dump", "exporter", "express", "gui",
  "init", "insight", "manager", "migrate", "migration", "migrations", "migrator", "monitor", "operator", "proxy", "seed", "sync", "test", "tests", "tool",
  "tools", "ui", "web", "worker",
}

--- Engines that images of other makers are built on, by a part of their names: `acme/our-postgresql`.
local engines <const> = {
  "postgresql", "postgres", "postgis", "mysql", "mariadb", "mongodb", "mongo", "redis", "valkey", "rabbitmq", "elasticsearch", "opensearch", "memcached",
  "clickhouse", "kafka", "minio", "nats", "cassandra", "influxdb", "meilisearch",
}

--- The engine that the name of an image holds as a word of its own, or nil.
local function engine_in(name)
  local words <const> = {}
  for word in name:gmatch("[%a]+") do
    if helpers[word] then return nil end
    words[word] = true
  end
  for _, each in ipairs(engines) do
    if words[each] then return known()[each] end
  end
end

--- More than a registry takes for a name and a tag together.
local longest_name <const> = 1024

--- What is known of the image of that name, or nil.
local of_name <const> = run.by_key(function(image)
  if #image > longest_name then return false end
  local path <const> = image:lower():gsub("@.*$", ""):gsub(":[^/:]*$", "")
  local last <const>, two <const> = path:match("([^/]+)$") or "", path:match("([^/]+/[^/]+)$") or ""
  return known()[path] or known()[two] or known()[last] or engine_in(last) or false
end)

--- What is known of a service's image, or nil.
function images.of(service)
  local image <const> = service.image
  return type(image) == "string" and image ~= "" and of_name(image) or nil
end

--- The ports that a service's image is known to listen on.
function images.ports(service)
  -- PHP images have a web server or, by their tag, FastCGI.
  local image <const> = service.image
  if type(image) == "string" and #image <= longest_name and image:find(":[^/]*fpm") then return { 9000 } end
  local row <const> = images.of(service)
  return row and row.ports or {}
end

--- Whether other services call the image, more than people do.
function images.is_called(service)
  local row <const> = images.of(service)
  return row ~= nil and row.role ~= "web"
end

--- Whether the image's own start gives a folder to its user, or Docker does because it is declared.
function images.declares(service, path)
  local row <const> = images.of(service)
  for _, folder in ipairs(row and row.volumes or {}) do
    if path == folder or path:sub(1, #folder + 1) == folder .. "/" then return true end
  end
  return false
end

--- Whether a folder of the image holds nothing but configuration, so that a file in it hides nothing.
function images.is_bare(service, path)
  local row <const> = images.of(service)
  return row ~= nil and row.bare ~= nil and read.has(row.bare, path)
end

--- Whether the image is known to have no shell.
function images.lacks_shell(service)
  local row <const> = images.of(service)
  return row ~= nil and row.shell == false
end

return images
