/* Loaded before PostgreSQL: while the file FAILING_SYNC_FILE exists, no flush reaches the disk (EIO). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(void) {
  const char *path = getenv("FAILING_SYNC_FILE");
  return path != NULL && access(path, F_OK) == 0;
}

static int flush(const char *name, int file) {
  if (fails()) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return flush("fsync", file); }
int fdatasync(int file) { return flush("fdatasync", file); }
