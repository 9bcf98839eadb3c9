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

// MARK: Objects

/// What a proxy holds. `magic` tells it from the userdata of others.
struct proxy {
  uint32_t magic;
  int32_t handle;
};

#define MAGIC 0x434c7561

static struct proxy *proxy_at(lua_State *L, int index) {
  struct proxy *proxy = lua_touserdata(L, index);
  if (proxy == NULL || lua_type(L, index) != LUA_TUSERDATA) return NULL;
  return lua_rawlen(L, index) == sizeof *proxy && proxy->magic == MAGIC ? proxy : NULL;
}

int32_t clua_handle(lua_State *L, int index) {
  struct proxy *proxy = proxy_at(L, index);
  return proxy ? proxy->handle : -1;
}

bool clua_reserve_handles(clua_host *host, int32_t count) {
  if (count <= host->handle_capacity) return true;
  int32_t capacity = host->handle_capacity ? host->handle_capacity : 64;
  while (capacity < count) capacity = capacity > INT32_MAX / 2 ? count : capacity * 2;
  uint32_t *live = realloc(host->live, (size_t)capacity * sizeof *live);
  if (live == NULL) return false;
  host->live = live;
  memset(live + host->handle_capacity, 0, (size_t)(capacity - host->handle_capacity) * sizeof *live);
  int32_t *dead = realloc(host->dead, (size_t)capacity * sizeof *dead);
  if (dead == NULL) return false;
  host->dead = dead;
  host->handle_capacity = capacity;
  return true;
}

/// Raises what Swift answered, or pushes it.
static int answer(lua_State *L, int32_t operation, int32_t handle) {
  clua_host *host = HOST(L);
  POLL(L);
  int32_t failed = host->answer(host->owner, operation, handle);
  // The Swift frames are gone.
  luaL_checkstack(L, 4, NULL);
  clua_push_value(L, host->bytes);
  return failed ? lua_error(L) : 1;
}

static int32_t self(lua_State *L) {
  int32_t handle = clua_handle(L, 1);
  if (handle < 0) return luaL_argerror(L, 1, "not an object of the host");
  return handle;
}

static int on_index(lua_State *L) {
  return answer(L, CLUA_GET, self(L));
}

static int on_newindex(lua_State *L) {
  answer(L, CLUA_SET, self(L));
  return 0;
}

static int on_length(lua_State *L) {
  return answer(L, CLUA_LENGTH, self(L));
}

static int on_call(lua_State *L) {
  return answer(L, CLUA_APPLY, self(L));
}

static int on_concat(lua_State *L) {
  int32_t handle = clua_handle(L, 1);
  return answer(L, CLUA_CONCATENATE, handle >= 0 ? handle : clua_handle(L, 2));
}

static int on_tostring(lua_State *L) {
  return answer(L, CLUA_DESCRIBE, self(L));
}

static int on_pairs(lua_State *L) {
  answer(L, CLUA_PAIRS, self(L));
  clua_push_iterator(L);
  return 1;
}

static int on_function(lua_State *L) {
  struct proxy *proxy = lua_touserdata(L, lua_upvalueindex(1));
  return answer(L, CLUA_FUNCTION, proxy->handle);
}

/// Only notes the handle. Swift lets go of the object at the next crossing, not in the middle of a collection.
static int on_collect(lua_State *L) {
  clua_host *host = HOST(L);
  struct proxy *proxy = lua_touserdata(L, 1);
  uint32_t *live = &host->live[proxy->handle];
  *live -= 1;
  if (*live == 0) {
    *live = CLUA_QUEUED;
    host->dead[host->dead_count++] = proxy->handle;
  }
  return 0;
}

static const luaL_Reg object_events[] = {
  {"__index", on_index}, {"__newindex", on_newindex}, {"__len", on_length}, {"__call", on_call},
  {"__concat", on_concat}, {"__tostring", on_tostring}, {"__pairs", on_pairs}, {"__gc", on_collect}, {NULL, NULL},
};

struct type {
  const char *name;
  int32_t number;
};

