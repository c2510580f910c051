// SPDX-License-Identifier: BSD-2-Clause
/* poll(2) and epoll(7) on what libbpf gives descriptors of, and on sockets. */
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "reports.h"
#include "reports.skel.h"
#include "say.h"

static struct reports_bpf *skel;

static void emit(int map)
{
	struct request request = {.count = 1, .size = 20, .map = map};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &request, .ctx_size_in = sizeof(request),
		    .flags = BPF_F_TEST_RUN_ON_CPU);

	if (bpf_prog_test_run_opts(bpf_program__fd(skel->progs.report), &opts))
		printf("no record\n");
}

static int take(void *ctx, void *data, size_t size)
{
	return 0;
}

static void sample(void *ctx, int cpu, void *data, __u32 size)
{
}

static void show(const char *what, struct pollfd *fds, int count, int ret)
{
	printf("%s: %d", what, ret);
	if (ret < 0)
		printf(" %s", say_name(errno));
	for (int i = 0; i < count; i++)
		printf(" [%s%s%s%s%s]", fds[i].revents & POLLIN ? "in" : "",
		       fds[i].revents & POLLOUT ? "out" : "", fds[i].revents & POLLERR ? "err" : "",
		       fds[i].revents & POLLHUP ? "hup" : "",
		       fds[i].revents & POLLNVAL ? "nval" : "");
	printf("\n");
}

static void buffers(struct ring_buffer *rb, struct perf_buffer *pb)
{
	struct pollfd fds[] = {
		{.fd = ring_buffer__epoll_fd(rb), .events = POLLIN},
		{.fd = perf_buffer__buffer_fd(pb, 0), .events = POLLIN},
		{.fd = bpf_map__fd(skel->maps.ring), .events = POLLIN},
		{.fd = -1, .events = POLLIN},
	};

	show("nothing", fds, 4, poll(fds, 4, 0));
	show("nothing in time", fds, 4, poll(fds, 4, 30));
	emit(2);
	poll(fds, 1, 5000); /* it is told a little later */
	show("ring", fds, 4, poll(fds, 4, 1000));
	emit(0);
	show("both", fds, 4, poll(fds, 4, -1));
	ring_buffer__consume(rb);
	perf_buffer__consume(pb);
	show("consumed", fds, 1, poll(fds, 1, 0));
	show("none at all", fds, 0, poll(fds, 0, 10));
}

static void sockets(void)
{
	struct pollfd fds[3] = {
		{.events = POLLIN | POLLOUT}, {.events = POLLIN}, {.events = POLLOUT}};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return;
	fds[0].fd = fds[2].fd = pair[0];
	fds[1].fd = pair[1];
	show("writable", fds, 3, poll(fds, 3, 1000));
	send(pair[0], "x", 1, 0);
	show("readable", fds, 3, poll(fds, 3, 1000));
	close(pair[1]);
	show("closed", fds, 1, poll(fds, 1, 1000));
	fds[0].events = 0;
	show("asked for nothing", fds, 1, poll(fds, 1, 1000));
	close(pair[0]);
	show("no descriptor", fds, 2, poll(fds, 2, 1000));
}

/* Standard output is no handle; it is written to, and closed at the end. */
static void others(struct ring_buffer *rb)
{
	struct pollfd fds[] = {
		{.fd = ring_buffer__epoll_fd(rb), .events = POLLIN},
		{.fd = 1, .events = POLLOUT},
	};

	show("output", fds, 2, poll(fds, 2, 1000));
	emit(2);
	poll(fds, 1, 5000);
	show("output and ring", fds, 2, poll(fds, 2, 1000));
	ring_buffer__consume(rb);
}

static void say_ret(const char *what, int ret)
{
	say_err(what, ret < 0 ? -errno : ret);
}

static void wrong_epolls(void)
{
	struct epoll_event e = {.events = EPOLLIN};
	int ep = epoll_create1(EPOLL_CLOEXEC), hash = bpf_map__fd(skel->maps.hash);
	int ring = bpf_map__fd(skel->maps.ring);
	volatile int less = -1; /* gcc knows better */

	say_ret("size 0", epoll_create(0));
	say_ret("flags", epoll_create1(1));
	say_ret("no set", epoll_ctl(-1, EPOLL_CTL_ADD, ring, &e));
	say_ret("a map as set", epoll_ctl(hash, EPOLL_CTL_ADD, ring, &e));
	say_ret("nothing added", epoll_ctl(ep, EPOLL_CTL_ADD, -1, &e));
	say_ret("itself", epoll_ctl(ep, EPOLL_CTL_ADD, ep, &e));
	say_ret("a hash", epoll_ctl(ep, EPOLL_CTL_ADD, hash, &e));
	say_ret("no such op", epoll_ctl(ep, 9, ring, &e));
	say_ret("not there", epoll_ctl(ep, EPOLL_CTL_DEL, ring, NULL));
	say_ret("nor to change", epoll_ctl(ep, EPOLL_CTL_MOD, ring, &e));
	say_ret("add", epoll_ctl(ep, EPOLL_CTL_ADD, ring, &e));
	say_ret("twice", epoll_ctl(ep, EPOLL_CTL_ADD, ring, &e));
	say_ret("no room", epoll_wait(ep, &e, 0, 0));
	say_ret("less than none", epoll_wait(ep, &e, less, 0));
	say_ret("wait for a map", epoll_wait(hash, &e, 1, 0));
	say_ret("wait for nothing", epoll_wait(-1, &e, 1, 0));
	say_ret("remove", epoll_ctl(ep, EPOLL_CTL_DEL, ring, NULL));
	close(ep);
}

int main(void)
{
	struct ring_buffer *rb;
	struct perf_buffer *pb;

	skel = reports_bpf__open_and_load();
	if (!skel)
		return 1;
	rb = ring_buffer__new(bpf_map__fd(skel->maps.ring), take, NULL, NULL);
	pb = perf_buffer__new(bpf_map__fd(skel->maps.events), 1, sample, NULL, NULL, NULL);
	if (!rb || !pb)
		return 1;
	buffers(rb, pb);
	sockets();
	others(rb);
	wrong_epolls();
	ring_buffer__free(rb);
	perf_buffer__free(pb);
	reports_bpf__destroy(skel);
	return 0;
}
