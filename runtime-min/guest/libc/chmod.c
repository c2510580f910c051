// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <sys/stat.h>

int chmod(const char *path, mode_t mode)
{
	errno = ENOSYS;
	return -1;
}

int fchmod(int fd, mode_t mode)
{
	errno = ENOSYS;
	return -1;
}

mode_t umask(mode_t mask)
{
	static mode_t now = 022;
	mode_t before = now;

	now = mask & 0777;
	return before;
}
