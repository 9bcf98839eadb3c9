#include "pool.h"

#include <stdlib.h>

pool *pool_open(size_t most) {
  pool *opened = calloc(1, sizeof *opened);
  if (opened != NULL) opened->chunks_left = most / POOL_CHUNK < POOL_CHUNKS ? (int)(most / POOL_CHUNK) : POOL_CHUNKS;
  return opened;
}

bool pool_grow(pool *pool) {
  void *chunk;
  if (pool->chunks_left == 0 || posix_memalign(&chunk, POOL_CHUNK, POOL_CHUNK - POOL_HEADER) != 0) return false;
  // What is left of the last chunk is a block of some size.
  size_t left = (size_t)(pool->end - pool->rest);
  if (left > 0) pool_give(pool, pool->rest, left);
  pool->chunks_left--;
  *pool_home(pool, (uintptr_t)chunk / POOL_CHUNK) = (uintptr_t)chunk / POOL_CHUNK;
  pool->rest = chunk;
  pool->end = pool->rest + POOL_CHUNK - POOL_HEADER;
  return true;
}

void pool_close(pool *pool) {
  if (pool == NULL) return;
  for (size_t place = 0; place < POOL_HOMES; place++) free((void *)(uintptr_t)(pool->homes[place] * POOL_CHUNK));
  free(pool);
}
