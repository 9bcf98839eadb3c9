// The table library, on plain tables and on objects of the host. Every loop heeds the time limit, and none of them
// can be led astray by metamethods: a table whose metatable would take part is refused.
#include "host.h"

#include <limits.h>

/// Checks that argument `arg` is a plain table or an object, and tells whether it is a table.
static bool check_list(lua_State *L, int arg) {
  if (clua_handle(L, arg) >= 0) return false;
  luaL_checktype(L, arg, LUA_TTABLE);
  static const char *const events[] = {"__index", "__newindex", "__len"};
  if (!lua_getmetatable(L, arg)) return true;
  for (int i = 0; i < 3; i++) {
    lua_pushstring(L, events[i]);
    int type = lua_rawget(L, -2);
    lua_pop(L, 1);
    // A class as __index gives methods, not items.
    if (type != LUA_TNIL && !(i == 0 && type == LUA_TTABLE)) {
      luaL_argerror(L, arg, lua_pushfstring(L, "plain table expected, this one has %s", events[i]));
    }
  }
  lua_pop(L, 1);
  return true;
}

static lua_Integer length(lua_State *L, int arg, bool plain) {
  return plain ? (lua_Integer)lua_rawlen(L, arg) : luaL_len(L, arg);
}

static int get(lua_State *L, int arg, bool plain, lua_Integer i) {
  return plain ? lua_rawgeti(L, arg, i) : lua_geti(L, arg, i);
}

static void set(lua_State *L, int arg, bool plain, lua_Integer i) {
  if (plain) lua_rawseti(L, arg, i);
  else lua_seti(L, arg, i);
}

static int table_insert(lua_State *L) {
  bool plain = check_list(L, 1);
  lua_Integer end = length(L, 1, plain) + 1;
  switch (lua_gettop(L)) {
    case 2:
      set(L, 1, plain, end);
      return 0;
    case 3: {
      lua_Integer at = luaL_checkinteger(L, 2);
      luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");
      for (lua_Integer i = end; i > at; i--) {
        get(L, 1, plain, i - 1);
        set(L, 1, plain, i);
        if ((i & 1023) == 0) POLL(L);
      }
      set(L, 1, plain, at);
      return 0;
    }
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
  }
}

static int table_remove(lua_State *L) {
  bool plain = check_list(L, 1);
  lua_Integer size = length(L, 1, plain);
  lua_Integer at = luaL_optinteger(L, 2, size);
  if (lua_gettop(L) > 1) {
    // #t + 1 is allowed, and so is 0 for an empty list.
    bool inside = (at >= 1 && at <= size + 1) || (size == 0 && at == 0);
    luaL_argcheck(L, inside, 2, "position out of bounds");
  }
  lua_settop(L, 1);
  if (!plain && (at < 1 || at > size)) {
    lua_pushnil(L);
    return 1;
  }
  get(L, 1, plain, at);
  for (; at < size; at++) {
    get(L, 1, plain, at + 1);
    set(L, 1, plain, at);
    if ((at & 1023) == 0) POLL(L);
  }
  lua_pushnil(L);
  set(L, 1, plain, at);
  return 1;
}

static int table_move(lua_State *L) {
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
  int target = lua_isnoneornil(L, 5) ? 1 : 5;
  bool plain = check_list(L, 1), plain_target = check_list(L, target);
  if (last >= first) {
    luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
    lua_Integer count = last - first + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    // Backwards where the ranges overlap so that items would be overwritten before they are read.
    bool backwards = to > first && to <= last && lua_rawequal(L, 1, target);
    for (lua_Integer k = 0; k < count; k++) {
      lua_Integer i = backwards ? count - 1 - k : k;
      get(L, 1, plain, first + i);
      set(L, target, plain_target, to + i);
      if ((k & 1023) == 0) POLL(L);
    }
  }
  lua_pushvalue(L, target);
  return 1;
}

