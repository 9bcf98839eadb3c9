// A bounded Lua 5.4, as Swift sees it.
//
// Nothing declared here raises a Lua error: a function that may fail reports a status and leaves the error value on
// the stack. Whatever can raise runs inside the C files under lua_pcall, so that no longjmp ever crosses a Swift
// frame.
#ifndef COMPOSEX_CLUA_H
#define COMPOSEX_CLUA_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <lua5.4/lua.h>
#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>

/// What Lua asks of the Swift object behind a handle. The operands are on the stack from index 1.
enum clua_operation {
  CLUA_GET,          // object, key -> value
  CLUA_SET,          // object, key, value -> nothing
  CLUA_LENGTH,       // object -> integer
  CLUA_PAIRS,        // object -> one table of items: key, value, key, value, ...
  CLUA_APPLY,        // object, arguments... -> value (the object itself is called)
  CLUA_CONCATENATE,  // left, right -> value
  CLUA_EQUAL,        // left, right -> boolean
  CLUA_DESCRIBE,     // object -> string
  CLUA_FUNCTION,     // arguments... -> value (the handle is a function)
  CLUA_PRINT,        // string -> nothing; no handle
};

/// Answers an operation: writes one value to the host's buffer and returns 0, or an error value and returns 1.
typedef int32_t (*clua_answer)(void *owner, int32_t operation, int32_t handle);

/// Hears of a line that is run: the source of its chunk, and its number.
typedef void (*clua_on_line)(void *owner, const char *source, size_t length, int line);

/// The first byte of a value in the buffer. Integers follow in the machine's byte order, unaligned.
enum clua_tag {
  CLUA_NIL,
  CLUA_FALSE,
  CLUA_TRUE,
  CLUA_INTEGER,    // int64
  CLUA_NUMBER,     // double
  CLUA_STRING,     // int64 length, bytes
  CLUA_OBJECT,     // int32 handle, int32 type
  CLUA_REFERENCE,  // int32 slot
  CLUA_TABLE,      // int32 items, int32 fields, items..., (string, value)...
};

/// The type of an object that Lua sees as a function.
#define CLUA_FUNCTION_TYPE (-1)
/// Short strings whose Swift twins are remembered.
#define CLUA_ANCHORS 512
/// Strings up to this length are unique in Lua 5.4 (LUAI_MAXSHORTLEN): one address, one text.
#define CLUA_SHORT_STRING 40
/// LUA_REGISTRYINDEX, which Swift does not import.
static const int clua_registry = LUA_REGISTRYINDEX;
#define CLUA_NAME_SIZE 1024
/// Callers that are noted of an error, and how long their chunk names may be.
#define CLUA_CHAIN 8
#define CLUA_CHAIN_NAME 256
/// In `live`: the handle stands in `dead` already. The other bits count the proxies.
#define CLUA_QUEUED 0x80000000u

/// How a protected operation ended.
enum clua_status {
  CLUA_OK = 0,
  CLUA_FAILED,   // the error value is on top of the stack
  CLUA_MEMORY,   // over the memory cap; nothing on the stack
  CLUA_TIME,     // over the time limit; nothing on the stack
  CLUA_STACK,    // no room on the Lua stack; nothing on the stack
  CLUA_NO_TIMER, // the machine gave no timer: nothing was run
};

/// One Lua state with its bounds. Used by one thread at a time.
typedef struct clua_host {
  lua_State *L;
  void *owner;
  clua_answer answer;

  // Values on their way from Swift to Lua.
  uint8_t *bytes;
  size_t byte_count, byte_capacity;

  // Memory: what Lua holds, what Swift holds on behalf of scripts, and the cap on both together.
  // A pool keeps up to an eighth of the cap for small blocks.
  size_t used, charged, limit;
  struct pool *pool;
  bool trusts;  // see clua_trust
  clua_on_line on_line;  // see clua_trace

  // Objects: for each handle the proxies that exist, and the handles whose last proxy was collected.
  uint32_t *live;
  int32_t *dead;
  int32_t dead_count, handle_capacity;
  int32_t new_proxies;

  // References that Swift holds into Lua: the slots of a table, and those free for use.
  int32_t *free_slots;
  int32_t free_count, slot_count, slot_capacity;

  // Registry keys of the host's own tables.
  int cache, types, anchors, slots, library, locked, traceback;

  // Where the last error was raised: chunk name (empty when unknown) and line.
  char failed_in[CLUA_NAME_SIZE];
  int failed_line;
  // The Lua functions that were being run there, from the innermost outwards.
  char chain_in[CLUA_CHAIN][CLUA_CHAIN_NAME];
  int chain_line[CLUA_CHAIN];
  int32_t chain_count;
  bool wants_traceback;
  bool out_of_memory;

  // Time: see watchdog.c.
  double seconds;
  double share;  // of `seconds`, for the next outermost bracket
  char limit_text[32];
  char running[CLUA_NAME_SIZE];
  timer_t timer;
  bool has_timer;
  uint64_t thread;
  struct clua_host *outer;
  int32_t depth;
  volatile sig_atomic_t timed_out;
  volatile uint32_t run, seen, ticks;
  char stopped_in[CLUA_NAME_SIZE];
  int stopped_line;
} clua_host;

