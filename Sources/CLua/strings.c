// The string library. What Lua's own functions do in time that grows with their operands stays theirs; the rest is
// written here so that it heeds the bounds.
#include "host.h"

#include <string.h>

static int string_rep(lua_State *L) {
  size_t length, separator_length;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &separator_length);
  size_t unit = length + separator_length;
  if (count <= 0 || unit == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if ((lua_Unsigned)count > HOST(L)->limit / unit + 1) return luaL_error(L, "resulting string too large");
  size_t total = unit * (size_t)count - separator_length;
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(L, &buffer, total + separator_length);
  memcpy(to, text, length);
  memcpy(to + length, separator, separator_length);
  // Doubling, so that many short pieces cost no more than one long one.
  for (size_t done = unit; done < total; ) {
    size_t more = done < total - done ? done : total - done;
    memcpy(to + done, to, more);
    done += more;
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/// Values that a format may take: more would keep one call busy for long.
#define MOST_VALUES 10000

/// string.format without addresses: %p is refused, and %s writes tables and functions as tostring does. Upvalue:
/// Lua's own.
static int string_format(lua_State *L) {
  size_t length;
  const char *format = luaL_checklstring(L, 1, &length), *end = format + length;
  int arg = 1;
  while (format < end) {
    if (*format++ != '%') continue;
    if (format < end && *format == '%') {
      format++;
      continue;
    }
    while (format < end && strchr("-+ #0123456789.", *format) != NULL && *format != 0) format++;
    if (format == end) break;  // Lua's own function tells what is wrong
    arg++;
    if (*format == 'p') return luaL_error(L, "%%p is not available: addresses differ from run to run");
    if (*format == 's' && lua_type(L, arg) > LUA_TSTRING) {
      clua_push_text(L, arg);
      lua_replace(L, arg);
    }
    if (arg > MOST_VALUES) return luaL_error(L, "too many values to format");
    format++;
  }
  // In this very frame, so that its messages name the caller's function and argument.
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static const luaL_Reg own[] = {
  {"find", clua_find},   {"gmatch", clua_gmatch}, {"gsub", clua_gsub},
  {"match", clua_match}, {"rep", string_rep},     {NULL, NULL},
};

/// Puts ours in the place of Lua's in the table on top.
static void replace_functions(lua_State *L) {
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, string_format, 1);
  lua_setfield(L, -2, "format");
  clua_set_functions(L, own);
  clua_forbid(L, "dump", "string.dump", "a script sees no bytecode");
  clua_forbid(L, "pack", "string.pack", "a script makes text, not binary values");
  clua_forbid(L, "packsize", "string.packsize", "a script makes text, not binary values");
  clua_forbid(L, "unpack", "string.unpack", "a script makes text, not binary values");
}

void clua_open_strings(lua_State *L) {
  luaopen_string(L);
  replace_functions(L);
  // Methods of strings are looked up in a copy that no script can reach.
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, -5)) {
    lua_pushvalue(L, -2);
    lua_rotate(L, -2, 1);
    lua_rawset(L, -4);
  }
  lua_setfield(L, -2, "__index");
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->locked);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
}