static int table_concat(lua_State *L) {
  bool plain = check_list(L, 1);
  size_t separator_length;
  const char *separator = luaL_optlstring(L, 2, "", &separator_length);
  lua_Integer i = luaL_optinteger(L, 3, 1);
  lua_Integer last = lua_isnoneornil(L, 4) ? length(L, 1, plain) : luaL_checkinteger(L, 4);
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  for (; i <= last; i++) {
    get(L, 1, plain, i);
    if (!lua_isstring(L, -1)) {
      return luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
                        (LUAI_UACINT)i);
    }
    luaL_addvalue(&text);
    if (i == last) break;  // the last integer has no successor
    luaL_addlstring(&text, separator, separator_length);
    if ((i & 1023) == 0) POLL(L);
  }
  luaL_pushresult(&text);
  return 1;
}

static int table_pack(lua_State *L) {
  int count = lua_gettop(L);
  lua_createtable(L, count, 1);
  lua_insert(L, 1);
  for (int i = count; i >= 1; i--) lua_rawseti(L, 1, i);
  lua_pushinteger(L, count);
  lua_setfield(L, 1, "n");
  return 1;
}

static int table_unpack(lua_State *L) {
  bool plain = check_list(L, 1);
  lua_Integer first = luaL_optinteger(L, 2, 1);
  lua_Integer last = lua_isnoneornil(L, 3) ? length(L, 1, plain) : luaL_checkinteger(L, 3);
  if (first > last) return 0;
  lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
  if (count >= INT_MAX || !lua_checkstack(L, (int)(count + 1))) return luaL_error(L, "too many results to unpack");
  for (lua_Integer i = first; i < last; i++) get(L, 1, plain, i);
  get(L, 1, plain, last);
  return (int)count + 1;
}

/// Whether the value on top comes before the one below it. Pops both.
static bool comes_before(lua_State *L) {
  if (lua_isnil(L, 2)) {
    bool before = lua_compare(L, -1, -2, LUA_OPLT);
    lua_pop(L, 2);
    return before;
  }
  lua_pushvalue(L, 2);
  lua_rotate(L, -3, 1);  // function, second, first
  lua_rotate(L, -2, 1);  // function, first, second
  lua_call(L, 2, 1);
  bool before = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return before;
}

/// Merges the runs [start, middle) and [middle, end) of the table at `from` into that at `to`.
static void merge(lua_State *L, int from, int to, lua_Integer start, lua_Integer middle, lua_Integer end) {
  lua_Integer left = start, right = middle;
  for (lua_Integer k = start; k < end; k++) {
    bool takes_right = left >= middle;
    if (!takes_right && right < end) {
      lua_rawgeti(L, from, left);
      lua_rawgeti(L, from, right);
      takes_right = comes_before(L);
    }
    lua_rawgeti(L, from, takes_right ? right++ : left++);
    lua_rawseti(L, to, k);
    if ((k & 255) == 0) POLL(L);
  }
}

/// A merge sort: equal elements keep their order, the same input gives the same output whatever the comparator says,
/// the number of comparisons is bounded, and an error leaves the table as it was.
static int table_sort(lua_State *L) {
  bool plain = check_list(L, 1);
  lua_Integer count = length(L, 1, plain);
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  if (count < 2) return 0;
  luaL_argcheck(L, count < INT_MAX, 1, "array too big");
  lua_createtable(L, (int)count, 0);
  lua_createtable(L, (int)count, 0);
  for (lua_Integer i = 1; i <= count; i++) {
    get(L, 1, plain, i);
    lua_rawseti(L, 3, i);
    if ((i & 1023) == 0) POLL(L);
  }
  int from = 3, to = 4;
  for (lua_Integer width = 1; width < count; width *= 2) {
    for (lua_Integer start = 1; start <= count; start += 2 * width) {
      lua_Integer middle = start + width <= count ? start + width : count + 1;
      lua_Integer end = middle + width <= count ? middle + width : count + 1;
      merge(L, from, to, start, middle, end);
    }
    int swap = from;
    from = to;
    to = swap;
  }
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, from, i);
    set(L, 1, plain, i);
    if ((i & 1023) == 0) POLL(L);
  }
  return 0;
}

static const luaL_Reg functions[] = {
  {"concat", table_concat}, {"insert", table_insert}, {"move", table_move},     {"pack", table_pack},
  {"remove", table_remove}, {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL},
};

void clua_open_tables(lua_State *L) {
  lua_newtable(L);
  clua_set_functions(L, functions);
}
