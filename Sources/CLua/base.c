// The base library: what can neither leave the script nor run unbounded, and prints no addresses.
#include "host.h"

#include <string.h>

void clua_push_text(lua_State *L, int index) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 4, NULL);
  if (luaL_callmeta(L, index, "__tostring")) {
    if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
    lua_tolstring(L, -1, NULL);  // a number becomes a text
    return;
  }
  switch (lua_type(L, index)) {
    case LUA_TNIL: case LUA_TBOOLEAN: case LUA_TNUMBER: case LUA_TSTRING:
      luaL_tolstring(L, index, NULL);
      return;
    default:
      // An address would differ from run to run.
      // Exactly one value is left, whatever a script has put there: callers hold a buffer below it.
      switch (luaL_getmetafield(L, index, "__name")) {
        case LUA_TSTRING: return;
        case LUA_TNIL: break;
        default: lua_pop(L, 1);
      }
      lua_pushstring(L, luaL_typename(L, index));
  }
}

static int base_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  clua_push_text(L, 1);
  return 1;
}

static int base_print(lua_State *L) {
  int count = lua_gettop(L);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  for (int i = 1; i <= count; i++) {
    if (i > 1) luaL_addchar(&text, '\t');
    clua_push_text(L, i);
    luaL_addvalue(&text);
  }
  luaL_pushresult(&text);
  lua_replace(L, 1);
  lua_settop(L, 1);
  clua_host *host = HOST(L);
  POLL(L);
  if (host->answer(host->owner, CLUA_PRINT, -1) == 0) return 0;
  clua_push_value(L, host->bytes);
  return lua_error(L);
}

static int base_getmetatable(lua_State *L) {
  luaL_checkany(L, 1);
  if (!lua_getmetatable(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  lua_pushliteral(L, "__metatable");
  if (lua_rawget(L, -2) == LUA_TNIL) lua_pop(L, 1);
  return 1;
}

/// The metatable of a table, without the two fields by which a script would run outside its bounds (a finalizer runs
/// with hooks off) or see when memory is collected.
static int base_setmetatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
  static const char *const refused[] = {"__gc", "__mode"};
  for (int i = 0; i < 2 && type == LUA_TTABLE; i++) {
    lua_pushstring(L, refused[i]);
    if (lua_rawget(L, 2) != LUA_TNIL) {
      return luaL_error(L, "%s is not available: a script cannot see when memory is collected", refused[i]);
    }
    lua_pop(L, 1);
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

/// xpcall whose handler runs after the stack was unwound: an ordinary call, within the bounds of any other.
static int base_xpcall(lua_State *L) {
  int count = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 1);
  lua_insert(L, 3);
  // function, handler, function, arguments...
  if (lua_pcall(L, count - 2, LUA_MULTRET, 0) == LUA_OK) {
    lua_pushboolean(L, 1);
    lua_insert(L, 3);
    return lua_gettop(L) - 2;
  }
  lua_pushvalue(L, 2);
  lua_insert(L, 3);
  lua_pcall(L, 1, LUA_MULTRET, 0);
  lua_pushboolean(L, 0);
  lua_insert(L, 3);
  return lua_gettop(L) - 2;
}

/// Lua's own functions that are safe as they are.
static const char *const kept[] = {
  "assert", "error", "ipairs", "pcall", "rawequal", "rawget", "rawlen", "rawset", "select",
  "tonumber", "type", "_VERSION",
};

static const luaL_Reg own[] = {
  {"getmetatable", base_getmetatable}, {"next", clua_next},         {"pairs", clua_pairs},   {"print", base_print},
  {"setmetatable", base_setmetatable}, {"tostring", base_tostring}, {"xpcall", base_xpcall}, {NULL, NULL},
};

void clua_open_base(lua_State *L) {
  lua_newtable(L);
  luaopen_base(L);
  for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
    lua_getfield(L, -1, kept[i]);
    lua_setfield(L, -3, kept[i]);
  }
  // Lua's global table is nobody's environment.
  lua_pop(L, 1);
  lua_newtable(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  clua_set_functions(L, own);
}
