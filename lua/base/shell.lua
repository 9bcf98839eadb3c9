--- Words of commands, for a container to run or a person to paste: what a file says stays one word, and runs nothing.
local shell <const> = {}

function shell.quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

--- The value of a variable of that name; of one that no shell can have, a word that says so.
function shell.variable(name) return name:find("^[%a_][%w_]*$") and "\"$" .. name .. "\"" or "VALUE" end

return shell
