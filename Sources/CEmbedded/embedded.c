#include "CEmbedded.h"

// Files that travel inside the binary, so that one file can be copied to a CI machine. `#embed` costs no build time, and an
// edit of an embedded file rebuilds this one.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char resource_types[] = {
#embed "resource-types.txt"
};

composex_file composex_resource_types(void) {
  return (composex_file){"resource-types.txt", resource_types, sizeof resource_types};
}

// `make release` compiles lua/ to bytecode first (scripts/compile-lua): loading it takes a tenth of the time. Every other
// build takes the text.
#undef linux  // a macro of the compiler, and the name of a file
#define QUOTED(path) #path
#ifdef COMPOSEX_COMPILED_LUA
#define LUA(path) QUOTED(../../.build/compiled/path)
#else
#define LUA(path) QUOTED(../../path)
#endif

// Defines `lua_files`, which ends with an entry without a name.
#include "lua-files.inc"

size_t composex_lua_count(void) { return sizeof lua_files / sizeof lua_files[0] - 1; }

composex_file composex_lua_file(size_t index) { return lua_files[index]; }

// Defines `template_files`, which ends with an entry without a name.
#include "template-files.inc"

size_t composex_template_count(void) { return sizeof template_files / sizeof template_files[0] - 1; }

composex_file composex_template_file(size_t index) { return template_files[index]; }
