// The host: its memory, its protected calls, and where its errors were raised.
#include "host.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

// MARK: Memory

/// Notes where the script stood when its memory ran out: once the stack is unwound, nobody knows.
static void refuse(clua_host *host) {
  host->out_of_memory = true;
  if (host->depth > 0) clua_locate(host->L, 0, host->failed_in, &host->failed_line);
}

static void *allocate(void *owner, void *block, size_t old_size, size_t new_size) {
  clua_host *host = owner;
  if (block == NULL) old_size = 0;  // then it tells the kind of object
  if (new_size == 0) {
    free(block);
    host->used -= old_size;
    return NULL;
  }
  if (new_size > old_size) {
    size_t held = host->used + host->charged;
    if (held >= host->limit || new_size - old_size > host->limit - held) {
      refuse(host);
      return NULL;
    }
  }
  void *moved = realloc(block, new_size);
  if (moved == NULL) {
    if (new_size <= old_size) return block;  // Lua takes shrinking for granted
    refuse(host);
    return NULL;
  }
  host->used += new_size - old_size;
  return moved;
}

// MARK: Errors

void clua_copy_name(char *to, const char *source) {
  if (*source == '@' || *source == '=') source++;
  size_t length = strlen(source);
  if (length >= CLUA_NAME_SIZE) length = CLUA_NAME_SIZE - 1;
  memcpy(to, source, length);
  to[length] = 0;
}

/// How far outwards a search for a Lua function goes. Recursive scripts have stacks of 100,000 frames, and each is reached by
/// walking from the innermost.
#define SEARCH 250

void clua_locate(lua_State *L, int level, char *name, int *line) {
  lua_Debug frame;
  for (int last = level + SEARCH; level < last && lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline <= 0) continue;
    clua_copy_name(name, frame.source);
    *line = frame.currentline;
    return;
  }
  name[0] = 0;
  *line = 0;
}

/// Runs where an error is raised, before the stack is unwound.
static int on_error(lua_State *L) {
  clua_host *host = HOST(L);
  clua_locate(L, 0, host->failed_in, &host->failed_line);
  if (host->wants_traceback && !host->timed_out) {
    luaL_traceback(L, L, NULL, 1);
    lua_rawseti(L, LUA_REGISTRYINDEX, host->traceback);
  }
  return 1;
}

int clua_protect(clua_host *host, lua_CFunction body, void *argument, int results) {
  lua_State *L = host->L;
  if (!lua_checkstack(L, 4 + results)) return CLUA_STACK;
  int base = lua_gettop(L) + 1;
  host->out_of_memory = false;
  host->failed_in[0] = 0;
  host->failed_line = 0;
  lua_pushcfunction(L, on_error);
  lua_pushcfunction(L, body);
  lua_pushlightuserdata(L, argument);
  int status = lua_pcall(L, 1, results, base);
  lua_remove(L, base);
  if (status == LUA_OK) return CLUA_OK;
  if (host->timed_out) {
    lua_settop(L, base - 1);
    return CLUA_TIME;
  }
  if (status == LUA_ERRMEM) {
    lua_settop(L, base - 1);
    return CLUA_MEMORY;
  }
  return CLUA_FAILED;
}

bool clua_frame(lua_State *L, int level, const char **source, size_t *length, int *line) {
  lua_Debug frame;
  if (!lua_getstack(L, level, &frame)) return false;
  lua_getinfo(L, "Sl", &frame);
  *source = frame.source;
  *length = frame.srclen;
  *line = frame.currentline > 0 ? frame.currentline : 0;
  return true;
}

void clua_definition(lua_State *L, const char **source, size_t *length, int *line) {
  lua_Debug frame;
  lua_getinfo(L, ">S", &frame);
  *source = frame.source;
  *length = frame.srclen;
  *line = frame.linedefined > 0 ? frame.linedefined : (frame.what[0] == 'm' ? 1 : 0);
}

// MARK: Runs

int clua_enter(clua_host *host) {
  if (host->L == NULL) return CLUA_MEMORY;
  if (host->timed_out) return CLUA_TIME;
  if (host->depth == 0) {
    int status = clua_watch(host);
    if (status != CLUA_OK) return status;
    host->running[0] = 0;
  }
  host->depth++;
  return CLUA_OK;
}

void clua_leave(clua_host *host) {
  if (--host->depth == 0) clua_unwatch(host);
}

struct call {
  clua_host *host;
  int32_t slot, arguments;
};

