/* A disk that says no: loaded before the C library (LD_PRELOAD), it counts the calls that change files below one
 * folder and makes one of them, or all from one on, fail. What it is told stands in the environment:
 *
 *   FAULT_FOLDER  the folder; other files are left alone
 *   FAULT_AT      number of the call that fails, from 1; 0: none
 *   FAULT_KIND    enospc, eio, short (half is written, the next call says that there is no room), readonly (every call)
 *   FAULT_LASTS   once, on (every call from that one on)
 *   FAULT_COUNT   a file outside of the folder that gets the number of calls when the program ends
 *
 * Built with: cc -shared -fPIC -O2 -o faults.so faults.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#undef open
#undef open64
#undef openat
#undef openat64
#undef pwrite
#undef pwrite64
#undef ftruncate
#undef ftruncate64

static atomic_long calls;
static long fail_at;
static int kind_errno, is_short, is_readonly, lasts;
static const char *folder;
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND"), *on = getenv("FAULT_LASTS");
    folder = getenv("FAULT_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    fail_at = at ? atol(at) : 0;
    lasts = on && !strcmp(on, "on");
    is_short = kind && !strcmp(kind, "short");
    is_readonly = kind && !strcmp(kind, "readonly");
    kind_errno = kind && !strcmp(kind, "eio") ? EIO : ENOSPC;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&calls));
        fclose(file);
    }
}

static int ours(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length);
}

static int our_fd(int fd) {
    char link[64], path[PATH_MAX];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (n < 0) return 0;
    path[n] = 0;
    return ours(path);
}

enum verdict { GO, FAIL, HALF };

/* Counts a call; whether it fails. `frees`: it takes no room, so a full disk lets it pass. */
static enum verdict judge(int is_write, int frees) {
    if (is_readonly) {
        errno = EROFS;
        return FAIL;
    }
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (!fail_at) return GO;
    if (is_short && n == fail_at && is_write) return HALF;
    int hit = lasts ? n >= fail_at : n == fail_at || (is_short && n == fail_at + 1);
    if (!hit || (kind_errno == ENOSPC && frees)) return GO;
    errno = kind_errno;
    return FAIL;
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)); }

#define MODE_OF(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) {
    REAL(int, "open", const char *, int, ...);
    MODE_OF(flags, mode)
    if (ours(path) && writes(flags) && judge(0, 0) != GO) return -1;
    return real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(int, "open64", const char *, int, ...);
    MODE_OF(flags, mode)
    if (ours(path) && writes(flags) && judge(0, 0) != GO) return -1;
    return real(path, flags, mode);
}
int openat(int at, const char *path, int flags, ...) {
    REAL(int, "openat", int, const char *, int, ...);
    MODE_OF(flags, mode)
    if (ours(path) && writes(flags) && judge(0, 0) != GO) return -1;
    return real(at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
    REAL(int, "openat64", int, const char *, int, ...);
    MODE_OF(flags, mode)
    if (ours(path) && writes(flags) && judge(0, 0) != GO) return -1;
    return real(at, path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t n) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (our_fd(fd)) switch (judge(1, 0)) {
        case FAIL: return -1;
        case HALF: return real(fd, bytes, n / 2);
        case GO: break;
    }
    return real(fd, bytes, n);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    if (our_fd(fd)) switch (judge(1, 0)) {
        case FAIL: return -1;
        case HALF: return real(fd, bytes, n / 2, at);
        case GO: break;
    }
    return real(fd, bytes, n, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (our_fd(fd)) switch (judge(1, 0)) {
        case FAIL: return -1;
        case HALF: return real(fd, bytes, n / 2, at);
        case GO: break;
    }
    return real(fd, bytes, n, at);
}
ssize_t writev(int fd, const struct iovec *parts, int n) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    if (our_fd(fd) && judge(0, 0) != GO) return -1;
    return real(fd, parts, n);
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    if (our_fd(fd) && judge(0, 0) != GO) return -1;
    return real(fd);
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    if (our_fd(fd) && judge(0, 0) != GO) return -1;
    return real(fd);
}
int ftruncate(int fd, off_t length) {
    REAL(int, "ftruncate", int, off_t);
    if (our_fd(fd) && judge(0, length == 0) != GO) return -1;
    return real(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    if (our_fd(fd) && judge(0, length == 0) != GO) return -1;
    return real(fd, length);
}
int posix_fallocate(int fd, off_t at, off_t n) {
    REAL(int, "posix_fallocate", int, off_t, off_t);
    if (our_fd(fd) && judge(0, 0) != GO) return errno;
    return real(fd, at, n);
}
int posix_fallocate64(int fd, off64_t at, off64_t n) {
    REAL(int, "posix_fallocate64", int, off64_t, off64_t);
    if (our_fd(fd) && judge(0, 0) != GO) return errno;
    return real(fd, at, n);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (ours(to) && judge(0, 0) != GO) return -1;
    return real(from, to);
}
int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (ours(path) && judge(0, 1) != GO) return -1;
    return real(path);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    /* A kernel says that a folder is there before it says that it could not make it. */
    if (ours(path) && access(path, F_OK) && judge(0, 0) != GO) return -1;
    return real(path, mode);
}
