// SPDX-License-Identifier: BSD-2-Clause
/* A module has nobody else to tell of an event. */
#include <errno.h>
#include <sys/eventfd.h>

int eventfd(unsigned int count, int flags)
{
	errno = ENOSYS;
	return -1;
}
