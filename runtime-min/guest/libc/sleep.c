// SPDX-License-Identifier: BSD-2-Clause
/* Sleeping at the host, where signals are seen. In place of wasi-libc's, which sleep on. */
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "guest/host.h"

enum { SECOND = 1000000000 };

/* 0, or a positive errno; *left gets the nanoseconds that remain after EINTR. */
static int sleep_for(uint64_t ns, uint64_t *left)
{
	*left = ns;
	if (wbpf_signals_deliver())
		return EINTR;
	return -HOST(sleep, ns, left);
}

int nanosleep(const struct timespec *req, struct timespec *rem)
{
	uint64_t left;
	int err;

	if (req->tv_nsec < 0 || req->tv_nsec >= SECOND || req->tv_sec < 0) {
		errno = EINVAL;
		return -1;
	}
	err = sleep_for((uint64_t)req->tv_sec * SECOND + (uint64_t)req->tv_nsec, &left);
	if (!err)
		return 0;
	if (err == EINTR && rem) {
		rem->tv_sec = (time_t)(left / SECOND);
		rem->tv_nsec = (long)(left % SECOND);
	}
	errno = err;
	return -1;
}

/* Of an absolute time what is left; nothing remains to be told then. */
static int sleep_until(clockid_t clock, const struct timespec *when)
{
	struct timespec now, wait = {0};

	if (clock_gettime(clock, &now))
		return errno;
	if (now.tv_sec > when->tv_sec ||
	    (now.tv_sec == when->tv_sec && now.tv_nsec >= when->tv_nsec))
		return 0;
	wait.tv_sec = when->tv_sec - now.tv_sec;
	wait.tv_nsec = when->tv_nsec - now.tv_nsec;
	if (wait.tv_nsec < 0) {
		wait.tv_nsec += SECOND;
		wait.tv_sec--;
	}
	return nanosleep(&wait, NULL) ? errno : 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *req, struct timespec *rem)
{
	if (flags & TIMER_ABSTIME)
		return sleep_until(clock, req);
	return nanosleep(req, rem) ? errno : 0;
}

unsigned sleep(unsigned seconds)
{
	uint64_t left;

	if (!sleep_for((uint64_t)seconds * SECOND, &left))
		return 0;
	return (unsigned)((left + SECOND / 2) / SECOND);
}

int usleep(unsigned us)
{
	uint64_t left;
	int err = sleep_for((uint64_t)us * 1000, &left);

	if (!err)
		return 0;
	errno = err;
	return -1;
}

int pause(void)
{
	while (!wbpf_signals_deliver())
		wbpf_host_sleep(UINT64_MAX, NULL);
	errno = EINTR;
	return -1;
}
