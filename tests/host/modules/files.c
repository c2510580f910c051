/* SPDX-License-Identifier: BSD-2-Clause */
/* Attacks through perf events and sockets: pointers and descriptors where the kernel takes them,
 * and memory that is mapped. */
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "host.h"

enum {
	L_ESRCH = -3,
	L_ENODEV = -19,
	L_ENOTTY = -25,
	L_ENAMETOOLONG = -36,
	L_ENOTSOCK = -88,
	L_ECONNREFUSED = -111,
	PAGE = 4096,
	OUTSIDE = 0xfffff000,
};

static uint8_t buffer[8192];
static uint8_t pages[8 * PAGE] __attribute__((aligned(PAGE)));

/* How many warnings the host had to say. */
static int warnings(void)
{
	int32_t size;
	int count = 0;

	while ((size = h_log_read(A(buffer), sizeof(buffer))) > 0)
		count += buffer[0] == WBPF_LOG_WARN;
	return count;
}

static struct perf_event_attr output_attr(void)
{
	return (struct perf_event_attr){.size = sizeof(struct perf_event_attr),
					.type = PERF_TYPE_SOFTWARE,
					.config = PERF_COUNT_SW_BPF_OUTPUT,
					.sample_type = PERF_SAMPLE_RAW};
}

static int32_t open_event(const struct wbpf_perf_event *e)
{
	return h_file_open(WBPF_FILE_PERF_EVENT, A(e));
}

static struct wbpf_perf_event event_of(const struct perf_event_attr *attr)
{
	return (struct wbpf_perf_event){
		.size = sizeof(struct wbpf_perf_event), .pid = -1, .group = -1, .attr = A(attr)};
}

static int32_t any_map(void)
{
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 4};

	return h_bpf(BPF_MAP_CREATE, A(&a), sizeof(a));
}

static void descriptions(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);
	struct {
		struct wbpf_perf_event e;
		uint32_t more;
	} newer = {.e = e};
	int32_t h;

	EQ(h_file_open(0, A(&e)), L_EINVAL);
	EQ(h_file_open(99, A(&e)), L_EINVAL);
	EQ(h_file_open(WBPF_FILE_PERF_EVENT, OUTSIDE), L_EFAULT);
	EQ(h_file_open(WBPF_FILE_SOCKET, OUTSIDE), L_EFAULT);
	EQ(h_file_open(WBPF_FILE_PIDFD, OUTSIDE), L_EFAULT);
	e.size = sizeof(e) - 1;
	EQ(open_event(&e), L_EINVAL);
	e.size = 0xffffffff;
	EQ(open_event(&e), L_EFAULT);
	newer.e.size = sizeof(newer);
	OK(h = open_event(&newer.e));
	EQ(h_close(h), 0);
	newer.more = 1;
	EQ(open_event(&newer.e), L_E2BIG);
	e = event_of(&attr);
	e.attr = OUTSIDE;
	EQ(open_event(&e), L_EFAULT);
	e.attr = 0xfffffffc;
	EQ(open_event(&e), L_EFAULT);
	/* The attributes begin within memory, and say that they end outside. */
	e.attr = (uint32_t)(__builtin_wasm_memory_size(0) << 16) - 64;
	((uint32_t *)(uintptr_t)e.attr)[0] = PERF_TYPE_SOFTWARE;
	((uint32_t *)(uintptr_t)e.attr)[1] = 128;
	EQ(open_event(&e), L_EFAULT);
}

