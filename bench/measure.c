// Runs a command N times and prints a line for each: wall and processor time in us, peak memory in KiB, exit code.
//     measure N COMMAND [ARGUMENT...]
// A small program of its own, because the peak that the kernel reports for a child is never below its parent's size.
// The command's output goes to /dev/null.
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static double microseconds(struct timeval t) { return t.tv_sec * 1e6 + t.tv_usec; }

int main(int count, char **words) {
  if (count < 3) return 2;
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
  for (int run = atoi(words[1]); run > 0; run--) {
    pid_t child;
    int status;
    struct rusage use;
    double start = now();
    if (posix_spawn(&child, words[2], &quiet, NULL, words + 2, environ) != 0) return 1;
    if (wait4(child, &status, 0, &use) < 0) return 1;
    double end = now();
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    double busy = microseconds(use.ru_utime) + microseconds(use.ru_stime);
    printf("%.0f %.0f %ld %d\n", end - start, busy, use.ru_maxrss, code);
  }
  return 0;
}
