// find, match, gmatch and gsub with Lua's patterns, as section 6.4.1 of the Lua 5.4 manual defines them.
//
// Lua's own matcher cannot be interrupted, and "^.-.-.-b" keeps it busy for hours on a long subject. This one counts
// its steps and heeds the time limit.
#include "pattern.h"

#include <ctype.h>
#include <string.h>

/// Nested calls of the matcher, as in Lua's own.
#define MOST_DEPTH 200

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

void clua_prepare(struct matcher *m, lua_State *L, const char *text, size_t length, const char *pattern, size_t size) {
  m->L = L;
  m->start = text;
  m->end = text + length;
  m->pattern = pattern;
  m->pattern_end = pattern + size;
  m->steps = 0;
}

const char *clua_match_at(struct matcher *m, const char *s) {
  m->depth = 0;
  m->captures = 0;
  return match(m, s, m->pattern);
}
