#include "CHeap.h"

#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE ((uintptr_t)2 << 20)
/// Addresses, not memory: what a model of 1,000 services takes.
#define ROOM (128 << 20)
/// More than malloc has left of its first piece of heap.
#define FIRST (136 << 10)
/// Before the first large page, which must not be touched before it is one.
#define GAP (144 << 10)

void composex_use_large_pages(void) {
  uintptr_t end = (uintptr_t)sbrk(0);
  uintptr_t start = (end + GAP + PAGE - 1) / PAGE * PAGE;
  if (end == UINTPTR_MAX || sbrk((intptr_t)(start - GAP - end)) == (void *)-1) return;
  // Neither blocks of their own for large arrays, nor memory given back: the process ends soon.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  // Has malloc take the room, which a limit on addresses may refuse; what it needs beyond comes by the mebibyte.
  mallopt(M_TOP_PAD, ROOM);
  void *volatile block = malloc(FIRST);
  mallopt(M_TOP_PAD, 1 << 20);
  end = (uintptr_t)sbrk(0);
  if (end != UINTPTR_MAX && end > start) madvise((void *)start, (end - start) / PAGE * PAGE, MADV_HUGEPAGE);
  free(block);
}
