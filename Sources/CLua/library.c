// The library that every environment gets a copy of, and the host's own tables.
#include "host.h"

/// Names that scripts know from elsewhere, and why they are not here.
static const char *const reasons[][2] = {
  {"io", "a script reads and writes no files"},
  {"os", "a script sees neither the clock nor the machine"},
  {"debug", "a script sees no other script's variables"},
  {"package", "a script loads no other files"},
  {"require", "composex.use(\"lib.lua\") reads a file of the same folder"},
  {"dofile", "a script loads no other files"},
  {"loadfile", "a script loads no other files"},
  {"load", "a script compiles no text at run time; write a function"},
  {"loadstring", "a script compiles no text at run time; write a function"},
  {"collectgarbage", "memory is looked after by the host"},
  {"_G", "write local variables; what others may use is what a function returns"},
  {"coroutine", "a script runs from top to bottom; write a loop"},
};

static int locked_field(lua_State *L) {
  return luaL_error(L, "this metatable is locked");
}

/// Lua looks for the name of a function here when it makes a message and the caller gives none: `bad argument #1 to
/// 'string.rep'`. No script can reach the table.
static void name_functions(lua_State *L) {
  lua_newtable(L);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, LUA_GNAME);
  static const char *const parts[] = {"string", "table", "math", "utf8"};
  for (int i = 0; i < 4; i++) {
    lua_getfield(L, -2, parts[i]);
    lua_setfield(L, -2, parts[i]);
  }
  lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

/// Makes the host's own tables and the library that environments are copied from.
int clua_open_library(lua_State *L) {
  clua_host *host = HOST(L);
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "v");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  host->cache = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  host->types = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  host->slots = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, CLUA_ANCHORS, 0);
  for (int i = 1; i <= CLUA_ANCHORS; i++) {
    lua_pushboolean(L, 0);
    lua_rawseti(L, -2, i);
  }
  host->anchors = luaL_ref(L, LUA_REGISTRYINDEX);

  lua_pushboolean(L, 0);
  host->traceback = luaL_ref(L, LUA_REGISTRYINDEX);

  // What stands in for a metatable that no script may have.
  lua_newuserdatauv(L, 0, 0);
  lua_createtable(L, 0, 3);
  lua_pushcfunction(L, locked_field);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, locked_field);
  lua_setfield(L, -2, "__newindex");
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  host->locked = luaL_ref(L, LUA_REGISTRYINDEX);

  lua_newtable(L);
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
    lua_pushstring(L, reasons[i][1]);
    lua_setfield(L, -2, reasons[i][0]);
  }
  lua_setfield(L, LUA_REGISTRYINDEX, "reasons");

  clua_open_base(L);
  clua_open_strings(L);
  lua_setfield(L, -2, "string");
  clua_open_tables(L);
  lua_setfield(L, -2, "table");
  luaopen_math(L);
  clua_forbid(L, "random", "math.random", "the same input must give the same output");
  clua_forbid(L, "randomseed", "math.randomseed", "the same input must give the same output");
  lua_setfield(L, -2, "math");
  luaopen_utf8(L);
  lua_setfield(L, -2, "utf8");
  name_functions(L);
  host->library = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

void clua_set_functions(lua_State *L, const luaL_Reg *functions) {
  for (; functions->name; functions++) {
    lua_pushcfunction(L, functions->func);
    lua_setfield(L, -2, functions->name);
  }
}

static int forbidden(lua_State *L) {
  return luaL_error(L, "%s is not available: %s", lua_tostring(L, lua_upvalueindex(1)),
                    lua_tostring(L, lua_upvalueindex(2)));
}

void clua_forbid(lua_State *L, const char *field, const char *name, const char *why) {
  lua_pushstring(L, name);
  lua_pushstring(L, why);
  lua_pushcclosure(L, forbidden, 2);
  lua_setfield(L, -2, field);
}
