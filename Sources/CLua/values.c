// Values on their way from Swift to Lua, and what each side holds of the other.
#include "host.h"

#include <stdlib.h>
#include <string.h>

// MARK: The buffer

bool clua_reserve(clua_host *host, size_t more) {
  if (more <= host->byte_capacity - host->byte_count) return true;
  size_t wanted = host->byte_count + more;
  if (wanted < more || wanted > SIZE_MAX / 2) return false;
  size_t capacity = host->byte_capacity ? host->byte_capacity : 4096;
  while (capacity < wanted) capacity *= 2;
  uint8_t *bytes = realloc(host->bytes, capacity);
  if (bytes == NULL) return false;
  host->bytes = bytes;
  host->byte_capacity = capacity;
  return true;
}

static int32_t read_int32(const uint8_t *from) {
  int32_t value;
  memcpy(&value, from, sizeof value);
  return value;
}

static int64_t read_int64(const uint8_t *from) {
  int64_t value;
  memcpy(&value, from, sizeof value);
  return value;
}

static const uint8_t *push_string(lua_State *L, const uint8_t *from) {
  size_t length = (size_t)read_int64(from);
  lua_pushlstring(L, (const char *)from + 8, length);
  return from + 8 + length;
}

// MARK: Values

const uint8_t *clua_push_value(lua_State *L, const uint8_t *from) {
  switch (*from++) {
    case CLUA_FALSE: lua_pushboolean(L, 0); return from;
    case CLUA_TRUE: lua_pushboolean(L, 1); return from;
    case CLUA_INTEGER: lua_pushinteger(L, read_int64(from)); return from + 8;
    case CLUA_NUMBER: {
      double value;
      memcpy(&value, from, sizeof value);
      lua_pushnumber(L, value);
      return from + 8;
    }
    case CLUA_STRING: return push_string(L, from);
    case CLUA_OBJECT:
      luaL_checkstack(L, 5, NULL);
      clua_push_object(L, read_int32(from), read_int32(from + 4));
      return from + 8;
    case CLUA_REFERENCE:
      luaL_checkstack(L, 3, NULL);
      lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->slots);
      lua_rawgeti(L, -1, read_int32(from));
      lua_remove(L, -2);
      return from + 4;
    case CLUA_TABLE: {
      int32_t items = read_int32(from), fields = read_int32(from + 4);
      from += 8;
      luaL_checkstack(L, 6, "table too deep");
      lua_createtable(L, items, fields);
      for (int32_t i = 1; i <= items; i++) {
        from = clua_push_value(L, from);
        lua_rawseti(L, -2, i);
      }
      for (int32_t i = 0; i < fields; i++) {
        from = push_string(L, from);
        from = clua_push_value(L, from);
        lua_rawset(L, -3);
      }
      return from;
    }
    default: lua_pushnil(L); return from;
  }
}