/* Descriptors of the host in place of handles. */
static void descriptors(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);
	int32_t map = any_map(), event;

	for (int32_t fd = 0; fd < 100; fd++) {
		e.group = fd;
		EQ(open_event(&e), L_EBADF);
		e.group = -1;
		e.pid = fd;
		e.flags = PERF_FLAG_PID_CGROUP;
		EQ(open_event(&e), L_EBADF);
		e = event_of(&attr);
		EQ(h_file_control(fd, WBPF_PERF_ENABLE, A(buffer), 4), L_EBADF);
		EQ(h_file_control(fd, WBPF_FILE_IS_TERMINAL, 0, 0) < 0, fd > 2);
		if (fd != 1 && fd != 2) /* standard output and error */
			EQ(h_file_write(fd, A(buffer), 4), L_EBADF);
		if (fd) /* standard input */
			EQ(h_file_read(fd, A(buffer), 4), L_EBADF);
	}
	EQ(h_file_write(1, 0xfffffff0u, 4), L_EFAULT);
	EQ(h_file_write(1, A(buffer), 0xffffffffu), L_EFAULT);
	EQ(h_file_write(1, A(buffer), 0), 0);
	EQ(h_file_read(0, 0xfffffff0u, 4), L_EFAULT);
	e.group = map;
	EQ(open_event(&e), L_EBADF);
	e.group = -1;
	OK(event = open_event(&e));
	for (int32_t fd = 0; fd < 100; fd++) {
		EQ(h_file_control(event, WBPF_PERF_SET_OUTPUT, A(&fd), 4), L_EBADF);
		EQ(h_file_control(event, WBPF_PERF_SET_BPF, A(&fd), 4), L_EBADF);
	}
	EQ(h_file_control(event, WBPF_PERF_SET_OUTPUT, A(&map), 4), L_EBADF);
	EQ(h_file_control(event, WBPF_PERF_SET_BPF, A(&map), 4), L_EINVAL);
	EQ(h_close(event), 0);
	EQ(h_close(event), L_EBADF);
	EQ(h_file_control(event, WBPF_PERF_ENABLE, A(buffer), 4), L_EBADF);
	EQ(h_close(map), 0);
}

/* A signal that would hit the host. */
static void sigtrap(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);

	warnings();
	attr.sigtrap = 1;
	attr.remove_on_exec = 1;
	e.pid = 0;
	e.cpu = -1;
	EQ(open_event(&e), L_EPERM);
	EQ(warnings(), 1);
}

/* The type of a dynamic PMU as the kernel numbers it; 0: there is none. */
static uint32_t pmu(const char *name)
{
	/* The module sees no files: the first types behind the fixed ones are tried. */
	struct perf_event_attr attr = {.size = sizeof(attr), .config1 = OUTSIDE};
	struct wbpf_perf_event e = event_of(&attr);

	for (attr.type = PERF_TYPE_MAX; attr.type < 32; attr.type++)
		if (open_event(&e) == L_EFAULT)
			return attr.type;
	return 0;
}

/* The pointer to a function's or file's name. */
static void probes(void)
{
	struct perf_event_attr attr = {.size = sizeof(attr)};
	struct wbpf_perf_event e = event_of(&attr);
	static char path[8192];

	attr.type = pmu("uprobe or kprobe");
	if (!attr.type) {
		puts("no PMU takes pointers here");
		return;
	}
	attr.config1 = 0x7f0000000000;
	EQ(open_event(&e), L_EFAULT);
	attr.config1 = (uint64_t)1 << 32;
	EQ(open_event(&e), L_EFAULT);
	/* No end within memory, or none within a path's length. */
	uint32_t last = (uint32_t)(__builtin_wasm_memory_size(0) << 16) - 4;
	memset((void *)(uintptr_t)last, 'x', 4);
	attr.config1 = last;
	EQ(open_event(&e), L_EFAULT);
	memset(path, 'x', sizeof(path) - 1);
	attr.config1 = A(path);
	EQ(open_event(&e), L_ENAMETOOLONG);
	strcpy(path, "/no/such/file");
	attr.config1 = A(path);
	int32_t err = open_event(&e);
	EQ(err == L_ENOENT || err == L_EINVAL, 1);
	/* The shortest attributes have that pointer, too. */
	attr.size = 64;
	EQ(open_event(&e), err);
	attr.config1 = 0x7f0000000000;
	EQ(open_event(&e), L_EFAULT);
}

