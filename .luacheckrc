std = "lua54"
globals = {"composex"}
max_line_length = 160
exclude_files = {"lua/meta"}
-- What only the built-in modules see.
files["lua/"] = {read_globals = {"engine"}}
