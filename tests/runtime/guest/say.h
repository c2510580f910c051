/* SPDX-License-Identifier: BSD-2-Clause */
/* What these programs print results with. */
#ifndef SAY_H
#define SAY_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

static inline const char *say_name(int err)
{
#define N(e) {e, #e}
	static const struct {
		int number;
		const char *name;
	} names[] = {
		N(EPERM),        N(ENOENT),         N(ESRCH),      N(EINTR),   N(ENXIO),
		N(E2BIG),        N(EBADF),          N(ECHILD),     N(EAGAIN),  N(ENOMEM),
		N(EACCES),       N(EFAULT),         N(EBUSY),      N(EEXIST),  N(EXDEV),
		N(ENODEV),       N(ENOTDIR),        N(EISDIR),     N(EINVAL),  N(ENOSPC),
		N(EDOM),         N(ERANGE),         N(ENOSYS),     N(ELOOP),   N(ENAMETOOLONG),
		N(ENODATA),      N(EPROTO),         N(EBADFD),     N(EILSEQ),  N(ENOTSOCK),
		N(EOPNOTSUPP),   N(EOVERFLOW),      N(EADDRINUSE), N(ENOLINK), N(ESTALE),
		N(EAFNOSUPPORT), {524, "ENOTSUPP"},
	};
#undef N

	for (unsigned int i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (err == names[i].number || err == -names[i].number)
			return names[i].name;
	return "another error";
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