static void controls(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);
	uint32_t query[3] = {1};
	int32_t h, map = any_map();
	uint64_t id = 0;

	OK(h = open_event(&e));
	EQ(h_file_control(h, 0, A(buffer), 4), L_EINVAL);
	EQ(h_file_control(h, 13, A(buffer), 4), L_EINVAL);
	EQ(h_file_control(h, 1000, A(buffer), 4), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_ENABLE, OUTSIDE, 4), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_ENABLE, A(buffer), 8), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_ID, A(&id), 4), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_ID, OUTSIDE, 8), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_ID, A(&id), 8), 0);
	EQ(id != 0, 1);
	EQ(h_file_control(h, WBPF_PERF_PERIOD, OUTSIDE, 8), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_SET_FILTER, OUTSIDE, 8), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_SET_FILTER, A(buffer), 8000), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_QUERY_BPF, A(query), 4), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_QUERY_BPF, A(query), 8), L_EINVAL);
	query[0] = 0xffffffff;
	EQ(h_file_control(h, WBPF_PERF_QUERY_BPF, A(query), sizeof(query)), L_E2BIG);
	EQ(h_file_control(h, WBPF_PERF_QUERY_BPF, OUTSIDE, 12), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_MODIFY, A(&attr), 64), L_EINVAL);
	EQ(h_file_control(h, WBPF_PERF_MODIFY, OUTSIDE, sizeof(attr)), L_EFAULT);
	EQ(h_file_control(h, WBPF_SOCKET_LISTEN, A(buffer), 4), L_ENOTSOCK);
	EQ(h_file_control(map, WBPF_PERF_ENABLE, A(buffer), 4), L_ENOTTY);
	EQ(h_file_control(map, WBPF_SOCKET_LISTEN, A(buffer), 4), L_ENOTSOCK);
	EQ(h_file_write(map, A(buffer), 4), L_EBADF);
	EQ(h_file_read(h, OUTSIDE, 8), L_EFAULT);
	EQ(h_file_write(h, OUTSIDE, 8), L_EFAULT);
	EQ(h_file_write(h, A(buffer), 8), L_EINVAL);
	*(uint32_t *)buffer = 1;
	EQ(h_file_control(h, WBPF_FILE_SET_FLAGS, A(buffer), 4), L_EINVAL);
	EQ(h_file_control(h, WBPF_FILE_SET_FLAGS, OUTSIDE, 4), L_EFAULT);
	EQ(h_file_control(h, WBPF_FILE_FLAGS, 0, 0), 0);
	EQ(h_close(h), 0);
	EQ(h_close(map), 0);
}

/* Its pages in place of the module's. */
static void mapping(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);
	int32_t h;

	OK(h = open_event(&e));
	memset(pages, 'm', sizeof(pages));
	EQ(h_memory_map(h, 3, 0, A(pages) + 1, 3 * PAGE), L_EINVAL);
	EQ(h_memory_map(h, 3, 0, A(pages), 3 * PAGE - 1), L_EINVAL);
	EQ(h_memory_map(h, 3, 0, A(pages), 4 * PAGE), L_EINVAL); /* no power of two */
	EQ(h_memory_map(h, 3, 0, OUTSIDE, 3 * PAGE), L_EFAULT);
	EQ(h_memory_map(h, 4, 0, A(pages), 3 * PAGE), L_EINVAL);
	EQ(pages[0] + pages[3 * PAGE - 1], 2 * 'm'); /* a failure takes nothing away */
	EQ(h_memory_map(h, 3, 0, A(pages), 3 * PAGE), 0);
	EQ(h_memory_map(h, 3, 0, A(pages), 3 * PAGE), L_EBUSY);
	EQ(h_memory_map(h, 3, 0, A(pages) + 2 * PAGE, 3 * PAGE), L_EBUSY);
	struct perf_event_mmap_page *page = (void *)pages;
	EQ(page->data_size, 2 * PAGE);
	EQ(page->data_offset, PAGE);
	page->data_tail = 4;
	/* Half of it cannot be given back, and what is mapped outlives its handle. */
	EQ(h_memory_unmap(A(pages), PAGE), L_EINVAL);
	EQ(h_memory_unmap(A(pages) + PAGE, 2 * PAGE), L_EINVAL);
	EQ(h_close(h), 0);
	EQ(page->data_tail, 4);
	EQ(h_memory_unmap(A(pages), 3 * PAGE), 0);
	EQ(h_memory_unmap(A(pages), 3 * PAGE), L_EINVAL);
	EQ(page->data_tail, 0);

	/* The host writes nothing of the module's into read-only pages: it would be the kernel's.
	 */
	OK(h = open_event(&e));
	EQ(h_memory_map(h, WBPF_PROT_READ, 0, A(pages), 3 * PAGE), 0);
	EQ(h_file_read(h, A(pages), 8), L_EFAULT);
	EQ(h_file_control(h, WBPF_PERF_ID, A(pages), 8), L_EFAULT);
	EQ(h_memory_unmap(A(pages), 3 * PAGE), 0);
	EQ(h_close(h), 0);

	/* Files that are no perf events have no pages for a module. */
	struct wbpf_socket s = {.size = sizeof(s), .domain = AF_PACKET, .type = SOCK_RAW};
	OK(h = h_file_open(WBPF_FILE_SOCKET, A(&s)));
	EQ(h_memory_map(h, 3, 0, A(pages), PAGE), L_ENODEV);
	EQ(h_close(h), 0);
}

