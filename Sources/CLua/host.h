// What the C files of the host share.
#ifndef COMPOSEX_CLUA_HOST_H
#define COMPOSEX_CLUA_HOST_H

#include "CLua.h"

/// The host of a state.
#define HOST(L) (*(clua_host **)lua_getextraspace(L))

/// Raises when the time is up. Every C loop whose length a script chooses calls it now and then.
#define POLL(L) do { if (HOST(L)->timed_out) clua_raise_time(L); } while (0)

int clua_raise_time(lua_State *L);

/// Runs `body` protected with `argument` as a light userdatum: status, `results` values or the error value on the
/// stack.
int clua_protect(clua_host *host, lua_CFunction body, void *argument, int results);

/// Copies a chunk name without its mark, cut to what fits.
void clua_copy_name(char *to, const char *source);
/// Name and line of the nearest Lua function from `level` outwards; empty and 0 when there is none.
void clua_locate(lua_State *L, int level, char *name, int *line);

/// Pushes the value at `from` and returns the address behind it.
const uint8_t *clua_push_value(lua_State *L, const uint8_t *from);
/// Pushes the proxy of an object, or the function.
void clua_push_object(lua_State *L, int32_t handle, int32_t type);
/// Pushes the text of the value at `index`, without addresses.
void clua_push_text(lua_State *L, int index);
/// Replaces `functions` in the table on top of the stack.
void clua_set_functions(lua_State *L, const luaL_Reg *functions);
/// A function that raises: "`name` is not available: `why`", under the last part of the name in the table on top.
void clua_forbid(lua_State *L, const char *field, const char *name, const char *why);

/// Run protected, once.
int clua_open_library(lua_State *L);

// The parts of the library. Each leaves its table on the stack.
void clua_open_base(lua_State *L);
void clua_open_strings(lua_State *L);
void clua_open_tables(lua_State *L);

/// Base functions that keep an order (order.c).
int clua_pairs(lua_State *L);
int clua_next(lua_State *L);

/// Pattern functions (search.c).
int clua_find(lua_State *L);
int clua_match(lua_State *L);
int clua_gmatch(lua_State *L);
int clua_gsub(lua_State *L);

/// An iterator over the items key, value, key, value, ... of the table on top of the stack, in its place.
void clua_push_iterator(lua_State *L);

// The watchdog.
int clua_watch(clua_host *host);
void clua_unwatch(clua_host *host);
void clua_drop_timer(clua_host *host);

/// Sets the hook that tells of lines, or none.
void clua_hook_lines(clua_host *host);

#endif
