// find, match, gmatch and gsub with Lua's patterns, as section 6.4.1 of the Lua 5.4 manual defines them.
//
// Lua's own matcher cannot be interrupted, and "^.-.-.-b" keeps it busy for hours on a long subject. This one counts its
// steps and heeds the time limit.
#define _GNU_SOURCE  // memmem
#include "host.h"

#include <ctype.h>
#include <string.h>

#define MOST_CAPTURES 32
/// Nested calls of the matcher, as in Lua's own.
#define MOST_DEPTH 200
#define SPECIALS "^$*+?.([%-"

enum { OPEN = -1, POSITION = -2 };

struct matcher {
  lua_State *L;
  const char *start, *end;          // the subject
  const char *pattern, *pattern_end;
  int depth;
  unsigned steps;
  int captures;
  struct {
    const char *start;
    ptrdiff_t length;  // or OPEN, or POSITION
  } capture[MOST_CAPTURES];
};

static void step(struct matcher *m) {
  if ((++m->steps & 4095) == 0) POLL(m->L);
}

static int byte_of(const char *at) {
  return (unsigned char)*at;
}

// MARK: Single characters

/// Whether `c` is in the class named by the letter after a `%`.
static bool is_in_class(int c, int letter) {
  bool is;
  switch (tolower(letter)) {
    case 'a': is = isalpha(c); break;
    case 'c': is = iscntrl(c); break;
    case 'd': is = isdigit(c); break;
    case 'g': is = isgraph(c); break;
    case 'l': is = islower(c); break;
    case 'p': is = ispunct(c); break;
    case 's': is = isspace(c); break;
    case 'u': is = isupper(c); break;
    case 'w': is = isalnum(c); break;
    case 'x': is = isxdigit(c); break;
    default: return letter == c;
  }
  return isupper(letter) ? !is : is;
}

