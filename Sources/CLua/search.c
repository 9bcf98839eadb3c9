// find, match, gmatch and gsub, on the matcher of pattern.c.
#define _GNU_SOURCE  // memmem
#include "pattern.h"

#include <string.h>

#define SPECIALS "^$*+?.([%-"

/// Pushes capture `index` of the match from `s` to `end`; the first is the whole match when the pattern has none.
static void push_capture(struct matcher *m, int index, const char *s, const char *end) {
  if (index >= m->captures) {
    if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, s, (size_t)(end - s));
    return;
  }
  ptrdiff_t length = m->capture[index].length;
  if (length == OPEN) luaL_error(m->L, "unfinished capture");
  if (length == POSITION) lua_pushinteger(m->L, m->capture[index].start - m->start + 1);
  else lua_pushlstring(m->L, m->capture[index].start, (size_t)length);
}

/// Pushes all captures, or the whole match when `s` is given and there are none.
static int push_captures(struct matcher *m, const char *s, const char *end) {
  int count = m->captures == 0 && s ? 1 : m->captures;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++) push_capture(m, i, s, end);
  return count;
}

/// A position argument as an offset from 0; beyond the end when it lies there.
static size_t offset(lua_Integer position, size_t length) {
  if (position > 0) return (size_t)position - 1;
  if (position == 0 || position < -(lua_Integer)length) return 0;
  return length - (size_t)-position;
}

static bool has_specials(const char *pattern, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (pattern[i] != 0 && strchr(SPECIALS, pattern[i])) return true;
  }
  return false;
}

static int search(lua_State *L, bool is_find) {
  size_t length, size;
  const char *text = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &size);
  size_t from = offset(luaL_optinteger(L, 3, 1), length);
  if (from > length) {
    lua_pushnil(L);
    return 1;
  }
  if (is_find && (lua_toboolean(L, 4) || !has_specials(pattern, size))) {
    const char *found = memmem(text + from, length - from, pattern, size);
    if (found) {
      lua_pushinteger(L, found - text + 1);
      lua_pushinteger(L, found - text + (lua_Integer)size);
      return 2;
    }
    lua_pushnil(L);
    return 1;
  }
  bool is_anchored = size > 0 && *pattern == '^';
  struct matcher m;
  clua_prepare(&m, L, text, length, pattern + is_anchored, size - is_anchored);
  for (const char *s = text + from; s <= m.end; s++) {
    const char *end = clua_match_at(&m, s);
    if (end && is_find) {
      lua_pushinteger(L, s - text + 1);
      lua_pushinteger(L, end - text);
      return push_captures(&m, NULL, NULL) + 2;
    }
    if (end) return push_captures(&m, s, end);
    if (is_anchored) break;
  }
  lua_pushnil(L);
  return 1;
}

int clua_find(lua_State *L) { return search(L, true); }
int clua_match(lua_State *L) { return search(L, false); }

/// Upvalues: text, pattern, offset to go on from, end of the last match (-1: none).
static int next_match(lua_State *L) {
  size_t length, size;
  const char *text = lua_tolstring(L, lua_upvalueindex(1), &length);
  const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &size);
  lua_Integer from = lua_tointeger(L, lua_upvalueindex(3)), last = lua_tointeger(L, lua_upvalueindex(4));
  struct matcher m;
  clua_prepare(&m, L, text, length, pattern, size);
  for (; from <= (lua_Integer)length; from++) {
    const char *end = clua_match_at(&m, text + from);
    if (end == NULL || end - text == last) continue;
    lua_pushinteger(L, end - text);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    return push_captures(&m, text + from, end);
  }
  lua_pushinteger(L, (lua_Integer)length + 1);
  lua_replace(L, lua_upvalueindex(3));
  return 0;
}

int clua_gmatch(lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  luaL_checkstring(L, 2);
  size_t from = offset(luaL_optinteger(L, 3, 1), length);
  lua_settop(L, 2);
  lua_pushinteger(L, from > length ? (lua_Integer)length + 1 : (lua_Integer)from);
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, next_match, 4);
  return 1;
}

/// Adds a replacement text, with `%0` to `%9` and `%%` in it resolved.
static void add_text(struct matcher *m, luaL_Buffer *out, const char *s, const char *end) {
  size_t size;
  const char *text = lua_tolstring(m->L, 3, &size), *text_end = text + size;
  while (text < text_end) {
    const char *mark = memchr(text, '%', (size_t)(text_end - text));
    luaL_addlstring(out, text, (size_t)((mark ? mark : text_end) - text));
    if (mark == NULL) return;
    text = mark + 2;
    char what = mark + 1 < text_end ? mark[1] : 0;
    if (what == '%') luaL_addchar(out, '%');
    else if (what == '0') luaL_addlstring(out, s, (size_t)(end - s));
    else if (what >= '1' && what <= '9') {
      push_capture(m, what - '1', s, end);
      luaL_tolstring(m->L, -1, NULL);
      lua_remove(m->L, -2);
      luaL_addvalue(out);
    } else {
      luaL_error(m->L, "invalid use of '%%' in replacement string");
    }
  }
}

/// Adds what replaces the match from `s` to `end`; false when the match stays.
static bool add_replacement(struct matcher *m, luaL_Buffer *out, const char *s, const char *end, int type) {
  lua_State *L = m->L;
  if (type == LUA_TSTRING || type == LUA_TNUMBER) {
    add_text(m, out, s, end);
    return true;
  }
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(m, s, end), 1);
  } else {
    push_capture(m, 0, s, end);
    lua_gettable(L, 3);
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(out, s, (size_t)(end - s));
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(out);
  return true;
}

int clua_gsub(lua_State *L) {
  size_t length, size;
  const char *text = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &size);
  int type = lua_type(L, 3);
  bool is_object = clua_handle(L, 3) >= 0;
  bool is_text = type == LUA_TNUMBER || type == LUA_TSTRING;
  luaL_argexpected(L, is_text || type == LUA_TFUNCTION || type == LUA_TTABLE || is_object, 3, "string/function/table");
  if (type == LUA_TNUMBER) lua_tostring(L, 3);  // in place, so that its text stays put
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1), count = 0;
  bool is_anchored = size > 0 && *pattern == '^', changed = false;
  struct matcher m;
  clua_prepare(&m, L, text, length, pattern + is_anchored, size - is_anchored);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  const char *s = text, *last = NULL;
  while (count < most) {
    const char *end = clua_match_at(&m, s);
    if (end && end != last) {
      count++;
      changed |= add_replacement(&m, &out, s, end, type);
      s = last = end;
    } else if (s < m.end) {
      luaL_addchar(&out, *s++);
    } else {
      break;
    }
    if (is_anchored) break;
  }
  if (!changed) {
    lua_pushvalue(L, 1);
  } else {
    luaL_addlstring(&out, s, (size_t)(m.end - s));
    luaL_pushresult(&out);
  }
  lua_pushinteger(L, count);
  return 2;
}
