/* SPDX-License-Identifier: BSD-2-Clause */
/* What these programs print results with. */
#ifndef SAY_H
#define SAY_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

static inline const char *say_name(int err)
{
#define ONE(e)                                                                                     \
	if (err == (e) || err == -(e))                                                             \
		return #e;
	ONE(EPERM) ONE(ENOENT) ONE(EINTR) ONE(EBADF) ONE(EAGAIN) ONE(ENOMEM) ONE(EACCES) ONE(EFAULT)
					ONE(EBUSY) ONE(EEXIST) ONE(ENODEV) ONE(EINVAL) ONE(ENOSPC)
						ONE(ERANGE) ONE(E2BIG) ONE(EOPNOTSUPP) ONE(ESRCH)
							ONE(ENOSYS) ONE(ENODATA) ONE(EDOM)
								ONE(ECHILD) ONE(EILSEQ)
#undef ONE
									return err == 524 ||
			err == -524
		? "ENOTSUPP"
		: "another error";
}

/* "what: 0", "what: 17", "what: -ENOENT, errno ENOENT" */
static inline void say_err(const char *what, long ret)
{
	int saved = errno;

	if (ret >= 0)
		printf("%s: %ld\n", what, ret);
	else
		printf("%s: -%s, errno %s\n", what, say_name((int)ret), say_name(saved));
}

/* For what returns pointers. */
static inline void say_ptr(const char *what, const void *ptr)
{
	int saved = errno;

	if (ptr)
		printf("%s: ok\n", what);
	else
		printf("%s: NULL, errno %s\n", what, say_name(saved));
}

#endif