/// The address behind the pattern item (a character, `%x`, or a set) that starts at `p`.
static const char *item_end(struct matcher *m, const char *p) {
  char first = *p++;
  if (first == '%') {
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 1;
  }
  if (first != '[') return p;
  if (p < m->pattern_end && *p == '^') p++;
  // A ']' that comes first stands for itself.
  do {
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
    if (*p++ == '%') {
      if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
      p++;
    }
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

/// Whether `c` is in the set from the '[' at `p` to the ']' at `last`.
static bool is_in_set(int c, const char *p, const char *last) {
  bool wanted = true;
  p++;
  if (*p == '^') {
    wanted = false;
    p++;
  }
  for (; p < last; p++) {
    if (*p == '%') {
      p++;
      if (is_in_class(c, byte_of(p))) return wanted;
    } else if (p[1] == '-' && p + 2 < last) {
      if (byte_of(p) <= c && c <= byte_of(p + 2)) return wanted;
      p += 2;
    } else if (byte_of(p) == c) {
      return wanted;
    }
  }
  return !wanted;
}

/// Whether the item from `p` to `p_end` matches the character at `s`.
static bool is_match(struct matcher *m, const char *s, const char *p, const char *p_end) {
  if (s >= m->end) return false;
  int c = byte_of(s);
  switch (*p) {
    case '.': return true;
    case '%': return is_in_class(c, byte_of(p + 1));
    case '[': return is_in_set(c, p, p_end - 1);
    default: return byte_of(p) == c;
  }
}

// MARK: Matching

/// The end of the longest wanted match of the pattern from `p` on at `s`, or NULL.
static const char *match(struct matcher *m, const char *s, const char *p);

/// `%bxy` with `p` at x.
static const char *match_balance(struct matcher *m, const char *s, const char *p) {
  if (m->pattern_end - p < 2) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->end || *s != p[0]) return NULL;
  int open = 1;
  for (s++; s < m->end; s++) {
    step(m);
    if (*s == p[1]) {
      if (--open == 0) return s + 1;
    } else if (*s == p[0]) {
      open++;
    }
  }
  return NULL;
}

/// As many of the item as there are, then fewer.
static const char *match_most(struct matcher *m, const char *s, const char *p, const char *p_end) {
  ptrdiff_t count = 0;
  for (; is_match(m, s + count, p, p_end); count++) step(m);
  for (; count >= 0; count--) {
    step(m);
    const char *end = match(m, s + count, p_end + 1);
    if (end) return end;
  }
  return NULL;
}

/// As few of the item as will do.
static const char *match_fewest(struct matcher *m, const char *s, const char *p, const char *p_end) {
  for (;;) {
    step(m);
    const char *end = match(m, s, p_end + 1);
    if (end) return end;
    if (!is_match(m, s, p, p_end)) return NULL;
    s++;
  }
}

static const char *open_capture(struct matcher *m, const char *s, const char *p) {
  ptrdiff_t kind = OPEN;
  if (p + 1 < m->pattern_end && p[1] == ')') {
    kind = POSITION;
    p++;
  }
  if (m->captures >= MOST_CAPTURES) luaL_error(m->L, "too many captures");
  m->capture[m->captures].start = s;
  m->capture[m->captures].length = kind;
  m->captures++;
  const char *end = match(m, s, p + 1);
  if (end == NULL) m->captures--;
  return end;
}

static const char *close_capture(struct matcher *m, const char *s, const char *p) {
  int last = m->captures - 1;
  while (last >= 0 && m->capture[last].length != OPEN) last--;
  if (last < 0) luaL_error(m->L, "invalid pattern capture");
  m->capture[last].length = s - m->capture[last].start;
  const char *end = match(m, s, p + 1);
  if (end == NULL) m->capture[last].length = OPEN;
  return end;
}

/// The end of the text of capture `digit` when it stands at `s` again.
static const char *match_again(struct matcher *m, const char *s, int digit) {
  int index = digit - '1';
  if (index < 0 || index >= m->captures || m->capture[index].length == OPEN) {
    luaL_error(m->L, "invalid capture index %%%d", index + 1);
  }
  ptrdiff_t length = m->capture[index].length;
  if (length == POSITION) length = 0;
  m->steps += (unsigned)(length / 64);
  bool is_there = m->end - s >= length && memcmp(m->capture[index].start, s, (size_t)length) == 0;
  return is_there ? s + length : NULL;
}

/// Whether a `%f` with the set from `p` to `p_end` holds at `s`.
static bool is_frontier(struct matcher *m, const char *s, const char *p, const char *p_end) {
  int before = s == m->start ? 0 : byte_of(s - 1);
  int after = s < m->end ? byte_of(s) : 0;
  return !is_in_set(before, p, p_end - 1) && is_in_set(after, p, p_end - 1);
}

static const char *match_items(struct matcher *m, const char *s, const char *p) {
  while (p < m->pattern_end) {
    step(m);
    if (*p == '(') return open_capture(m, s, p);
    if (*p == ')') return close_capture(m, s, p);
    if (*p == '$' && p + 1 == m->pattern_end) return s == m->end ? s : NULL;
    if (*p == '%' && p + 1 < m->pattern_end) {
      if (p[1] == 'b') {
        s = match_balance(m, s, p + 2);
        if (s == NULL) return NULL;
        p += 4;
        continue;
      }
      if (p[1] == 'f') {
        p += 2;
        if (p >= m->pattern_end || *p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
        const char *set_end = item_end(m, p);
        if (!is_frontier(m, s, p, set_end)) return NULL;
        p = set_end;
        continue;
      }
      if (isdigit(byte_of(p + 1))) {
        s = match_again(m, s, p[1]);
        if (s == NULL) return NULL;
        p += 2;
        continue;
      }
    }
    const char *p_end = item_end(m, p);
    char suffix = p_end < m->pattern_end ? *p_end : 0;
    switch (suffix) {
      case '*': return match_most(m, s, p, p_end);
      case '+': return is_match(m, s, p, p_end) ? match_most(m, s + 1, p, p_end) : NULL;
      case '-': return match_fewest(m, s, p, p_end);
      case '?': {
        const char *end = is_match(m, s, p, p_end) ? match(m, s + 1, p_end + 1) : NULL;
        if (end) return end;
        p = p_end + 1;
        break;
      }
      default:
        if (!is_match(m, s, p, p_end)) return NULL;
        s++;
        p = p_end;
    }
  }
  return s;
}

static const char *match(struct matcher *m, const char *s, const char *p) {
  if (++m->depth > MOST_DEPTH) luaL_error(m->L, "pattern too complex");
  const char *end = match_items(m, s, p);
  m->depth--;
  return end;
}

static void prepare(struct matcher *m, lua_State *L, const char *text, size_t length, const char *pattern, size_t size) {
  m->L = L;
  m->start = text;
  m->end = text + length;
  m->pattern = pattern;
  m->pattern_end = pattern + size;
  m->steps = 0;
}

static const char *match_at(struct matcher *m, const char *s) {
  m->depth = 0;
  m->captures = 0;
  return match(m, s, m->pattern);
}

// MARK: Results

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
  prepare(&m, L, text, length, pattern + is_anchored, size - is_anchored);
  for (const char *s = text + from; s <= m.end; s++) {
    const char *end = match_at(&m, s);
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
  prepare(&m, L, text, length, pattern, size);
  for (; from <= (lua_Integer)length; from++) {
    const char *end = match_at(&m, text + from);
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
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE || is_object,
                   3, "string/function/table");
  if (type == LUA_TNUMBER) lua_tostring(L, 3);  // in place, so that its text stays put
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1), count = 0;
  bool is_anchored = size > 0 && *pattern == '^', changed = false;
  struct matcher m;
  prepare(&m, L, text, length, pattern + is_anchored, size - is_anchored);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  const char *s = text, *last = NULL;
  while (count < most) {
    const char *end = match_at(&m, s);
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