/// Makes a host with its library. `L` is NULL in it when memory did not suffice; NULL when not even the host could be
/// made.
clua_host *clua_open(void *owner, clua_answer answer, size_t memory, double seconds);
void clua_close(clua_host *host);

/// Whether only the program's own code runs from now on, whose garbage may lie longer: from the next collection on.
void clua_trust(clua_host *host, bool trusts);

/// Tells `on_line` of every line that is run from now on; NULL ends that.
void clua_trace(clua_host *host, clua_on_line on_line);

/// Brackets everything that may run script code. The time limit holds for the outermost bracket.
int clua_enter(clua_host *host);
void clua_leave(clua_host *host);

/// Room for `more` bytes in the buffer; false when there is no memory.
bool clua_reserve(clua_host *host, size_t more);
/// Append to the buffer; false when there is no memory.
static inline bool clua_put(clua_host *host, const void *bytes, size_t count) {
  if (count > host->byte_capacity - host->byte_count && !clua_reserve(host, count)) return false;
  memcpy(host->bytes + host->byte_count, bytes, count);
  host->byte_count += count;
  return true;
}

static inline bool clua_put_tag(clua_host *host, enum clua_tag tag) {
  uint8_t byte = (uint8_t)tag;
  return clua_put(host, &byte, 1);
}

static inline bool clua_put_integer(clua_host *host, int64_t value) {
  return clua_put_tag(host, CLUA_INTEGER) && clua_put(host, &value, sizeof value);
}

static inline bool clua_put_number(clua_host *host, double value) {
  return clua_put_tag(host, CLUA_NUMBER) && clua_put(host, &value, sizeof value);
}

/// A string without its tag: the key of a field.
static inline bool clua_put_key(clua_host *host, const uint8_t *bytes, int64_t length) {
  return clua_put(host, &length, sizeof length) && (length == 0 || clua_put(host, bytes, (size_t)length));
}

static inline bool clua_put_string(clua_host *host, const uint8_t *bytes, int64_t length) {
  return clua_put_tag(host, CLUA_STRING) && clua_put_key(host, bytes, length);
}

static inline bool clua_put_object(clua_host *host, int32_t handle, int32_t type) {
  return clua_put_tag(host, CLUA_OBJECT) && clua_put(host, &handle, sizeof handle)
    && clua_put(host, &type, sizeof type);
}

static inline bool clua_put_reference(clua_host *host, int32_t slot) {
  return clua_put_tag(host, CLUA_REFERENCE) && clua_put(host, &slot, sizeof slot);
}

/// Its items follow, then its fields: keys and values.
static inline bool clua_put_table(clua_host *host, int32_t items, int32_t fields) {
  return clua_put_tag(host, CLUA_TABLE) && clua_put(host, &items, sizeof items)
    && clua_put(host, &fields, sizeof fields);
}

/// Room for handles below `count`.
bool clua_reserve_handles(clua_host *host, int32_t count);

/// Adds a type of objects: its name in Lua's own messages. Types count from 0, in the order they are added.
int clua_add_type(clua_host *host, const char *name, int32_t type);

/// Compiles a text chunk with an environment of its own, made of the library and the buffer's table of globals. A built-in
/// chunk may be bytecode too, and shares one environment with all built-in chunks: that of the first.
int clua_load(
    clua_host *host, const char *source, size_t length, const char *name, bool is_built_in, int32_t *slot);
/// Calls the function in `slot` with the values in the buffer; leaves one result on the stack.
int clua_call(clua_host *host, int32_t slot, int32_t arguments);
/// Notes where the script stands whose time is over, for what notices it outside of Lua.
void clua_note_stop(clua_host *host);
/// Leaves the text of the value on top of the stack in its place (`__tostring` is obeyed).
int clua_describe(clua_host *host);
/// Makes a slot for the value at `index`.
int clua_make_slot(clua_host *host, int index, int32_t *slot);
void clua_free_slot(clua_host *host, int32_t slot);
/// Pushes what is in `slot`; false when the stack has no room.
bool clua_push_slot(clua_host *host, int32_t slot);

/// The handle of the proxy at `index`, or -1 when it is none.
int32_t clua_handle(lua_State *L, int index);
/// Keeps the short string at `index` alive while entry `anchor` (from 0) is not taken by another.
bool clua_anchor(clua_host *host, int index, int32_t anchor);

/// Text, line and kind of a stack level: false when there is no such level. Line is 0 for C functions.
bool clua_frame(lua_State *L, int level, const char **source, size_t *length, int *line);
/// Where the function on top of the stack was defined (line 0: a C function). Pops it.
void clua_definition(lua_State *L, const char **source, size_t *length, int *line);

#endif