static int32_t open_socket(int32_t domain, int32_t type)
{
	struct wbpf_socket s = {.size = sizeof(s), .domain = domain, .type = type};

	return h_file_open(WBPF_FILE_SOCKET, A(&s));
}

static int32_t control(int32_t h, uint32_t op, struct wbpf_socket_op o)
{
	o.size = sizeof(o);
	return h_file_control(h, op, A(&o), sizeof(o));
}

/* What a module may not do until a policy can allow it; each time the host says why. */
static void refused_sockets(void)
{
	struct sockaddr_in far = {.sin_family = AF_INET, .sin_port = 0x5000};
	struct sockaddr_in6 far6 = {.sin6_family = AF_INET6, .sin6_port = 0x5000};
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "/tmp/wbpf-test-files"};
	int32_t tcp = open_socket(AF_INET, SOCK_STREAM), udp = open_socket(AF_INET, SOCK_DGRAM),
		six = open_socket(AF_INET6, SOCK_DGRAM), unx = open_socket(AF_UNIX, SOCK_STREAM),
		raw = open_socket(AF_PACKET, SOCK_RAW);
	uint32_t value = 0;

	warnings();
	EQ(open_socket(16 /* AF_NETLINK */, SOCK_RAW), L_EPERM);
	EQ(open_socket(AF_VSOCK, SOCK_STREAM), L_EPERM);
	EQ(open_socket(38 /* AF_ALG */, SOCK_SEQPACKET), L_EPERM);
	EQ(open_socket(AF_INET, 10), L_EPERM);
	EQ(warnings(), 4);
	EQ(open_socket(AF_INET, SOCK_STREAM | 0x100000), L_EINVAL);
	far.sin_addr.s_addr = 0x01010101;
	memset(&far6.sin6_addr, 1, 16);
	struct wbpf_str to = {A(&far), sizeof(far)}, to6 = {A(&far6), sizeof(far6)},
			path = {A(&un), sizeof(un)};
	EQ(control(tcp, WBPF_SOCKET_CONNECT, (struct wbpf_socket_op){.address = to}), L_EPERM);
	EQ(control(udp, WBPF_SOCKET_CONNECT, (struct wbpf_socket_op){.address = to}), L_EPERM);
	EQ(control(six, WBPF_SOCKET_CONNECT, (struct wbpf_socket_op){.address = to6}), L_EPERM);
	EQ(control(unx, WBPF_SOCKET_CONNECT, (struct wbpf_socket_op){.address = path}), L_EPERM);
	EQ(control(unx, WBPF_SOCKET_BIND, (struct wbpf_socket_op){.address = path}), L_EPERM);
	EQ(warnings(), 5);
	/* The kernel takes an address without a family for one with. */
	far.sin_family = AF_UNSPEC;
	EQ(control(udp, WBPF_SOCKET_SEND, (struct wbpf_socket_op){.address = to}), L_EPERM);
	far.sin_family = AF_INET;
	EQ(control(udp, WBPF_SOCKET_SEND, (struct wbpf_socket_op){.address = to}), L_EPERM);
	EQ(control(raw, WBPF_SOCKET_SEND, (struct wbpf_socket_op){.data = to}), L_EPERM);
	EQ(h_file_write(raw, A(buffer), 64), L_EPERM);
	EQ(warnings(), 4);
	/* Mapped into IPv6. */
	far6.sin6_addr = (struct in6_addr){.s6_addr = {[10] = 0xff, 0xff, 1, 1, 1, 1}};
	EQ(control(six, WBPF_SOCKET_SEND, (struct wbpf_socket_op){.address = to6}), L_EPERM);
	/* Options with pointers in them, or that give descriptors. */
	static const struct {
		int32_t level, option;
	} options[] = {{SOL_SOCKET, 77 /* SO_PEERPIDFD */},
		       {IPPROTO_TCP, 35 /* TCP_ZEROCOPY_RECEIVE */},
		       {IPPROTO_IP, 64 /* IPT_SO_SET_REPLACE */},
		       {SOL_PACKET, 5 /* PACKET_RX_RING */},
		       {SOL_SOCKET, 9999},
		       {999, 1}};
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		struct wbpf_socket_op o = {.level = options[i].level,
					   .number = options[i].option,
					   .data = {A(&value), sizeof(value)}};
		EQ(control(tcp, WBPF_SOCKET_SET_OPTION, o), L_EPERM);
		EQ(control(tcp, WBPF_SOCKET_GET_OPTION, o), L_EPERM);
	}
	EQ(warnings(), 13);
	EQ(h_close(tcp) | h_close(udp) | h_close(six) | h_close(unx) | h_close(raw), 0);
}

