// pairs and next in a fixed order: numbers, then strings in byte order, then booleans. Lua's own order differs from
// run to run.
#include "host.h"

#include <stdlib.h>
#include <string.h>

/// A key to sort by. A string points into Lua's own memory: whoever reads it keeps the string alive.
struct key {
  enum { WHOLE, FRACTION, TEXT, TRUTH } kind;
  lua_Integer place;
  size_t length;
  union {
    lua_Integer whole;
    lua_Number fraction;
    const char *text;
    int truth;
  } of;
};

/// Reads the key at `index`; raises when it has no order.
static void read_key(lua_State *L, int index, struct key *key) {
  key->length = 0;
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      key->kind = lua_isinteger(L, index) ? WHOLE : FRACTION;
      if (key->kind == WHOLE) key->of.whole = lua_tointeger(L, index);
      else key->of.fraction = lua_tonumber(L, index);
      return;
    case LUA_TSTRING:
      key->kind = TEXT;
      key->of.text = lua_tolstring(L, index, &key->length);
      return;
    case LUA_TBOOLEAN:
      key->kind = TRUTH;
      key->of.truth = lua_toboolean(L, index);
      return;
    default: {
      const char *what = luaL_typename(L, index);
      if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING) what = lua_tostring(L, -1);
      luaL_error(L, "a key of the table is a %s: only numbers, strings and booleans have an order to go through them",
                 what);
    }
  }
}

static int group(const struct key *key) {
  return key->kind <= FRACTION ? 0 : key->kind;
}

static int compare_numbers(const struct key *a, const struct key *b) {
  if (a->kind == WHOLE && b->kind == WHOLE) return (a->of.whole > b->of.whole) - (a->of.whole < b->of.whole);
  // A key that is a float has no integer value, so a difference beyond the precision of a float does not matter but
  // for huge values, where long double is still exact.
  long double x = a->kind == WHOLE ? (long double)a->of.whole : (long double)a->of.fraction;
  long double y = b->kind == WHOLE ? (long double)b->of.whole : (long double)b->of.fraction;
  return (x > y) - (x < y);
}

static int compare(const struct key *a, const struct key *b) {
  if (group(a) != group(b)) return group(a) < group(b) ? -1 : 1;
  switch (a->kind) {
    case TEXT: {
      int order = memcmp(a->of.text, b->of.text, a->length < b->length ? a->length : b->length);
      return order ? order : (a->length > b->length) - (a->length < b->length);
    }
    case TRUTH: return a->of.truth - b->of.truth;
    default: return compare_numbers(a, b);
  }
}

/// Merge sort of `count` keys with room for as many behind them.
static void sort_keys(lua_State *L, struct key *keys, size_t count) {
  struct key *from = keys, *to = keys + count;
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      POLL(L);
      size_t left = start, middle = start + width < count ? start + width : count;
      size_t right = middle, end = middle + width < count ? middle + width : count;
      for (size_t k = start; k < end; k++) {
        bool takes_left = left < middle && (right >= end || compare(&from[left], &from[right]) <= 0);
        to[k] = takes_left ? from[left++] : from[right++];
      }
    }
    struct key *swap = from;
    from = to;
    to = swap;
  }
  if (from != keys) memcpy(keys, from, count * sizeof *keys);
}

/// Upvalues: table, sorted keys, position.
static int next_key(lua_State *L) {
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
  while (lua_rawgeti(L, lua_upvalueindex(2), ++at) != LUA_TNIL) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) {
      lua_pushinteger(L, at);
      lua_replace(L, lua_upvalueindex(3));
      return 2;
    }
    lua_pop(L, 2);  // removed since
    if ((at & 1023) == 0) POLL(L);
  }
  lua_pushnil(L);
  return 1;
}

