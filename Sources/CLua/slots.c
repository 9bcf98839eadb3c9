// What Swift holds of Lua: references in the slots of a table, and strings that are anchored.
#include "host.h"

#include <stdlib.h>

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
