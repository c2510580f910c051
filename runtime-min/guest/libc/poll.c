// SPDX-License-Identifier: BSD-2-Clause
/*
 * poll(2) on handles and on WASI's descriptors. The host waits for the ones, WASI for the others:
 * when there are both, they are asked by turns.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "guest/host.h"

int wasi_poll(struct pollfd *fds, nfds_t count, int timeout_ms) __asm__("poll");

enum { TURN_MS = 20 };

/* The kernel's numbers, where WASI has others. */
enum { LINUX_IN = 1, LINUX_OUT = 4, LINUX_ERR = 8, LINUX_HUP = 16, LINUX_NVAL = 32 };

/* One call under way. Each half has a place for every descriptor, empty (-1) for those of the
 * other. */
struct polling {
	struct pollfd *fds;
	nfds_t count, nr_others;
	struct wbpf_pollfd *handles;
	struct pollfd *others;
};

static int begin(struct polling *p)
{
	p->handles = calloc(p->count + 1, sizeof(*p->handles));
	p->others = calloc(p->count + 1, sizeof(*p->others));
	if (!p->handles || !p->others)
		return -ENOMEM;
	for (nfds_t i = 0; i < p->count; i++) {
		const struct pollfd *f = &p->fds[i];
		int is_handle = WBPF_IS_HANDLE(f->fd);

		p->fds[i].revents = 0;
		p->handles[i].handle = is_handle ? f->fd : -1;
		p->handles[i].events =
			(f->events & POLLIN ? LINUX_IN : 0) | (f->events & POLLOUT ? LINUX_OUT : 0);
		if (!is_handle && f->fd >= 0)
			p->others[p->nr_others++] = *f;
	}
	return 0;
}

static short from_linux(int events)
{
	return (short)((events & LINUX_IN ? POLLIN : 0) | (events & LINUX_OUT ? POLLOUT : 0) |
		       (events & LINUX_ERR ? POLLERR : 0) | (events & LINUX_HUP ? POLLHUP : 0) |
		       (events & LINUX_NVAL ? POLLNVAL : 0));
}

/* How many of the handles are ready, or a negative errno. */
static int ask_host(struct polling *p, int timeout_ms)
{
	int ready = HOST(poll, p->handles, p->count, timeout_ms);

	for (nfds_t i = 0; i < p->count && ready > 0; i++)
		if (p->handles[i].handle >= 0)
			p->fds[i].revents = from_linux(p->handles[i].revents);
	return ready;
}

static int ask_wasi(struct polling *p)
{
	int ready = p->nr_others ? wasi_poll(p->others, p->nr_others, 0) : 0;
	nfds_t next = 0;

	if (ready < 0)
		return -errno;
	for (nfds_t i = 0; i < p->count && ready > 0; i++)
		if (p->fds[i].fd >= 0 && p->handles[i].handle < 0)
			p->fds[i].revents = p->others[next++].revents;
	return ready;
}

static int64_t now_ms(void)
{
	struct timespec t = {0};

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int by_turns(struct polling *p, int timeout_ms)
{
	int64_t until = now_ms() + timeout_ms, left;

	do {
		int others = ask_wasi(p), handles;

		left = timeout_ms < 0 ? TURN_MS : until - now_ms();
		if (others < 0)
			return others;
		handles = ask_host(p, others || left < 0 ? 0
				      : left < TURN_MS   ? (int)left
							 : TURN_MS);
		if (handles < 0 || handles + others > 0)
			return handles < 0 ? handles : handles + others;
	} while (left > 0);
	return 0;
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	struct polling p = {.fds = fds, .count = count};
	int ret = wbpf_signals_deliver() ? -EINTR : begin(&p);

	if (!ret)
		ret = p.nr_others ? by_turns(&p, timeout_ms) : ask_host(&p, timeout_ms);
	free(p.handles);
	free(p.others);
	if (ret >= 0)
		return ret;
	errno = -ret;
	return -1;
}
