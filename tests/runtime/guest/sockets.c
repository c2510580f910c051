// SPDX-License-Identifier: BSD-2-Clause
/* Sockets: filters on them, maps with them in, and what programs do to make them. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "say.h"
#include "sockets.h"
#include "sockets.skel.h"

static struct sockets_bpf *skel;

/* Names that the other programs do not need. */
static const char *name_of(int err)
{
	static const struct {
		int err;
		const char *name;
	} names[] = {
		{EPROTONOSUPPORT, "EPROTONOSUPPORT"},
		{ENOTSOCK, "ENOTSOCK"},
		{EAFNOSUPPORT, "EAFNOSUPPORT"},
		{EDESTADDRREQ, "EDESTADDRREQ"},
		{ECONNREFUSED, "ECONNREFUSED"},
		{ENOTCONN, "ENOTCONN"},
		{EADDRINUSE, "EADDRINUSE"},
		{ENOPROTOOPT, "ENOPROTOOPT"},
		{EPIPE, "EPIPE"},
		{ECONNRESET, "ECONNRESET"},
		{EISCONN, "EISCONN"},
		{EINPROGRESS, "EINPROGRESS"},
		{ENOTTY, "ENOTTY"},
		{EMSGSIZE, "EMSGSIZE"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].err == err)
			return names[i].name;
	return say_name(err);
}

static void say_ret(const char *what, long ret)
{
	if (ret < 0)
		printf("%s: -1, errno %s\n", what, name_of(errno));
	else
		printf("%s: %ld\n", what, ret);
}

static void say_fd(const char *what, int fd)
{
	if (fd < 0) {
		say_ret(what, fd);
	} else {
		printf("%s: ok\n", what);
		close(fd);
	}
}

/* A socket at a port of its own on this machine. */
static int bound(int type, struct sockaddr_in *addr)
{
	int fd = socket(AF_INET, type, 0);
	socklen_t len = sizeof(*addr);

	*addr = (struct sockaddr_in){.sin_family = AF_INET};
	addr->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)addr, sizeof(*addr)) ||
	    getsockname(fd, (struct sockaddr *)addr, &len))
		printf("no socket: %s\n", name_of(errno));
	return fd;
}

static int connected_to(int type, const struct sockaddr_in *addr)
{
	int fd = socket(AF_INET, type, 0);

	if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)))
		printf("not connected: %s\n", name_of(errno));
	return fd;
}