/// Upvalues: table, position, number of items. For a table that has only the items 1 to n.
static int next_item(lua_State *L) {
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
  lua_Integer last = lua_tointeger(L, lua_upvalueindex(3));
  while (at < last) {
    lua_pushinteger(L, ++at);
    if (lua_rawgeti(L, lua_upvalueindex(1), at) != LUA_TNIL) {
      lua_pushvalue(L, -2);
      lua_replace(L, lua_upvalueindex(2));
      return 2;
    }
    lua_pop(L, 2);
    if ((at & 1023) == 0) POLL(L);
  }
  lua_pushnil(L);
  return 1;
}

/// How many keys the table at index 1 has, and whether they are exactly 1 to n.
static size_t count_keys(lua_State *L, bool *is_list) {
  size_t count = 0;
  bool all_items = true;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    count++;
    // Items of the array part come in order; anything else is sorted.
    if (all_items && !(lua_isinteger(L, -1) && lua_tointeger(L, -1) == (lua_Integer)count)) all_items = false;
    if ((count & 1023) == 0) POLL(L);
  }
  *is_list = all_items;
  return count;
}

int clua_pairs(lua_State *L) {
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  bool is_list;
  size_t count = count_keys(L, &is_list);
  if (is_list) {
    lua_pushinteger(L, 0);
    lua_pushinteger(L, (lua_Integer)count);
    lua_pushcclosure(L, next_item, 3);
    return 1;
  }
  if (count > INT32_MAX / 4) return luaL_error(L, "table too large");
  // Twice the keys, for the merges. The block is Lua's, so that an error leaks nothing and the cap holds.
  struct key *keys = lua_newuserdatauv(L, 2 * count * sizeof *keys, 0);
  lua_createtable(L, (int)count, 0);  // keeps the keys alive, whatever becomes of the table
  lua_createtable(L, (int)count, 0);
  size_t at = 0;
  lua_pushnil(L);
  while (at < count && lua_next(L, 1)) {
    lua_pop(L, 1);
    read_key(L, -1, &keys[at++]);
    keys[at - 1].place = (lua_Integer)at;
    lua_pushvalue(L, -1);
    lua_rawseti(L, 3, (lua_Integer)at);
    if ((at & 1023) == 0) POLL(L);
  }
  lua_settop(L, 4);
  sort_keys(L, keys, at);
  for (size_t i = 0; i < at; i++) {
    lua_rawgeti(L, 3, keys[i].place);
    lua_rawseti(L, 4, (lua_Integer)i + 1);
    if ((i & 1023) == 0) POLL(L);
  }
  lua_replace(L, 2);
  lua_settop(L, 2);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_key, 3);
  return 1;
}

/// The first key after the given one, found by looking at all of them: meant for `next(t) == nil` and the like.
int clua_next(lua_State *L) {
  if (clua_handle(L, 1) >= 0) return luaL_argerror(L, 1, "next works on tables; use pairs");
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 3);  // table, key, the best key so far
  struct key after, best, key;
  bool bounded = !lua_isnil(L, 2), found = false;
  if (bounded) read_key(L, 2, &after);
  lua_pushnil(L);
  for (unsigned count = 0; lua_next(L, 1); count++) {
    lua_pop(L, 1);
    read_key(L, -1, &key);
    if ((!bounded || compare(&key, &after) > 0) && (!found || compare(&key, &best) < 0)) {
      best = key;
      found = true;
      lua_pushvalue(L, -1);
      lua_replace(L, 3);
    }
    if ((count & 1023) == 0) POLL(L);
  }
  if (!found) {
    lua_pushnil(L);
    return 1;
  }
  lua_settop(L, 3);
  lua_pushvalue(L, 3);
  lua_rawget(L, 1);
  return 2;
}

/// Upvalues: items, position, number of items.
static int next_pair(lua_State *L) {
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
  if (lua_rawgeti(L, lua_upvalueindex(1), at + 1) == LUA_TNIL) return 1;
  lua_rawgeti(L, lua_upvalueindex(1), at + 2);
  lua_pushinteger(L, at + 2);
  lua_replace(L, lua_upvalueindex(2));
  return 2;
}

void clua_push_iterator(lua_State *L) {
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_pair, 2);
}
