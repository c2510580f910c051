// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <signal.h>

enum { LAST = 64 };

static int in_range(int sig)
{
	if (sig >= 1 && sig <= LAST)
		return 1;
	errno = EINVAL;
	return 0;
}

int sigemptyset(sigset_t *set)
{
	set->__bits = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	set->__bits = ~0ull;
	return 0;
}

int sigaddset(sigset_t *set, int sig)
{
	if (!in_range(sig))
		return -1;
	set->__bits |= 1ull << (sig - 1);
	return 0;
}

int sigdelset(sigset_t *set, int sig)
{
	if (!in_range(sig))
		return -1;
	set->__bits &= ~(1ull << (sig - 1));
	return 0;
}

int sigismember(const sigset_t *set, int sig)
{
	if (!in_range(sig))
		return -1;
	return set->__bits >> (sig - 1) & 1;
}