static void wrong_arguments(void)
{
	int prog = bpf_program__fd(skel->progs.letters), map = bpf_map__fd(skel->maps.socks);
	int none = -1, value = 0, fd = socket(AF_INET, SOCK_DGRAM, 0);
	int other = bpf_program__fd(skel->progs.redirect);
	socklen_t len = sizeof(value);

	printf("numbers %d %d %d %d %d\n", AF_INET, AF_INET6, PF_PACKET, SOCK_STREAM, SOL_SOCKET);
	say_fd("udp", socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP));
	say_fd("tcp6", socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
	say_fd("raw", socket(PF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL)));
	say_fd("wrong protocol", socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
	say_ret("no program", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &none, sizeof(none)));
	say_ret("a map", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &map, sizeof(map)));
	say_ret("another type", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &other, sizeof(other)));
	say_ret("short", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog, 2));
	say_ret("no filter yet", setsockopt(fd, SOL_SOCKET, SO_DETACH_BPF, &value, sizeof(value)));
	say_ret("to a map", setsockopt(map, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
	say_ret("to a file", setsockopt(1, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
	say_ret("to nothing", setsockopt(-1, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
	say_ret("no address", write(fd, "x", 1));
	say_ret("not connected",
		getpeername(fd, (struct sockaddr *)&(struct sockaddr_in){0}, &len));
	say_ret("type", getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &len));
	printf("is %d, %u bytes\n", value, len);
	len = 2;
	value = -1;
	say_ret("two bytes of it", getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &value, &len));
	printf("is %d, %u bytes\n", value & 0xffff, len);
	say_ret("listen", listen(fd, 1));
	say_ret("accept", accept(fd, NULL, NULL));
	say_ret("close", close(fd));
	say_ret("closed", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
}

static void say_received(int fd)
{
	char text[64];
	ssize_t n = recv(fd, text, sizeof(text), MSG_DONTWAIT);

	if (n < 0)
		say_ret("received", n);
	else
		printf("received %zd: %.*s\n", n, (int)n, text);
}

static void filtered(void)
{
	int prog = bpf_program__fd(skel->progs.letters), zero = 0, ready = 0;
	struct sockaddr_in addr, from = {0};
	socklen_t len = sizeof(from);
	int fd = bound(SOCK_DGRAM, &addr), to = connected_to(SOCK_DGRAM, &addr);
	char text[8];

	say_ret("attach", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
	say_ret("send", write(to, "pass", 4));
	say_ret("send", send(to, "cut this", 8, 0));
	say_ret("send", send(to, "drop", 4, 0));
	say_received(fd);
	say_received(fd);
	say_received(fd);
	printf("passed %d, dropped %d\n", skel->bss->passed, skel->bss->dropped);
	say_ret("detach", setsockopt(fd, SOL_SOCKET, SO_DETACH_BPF, &zero, sizeof(zero)));
	say_ret("send", send(to, "drop", 4, 0));
	say_ret("there", ioctl(fd, FIONREAD, &ready));
	printf("%d bytes\n", ready);
	say_received(fd);
	say_ret("send to", sendto(fd, "hello", 5, 0, (struct sockaddr *)&addr, sizeof(addr)));
	say_ret("receive from", recvfrom(fd, text, 2, 0, (struct sockaddr *)&from, &len));
	printf("from itself %d, %u bytes, %s\n", from.sin_port == addr.sin_port, len,
	       inet_ntoa(from.sin_addr));
	close(to);
	close(fd);
}

/* A classic program: all UDP packets of more than 10 bytes, header included. */
static void classic(void)
{
	struct sock_filter insns[] = {
		{0x80, 0, 0, 0},          /* A = length of the packet */
		{0x25, 0, 1, 10},         /* if (A > 10) */
		{0x06, 0, 0, 0xffffffff}, /* take all of it */
		{0x06, 0, 0, 0},          /* take nothing */
	};
	struct sock_fprog prog = {.len = 4, .filter = insns}, empty = {0};
	struct sockaddr_in addr;
	int fd = bound(SOCK_DGRAM, &addr), to = connected_to(SOCK_DGRAM, &addr);

	say_ret("empty", setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &empty, sizeof(empty)));
	say_ret("short", setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, 4));
	say_ret("attach", setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)));
	send(to, "a", 1, 0);
	send(to, "abcde", 5, 0);
	say_received(fd);
	say_received(fd);
	close(to);
	close(fd);
}

static int print_packet(void *ctx, void *data, size_t size)
{
	const struct packet *p = data;
	char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];

	printf("  %s to %s: %u bytes\n", inet_ntop(AF_INET, &p->saddr, from, sizeof(from)),
	       inet_ntop(AF_INET, &p->daddr, to, sizeof(to)), p->len);
	return 0;
}

/* A raw socket at an interface, whose filter reports what it sees. */
static void raw(void)
{
	struct sockaddr_ll ll = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	struct sockaddr_in addr;
	int prog = bpf_program__fd(skel->progs.watch), count = 0;
	int fd = socket(PF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL));
	int udp = bound(SOCK_DGRAM, &addr), to = connected_to(SOCK_DGRAM, &addr);
	struct ring_buffer *rb =
		ring_buffer__new(bpf_map__fd(skel->maps.rb), print_packet, NULL, NULL);
	char text[8];

	ll.sll_ifindex = (int)if_nametoindex("lo");
	skel->bss->port = addr.sin_port;
	say_ret("bind", bind(fd, (struct sockaddr *)&ll, sizeof(ll)));
	ll.sll_ifindex = 1 << 30;
	say_ret("no such interface", bind(fd, (struct sockaddr *)&ll, sizeof(ll)));
	say_ret("attach", setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &prog, sizeof(prog)));
	while (read(fd, text, sizeof(text)) > 0) /* what came before the filter was there */
		;
	say_ret("nothing to read", read(fd, text, sizeof(text)));
	for (int i = 1; i <= 3; i++)
		send(to, "12345678", (size_t)i, 0);
	for (int i = 0; rb && i < 100 && count < 3; i++)
		count += ring_buffer__poll(rb, 100);
	printf("%d packets\n", count);
	ring_buffer__free(rb);
	close(fd);
	close(udp);
	close(to);
}

