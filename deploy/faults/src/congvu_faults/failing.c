/* Loaded before a program: its next fsync or fdatasync fails once when the file that
 * CONGVU_FAILING names is there; the file is then gone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(void)
{
    const char *trigger = getenv("CONGVU_FAILING");
    return trigger != NULL && unlink(trigger) == 0;
}

int fsync(int file)
{
    if (fails()) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file)
{
    if (fails()) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
