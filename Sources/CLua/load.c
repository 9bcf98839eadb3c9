// Compiling chunks, each with an environment of its own.
#include "host.h"

#include <string.h>

struct chunk {
  const char *text;
  size_t left;
  const char *name;
  bool is_built_in;
  /// Lines handed out so far.
  int line;
};

/// A line at a time: compiling a huge text heeds the time limit too, and where the compiler ran out of stack is known.
static const char *read_chunk(lua_State *L, void *data, size_t *size) {
  struct chunk *chunk = data;
  POLL(L);
  if (chunk->left == 0) return NULL;
  const char *piece = chunk->text;
  const char *end = chunk->is_built_in ? NULL : memchr(piece, '\n', chunk->left);
  *size = end ? (size_t)(end - piece) + 1 : chunk->left;
  if (*size > 65536) *size = 65536;
  if (chunk->line == 0 || piece[-1] == '\n') chunk->line++;
  chunk->text += *size;
  chunk->left -= *size;
  return piece;
}

static int undefined(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" is not defined", name);
}

static int assigned(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" is a global; write local %s", name, name);
}

static int absent(lua_State *L) {
  // The reasons are a table: name -> why.
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TSTRING) {
    return luaL_error(L, "%s is not available: %s", lua_tostring(L, 2), lua_tostring(L, -1));
  }
  return undefined(L);
}

/// Pushes a copy of a table, with copies of the tables in it.
static void push_copy(lua_State *L, int from, int depth) {
  luaL_checkstack(L, 5, NULL);
  from = lua_absindex(L, from);
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, from)) {
    if (depth > 0 && lua_istable(L, -1)) {
      push_copy(L, -1, depth - 1);
      lua_remove(L, -2);
    }
    lua_pushvalue(L, -2);
    lua_rotate(L, -2, 1);
    lua_rawset(L, -4);
  }
}

/// Pushes a fresh environment: an empty table that reads through to a copy of the library with the given globals. As
/// it stays empty, every assignment to a global is caught.
static void push_environment(lua_State *L) {
  lua_newtable(L);      // the environment
  lua_createtable(L, 0, 3);
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->library);
  push_copy(L, -1, 1);
  lua_remove(L, -2);
  clua_push_value(L, HOST(L)->bytes);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pushvalue(L, -2);
    lua_rotate(L, -2, 1);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
  lua_createtable(L, 0, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "reasons");
  lua_pushcclosure(L, absent, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, assigned);
  lua_setfield(L, -2, "__newindex");
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->locked);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

/// Pushes the environment that built-in chunks share; the first of them makes it, with its globals.
static void push_built_in_environment(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, "built-in") == LUA_TTABLE) return;
  lua_pop(L, 1);
  push_environment(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, "built-in");
}

static int load_body(lua_State *L) {
  struct chunk *chunk = lua_touserdata(L, 1);
  if (chunk->is_built_in) push_built_in_environment(L);
  else push_environment(L);
  lua_pushfstring(L, "@%s", chunk->name);
  // Bytecode can crash the interpreter, so it is taken from nobody else.
  const char *mode = chunk->is_built_in ? "bt" : "t";
  if (lua_load(L, read_chunk, chunk, lua_tostring(L, -1), mode) != LUA_OK) return lua_error(L);
  lua_pushvalue(L, 2);
  lua_setupvalue(L, -2, 1);
  return 1;
}

int clua_load(
    clua_host *host, const char *source, size_t length, const char *name, bool is_built_in, int32_t *slot) {
  if (length >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0) source += 3, length -= 3;
  struct chunk chunk = {source, length, name, is_built_in, 0};
  if (host->depth == 1) clua_copy_name(host->running, name);
  int status = clua_protect(host, load_body, &chunk, 1);
  if (status == CLUA_FAILED && host->failed_line == 0) {
    clua_copy_name(host->failed_in, name);
    host->failed_line = chunk.line;
  }
  if (status != CLUA_OK) return status;
  status = clua_make_slot(host, -1, slot);
  if (status == CLUA_OK) lua_settop(host->L, -2);
  return status;
}