struct stream {
	int client, server;
};

static struct stream stream_to(int listener, const struct sockaddr_in *addr)
{
	struct sockaddr_in peer = {0};
	socklen_t len = sizeof(peer);
	struct stream s = {.client = connected_to(SOCK_STREAM, addr)};

	s.server = accept4(listener, (struct sockaddr *)&peer, &len, SOCK_CLOEXEC);
	if (s.server < 0)
		say_ret("accept", s.server);
	else
		printf("accepted from %s, %u bytes\n", inet_ntoa(peer.sin_addr), len);
	return s;
}

/* What arrives at the first stream's server goes out at the second's. */
static void redirected(int a, int b)
{
	int map = bpf_map__fd(skel->maps.socks), cookies = bpf_map__fd(skel->maps.cookies);
	int prog = bpf_program__fd(skel->progs.redirect), key = 0, far = 9, value;
	unsigned long long cookie = 0, real = 1;
	socklen_t len = sizeof(real);

	say_err("no socket", bpf_map_update_elem(map, &key, &(int){-1}, 0));
	say_err("a map", bpf_map_update_elem(map, &key, &map, 0));
	say_err("no such key", bpf_map_update_elem(map, &far, &a, 0));
	say_err("program to map", bpf_prog_attach(prog, map, BPF_SK_SKB_STREAM_VERDICT, 0));
	say_err("first", bpf_map_update_elem(map, &key, &a, 0));
	say_err("again, only new", bpf_map_update_elem(map, &key, &a, BPF_NOEXIST));
	key = 1;
	say_err("second", bpf_map_update_elem(map, &key, &b, BPF_ANY));
	say_err("a value of four bytes", bpf_map_lookup_elem(map, &key, &value));
	say_err("with cookies", bpf_map_update_elem(cookies, &key, &(long long){b}, 0));
	say_err("cookie", bpf_map_lookup_elem(cookies, &key, &cookie));
	getsockopt(b, SOL_SOCKET, SO_COOKIE, &real, &len);
	printf("the same %d\n", cookie == real);
}

static void sockmap(void)
{
	struct sockaddr_in addr;
	int listener = bound(SOCK_STREAM, &addr), one = 1, prog, key = 1;
	struct timeval patience = {.tv_sec = 5};
	struct stream a, b;
	char text[16];
	ssize_t n;

	say_ret("listen", listen(listener, 4));
	a = stream_to(listener, &addr);
	b = stream_to(listener, &addr);
	say_ret("no delay", setsockopt(a.client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)));
	redirected(a.server, b.server);
	setsockopt(b.client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	say_ret("write", write(a.client, "by way of BPF", 13));
	n = read(b.client, text, sizeof(text));
	printf("read %zd: %.*s\n", n, (int)n, text);
	say_err("delete", bpf_map_delete_elem(bpf_map__fd(skel->maps.socks), &key));
	say_err("delete", bpf_map_delete_elem(bpf_map__fd(skel->maps.socks), &key));
	prog = bpf_program__fd(skel->progs.redirect);
	say_err("program off",
		bpf_prog_detach2(prog, bpf_map__fd(skel->maps.socks), BPF_SK_SKB_STREAM_VERDICT));
	close(a.client);
	close(a.server);
	close(b.client);
	close(b.server);
	close(listener);
}

