// Objects owned by Swift: proxies in Lua, and how their operations get to Swift and back.
#include "host.h"

#include <stdlib.h>
#include <string.h>

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

static int on_equal(lua_State *L) {
  int32_t left = clua_handle(L, 1), right = clua_handle(L, 2);
  if (left >= 0 && right >= 0) return answer(L, CLUA_EQUAL, left);
  lua_pushboolean(L, 0);
  return 1;
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
  {"__index", on_index},       {"__newindex", on_newindex}, {"__len", on_length},  {"__call", on_call},
  {"__concat", on_concat},     {"__eq", on_equal},          {"__pairs", on_pairs}, {"__gc", on_collect},
  {"__tostring", on_tostring}, {NULL, NULL},
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

/// The collector sees a few bytes of a proxy, but not the Swift object behind it: it is told of what both take, so
/// that it does not lag behind scripts that make many.
#define PROXIES_PER_STEP 64
#define KIBIBYTES_PER_STEP 16

void clua_push_object(lua_State *L, int32_t handle, int32_t type) {
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
  if (!host->trusts && ++host->new_proxies >= PROXIES_PER_STEP) {
    host->new_proxies = 0;
    lua_gc(L, LUA_GCSTEP, KIBIBYTES_PER_STEP);
  }
  if (type == CLUA_FUNCTION_TYPE) lua_pushcclosure(L, on_function, 1);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, handle + 1);
  lua_remove(L, -2);
}
