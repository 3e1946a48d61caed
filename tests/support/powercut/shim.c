/*
 * Preloaded into a process, writes down everything it does to the files below POWERCUT_ROOT, in order, to
 * POWERCUT_TRACE. One lock is held around each call and its note, so the order noted is the order that happened.
 * A note: op (1 byte), lengths of path, second path and data (4 bytes each), offset (8 bytes), then the three.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR };

#define MOST_FILES 65536
struct file { char *path; dev_t device; ino_t inode; };
static struct file files[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("POWERCUT_ROOT"), *file = getenv("POWERCUT_TRACE");
  if (!folder || !file) return;
  root_length = (size_t)snprintf(root, sizeof root, "%s/", folder);
  trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void give_up(const char *what) {
  fprintf(stderr, "powercut: %s on a recorded file is not modelled\n", what);
  abort();
}

static int inside(const char *path) {
  return trace >= 0 && path && strncmp(path, root, root_length - 1) == 0 && (path[root_length - 1] == '/' || path[root_length - 1] == 0);
}

static void put(char **at, uint64_t value, int bytes) {
  memcpy(*at, &value, (size_t)bytes);
  *at += bytes;
}

static const char *below(const char *path) {
  return strlen(path) < root_length ? "." : path + root_length;
}

static void note(int op, const char *path, const char *other, int64_t offset, const void *data, size_t length) {
  char header[21], *at = header;
  const char *name = below(path), *second = other ? below(other) : "";
  put(&at, (uint64_t)op, 1);
  put(&at, strlen(name), 4);
  put(&at, strlen(second), 4);
  put(&at, length, 4);
  put(&at, (uint64_t)offset, 8);
  struct iovec parts[] = {{header, sizeof header}, {(void *)name, strlen(name)}, {(void *)second, strlen(second)}, {(void *)data, length}};
  size_t all = sizeof header + strlen(name) + strlen(second) + length;
  if (syscall(SYS_writev, trace, parts, 4) != (ssize_t)all) { perror("powercut: trace"); abort(); }
}

/* The path of a descriptor that was opened below the root, if it still is that file: libuv closes past us. */
static const char *path_of(int fd) {
  struct stat status;
  if (trace < 0 || fd < 0 || fd >= MOST_FILES || !files[fd].path) return NULL;
  if (fstat(fd, &status) != 0 || status.st_ino != files[fd].inode || status.st_dev != files[fd].device) return NULL;
  return files[fd].path;
}

