/* A disk that fails: calls on files of one folder end with an error, at random by a seed. And a clock that
   jumps.

   Put before a program by LD_PRELOAD. FAILING_FOLDER is the folder, FAILING_CALL one of the names below,
   FAILING_RATE the share of its calls that fail, in millionths, FAILING_SEED the draw, FAILING_ERROR the
   number of the error. What a program does elsewhere (its modules, its terminal) is left alone. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const char *folder, *call;
static uint64_t rate, error;
static _Atomic uint64_t draws;

__attribute__((constructor)) static void read_orders(void)
{
    const char *seed = getenv("FAILING_SEED"), *share = getenv("FAILING_RATE"), *number = getenv("FAILING_ERROR");
    call = getenv("FAILING_CALL");
    draws = seed ? strtoull(seed, NULL, 10) : 0;
    rate = share ? strtoull(share, NULL, 10) : 0;
    error = number ? strtoull(number, NULL, 10) : EIO;
    folder = getenv("FAILING_FOLDER");
}

/* splitmix64: each draw is good by itself, whichever thread takes it. */
static uint64_t drawn(void)
{
    uint64_t z = (draws += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int fails(const char *name)
{
    if (!call || strcmp(call, name) != 0 || drawn() % 1000000 >= rate)
        return 0;
    errno = (int)error;
    return 1;
}

static int is_there(const char *path)
{
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_there(int descriptor)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_there(path);
}

static int lies_there(const char *path)
{
    char whole[8192], here[4096];
    if (path[0] == '/')
        return is_there(path);
    if (!getcwd(here, sizeof here))
        return 0;
    snprintf(whole, sizeof whole, "%s/%s", here, path);
    return is_there(whole);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *from, size_t octets)
{
    return is_open_there(descriptor) && fails("write") ? -1 : NEXT(write)(descriptor, from, octets);
}

ssize_t writev(int descriptor, const struct iovec *from, int parts)
{
    return is_open_there(descriptor) && fails("write") ? -1 : NEXT(writev)(descriptor, from, parts);
}

ssize_t pwrite64(int descriptor, const void *from, size_t octets, off64_t place)
{
    return is_open_there(descriptor) && fails("write") ? -1 : NEXT(pwrite64)(descriptor, from, octets, place);
}

ssize_t read(int descriptor, void *to, size_t octets)
{
    return is_open_there(descriptor) && fails("read") ? -1 : NEXT(read)(descriptor, to, octets);
}

int fsync(int descriptor)
{
    return is_open_there(descriptor) && fails("fsync") ? -1 : NEXT(fsync)(descriptor);
}

int close(int descriptor)
{
    /* As Linux does it: the descriptor is gone, and the error is told all the same. */
    int failing = is_open_there(descriptor) && fails("close"), found = NEXT(close)(descriptor);
    if (failing)
        errno = (int)error;
    return failing ? -1 : found;
}

int rename(const char *from, const char *to)
{
    return lies_there(to) && fails("rename") ? -1 : NEXT(rename)(from, to);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return lies_there(path) && fails("open") ? -1 : NEXT(open64)(path, flags, mode);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int found = NEXT(clock_gettime)(clock, now);
    /* The wall clock alone: some day within the year before or behind. */
    if (!found && clock == CLOCK_REALTIME && fails("clock"))
        now->tv_sec += (long)(drawn() % 730 - 365) * 86400;
    return found;
}