static void socket_spans(void)
{
	int32_t udp = open_socket(AF_INET, SOCK_DGRAM), map = any_map();
	struct wbpf_str out = {OUTSIDE, 16}, long_address = {A(buffer), 4096},
			nowhere = {A(buffer), 0xffffffff};
	struct wbpf_socket_op o = {.size = sizeof(o)};
	struct wbpf_socket s = {.size = sizeof(s),
				.domain = AF_UNIX,
				.type = SOCK_STREAM,
				.flags = WBPF_SOCKET_PAIR};
	struct sockaddr_in name = {0};

	for (uint32_t op = WBPF_SOCKET_BIND; op <= WBPF_SOCKET_RECEIVE; op++) {
		EQ(h_file_control(udp, op, OUTSIDE, sizeof(o)), L_EFAULT);
		EQ(h_file_control(udp, op, A(&o), sizeof(o) - 1), L_EINVAL);
		EQ(h_file_control(map, op, A(&o), sizeof(o)), L_ENOTSOCK);
	}
	EQ(control(udp, WBPF_SOCKET_BIND, (struct wbpf_socket_op){.address = out}), L_EFAULT);
	EQ(control(udp, WBPF_SOCKET_BIND, (struct wbpf_socket_op){.address = long_address}),
	   L_EINVAL);
	EQ(control(udp, WBPF_SOCKET_NAME, (struct wbpf_socket_op){.address = out}), L_EFAULT);
	EQ(control(udp, WBPF_SOCKET_SEND, (struct wbpf_socket_op){.data = nowhere}), L_EFAULT);
	EQ(control(udp, WBPF_SOCKET_RECEIVE,
		   (struct wbpf_socket_op){.data = nowhere, .number = MSG_DONTWAIT}),
	   L_EFAULT);
	EQ(control(udp, WBPF_SOCKET_RECEIVE,
		   (struct wbpf_socket_op){.data = {A(buffer), 8}, .number = MSG_DONTWAIT}),
	   L_EAGAIN);
	/* Programs only as handles. */
	for (int32_t fd = 0; fd < 100; fd++)
		EQ(control(udp, WBPF_SOCKET_SET_OPTION,
			   (struct wbpf_socket_op){.level = SOL_SOCKET,
						   .number = SO_ATTACH_BPF,
						   .data = {A(&fd), 4}}),
		   L_EBADF);
	EQ(control(udp, WBPF_SOCKET_SET_OPTION,
		   (struct wbpf_socket_op){.level = SOL_SOCKET,
					   .number = SO_ATTACH_FILTER,
					   .data = {A(buffer), 7}}),
	   L_EINVAL);
	EQ(control(udp, WBPF_SOCKET_SET_OPTION,
		   (struct wbpf_socket_op){
			   .level = SOL_SOCKET, .number = SO_REUSEADDR, .data = {A(buffer), 5000}}),
	   L_EINVAL);
	/* A name is cut to the room that there is, and says how long it was. */
	o.address = (struct wbpf_str){A(&name), 2};
	EQ(h_file_control(udp, WBPF_SOCKET_NAME, A(&o), sizeof(o)), 0);
	EQ(o.address.len, sizeof(name));
	EQ(name.sin_family, AF_INET);

	OK(h_file_open(WBPF_FILE_SOCKET, A(&s)));
	OK(s.pair);
	EQ(h_close(s.pair), 0);
	s.flags = 2;
	EQ(h_file_open(WBPF_FILE_SOCKET, A(&s)), L_EINVAL);
	EQ(h_close(udp), 0);
	EQ(h_close(map), 0);
}

