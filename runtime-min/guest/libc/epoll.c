// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <sys/epoll.h>

#include "guest/host.h"

_Static_assert(sizeof(struct epoll_event) == sizeof(struct wbpf_event),
	       "epoll_wait() hands its array to the host");
_Static_assert(offsetof(struct epoll_event, data) == offsetof(struct wbpf_event, data),
	       "see above");

int epoll_create1(int flags)
{
	return wbpf_ret_errno(flags & ~EPOLL_CLOEXEC ? -EINVAL : HOST(poll_create));
}

int epoll_create(int size)
{
	return size > 0 ? epoll_create1(0) : wbpf_ret_errno(-EINVAL);
}

int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)
{
	struct wbpf_event ev = {0};

	if (event) {
		ev.events = event->events;
		ev.data = event->data.u64;
	}
	return wbpf_ret_errno(HOST(poll_ctl, epfd, op, fd, event ? &ev : NULL));
}

int epoll_wait(int epfd, struct epoll_event *events, int max, int timeout_ms)
{
	if (max <= 0)
		return wbpf_ret_errno(-EINVAL);
	if (wbpf_signals_deliver())
		return wbpf_ret_errno(-EINTR);
	return wbpf_ret_errno(HOST(poll_wait, epfd, events, max, timeout_ms));
}
