--- Paths of a host that a task on Fargate has no counterpart of, with the reason and what to do.
local rows <const> = {
  { "^/var/run/docker%.sock$", "there is no Docker engine in a task", "use the AWS API with the task's role" },
  { "^/run/docker%.sock$",     "there is no Docker engine in a task", "use the AWS API with the task's role" },
  { "^/etc/localtime$",        "a task runs in UTC",                  "set the variable TZ" },
  { "^/etc/timezone$",         "a task runs in UTC",                  "set the variable TZ" },
  { "^/$",                     "a task does not see its host" },
  { "^/proc",                  "a task does not see its host" },
  { "^/sys",                   "a task does not see its host" },
  { "^/dev",                   "a task does not see its host" },
  { "^/run",                   "a task does not see its host" },
  { "^/var/run",               "a task does not see its host" },
  { "^/cgroup",                "a task does not see its host" },
  { "^/lib/modules",           "a task does not see its host" },
  { "^/var/lib/docker",        "there is no Docker engine in a task" },
  { "^/var/log",               "a task does not see its host",        "logs go to CloudWatch" },
}

--- The row of a path on the host, `{ pattern, reason, remedy }`, or nil when a task may have it.
return function(source)
  for _, row in ipairs(rows) do
    if source:find(row[1]) then return row end
  end
end