static int call_body(lua_State *L) {
  struct call *call = lua_touserdata(L, 1);
  lua_settop(L, 0);
  luaL_checkstack(L, call->arguments + 2, "too many arguments");
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->host->slots);
  lua_rawgeti(L, -1, call->slot);
  lua_remove(L, 1);
  const uint8_t *from = call->host->bytes;
  for (int32_t i = 0; i < call->arguments; i++) from = clua_push_value(L, from);
  lua_call(L, call->arguments, 1);
  return 1;
}

int clua_call(clua_host *host, int32_t slot, int32_t arguments) {
  if (host->depth == 1 && clua_push_slot(host, slot)) {
    if (lua_isfunction(host->L, -1)) {
      lua_Debug frame;
      lua_getinfo(host->L, ">S", &frame);
      clua_copy_name(host->running, frame.source);
    } else {
      lua_pop(host->L, 1);
    }
  }
  struct call call = {host, slot, arguments};
  return clua_protect(host, call_body, &call, 1);
}

static int describe_body(lua_State *L) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->slots);
  lua_rawgeti(L, -1, *(int32_t *)lua_touserdata(L, 1));
  clua_push_text(L, -1);
  return 1;
}

int clua_describe(clua_host *host) {
  int32_t slot;
  int status = clua_make_slot(host, -1, &slot);
  lua_settop(host->L, -2);
  if (status != CLUA_OK) return status;
  status = clua_protect(host, describe_body, &slot, 1);
  clua_free_slot(host, slot);
  return status;
}

// MARK: Loading

struct chunk {
  const char *text;
  size_t left;
  const char *name;
  int32_t slot;
};

/// A piece at a time, so that compiling a huge text heeds the time limit too.
static const char *read_chunk(lua_State *L, void *data, size_t *size) {
  struct chunk *chunk = data;
  POLL(L);
  *size = chunk->left < 65536 ? chunk->left : 65536;
  const char *piece = chunk->text;
  chunk->text += *size;
  chunk->left -= *size;
  return *size ? piece : NULL;
}

static int undefined(lua_State *L) {
  return luaL_error(L, "\"%s\" is not defined", lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2));
}

static int assigned(lua_State *L) {
  const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
  return luaL_error(L, "\"%s\" is a global; write local %s", name, name);
}

static int absent(lua_State *L) {
  // The reasons are a table: name -> why.
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TSTRING) {
    return luaL_error(L, "%s is not available: %s", lua_tostring(L, 2), lua_tostring(L, -1));
  }
  return undefined(L);
}

static const char *const reasons[][2] = {
  {"io", "a script reads and writes no files"},
  {"os", "a script sees neither the clock nor the machine"},
  {"debug", "a script sees no other script's variables"},
  {"package", "a script loads no other files"},
  {"require", "a script loads no other files"},
  {"dofile", "a script loads no other files"},
  {"loadfile", "a script loads no other files"},
  {"load", "a script compiles no text at run time; write a function"},
  {"loadstring", "a script compiles no text at run time; write a function"},
  {"collectgarbage", "memory is looked after by the host"},
  {"coroutine", "a script runs from top to bottom; write a loop"},
};

/// Pushes a copy of a table, with copies of the tables in it.
static void push_copy(lua_State *L, int from, int depth) {
  luaL_checkstack(L, 5, NULL);
  from = lua_absindex(L, from);
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, from)) {
    if (depth > 0 && lua_istable(L, -1)) {
      push_copy(L, -1, depth - 1);
      lua_remove(L, -2);
    }
    lua_pushvalue(L, -2);
    lua_rotate(L, -2, 1);
    lua_rawset(L, -4);
  }
}

/// Pushes a fresh environment: an empty table that reads through to a copy of the library with the given globals. As it stays
/// empty, every assignment to a global is caught.
static void push_environment(lua_State *L) {
  lua_newtable(L);      // the environment
  lua_createtable(L, 0, 3);
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->library);
  push_copy(L, -1, 1);
  lua_remove(L, -2);
  clua_push_value(L, HOST(L)->bytes);
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pushvalue(L, -2);
    lua_rotate(L, -2, 1);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
  lua_createtable(L, 0, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "reasons");
  lua_pushcclosure(L, absent, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, assigned);
  lua_setfield(L, -2, "__newindex");
  lua_rawgeti(L, LUA_REGISTRYINDEX, HOST(L)->locked);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

static int load_body(lua_State *L) {
  struct chunk *chunk = lua_touserdata(L, 1);
  push_environment(L);
  lua_pushfstring(L, "@%s", chunk->name);
  if (lua_load(L, read_chunk, chunk, lua_tostring(L, -1), "t") != LUA_OK) return lua_error(L);
  lua_pushvalue(L, 2);
  lua_setupvalue(L, -2, 1);
  return 1;
}

