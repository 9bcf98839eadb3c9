std = "lua54"
globals = {"composex"}
max_line_length = 120
exclude_files = {"lua/meta"}
