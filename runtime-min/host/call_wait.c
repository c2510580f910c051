/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting: epoll, sleep, signals. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/instance.h"
#include "host/stats.h"

enum { MAX_EVENTS = 256 };

/*
 * The signals' descriptor is in every set, so that a signal just before a wait ends it. Its
 * events are told from others by this value; a module that uses it too only confuses itself.
 */
#define SIGNAL_DATA UINT64_C(0x7762706673696773)

int32_t call_poll_create(struct instance *in)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.u64 = SIGNAL_DATA};
	int fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (epoll_ctl(fd, EPOLL_CTL_ADD, in->signals.event_fd, &ev) < 0) {
		int err = -errno;
		close(fd);
		return err;
	}
	return instance_add_fd(in, WBPF_KIND_POLL, fd);
}

/* What is there and is no epoll instance is another mistake than what is not there. */
static int poll_instance(const struct instance *in, wbpf_handle value)
{
	int fd = instance_fd(in, value, WBPF_KIND_POLL);

	return fd < 0 && instance_fd(in, value, 0) >= 0 ? -EINVAL : fd;
}

int32_t call_poll_ctl(struct instance *in, wbpf_handle poll, uint32_t op, wbpf_handle value,
		      wbpf_addr event)
{
	static const int ops[] = {
		[WBPF_POLL_ADD] = EPOLL_CTL_ADD,
		[WBPF_POLL_DEL] = EPOLL_CTL_DEL,
		[WBPF_POLL_MOD] = EPOLL_CTL_MOD,
	};
	int poll_fd = poll_instance(in, poll), fd = instance_fd(in, value, 0);
	struct wbpf_event e = {0};

	if (fd < 0 || poll_fd < 0)
		return fd < 0 ? fd : poll_fd;
	if (op < WBPF_POLL_ADD || op > WBPF_POLL_MOD)
		return -EINVAL;
	if (op != WBPF_POLL_DEL && memory_copy_in(in->memory, &e, event, sizeof(e)))
		return -EFAULT;
	struct epoll_event ev = {.events = e.events, .data.u64 = e.data};
	return epoll_ctl(poll_fd, ops[op], fd, &ev) < 0 ? -errno : 0;
}

int32_t call_poll_wait(struct instance *in, wbpf_handle poll, wbpf_addr addr, uint32_t max,
		       int32_t timeout_ms)
{
	struct epoll_event events[MAX_EVENTS];
	int fd = poll_instance(in, poll);

	if (fd < 0)
		return fd;
	if (!max)
		return -EINVAL;
	if (max > MAX_EVENTS)
		max = MAX_EVENTS;
	struct wbpf_event *out = memory_write(in->memory, addr, (uint64_t)max * sizeof(*out));
	if (!out)
		return -EFAULT;

	/* Not one more than asked for, to make up for the signals' own: one taken too many is lost.
	 */
	stats_waits(in);
	int n = epoll_wait(fd, events, (int)max, timeout_ms), err = -errno;
	stats_woke(in);
	if (n < 0)
		return err;
	uint32_t kept = 0;
	for (int i = 0; i < n; i++)
		if (events[i].data.u64 != SIGNAL_DATA)
			out[kept++] = (struct wbpf_event){.events = events[i].events,
							  .data = events[i].data.u64};
	return !kept && n ? -EINTR : (int32_t)kept;
}

int32_t call_poll(struct instance *in, wbpf_addr addr, uint32_t count, int32_t timeout_ms)
{
	struct wbpf_pollfd *out = memory_write(in->memory, addr, (uint64_t)count * sizeof(*out));
	struct pollfd fds[WBPF_POLL_LIMIT + 1];

	if (!out)
		return -EFAULT;
	if (count > WBPF_POLL_LIMIT)
		return -EINVAL;
	for (uint32_t i = 0; i < count; i++) {
		struct wbpf_pollfd f = out[i];
		int fd = instance_fd(in, f.handle, 0);

		/* What is no handle must be no descriptor either: the kernel says POLLNVAL. */
		fds[i] = (struct pollfd){.fd = f.handle < 0 ? -1
					       : fd < 0     ? INT_MAX
							    : fd,
					 .events = f.events};
	}
	fds[count] = (struct pollfd){.fd = in->signals.event_fd, .events = POLLIN};
	stats_waits(in);
	int n = poll(fds, count + 1, timeout_ms), err = -errno;
	stats_woke(in);
	if (n < 0)
		return err;
	for (uint32_t i = 0; i < count; i++)
		out[i].revents = fds[i].revents;
	if (fds[count].revents)
		n--;
	return !n && fds[count].revents ? -EINTR : n;
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

int32_t call_sleep(struct instance *in, uint64_t ns, wbpf_addr remaining)
{
	struct pollfd p = {.fd = in->signals.event_fd, .events = POLLIN};
	uint64_t begin = now_ns(), limit = ns;

	if (remaining && !memory_write(in->memory, remaining, sizeof(uint64_t)))
		return -EFAULT;
	for (;;) {
		struct timespec t = {.tv_sec = (time_t)(limit / 1000000000),
				     .tv_nsec = (long)(limit % 1000000000)};
		int n = ppoll(&p, 1, ns == UINT64_MAX ? NULL : &t, NULL);
		if (n == 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return -errno;
		uint64_t gone = now_ns() - begin;
		limit = gone < ns ? ns - gone : 0;
		if (n > 0)
			break;
		/* A signal that is not the module's: sleep on. */
	}
	if (remaining)
		memory_copy_out(in->memory, remaining, &limit, sizeof(limit));
	return -EINTR;
}

int32_t call_signal(struct instance *in, uint32_t signo, uint32_t how)
{
	return signals_set(&in->signals, signo, how);
}

int32_t call_signals_take(struct instance *in)
{
	return (int32_t)signals_take(&in->signals);
}