static int add_type_body(lua_State *L) {
  struct type *type = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->types);
  lua_newtable(L);
  clua_set_functions(L, object_events);
  lua_pushstring(L, type->name);
  lua_setfield(L, -2, "__name");
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->locked);
  lua_setfield(L, -2, "__metatable");
  lua_rawseti(L, -2, type->number + 2);  // 1 is the type of the handles inside functions
  return 0;
}

int clua_add_type(clua_host *host, const char *name, int32_t type) {
  struct type argument = {name, type};
  return clua_protect(host, add_type_body, &argument, 0);
}

/// The collector sees a few bytes of a proxy, but not the Swift object behind it: it is told of what both take, so that it does
/// not lag behind scripts that make many.
#define PROXIES_PER_STEP 64
#define KIBIBYTES_PER_STEP 16

static void push_object(lua_State *L, int32_t handle, int32_t type) {
  clua_host *host = HOST(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->cache);
  if (lua_rawgeti(L, -1, handle + 1) != LUA_TNIL) {
    lua_remove(L, -2);
    return;
  }
  lua_pop(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->types);
  lua_rawgeti(L, -1, type + 2);
  lua_remove(L, -2);
  struct proxy *proxy = lua_newuserdatauv(L, sizeof *proxy, 0);
  proxy->magic = MAGIC;
  proxy->handle = handle;
  lua_rotate(L, -2, 1);
  lua_setmetatable(L, -2);
  host->live[handle]++;
  if (++host->new_proxies >= PROXIES_PER_STEP) {
    host->new_proxies = 0;
    lua_gc(L, LUA_GCSTEP, KIBIBYTES_PER_STEP);
  }
  if (type == CLUA_FUNCTION_TYPE) lua_pushcclosure(L, on_function, 1);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, handle + 1);
  lua_remove(L, -2);
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
      push_object(L, read_int32(from), read_int32(from + 4));
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

// MARK: References into Lua

struct slot_request {
  int32_t slot;
};

static int make_slot_body(lua_State *L) {
  struct slot_request *request = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->slots);
  lua_pushboolean(L, 0);
  lua_rawseti(L, -2, request->slot);
  return 0;
}

int clua_make_slot(clua_host *host, int index, int32_t *slot) {
  lua_State *L = host->L;
  index = lua_absindex(L, index);
  if (!lua_checkstack(L, 3)) return CLUA_STACK;
  if (host->free_count > 0) {
    *slot = host->free_slots[--host->free_count];
  } else {
    if (host->slot_count == host->slot_capacity) {
      if (host->slot_capacity > INT32_MAX / 4) return CLUA_MEMORY;
      int32_t capacity = host->slot_capacity ? host->slot_capacity * 2 : 64;
      int32_t *slots = realloc(host->free_slots, (size_t)capacity * sizeof *slots);
      if (slots == NULL) return CLUA_MEMORY;
      host->free_slots = slots;
      host->slot_capacity = capacity;
    }
    // Once there, an entry is set without a need for memory.
    struct slot_request request = {host->slot_count + 1};
    int status = clua_protect(host, make_slot_body, &request, 0);
    if (status != CLUA_OK) return status;
    *slot = ++host->slot_count;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->slots);
  lua_pushvalue(L, index);
  lua_rawseti(L, -2, *slot);
  lua_pop(L, 1);
  return CLUA_OK;
}

void clua_free_slot(clua_host *host, int32_t slot) {
  lua_State *L = host->L;
  if (L == NULL || !lua_checkstack(L, 2)) return;  // then it lives as long as the host
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->slots);
  lua_pushboolean(L, 0);
  lua_rawseti(L, -2, slot);
  lua_pop(L, 1);
  host->free_slots[host->free_count++] = slot;
}

bool clua_push_slot(clua_host *host, int32_t slot) {
  lua_State *L = host->L;
  if (!lua_checkstack(L, 2)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->slots);
  lua_rawgeti(L, -1, slot);
  lua_remove(L, -2);
  return true;
}

bool clua_anchor(clua_host *host, int index, int32_t anchor) {
  lua_State *L = host->L;
  index = lua_absindex(L, index);
  if (!lua_checkstack(L, 2)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, host->anchors);
  lua_pushvalue(L, index);
  lua_rawseti(L, -2, anchor + 1);
  lua_pop(L, 1);
  return true;
}
