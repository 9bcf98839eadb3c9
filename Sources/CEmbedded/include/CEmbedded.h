#ifndef COMPOSEX_CEMBEDDED_H
#define COMPOSEX_CEMBEDDED_H

#include <stddef.h>

/// A file that travels inside the binary. The bytes live as long as the process.
typedef struct {
  /// The path below its folder, with slashes: `ecs/service.lua`.
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
} composex_file;

/// `resource-types.txt`: the CloudFormation registry, written by scripts/resource-types.py.
composex_file composex_resource_types(void);

/// The files of `lua/`, sorted by name; the list is made by scripts/embed-lua.
size_t composex_lua_count(void);
/// `index` is below `composex_lua_count()`.
composex_file composex_lua_file(size_t index);

/// What `composex init` writes: the files of `templates/`, and `meta/composex.lua`.
size_t composex_template_count(void);
/// `index` is below `composex_template_count()`.
composex_file composex_template_file(size_t index);

#endif
