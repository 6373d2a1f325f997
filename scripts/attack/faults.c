// Preloaded into regbench: lets calls that change the disk fail.
//
// ATTACK_FOLDER  only files below it are touched
// ATTACK_COUNT   a file that gets a line "parent open", "worker write", … for each such call
// ATTACK_FAULT   "WHO OPERATION TURN ERRNO MODE": in the parent or in each worker, the TURN-th call of
//                this operation fails with this number; MODE is "once", "on" for all that follow, or
//                "kill" to end the process there
// ATTACK_HITS    a file that gets a line for each call that was made to fail
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum operation { OPEN, WRITE, FSYNC, RENAME, UNLINK, TRUNCATE, MKDIR, OPERATIONS };
static const char *const names[OPERATIONS] = {"open",   "write",    "fsync", "rename",
                                              "unlink", "truncate", "mkdir"};

static char folder[PATH_MAX];
static size_t folder_length;
static const char *who = "parent";
static const char *count_path, *hits_path;
static int wanted = -1, code, goes_on, kills;
static long turn;
static atomic_long seen[OPERATIONS];

static void append(const char *path, const char *operation) {
  char line[64];
  int length = snprintf(line, sizeof line, "%s %s\n", who, operation);
  // Raw calls: those of the C library are the ones that are counted.
  long descriptor =
      syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor >= 0) {
    syscall(SYS_write, descriptor, line, length);
    syscall(SYS_close, descriptor);
  }
}

__attribute__((constructor)) static void read_orders(void) {
  const char *given = getenv("ATTACK_FOLDER");
  if (given == NULL || realpath(given, folder) == NULL) {
    return;
  }
  folder_length = strlen(folder);
  count_path = getenv("ATTACK_COUNT");
  hits_path = getenv("ATTACK_HITS");
  char arguments[512] = {0};
  long descriptor = syscall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY);
  long length = descriptor < 0 ? 0 : syscall(SYS_read, descriptor, arguments, sizeof arguments - 1);
  if (descriptor >= 0) {
    syscall(SYS_close, descriptor);
  }
  size_t first = strlen(arguments);
  if ((long)first + 1 < length && strcmp(arguments + first + 1, "worker") == 0) {
    who = "worker";
  }
  const char *fault = getenv("ATTACK_FAULT");
  char victim[16], operation[16], mode[16];
  if (fault == NULL ||
      sscanf(fault, "%15s %15s %ld %d %15s", victim, operation, &turn, &code, mode) != 5 ||
      strcmp(victim, who) != 0) {
    return;
  }
  goes_on = strcmp(mode, "on") == 0;
  kills = strcmp(mode, "kill") == 0;
  for (int index = 0; index < OPERATIONS; index++) {
    if (strcmp(operation, names[index]) == 0) {
      wanted = index;
    }
  }
}

static int is_below(const char *path) {
  if (folder_length == 0 || path == NULL) {
    return 0;
  }
  char absolute[2 * PATH_MAX];
  if (path[0] != '/') {
    if (getcwd(absolute, PATH_MAX) == NULL) {
      return 0;
    }
    strncat(absolute, "/", 2);
    strncat(absolute, path, PATH_MAX - 1);
    path = absolute;
  }
  return strncmp(path, folder, folder_length) == 0;
}

static int descriptor_is_below(int descriptor) {
  if (folder_length == 0) {
    return 0;
  }
  char link[64], target[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length <= 0) {
    return 0;
  }
  target[length] = 0;
  // A pipe's is not a path.
  return target[0] == '/' && is_below(target);
}

// Whether the call is to fail; errno says how.
static int fails(enum operation operation) {
  if (count_path != NULL) {
    append(count_path, names[operation]);
  }
  if ((int)operation != wanted) {
    return 0;
  }
  long now = atomic_fetch_add(&seen[operation], 1) + 1;
  if (now != turn && !(goes_on && now > turn)) {
    return 0;
  }
  if (hits_path != NULL) {
    append(hits_path, names[operation]);
  }
  if (kills) {
    kill(getpid(), SIGKILL);
  }
  errno = code;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPENING(name)                                                                             \
  int name(const char *path, int flags, ...) {                                                    \
    mode_t mode = 0;                                                                              \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                          \
      va_list rest;                                                                               \
      va_start(rest, flags);                                                                      \
      mode = va_arg(rest, mode_t);                                                                \
      va_end(rest);                                                                               \
    }                                                                                             \
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && is_below(path) && fails(OPEN)) {               \
      return -1;                                                                                  \
    }                                                                                             \
    return REAL(name)(path, flags, mode);                                                         \
  }
OPENING(open)
OPENING(open64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  // A log's descriptor is standard error: what is said there may be lost.
  if (descriptor > STDERR_FILENO && descriptor_is_below(descriptor) && fails(WRITE)) {
    return -1;
  }
  return REAL(write)(descriptor, bytes, count);
}

int fsync(int descriptor) {
  if (descriptor_is_below(descriptor) && fails(FSYNC)) {
    return -1;
  }
  return REAL(fsync)(descriptor);
}

int rename(const char *from, const char *to) {
  return is_below(to) && fails(RENAME) ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  return is_below(to) && fails(RENAME) ? -1 : REAL(link)(from, to);
}

int unlink(const char *path) {
  return is_below(path) && fails(UNLINK) ? -1 : REAL(unlink)(path);
}

int rmdir(const char *path) {
  return is_below(path) && fails(UNLINK) ? -1 : REAL(rmdir)(path);
}

int mkdir(const char *path, mode_t mode) {
  return is_below(path) && fails(MKDIR) ? -1 : REAL(mkdir)(path, mode);
}

int ftruncate(int descriptor, off_t length) {
  return descriptor_is_below(descriptor) && fails(TRUNCATE) ? -1
                                                            : REAL(ftruncate)(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) {
  return descriptor_is_below(descriptor) && fails(TRUNCATE)
             ? -1
             : REAL(ftruncate64)(descriptor, length);
}
