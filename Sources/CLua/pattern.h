// Lua's patterns: one match at one place.
#ifndef COMPOSEX_CLUA_PATTERN_H
#define COMPOSEX_CLUA_PATTERN_H

#include "host.h"

#define MOST_CAPTURES 32

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

void clua_prepare(struct matcher *m, lua_State *L, const char *text, size_t length, const char *pattern, size_t size);
/// The end of the match that starts at `s`, or NULL. The captures are in `m`.
const char *clua_match_at(struct matcher *m, const char *s);

#endif
