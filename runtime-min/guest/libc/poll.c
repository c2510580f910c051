// SPDX-License-Identifier: BSD-2-Clause
/*
 * poll(2) on handles and on WASI's descriptors. The host waits for the ones, WASI for the others:
 * when there are both, they are asked by turns.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "guest/host.h"

int wasi_poll(struct pollfd *fds, nfds_t count, int timeout_ms) __asm__("poll");

enum { TURN_MS = 20 };

/* One call under way. */
struct polling {
	struct pollfd *fds;
	nfds_t count;
	wbpf_handle poll; /* the handles among them */
	struct wbpf_event *events;
	struct pollfd *others; /* the others, and where they stand in fds */
	nfds_t *places;
	nfds_t nr_handles, nr_others;
	int settled; /* how many are ready without waiting */
};

static uint32_t to_epoll(short events)
{
	return (events & POLLIN ? EPOLLIN : 0) | (events & POLLOUT ? EPOLLOUT : 0);
}

static short from_epoll(uint32_t events)
{
	return (short)((events & EPOLLIN ? POLLIN : 0) | (events & EPOLLOUT ? POLLOUT : 0) |
		       (events & EPOLLERR ? POLLERR : 0) | (events & EPOLLHUP ? POLLHUP : 0));
}

/* The same handle may stand there more than once: the first one asks for all. */
static int add_handle(struct polling *p, nfds_t index)
{
	struct wbpf_event event = {.data = (uint32_t)p->fds[index].fd};
	int op = WBPF_POLL_ADD, err;

	for (nfds_t i = 0; i < p->count; i++) {
		if (p->fds[i].fd != p->fds[index].fd)
			continue;
		event.events |= to_epoll(p->fds[i].events);
		if (i < index)
			op = WBPF_POLL_MOD;
	}
	err = HOST(poll_ctl, p->poll, op, p->fds[index].fd, &event);
	if (err == -EBADF)
		p->fds[index].revents = POLLNVAL;
	else if (err == -EPERM) /* what never waits, as a folder */
		p->fds[index].revents = p->fds[index].events & (POLLIN | POLLOUT);
	else if (err)
		return err;
	else
		p->nr_handles++;
	p->settled += p->fds[index].revents != 0;
	return 0;
}

static int begin(struct polling *p)
{
	int err = 0;

	p->poll = HOST(poll_create);
	if (p->poll < 0)
		return p->poll;
	p->events = calloc(p->count + 1, sizeof(*p->events));
	p->others = calloc(p->count + 1, sizeof(*p->others));
	p->places = calloc(p->count + 1, sizeof(*p->places));
	if (!p->events || !p->others || !p->places)
		return -ENOMEM;
	for (nfds_t i = 0; i < p->count && !err; i++) {
		p->fds[i].revents = 0;
		if (WBPF_IS_HANDLE(p->fds[i].fd)) {
			err = add_handle(p, i);
		} else if (p->fds[i].fd >= 0) {
			p->places[p->nr_others] = i;
			p->others[p->nr_others++] = p->fds[i];
		}
	}
	return err;
}

static void end(struct polling *p)
{
	if (p->poll > 0)
		HOST(close, p->poll);
	free(p->events);
	free(p->others);
	free(p->places);
}

/* How many of the handles are ready, or a negative errno. */
static int ask_host(struct polling *p, int timeout_ms)
{
	int ready = HOST(poll_wait, p->poll, p->events, p->count + 1, timeout_ms), found = 0;

	for (int k = 0; k < ready; k++) {
		short events = from_epoll(p->events[k].events);

		for (nfds_t i = 0; i < p->count; i++) {
			struct pollfd *f = &p->fds[i];

			if ((uint32_t)f->fd != p->events[k].data)
				continue;
			f->revents = events & (f->events | POLLERR | POLLHUP);
			found += f->revents != 0;
		}
	}
	return ready < 0 ? ready : found;
}

static int ask_wasi(struct polling *p, int timeout_ms)
{
	int found = wasi_poll(p->others, p->nr_others, timeout_ms);

	if (found < 0)
		return -errno;
	for (nfds_t i = 0; i < p->nr_others; i++)
		p->fds[p->places[i]].revents = p->others[i].revents;
	return found;
}

static int64_t now_ms(void)
{
	struct timespec t = {0};

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int by_turns(struct polling *p, int timeout_ms)
{
	int64_t until = now_ms() + timeout_ms;
	int found = p->settled;

	for (;;) {
		int64_t left = timeout_ms < 0 ? TURN_MS : until - now_ms();
		int wait = found || left < 0 ? 0 : left < TURN_MS ? (int)left : TURN_MS;
		int others = p->nr_others ? ask_wasi(p, 0) : 0;
		int handles = others < 0 ? 0 : ask_host(p, others ? 0 : wait);

		if (others < 0 || handles < 0)
			return others < 0 ? others : handles;
		found += others + handles;
		if (found || left <= 0)
			return found;
	}
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	struct polling p = {.fds = fds, .count = count};
	int ret = wbpf_signals_deliver() ? -EINTR : begin(&p);

	if (!ret) {
		if (!p.nr_others && !p.settled)
			ret = ask_host(&p, timeout_ms);
		else
			ret = by_turns(&p, timeout_ms);
	}
	end(&p);
	if (ret >= 0)
		return ret;
	errno = -ret;
	return -1;
}
