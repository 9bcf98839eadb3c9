// The time limit: complete, and free until it fires.
//
// A script cannot wait for anything, so what it costs is the processor time of its thread, and that is what is
// bounded: a laptop that sleeps or a busy machine never makes a script fail. One POSIX timer per host counts the
// processor time of the thread that runs it and signals that very thread (SIGEV_THREAD_ID), so hosts on several
// threads do not meet. The timer ticks all the time, TICKS times per limit; a run that is still the same after TICKS
// full ticks is over its limit. So starting and ending a run costs no system call, and the limit holds to within one
// tick.
//
// Over the limit, the signal handler sets a hook that raises an ordinary Lua error at every instruction from then on:
// no pcall can swallow it. Should that not end the run within the grace time (the script is inside one very long C
// operation), the handler names the script on standard error and ends the process.
#include "host.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TICKS 8
#define TICK_SIGNAL SIGVTALRM
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/// The hosts that run something on this thread, innermost first. The handler trusts no other pointer.
static _Thread_local clua_host *active __attribute__((tls_model("initial-exec")));
/// A number that no other thread of this process ever had.
static _Thread_local uint64_t thread_number __attribute__((tls_model("initial-exec")));
static _Atomic uint64_t thread_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int handler_error;

static void set_timer(clua_host *host, double first, double period) {
  struct itimerspec when;
  when.it_value.tv_sec = (time_t)first;
  when.it_value.tv_nsec = (long)((first - (double)when.it_value.tv_sec) * 1e9);
  when.it_interval.tv_sec = (time_t)period;
  when.it_interval.tv_nsec = (long)((period - (double)when.it_interval.tv_sec) * 1e9);
  timer_settime(host->timer, 0, &when, NULL);
}

static void put(const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t n = write(STDERR_FILENO, text, left);
    if (n <= 0) return;
    text += n;
    left -= (size_t)n;
  }
}

static void end_process(const clua_host *host) {
  put(host->running[0] ? host->running : "script");
  put(": error: the script ran longer than ");
  put(host->limit_text);
  put(" and did not stop\n");
  _exit(1);
}

/// Raises in whatever Lua code runs, again and again.
static void on_hook(lua_State *L, lua_Debug *frame) {
  (void)frame;
  clua_raise_time(L);
}

void clua_note_stop(clua_host *host) {
  if (host->stopped_line == 0) clua_locate(host->L, 0, host->stopped_in, &host->stopped_line);
}

int clua_raise_time(lua_State *L) {
  clua_host *host = HOST(L);
  clua_note_stop(host);
  return luaL_error(L, "the script ran longer than %s", host->limit_text);
}

static void tick(clua_host *host) {
  if (host->timed_out) end_process(host);
  if (host->seen != host->run) {
    host->seen = host->run;
    host->ticks = 0;
    return;
  }
  host->ticks = host->ticks + 1;
  if (host->ticks < TICKS && host->ticks < TICKS * host->share) return;
  host->timed_out = 1;
  double grace = host->seconds / 5 > 1 ? host->seconds / 5 : 1;
  set_timer(host, grace, grace);
  lua_sethook(host->L, on_hook, LUA_MASKCOUNT, 1);
}

static void on_signal(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  int saved = errno;
  if (info->si_code == SI_TIMER) {
    for (clua_host *host = active; host; host = host->outer) {
      if (host == info->si_value.sival_ptr) tick(host);
    }
  }
  errno = saved;
}

static void install_handler(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (sigaction(TICK_SIGNAL, &action, NULL) != 0) handler_error = errno;
}

static bool make_timer(clua_host *host) {
  pthread_once(&once, install_handler);
  if (handler_error != 0) return false;
  clua_drop_timer(host);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, TICK_SIGNAL);
  if (pthread_sigmask(SIG_UNBLOCK, &set, NULL) != 0) return false;

  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = TICK_SIGNAL;
  event.sigev_value.sival_ptr = host;
  event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
  // Kernels without per-thread clocks (some sandboxes) bound the elapsed time instead.
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &host->timer) != 0
      && timer_create(CLOCK_MONOTONIC, &event, &host->timer) != 0) return false;
  host->has_timer = true;
  set_timer(host, host->seconds / TICKS, host->seconds / TICKS);
  return true;
}

/// Starts a run on this thread.
int clua_watch(clua_host *host) {
  if (thread_number == 0) thread_number = atomic_fetch_add(&thread_count, 1) + 1;
  if (!host->has_timer || host->thread != thread_number) {
    if (!make_timer(host)) return CLUA_NO_TIMER;
    host->thread = thread_number;
  }
  host->run = host->run + 1;
  host->outer = active;
  atomic_signal_fence(memory_order_seq_cst);
  active = host;
  return CLUA_OK;
}

/// Ends a run; the next one has its whole time again.
void clua_unwatch(clua_host *host) {
  active = host->outer;
  atomic_signal_fence(memory_order_seq_cst);
  if (!host->timed_out) return;
  clua_hook_lines(host);
  host->timed_out = 0;
  host->stopped_line = 0;
  host->stopped_in[0] = 0;
  set_timer(host, host->seconds / TICKS, host->seconds / TICKS);
}

void clua_drop_timer(clua_host *host) {
  if (!host->has_timer) return;
  timer_delete(host->timer);
  host->has_timer = false;
}
