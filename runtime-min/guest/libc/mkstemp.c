// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LETTERS = 6, TRIES = 100 };

/* The six X before the suffix, or NULL. */
static char *pattern(char *name, int suffix)
{
	size_t len = strlen(name);
	char *at;

	if (suffix < 0 || len < (size_t)suffix + LETTERS) {
		errno = EINVAL;
		return NULL;
	}
	at = name + len - (size_t)suffix - LETTERS;
	if (memcmp(at, "XXXXXX", LETTERS)) {
		errno = EINVAL;
		return NULL;
	}
	return at;
}

static int fill(char *at)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	unsigned char random[LETTERS];

	if (getentropy(random, sizeof(random)))
		return -1;
	for (int i = 0; i < LETTERS; i++)
		at[i] = letters[random[i] % (sizeof(letters) - 1)];
	return 0;
}

int mkostemps(char *name, int suffix, int flags)
{
	char *at = pattern(name, suffix);

	flags = (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL;
	for (int i = 0; at && i < TRIES && !fill(at); i++) {
		int fd = open(name, flags, 0600);

		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int mkstemps(char *name, int suffix)
{
	return mkostemps(name, suffix, 0);
}

int mkostemp(char *name, int flags)
{
	return mkostemps(name, 0, flags);
}

int mkstemp(char *name)
{
	return mkostemps(name, 0, 0);
}

char *mkdtemp(char *name)
{
	char *at = pattern(name, 0);

	for (int i = 0; at && i < TRIES && !fill(at); i++) {
		if (!mkdir(name, 0700))
			return name;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}