/* Values that belong to a socket, by its descriptor. */
static void storage(void)
{
	int map = bpf_map__fd(skel->maps.storage), fd = socket(AF_INET, SOCK_STREAM, 0);
	int value = 42, got = 0;

	say_err("none yet", bpf_map_lookup_elem(map, &fd, &got));
	say_err("update", bpf_map_update_elem(map, &fd, &value, 0));
	say_err("lookup", bpf_map_lookup_elem(map, &fd, &got));
	printf("value %d\n", got);
	say_err("delete", bpf_map_delete_elem(map, &fd));
	say_err("no socket", bpf_map_update_elem(map, &map, &value, 0));
	close(fd);
	say_err("closed", bpf_map_update_elem(map, &fd, &value, 0));
}

/* Two listeners at one port; the program says which gets the connection. */
static void reuseport(void)
{
	int prog = bpf_program__fd(skel->progs.select_one), map = bpf_map__fd(skel->maps.listeners);
	struct sockaddr_in addr = {.sin_family = AF_INET};
	socklen_t len = sizeof(addr);
	int fds[2], one = 1;

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (int i = 0; i < 2; i++) {
		long long value;

		fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		setsockopt(fds[i], SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one));
		say_ret("bind", bind(fds[i], (struct sockaddr *)&addr, sizeof(addr)));
		getsockname(fds[i], (struct sockaddr *)&addr, &len);
		say_ret("listen", listen(fds[i], 4));
		value = fds[i];
		say_err("into the map", bpf_map_update_elem(map, &i, &value, 0));
	}
	say_ret("attach",
		setsockopt(fds[0], SOL_SOCKET, SO_ATTACH_REUSEPORT_EBPF, &prog, sizeof(prog)));
	for (int i = 0; i < 4; i++) {
		struct epoll_event e = {.events = EPOLLIN}, got;
		int ep = epoll_create1(0), client, which = i / 2 ^ 1;

		skel->bss->selected = which;
		client = connected_to(SOCK_STREAM, &addr);
		epoll_ctl(ep, EPOLL_CTL_ADD, fds[which], &e);
		say_ret("ready", epoll_wait(ep, &got, 1, 5000));
		say_ret("the other", accept(fds[!which], NULL, NULL));
		say_fd("the chosen", accept(fds[which], NULL, NULL));
		close(client);
		close(ep);
	}
	say_ret("flags", fcntl(fds[0], F_GETFL) & O_NONBLOCK);
	say_ret("blocking", fcntl(fds[0], F_SETFL, 0));
	say_ret("flags", fcntl(fds[0], F_GETFL) & O_NONBLOCK);
	say_ret("not blocking", ioctl(fds[0], FIONBIO, &one));
	say_ret("flags", fcntl(fds[0], F_GETFL) & O_NONBLOCK);
	close(fds[0]);
	close(fds[1]);
}

static void pairs(void)
{
	struct timeval soon = {.tv_usec = 20000};
	int fds[2] = {-1, -1}, err = -1;
	socklen_t len = sizeof(err);
	char text[8];

	say_ret("wrong pair", socketpair(AF_INET, SOCK_STREAM, 0, fds));
	say_ret("pair", socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
	say_ret("write", write(fds[0], "abc", 3));
	say_ret("peek", recv(fds[1], text, sizeof(text), MSG_PEEK));
	say_ret("read", read(fds[1], text, sizeof(text)));
	setsockopt(fds[1], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof(soon));
	say_ret("nothing in time", read(fds[1], text, sizeof(text)));
	say_ret("nothing now", recv(fds[1], text, sizeof(text), MSG_DONTWAIT));
	say_ret("shutdown", shutdown(fds[0], SHUT_WR));
	say_ret("end", read(fds[1], text, sizeof(text)));
	say_ret("error", getsockopt(fds[1], SOL_SOCKET, SO_ERROR, &err, &len));
	printf("is %d\n", err);
	close(fds[1]);
	say_ret("broken", send(fds[0], "x", 1, MSG_NOSIGNAL));
	close(fds[0]);
}

static void refused(void)
{
	struct sockaddr_in addr;
	int fd = bound(SOCK_STREAM, &addr), other = socket(AF_INET, SOCK_STREAM, 0);

	say_ret("nobody listens", connect(other, (struct sockaddr *)&addr, sizeof(addr)));
	say_ret("in use", bind(other, (struct sockaddr *)&addr, sizeof(addr)));
	say_ret("short address", connect(other, (struct sockaddr *)&addr, 4));
	addr.sin_family = AF_INET6;
	say_ret("another family", bind(other, (struct sockaddr *)&addr, sizeof(addr)));
	close(fd);
	close(other);
}

/* The error that a socket keeps. */
static void say_kept(const char *what, int fd)
{
	int err = -1;
	socklen_t len = sizeof(err);

	getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &len);
	printf("%s: %s\n", what, err ? name_of(err) : "no error");
}

