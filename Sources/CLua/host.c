// The host: its memory, its protected calls, and where its errors were raised.
#include "host.h"
#include "pool.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

// MARK: Memory

/// Notes where the script stood when its memory ran out: once the stack is unwound, nobody knows.
static void refuse(clua_host *host) {
  host->out_of_memory = true;
  if (host->depth > 0) clua_locate(host->L, 0, host->failed_in, &host->failed_line);
}

static void *take(pool *pool, size_t size) {
  void *block = pool_serves(size) ? pool_take(pool, size) : NULL;
  return block != NULL ? block : malloc(size);
}

static void *resize(pool *pool, void *block, size_t old_size, size_t new_size) {
  if (!pool_serves(old_size) || !pool_holds(pool, block)) return realloc(block, new_size);
  if (pool_serves(new_size) && pool_class(old_size) == pool_class(new_size)) return block;
  void *moved = take(pool, new_size);
  if (moved == NULL) return NULL;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  pool_give(pool, block, old_size);
  return moved;
}

static void *allocate(void *owner, void *block, size_t old_size, size_t new_size) {
  clua_host *host = owner;
  if (block == NULL) old_size = 0;  // then it tells the kind of object
  if (new_size == 0) {
    if (block == NULL) return NULL;
    if (pool_serves(old_size) && pool_holds(host->pool, block)) {
      pool_give(host->pool, block, old_size);
    } else {
      free(block);
    }
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
  void *moved = block == NULL ? take(host->pool, new_size) : resize(host->pool, block, old_size, new_size);
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

/// How far outwards a search for a Lua function goes. Recursive scripts have stacks of 100,000 frames, and each is
/// reached by walking from the innermost.
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

/// Notes who called whom.
static void note_chain(lua_State *L, clua_host *host) {
  lua_Debug frame;
  host->chain_count = 0;
  for (int level = 0; level < SEARCH && host->chain_count < CLUA_CHAIN; level++) {
    if (!lua_getstack(L, level, &frame)) return;
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline <= 0) continue;
    const char *source = frame.source;
    if (*source == '@' || *source == '=') source++;
    char *name = host->chain_in[host->chain_count];
    size_t length = strlen(source);
    if (length >= CLUA_CHAIN_NAME) length = CLUA_CHAIN_NAME - 1;
    memcpy(name, source, length);
    name[length] = 0;
    host->chain_line[host->chain_count++] = frame.currentline;
  }
}

/// Runs where an error is raised, before the stack is unwound.
static int on_error(lua_State *L) {
  clua_host *host = HOST(L);
  clua_locate(L, 0, host->failed_in, &host->failed_line);
  note_chain(L, host);
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
  host->chain_count = 0;
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

// MARK: Opening

/// What a host may take before its first collection: most runs end below. A step of a negative size is a credit.
#define KIBIBYTES_UNCOLLECTED (3 * 1024)
/// In percent of what the last collection left, the memory at which the next begins: a run is short, and keeps most of what it
/// makes. What scripts drop may hold more memory of Swift's than Lua counts; what the built-in files drop does not.
#define PAUSE 400
#define PAUSE_TRUSTED 1000

clua_host *clua_open(void *owner, clua_answer answer, size_t memory, double seconds) {
  clua_host *host = calloc(1, sizeof *host);
  if (host == NULL) return NULL;
  host->owner = owner;
  host->answer = answer;
  host->limit = memory;
  host->seconds = seconds >= 0.01 ? (seconds <= 1e6 ? seconds : 1e6) : 0.01;
  host->share = 1;
  snprintf(host->limit_text, sizeof host->limit_text, "%.6g s", host->seconds);
  host->pool = pool_open(memory / 8);
  lua_State *L = host->pool != NULL ? lua_newstate(allocate, host) : NULL;
  if (L == NULL) return host;
  host->L = L;
  HOST(L) = host;
  lua_gc(L, LUA_GCINC, PAUSE, 0, 0);
  lua_gc(L, LUA_GCSTEP, -KIBIBYTES_UNCOLLECTED);
  if (clua_protect(host, clua_open_library, NULL, 0) != CLUA_OK) {
    lua_close(L);
    host->L = NULL;
  }
  return host;
}

void clua_trust(clua_host *host, bool trusts) {
  host->trusts = trusts;
  if (host->L != NULL) lua_gc(host->L, LUA_GCINC, trusts ? PAUSE_TRUSTED : PAUSE, 0, 0);
}

static void on_line(lua_State *L, lua_Debug *frame) {
  clua_host *host = HOST(L);
  if (host->on_line == NULL || frame->currentline <= 0) return;
  lua_getinfo(L, "S", frame);
  host->on_line(host->owner, frame->source, frame->srclen, frame->currentline);
}

void clua_hook_lines(clua_host *host) {
  lua_sethook(host->L, host->on_line != NULL ? on_line : NULL, host->on_line != NULL ? LUA_MASKLINE : 0, 0);
}

void clua_trace(clua_host *host, clua_on_line on_line) {
  host->on_line = on_line;
  if (host->L != NULL) clua_hook_lines(host);
}

void clua_close(clua_host *host) {
  if (host == NULL) return;
  clua_drop_timer(host);
  if (host->L != NULL) lua_close(host->L);
  pool_close(host->pool);
  free(host->bytes);
  free(host->live);
  free(host->dead);
  free(host->free_slots);
  free(host);
}