static void polls(void)
{
	struct wbpf_pollfd fds[3] = {{.handle = open_socket(AF_INET, SOCK_DGRAM), .events = 4},
				     {.handle = 3, .events = 1},
				     {.handle = -1, .events = 1}};

	EQ(h_poll(A(fds), 3, -1), 2);
	EQ(fds[0].revents, 4);
	EQ(fds[1].revents, 32); /* POLLNVAL, whatever the host has there */
	EQ(fds[2].revents, 0);
	EQ(h_poll(OUTSIDE, 1000, 0), L_EFAULT);
	EQ(h_poll(A(fds), 0xffffffff, 0), L_EFAULT);
	EQ(h_poll(A(pages), WBPF_POLL_LIMIT + 1, 0), L_EINVAL);
	EQ(h_poll(A(fds), 0, 0), 0);
	EQ(h_close(fds[0].handle), 0);
	EQ(h_poll(A(fds), 1, 0), 1);
	EQ(fds[0].revents, 32);
}

/* What a blocking call would do: the end of what comes, not a wait for what cannot. */
static void ended_sockets(void)
{
	struct wbpf_socket s = {.size = sizeof(s),
				.domain = AF_UNIX,
				.type = SOCK_DGRAM,
				.flags = WBPF_SOCKET_PAIR};
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {.s_addr = 0x0100007f}};
	struct wbpf_socket_op in = {.data = {A(buffer), 8}},
			      at = {.address = {A(&here), sizeof(here)}};
	int32_t one, udp = open_socket(AF_INET, SOCK_DGRAM);

	OK(one = h_file_open(WBPF_FILE_SOCKET, A(&s)));
	EQ(h_file_write(s.pair, A("x"), 1), 1);
	EQ(control(one, WBPF_SOCKET_SHUTDOWN, (struct wbpf_socket_op){.number = SHUT_RD}), 0);
	EQ(control(one, WBPF_SOCKET_RECEIVE, in), 1);
	EQ(control(one, WBPF_SOCKET_RECEIVE, in), 0);
	in.number = MSG_DONTWAIT;
	EQ(control(one, WBPF_SOCKET_RECEIVE, in), L_EAGAIN);
	in.number = 0;
	EQ(control(udp, WBPF_SOCKET_BIND, at), 0);
	EQ(control(udp, WBPF_SOCKET_NAME, at), 0);
	EQ(control(udp, WBPF_SOCKET_CONNECT, at), 0);
	EQ(h_file_write(udp, A("y"), 1), 1);
	/* Nothing is waited for in the queue of errors, whatever lies in the other one. */
	in.number = 0x2000 /* MSG_ERRQUEUE */;
	EQ(control(udp, WBPF_SOCKET_RECEIVE, in), L_EAGAIN);
	EQ(h_file_read(udp, A(buffer), 8), 1);
	EQ(control(udp, WBPF_SOCKET_SHUTDOWN, (struct wbpf_socket_op){.number = SHUT_RD}), 0);
	EQ(h_file_read(udp, A(buffer), 8), 0);
	EQ(h_close(one) | h_close(s.pair) | h_close(udp), 0);
}

static void pidfds(void)
{
	struct wbpf_pidfd p = {.size = sizeof(p), .pid = shared.pid};
	int32_t h;

	OK(h = h_file_open(WBPF_FILE_PIDFD, A(&p)));
	BAD(h_file_read(h, A(buffer), 8));
	EQ(h_file_write(h, A(buffer), 8), L_EBADF);
	EQ(h_file_control(h, WBPF_PERF_ENABLE, A(buffer), 4), L_ENOTTY);
	EQ(h_close(h), 0);
	p.pid = 1 << 30;
	EQ(h_file_open(WBPF_FILE_PIDFD, A(&p)), L_ESRCH);
	p.size--;
	EQ(h_file_open(WBPF_FILE_PIDFD, A(&p)), L_EINVAL);
}

int main(void)
{
	struct perf_event_attr attr = output_attr();
	struct wbpf_perf_event e = event_of(&attr);

	begin();
	int32_t h = open_event(&e);
	if (h < 0 || any_map() < 0) {
		puts("SKIP: this machine does not let this user open perf events");
		return 77;
	}
	h_close(h);
	descriptions();
	descriptors();
	sigtrap();
	probes();
	controls();
	mapping();
	refused_sockets();
	socket_spans();
	polls();
	ended_sockets();
	pidfds();
	return end();
}
