// SPDX-License-Identifier: BSD-2-Clause
/*
 * Does what it is told, so that a program under test knows when something happened: reads the name
 * of an action in a line of "do NAME [ARGUMENT]", does it, and answers "ok" or what failed. Other
 * lines go to standard error. Its process id, its file's path and its functions' places in it are
 * the program's own affair: it prints "ready PID" first.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "probe.h"

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

static int failed(int fd)
{
	int err = errno;

	if (fd >= 0)
		close(fd);
	return -err;
}

/* Its own loopback address; a Unix socket's is of its process. */
static socklen_t address_of(int family, union address *a)
{
	*a = (union address){.any.sa_family = (sa_family_t)family};
	switch (family) {
	case AF_INET:
		a->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(a->in);
	case AF_INET6:
		a->in6.sin6_addr = in6addr_loopback;
		return sizeof(a->in6);
	default:
		snprintf(a->un.sun_path + 1, sizeof(a->un.sun_path) - 1, "wbpf-actor-%d", getpid());
		return (socklen_t)(sizeof(sa_family_t) + 1 + strlen(a->un.sun_path + 1));
	}
}

/* A datagram to itself, by address and then connected, and all that can be asked of a socket. */
static int datagrams(int family)
{
	union address a, from;
	socklen_t len = address_of(family, &a), from_len = sizeof(from);
	int fd = socket(family, SOCK_DGRAM, 0), on = 1;
	socklen_t on_len = sizeof(on);
	char letter = 'x';

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, &on_len) || bind(fd, &a.any, len))
		return failed(fd);
	len = sizeof(a);
	if (getsockname(fd, &a.any, &len) || sendto(fd, &letter, 1, 0, &a.any, len) != 1 ||
	    recvfrom(fd, &letter, 1, 0, &from.any, &from_len) != 1 || connect(fd, &a.any, len))
		return failed(fd);
	from_len = sizeof(from);
	if (getpeername(fd, &from.any, &from_len) || send(fd, &letter, 1, 0) != 1 ||
	    recv(fd, &letter, 1, 0) != 1)
		return failed(fd);
	return close(fd) ? -errno : 0;
}

static int inet4(const char *argument)
{
	return datagrams(AF_INET);
}

static int inet6(const char *argument)
{
	return datagrams(AF_INET6);
}

static int local(const char *argument)
{
	return datagrams(AF_UNIX);
}

/* A connection to itself, by the congestion control of that name; a letter goes through it. */
static int stream(const char *argument)
{
	union address a;
	socklen_t len = address_of(AF_INET, &a);
	int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	char letter = 'x';
	int err = 0, server;

	if ((*argument && setsockopt(client, IPPROTO_TCP, 13 /* TCP_CONGESTION */, argument,
				     (socklen_t)strlen(argument))) ||
	    bind(listener, &a.any, len) || listen(listener, 1) ||
	    getsockname(listener, &a.any, &len) || connect(client, &a.any, len))
		err = -errno;
	server = err ? -1 : accept(listener, NULL, NULL);
	if (server >= 0 && (send(client, &letter, 1, 0) != 1 || recv(server, &letter, 1, 0) != 1))
		err = -errno;
	if (server >= 0)
		close(server);
	close(client);
	close(listener);
	return err;
}

static int read_file(const char *path)
{
	char text[64];
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof(text)) < 0)
		return failed(fd);
	return close(fd) ? -errno : 0;
}

static uint16_t checksum(struct iphdr ip)
{
	uint16_t words[sizeof(ip) / 2];
	uint32_t sum = 0;

	memcpy(words, &ip, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		sum += words[i];
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~(sum + (sum >> 16));
}

/* An Ethernet frame with a UDP packet from one name's network to nobody, out of that interface. */
static int frame(const char *interface)
{
	struct {
		struct ethhdr eth;
		struct iphdr ip;
		struct udphdr udp;
		char data[32];
	} __attribute__((packed)) f = {
		.eth = {.h_dest = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
			.h_source = {2, 0, 0, 0, 0, 1},
			.h_proto = htons(ETH_P_IP)},
		.ip = {.version = 4,
		       .ihl = 5,
		       .ttl = 64,
		       .protocol = IPPROTO_UDP,
		       .tot_len = htons(sizeof(f) - sizeof(f.eth)),
		       .saddr = htonl(0xc0000201),
		       .daddr = htonl(0xc0000202)},
		.udp = {.source = htons(7), .dest = htons(7), .len = htons(sizeof(f.udp) + 32)},
	};
	f.ip.check = checksum(f.ip);
	struct sockaddr_ll to = {.sll_family = AF_PACKET,
				 .sll_ifindex = (int)if_nametoindex(interface),
				 .sll_halen = ETH_ALEN};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	const struct sockaddr *address = (const struct sockaddr *)&to;

	if (fd < 0 || sendto(fd, &f, sizeof(f), 0, address, sizeof(to)) != sizeof(f))
		return failed(fd);
	return close(fd) ? -errno : 0;
}

/* A UDP packet to that address. */
static int datagram_to(const char *text)
{
	union address a = {.in.sin_family = AF_INET, .in.sin_port = htons(7)};
	int six = inet_pton(AF_INET6, text, &a.in6.sin6_addr) == 1, fd;

	if (six) {
		a.any.sa_family = AF_INET6;
		a.in6.sin6_port = htons(7);
	} else if (inet_pton(AF_INET, text, &a.in.sin_addr) != 1) {
		return -EINVAL;
	}
	fd = socket(a.any.sa_family, SOCK_DGRAM, 0);
	if (fd < 0 || sendto(fd, "x", 1, 0, &a.any, six ? sizeof(a.in6) : sizeof(a.in)) != 1)
		return failed(fd);
	return close(fd) ? -errno : 0;
}

static int run(const char *command)
{
	int status = system(command); /* its words on standard error are for whoever looks */

	return status < 0 ? -errno : status ? -ECHILD : 0;
}

/* Functions for probes. */
unsigned long actor_function(unsigned long number);
__attribute__((noinline)) unsigned long actor_function(unsigned long number)
{
	__asm__ volatile("" : "+r"(number));
	return number + 100;
}

/* Calls what tracing programs can be attached to, in the kernel and here. */
static int calls(const char *argument)
{
	long number = 4711;

	PROBE("act", number);
	if (actor_function(17) != 117)
		return -EINVAL;
	if (getpgid(0) < 0)
		return -errno;
	return datagrams(AF_INET) ? -EIO : read_file("/dev/zero");
}

static const struct {
	const char *name;
	int (*act)(const char *argument);
} actions[] = {
	{"inet4", inet4},   {"inet6", inet6},    {"local", local},
	{"stream", stream}, {"read", read_file}, {"frame", frame},
	{"calls", calls},   {"run", run},        {"send", datagram_to},
};

static int act(char *line)
{
	const char *name = strtok(line, " "), *argument = strtok(NULL, "");

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (name && !strcmp(name, actions[i].name))
			return actions[i].act(argument ? argument : "");
	return -ENOSYS;
}

int main(void)
{
	char line[1024];

	setvbuf(stdout, NULL, _IOLBF, 0);
	setvbuf(stdin, NULL, _IOLBF, 0);
	printf("ready %d\n", getpid());
	while (fgets(line, sizeof(line), stdin)) {
		if (strncmp(line, "do ", 3)) {
			fputs(line, stderr);
			continue;
		}
		line[strcspn(line, "\n")] = '\0';
		int err = act(line + 3);
		printf("%s\n", err ? strerror(-err) : "ok");
	}
	return 0;
}
