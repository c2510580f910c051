/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/pins.h"

#include <errno.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <bpf/bpf.h>

static int is_outside(const char *folder)
{
	struct statfs st;

	if (statfs(folder, &st))
		return -errno;
	return (unsigned int)st.f_type != BPF_FS_MAGIC;
}

int pin_allowed(const char *path)
{
	char *copy = strdup(path);

	if (!copy)
		return -ENOMEM;
	char *folder = dirname(copy);
	int outside = is_outside(folder);
	if (outside == -ENOENT) /* the one that would be made */
		outside = is_outside(dirname(folder));
	free(copy);
	return outside > 0 ? -EINVAL : 0;
}

/* The path's folder, made when it is only the last one that is missing, lies in a BPF file system.
 */
static int check_folder(const char *path, int make)
{
	char *copy = strdup(path);
	struct statfs st;
	int err = 0;

	if (!copy)
		return -ENOMEM;
	const char *folder = dirname(copy);
	if (make && mkdir(folder, 0700) && errno != EEXIST)
		err = -errno;
	if (!err && statfs(folder, &st))
		err = -errno;
	if (!err && (unsigned int)st.f_type != BPF_FS_MAGIC)
		err = -EINVAL;
	free(copy);
	return err;
}

int pin_descriptor(int fd, const char *path)
{
	int err = pin_allowed(path);

	if (!err)
		err = check_folder(path, 1);
	return err ? err : bpf_obj_pin(fd, path);
}

int unpin_path(const char *path)
{
	int err = check_folder(path, 0);

	if (!err && unlink(path))
		err = -errno;
	return err;
}
