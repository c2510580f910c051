/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/engine.h"

/* wasi-libc gives leading slashes and "./" no meaning, in names of folders as in paths. */
static const char *strip(const char *path)
{
	while (path[0] == '/' || (path[0] == '.' && (path[1] == '/' || !path[1])))
		path++;
	return path;
}

static size_t length_of(const char *folder)
{
	size_t len = strlen(folder);

	while (len && folder[len - 1] == '/')
		len--;
	return len;
}

static bool is_below(const char *path, const char *folder, size_t len)
{
	return !strncmp(path, folder, len) && (!len || path[len] == '/' || !path[len]);
}

/* No link and no ".." leads out of the folder. */
static int open_below(const char *folder, const char *rest, int flags)
{
	struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC),
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
	int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0)
		return -errno;
	long fd = syscall(SYS_openat2, dir, *rest ? rest : ".", &how, sizeof(how));
	int err = fd < 0 ? -errno : 0;
	close(dir);
	return err ? err : (int)fd;
}

int folders_open(const struct engine_wasi *w, const char *path, int flags)
{
	size_t longest = 0;
	int found = -1;

	path = strip(path);
	for (size_t i = 0; w && i < w->nr_dirs; i++) {
		const char *folder = strip(w->guest_dirs[i]);
		size_t len = length_of(folder);
		if (len < longest || !is_below(path, folder, len))
			continue;
		longest = len;
		found = (int)i;
	}
	if (found < 0)
		return -ENOENT;
	path += longest;
	return open_below(w->host_dirs[found], path + strspn(path, "/"), flags);
}