static int64_t offset_of(int fd) {
  struct stat status;
  if (fcntl(fd, F_GETFL) & O_APPEND) return fstat(fd, &status) == 0 ? status.st_size : 0;
  return lseek(fd, 0, SEEK_CUR);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define LOCKED(result, call, noted) \
  pthread_mutex_lock(&lock); result = call; { int error = errno; noted; errno = error; } pthread_mutex_unlock(&lock)

static int opened(int fd, const char *path, int flags, int existed) {
  struct stat status;
  if (fd < 0 || fd >= MOST_FILES || fstat(fd, &status) != 0) return fd;
  free(files[fd].path);
  files[fd] = (struct file){strdup(path), status.st_dev, status.st_ino};
  if (!existed) note(CREATE, path, NULL, 0, NULL, 0);
  else if (flags & O_TRUNC) note(TRUNCATE, path, NULL, 0, NULL, 0);
  return fd;
}

static int open_noted(int folder, const char *path, int flags, mode_t mode) {
  if (!inside(path)) return (int)syscall(SYS_openat, folder, path, flags, mode);
  pthread_mutex_lock(&lock);
  int existed = access(path, F_OK) == 0;
  int fd = opened((int)syscall(SYS_openat, folder, path, flags, mode), path, flags, existed);
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return open_noted(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_noted(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return open_noted(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return open_noted(folder, path, flags | O_LARGEFILE, mode); }

ssize_t write(int fd, const void *data, size_t length) {
  REAL(write);
  const char *path = path_of(fd);
  if (!path) return real(fd, data, length);
  ssize_t done;
  pthread_mutex_lock(&lock);
  int64_t offset = offset_of(fd);
  pthread_mutex_unlock(&lock);
  LOCKED(done, real(fd, data, length), if (done > 0) note(WRITE, path, NULL, offset, data, (size_t)done));
  return done;
}

static ssize_t pwrite_noted(int fd, const void *data, size_t length, off_t offset) {
  const char *path = path_of(fd);
  if (!path) return syscall(SYS_pwrite64, fd, data, length, offset);
  ssize_t done;
  LOCKED(done, syscall(SYS_pwrite64, fd, data, length, offset), if (done > 0) note(WRITE, path, NULL, offset, data, (size_t)done));
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite_noted(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return pwrite_noted(fd, data, length, offset); }

/* Short writes are allowed, so of several pieces the first that is not empty is written. */
static const struct iovec *first_piece(const struct iovec *pieces, int count) {
  while (count > 1 && pieces->iov_len == 0) pieces++, count--;
  return pieces;
}
ssize_t writev(int fd, const struct iovec *pieces, int count) {
  REAL(writev);
  if (!path_of(fd) || count < 1) return real(fd, pieces, count);
  return write(fd, first_piece(pieces, count)->iov_base, first_piece(pieces, count)->iov_len);
}
static ssize_t pwritev_noted(int fd, const struct iovec *pieces, int count, off_t offset) {
  if (!path_of(fd) || count < 1) return syscall(SYS_pwritev, fd, pieces, count, offset, 0);
  return pwrite_noted(fd, first_piece(pieces, count)->iov_base, first_piece(pieces, count)->iov_len, offset);
}
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset) { return pwritev_noted(fd, pieces, count, offset); }
ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t offset) { return pwritev_noted(fd, pieces, count, offset); }

static int truncate_noted(int fd, off_t length) {
  const char *path = path_of(fd);
  int result;
  if (!path) return (int)syscall(SYS_ftruncate, fd, length);
  LOCKED(result, (int)syscall(SYS_ftruncate, fd, length), if (result == 0) note(TRUNCATE, path, NULL, length, NULL, 0));
  return result;
}
int ftruncate(int fd, off_t length) { return truncate_noted(fd, length); }
int ftruncate64(int fd, off64_t length) { return truncate_noted(fd, length); }

static int sync_noted(int fd, long call) {
  const char *path = path_of(fd);
  int result;
  if (!path) return (int)syscall(call, fd);
  LOCKED(result, (int)syscall(call, fd), if (result == 0) note(SYNC, path, NULL, 0, NULL, 0));
  return result;
}
int fsync(int fd) { return sync_noted(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_noted(fd, SYS_fdatasync); }

int rename(const char *from, const char *to) {
  REAL(rename);
  int result;
  if (!inside(from) && !inside(to)) return real(from, to);
  if (!inside(from) || !inside(to)) give_up("rename across the root");
  LOCKED(result, real(from, to), if (result == 0) note(RENAME, from, to, 0, NULL, 0));
  return result;
}

int unlink(const char *path) {
  REAL(unlink);
  int result;
  if (!inside(path)) return real(path);
  LOCKED(result, real(path), if (result == 0) note(UNLINK, path, NULL, 0, NULL, 0));
  return result;
}

int rmdir(const char *path) {
  REAL(rmdir);
  int result;
  if (!inside(path)) return real(path);
  LOCKED(result, real(path), if (result == 0) note(UNLINK, path, NULL, 0, NULL, 0));
  return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  int result;
  if (!inside(path)) return real(path, mode);
  LOCKED(result, real(path, mode), if (result == 0) note(MKDIR, path, NULL, 0, NULL, 0));
  return result;
}

/* Other ways to change a file; the store does not use them, and the day it does this must be told. */
int posix_fallocate(int fd, off_t offset, off_t length) { REAL(posix_fallocate); if (path_of(fd)) give_up("posix_fallocate"); return real(fd, offset, length); }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { REAL(posix_fallocate64); if (path_of(fd)) give_up("posix_fallocate"); return real(fd, offset, length); }
int fallocate(int fd, int mode, off_t offset, off_t length) { REAL(fallocate); if (path_of(fd)) give_up("fallocate"); return real(fd, mode, offset, length); }
int link(const char *from, const char *to) { REAL(link); if (inside(to)) give_up("link"); return real(from, to); }
int unlinkat(int folder, const char *path, int flags) { REAL(unlinkat); if (inside(path)) give_up("unlinkat"); return real(folder, path, flags); }
int renameat(int folder, const char *from, int target, const char *to) { REAL(renameat); if (inside(to)) give_up("renameat"); return real(folder, from, target, to); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
  REAL(copy_file_range); if (path_of(out)) give_up("copy_file_range"); return real(in, from, out, to, length, flags);
}
void *mmap(void *place, size_t length, int protection, int flags, int fd, off_t offset) {
  if (fd >= 0 && (protection & PROT_WRITE) && (flags & MAP_SHARED) && path_of(fd)) give_up("mmap");
  return (void *)syscall(SYS_mmap, place, length, protection, flags, fd, offset);
}
