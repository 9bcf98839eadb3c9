--- The sizes of Fargate tasks.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
local fargate <const> = {}

--- CPU units, and the memory (MiB) that goes with them: single values, or first, last and step; whether Windows has the row too.
local rows <const> = {
  { cpu = 256,   memory = { 512, 1024, 2048 } },
  { cpu = 512,   first = 1024,  last = 4096,   step = 1024 },
  { cpu = 1024,  first = 2048,  last = 8192,   step = 1024, windows = true },
  { cpu = 2048,  first = 4096,  last = 16384,  step = 1024, windows = true },
  { cpu = 4096,  first = 8192,  last = 30720,  step = 1024, windows = true },
  { cpu = 8192,  first = 16384, last = 61440,  step = 4096 },
  { cpu = 16384, first = 32768, last = 122880, step = 8192 },
}

--- The largest row.
function fargate.largest(is_windows)
  local largest
  for _, row in ipairs(rows) do
    if row.windows or not is_windows then largest = row end
  end
  return largest
end

--- The least memory of a row that is at least `memory`, or nil.
local function fitting(row, memory)
  for _, size in ipairs(row.memory or {}) do
    if size >= memory then return size end
  end
  if not row.first or memory > row.last then return nil end
  return math.max(row.first, row.first + math.ceil((memory - row.first) / row.step) * row.step)
end

--- The smallest size that satisfies both: CPU units and MiB, or nil when none does.
function fargate.size(cpu, memory, is_windows)
  for _, row in ipairs(rows) do
    local size <const> = row.cpu >= cpu and (row.windows or not is_windows) and fitting(row, memory)
    if size then return row.cpu, size end
  end
  return nil
end

return fargate
