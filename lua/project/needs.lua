--- The memory that a service needs though it states none: what its own texts say (heaps, caches, buffers), else what is known of its image.
local images <const> = engine.use("project/images/images")
local run <const> = engine.use("base/run")
local needs <const> = {}

local mebibytes <const> = { k = 1 / 1024, m = 1, g = 1024, t = 1024 * 1024 }

--- `1g`, `512mb`, `2GB`, `1024` (of `unit`) in MiB.
local function size(number, letter, unit)
  local amount <const> = tonumber(number)
  return amount and amount * (mebibytes[letter ~= "" and letter:lower() or unit] or 1 / 1048576)
end

--- What a virtual machine has beside its heap: at least a quarter of a GiB, else half of the heap again.
local function beside_heap(heap) return heap + math.max(256, heap / 2) end
local function beside_cache(cache) return cache * 1.25 + 128 end

--- What texts say: a pattern that finds a number and the letter of its unit, the unit without a letter, and what that makes of it.
local in_text <const> = {
  { "%-Xmx(%d+)([kKmMgG]?)", "b", beside_heap },
  { "%-XX:MaxHeapSize=(%d+)([kKmMgG]?)", "b", beside_heap },
  { "%-%-max%-old%-space%-size=(%d+)([mM]?)", "m", beside_heap },
  { "%f[%w]shared_buffers%s*=%s*'?(%d+)%s*([kKmMgG]?)", "b", beside_cache },
  { "%f[%w]innodb[_-]buffer[_-]pool[_-]size%s*=%s*(%d+)([kKmMgG]?)", "b", function(cache) return cache * 1.25 + 256 end },
  { "%f[%w]maxmemory[%s=]+(%d+)([kKmMgG]?)", "b", beside_cache },
  { "%-%-wiredTigerCacheSizeGB[%s=]+([%d.]+)(%a?)", "g", function(cache) return cache * 1.25 + 256 end },
}

--- Variables whose value is a size: a pattern of their name, the unit without a letter, and what that makes of it.
local in_variables <const> = {
  { "^MAX_HEAP_SIZE$", "m", beside_heap }, { "HEAP_SIZE$", "m", beside_heap }, { "^ZK_SERVER_HEAP$", "m", beside_heap },
  { "^MSSQL_MEMORY_LIMIT_MB$", "m", function(memory) return memory * 1.25 end },
  { "^JVM_MAXIMUM_MEMORY$", "m", beside_heap }, { "^JVM_XMX$", "m", beside_heap }, { "^MAX_MEMORY$", "m", beside_heap },
  { "INNODB_BUFFER_POOL_SIZE$", "b", function(cache) return cache * 1.25 + 256 end },
  { "SHARED_BUFFERS$", "m", beside_cache }, { "^REDIS_MAXMEMORY$", "b", beside_cache },
}

--- `least` is the number itself, `amount` what it needs in all.
local function keep(found, least, amount, shown, where)
  if amount > found.memory then found.memory, found.least, found.shown, found.where = amount, least, shown, where end
end

local function scan(found, text, where)
  for _, row in ipairs(in_text) do
    for first, number, letter, after in text:gmatch("()" .. row[1] .. "()") do
      local amount <const> = size(number, letter, row[2])
      if amount then keep(found, amount, row[3](amount), text:sub(first, after - 1), where) end
    end
  end
end

local function scan_variable(found, name, value, where)
  scan(found, value, where)
  local number <const>, letter <const> = value:match("^(%d+)([kKmMgG]?)[iI]?[bB]?$")
  for _, row in ipairs(number and in_variables or {}) do
    if name:find(row[1]) then
      local amount <const> = size(number, letter, row[2])
      if amount then keep(found, amount, row[3](amount), name .. "=" .. value, where) end
    end
  end
end

--- Words of the commands and variables that say a size; a list is read as one text, as `-m`, `512` are two items of one option.
local function scan_list(found, service, key)
  local words <const> = {}
  for _, text in ipairs(service[key] or {}) do
    if type(text) == "string" then table.insert(words, text) end
  end
  if #words == 0 then return end
  local text <const> = table.concat(words, " ")
  if #text < 16384 then scan(found, text, { service, key }) end
end

--- What the texts of a service say: `{ memory, least, shown, where }`, in MiB, `least` without what stands beside it; memory is 0 when they say nothing.
needs.in_texts = run.by_name(function(service)
  local found <const> = { memory = 0, least = 0 }
  for name, value in pairs(service.environment or {}) do
    if value ~= nil then scan_variable(found, name, tostring(value), { service.environment, name }) end
  end
  scan_list(found, service, "entrypoint")
  scan_list(found, service, "command")
  found.memory = math.ceil(found.memory)
  return found
end)

--- What a service needs: `{ memory, cpu, shown, where }`; memory is 0 when nobody knows.
needs.of = run.by_name(function(service)
  local said <const> = needs.in_texts(service)
  if said.memory > 0 then return said end
  local row <const> = images.of(service)
  return { memory = row and row.memory or 0, cpu = row and row.cpu, shown = "its image" }
end)

return needs