static void kept_errors(void)
{
	struct sockaddr_in addr;
	int gone = bound(SOCK_STREAM, &addr), fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct epoll_event e = {.events = EPOLLOUT}, got = {0};
	int ep = epoll_create1(0);

	close(gone);
	say_ret("connect", connect(fd, (struct sockaddr *)&addr, sizeof(addr)));
	epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
	say_ret("wait", epoll_wait(ep, &got, 1, 5000));
	say_kept("refused", fd);
	say_kept("told once", fd);
	close(fd);
	gone = bound(SOCK_DGRAM, &addr);
	fd = connected_to(SOCK_DGRAM, &addr);
	close(gone);
	say_ret("send", send(fd, "x", 1, 0));
	say_kept("nobody there", fd);
	close(fd);
	close(ep);
}

static void six(void)
{
	struct sockaddr_in6 addr = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT},
			    peer = {0}, any = {.sin6_family = AF_INET6};
	struct sockaddr_in four = {.sin_family = AF_INET};
	int listener = socket(AF_INET6, SOCK_STREAM, 0), client, server, off = 0;
	socklen_t len = sizeof(addr);
	char text[INET6_ADDRSTRLEN];

	say_ret("bind", bind(listener, (struct sockaddr *)&addr, sizeof(addr)));
	getsockname(listener, (struct sockaddr *)&addr, &len);
	listen(listener, 1);
	client = socket(AF_INET6, SOCK_STREAM, 0);
	say_ret("connect", connect(client, (struct sockaddr *)&addr, sizeof(addr)));
	len = sizeof(peer);
	server = accept(listener, (struct sockaddr *)&peer, &len);
	printf("from %s, %u bytes\n", inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text)),
	       len);
	close(client);
	close(server);
	close(listener);

	/* One for both: who comes by IPv4 has a mapped address. */
	listener = socket(AF_INET6, SOCK_STREAM, 0);
	setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	say_ret("bind", bind(listener, (struct sockaddr *)&any, sizeof(any)));
	len = sizeof(any);
	getsockname(listener, (struct sockaddr *)&any, &len);
	listen(listener, 1);
	four.sin_port = any.sin6_port;
	four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	client = connected_to(SOCK_STREAM, &four);
	len = sizeof(peer);
	server = accept(listener, (struct sockaddr *)&peer, &len);
	printf("from %s\n", inet_ntop(AF_INET6, &peer.sin6_addr, text, sizeof(text)));
	len = sizeof(peer);
	say_ret("peer", getpeername(client, (struct sockaddr *)&peer, &len));
	printf("of family %d, %u bytes\n", peer.sin6_family, len);
	close(client);
	close(server);
	close(listener);
}

int main(void)
{
	skel = sockets_bpf__open_and_load();
	if (!skel)
		return 1;
	wrong_arguments();
	filtered();
	classic();
	raw();
	sockmap();
	storage();
	reuseport();
	pairs();
	refused();
	kept_errors();
	six();
	sockets_bpf__destroy(skel);
	return 0;
}