int clua_load(clua_host *host, const char *source, size_t length, const char *name, int32_t *slot) {
  if (length >= 3 && memcmp(source, "\xEF\xBB\xBF", 3) == 0) source += 3, length -= 3;
  struct chunk chunk = {source, length, name, 0};
  if (host->depth == 1) clua_copy_name(host->running, name);
  int status = clua_protect(host, load_body, &chunk, 1);
  if (status != CLUA_OK) return status;
  status = clua_make_slot(host, -1, slot);
  if (status == CLUA_OK) lua_settop(host->L, -2);
  return status;
}

// MARK: Opening

static int locked_field(lua_State *L) {
  return luaL_error(L, "this metatable is locked");
}

/// Lua looks for the name of a function here when it makes a message and the caller gives none: `bad argument #1 to 'string.rep'`.
/// No script can reach the table.
static void name_functions(lua_State *L) {
  lua_newtable(L);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, LUA_GNAME);
  static const char *const parts[] = {"string", "table", "math", "utf8"};
  for (int i = 0; i < 4; i++) {
    lua_getfield(L, -2, parts[i]);
    lua_setfield(L, -2, parts[i]);
  }
  lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

static int open_body(lua_State *L) {
  clua_host *host = HOST(L);
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "v");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  host->cache = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  host->types = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  host->slots = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, CLUA_ANCHORS, 0);
  for (int i = 1; i <= CLUA_ANCHORS; i++) {
    lua_pushboolean(L, 0);
    lua_rawseti(L, -2, i);
  }
  host->anchors = luaL_ref(L, LUA_REGISTRYINDEX);

  lua_pushboolean(L, 0);
  host->traceback = luaL_ref(L, LUA_REGISTRYINDEX);

  // What stands in for a metatable that no script may have.
  lua_newuserdatauv(L, 0, 0);
  lua_createtable(L, 0, 3);
  lua_pushcfunction(L, locked_field);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, locked_field);
  lua_setfield(L, -2, "__newindex");
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  host->locked = luaL_ref(L, LUA_REGISTRYINDEX);

  lua_newtable(L);
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
    lua_pushstring(L, reasons[i][1]);
    lua_setfield(L, -2, reasons[i][0]);
  }
  lua_setfield(L, LUA_REGISTRYINDEX, "reasons");

  clua_open_base(L);
  clua_open_strings(L);
  lua_setfield(L, -2, "string");
  clua_open_tables(L);
  lua_setfield(L, -2, "table");
  luaopen_math(L);
  clua_forbid(L, "random", "math.random", "the same input must give the same output");
  clua_forbid(L, "randomseed", "math.randomseed", "the same input must give the same output");
  lua_setfield(L, -2, "math");
  luaopen_utf8(L);
  lua_setfield(L, -2, "utf8");
  name_functions(L);
  host->library = luaL_ref(L, LUA_REGISTRYINDEX);
  return 0;
}

void clua_set_functions(lua_State *L, const luaL_Reg *functions) {
  for (; functions->name; functions++) {
    lua_pushcfunction(L, functions->func);
    lua_setfield(L, -2, functions->name);
  }
}

static int forbidden(lua_State *L) {
  return luaL_error(L, "%s is not available: %s", lua_tostring(L, lua_upvalueindex(1)),
                    lua_tostring(L, lua_upvalueindex(2)));
}

void clua_forbid(lua_State *L, const char *field, const char *name, const char *why) {
  lua_pushstring(L, name);
  lua_pushstring(L, why);
  lua_pushcclosure(L, forbidden, 2);
  lua_setfield(L, -2, field);
}

clua_host *clua_open(void *owner, clua_answer answer, size_t memory, double seconds) {
  clua_host *host = calloc(1, sizeof *host);
  if (host == NULL) return NULL;
  host->owner = owner;
  host->answer = answer;
  host->limit = memory;
  host->seconds = seconds >= 0.01 ? (seconds <= 1e6 ? seconds : 1e6) : 0.01;
  snprintf(host->limit_text, sizeof host->limit_text, "%.6g s", host->seconds);
  lua_State *L = lua_newstate(allocate, host);
  if (L == NULL) return host;
  host->L = L;
  HOST(L) = host;
  if (clua_protect(host, open_body, NULL, 0) != CLUA_OK) {
    lua_close(L);
    host->L = NULL;
  }
  return host;
}

void clua_close(clua_host *host) {
  if (host == NULL) return;
  clua_drop_timer(host);
  if (host->L != NULL) lua_close(host->L);
  free(host->bytes);
  free(host->live);
  free(host->dead);
  free(host->free_slots);
  free(host);
}
