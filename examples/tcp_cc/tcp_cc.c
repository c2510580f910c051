// SPDX-License-Identifier: BSD-2-Clause
/* Gives TCP a congestion control, and prints the connections that used it when they end. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* struct tcp_info, in some C libraries */
#endif
#include <argp.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "tcp_cc.h"
#include "tcp_cc.skel.h"

enum { POLL_MS = 100, MIB = 1024 * 1024, MAX_WINDOW = 1 << 20 };

static struct {
	bool verbose;
	bool bold;
	unsigned long send_mib;
	unsigned long window;
} config = {.window = 64};

static volatile sig_atomic_t stopping, switching;
static unsigned long printed;

static const char description[] =
	"Registers the congestion control " CONTROL_NAME ", and prints the connections that used "
	"it when they end.\vA program chooses it with the socket option TCP_CONGESTION. SIGUSR1 "
	"puts the other variant in place; connections that there are keep theirs.";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"bold", 'b', NULL, 0, "Begin with the variant that grows faster and shrinks less"},
	{"window", 'w', "PACKETS", 0, "Windows are never larger (64)"},
	{"send", 's', "MIB", 0, "Send so much over a connection to this program itself, and end"},
	{0},
};

static unsigned long number(const char *arg, unsigned long max, struct argp_state *state)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(arg, &end, 10);
	if (errno || end == arg || *end || *arg == '-' || !n || n > max)
		argp_error(state, "not a number from 1 to %lu: %s", max, arg);
	return n;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case 'v':
		config.verbose = true;
		return 0;
	case 'b':
		config.bold = true;
		return 0;
	case 'w':
		config.window = number(arg, MAX_WINDOW, state);
		return 0;
	case 's':
		config.send_mib = number(arg, MAX_WINDOW, state);
		return 0;
	case ARGP_KEY_ARG:
		argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	if (level == LIBBPF_DEBUG && !config.verbose)
		return 0;
	return vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	if (signo == SIGUSR1)
		switching = 1;
	else
		stopping = 1;
}

static int fail(const char *what, int err)
{
	fprintf(stderr, "tcp_cc: %s: %s\n", what, strerror(-err));
	return err;
}

static int on_end(void *ctx, void *data, size_t size)
{
	const struct ended *e = data;

	printf("%s: to %u.%u.%u.%u:%u, %u acks of %u packets, window up to %u, %u losses\n",
	       e->bold ? "bold" : "gentle", e->address[0], e->address[1], e->address[2],
	       e->address[3], e->port, e->acks, e->packets, e->largest, e->losses);
	printed++;
	return 0;
}

/* Two ends of a connection in one program: to the other end, with our congestion control. */
static int open_connection(int ends[2])
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	socklen_t len = sizeof(address);
	int err = 0;

	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || ends[0] < 0)
		err = fail("cannot make a socket", -errno);
	else if (setsockopt(ends[0], IPPROTO_TCP, TCP_CONGESTION, CONTROL_NAME,
			    strlen(CONTROL_NAME)))
		err = fail("cannot choose " CONTROL_NAME, -errno);
	else if (bind(listener, (struct sockaddr *)&address, len) || listen(listener, 1) ||
		 getsockname(listener, (struct sockaddr *)&address, &len) ||
		 connect(ends[0], (struct sockaddr *)&address, len))
		err = fail("cannot connect to this machine", -errno);
	else if ((ends[1] = accept(listener, NULL, NULL)) < 0)
		err = fail("cannot accept a connection", -errno);
	if (listener >= 0)
		close(listener);
	return err;
}

/* Writes as much as goes, reads as much as came, until all of it has. */
static int transfer(const int ends[2], unsigned long long bytes)
{
	static char buffer[64 * 1024];
	unsigned long long sent = 0, received = 0;

	while (received < bytes && !stopping) {
		size_t want =
			bytes - sent < sizeof(buffer) ? (size_t)(bytes - sent) : sizeof(buffer);
		ssize_t n = want ? send(ends[0], buffer, want, MSG_DONTWAIT) : 0;

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return fail("sending", -errno);
		sent += n > 0 ? (unsigned long long)n : 0;
		n = recv(ends[1], buffer, sizeof(buffer), MSG_DONTWAIT);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return fail("receiving", -errno);
		received += n > 0 ? (unsigned long long)n : 0;
	}
	return 0;
}

static int print_connection(int fd)
{
	struct tcp_info info = {0};
	socklen_t info_len = sizeof(info), len = sizeof(CONTROL_NAME);
	char name[sizeof(CONTROL_NAME)] = "";

	if (getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, &len) ||
	    getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &info_len))
		return fail("cannot ask the socket", -errno);
	printf("Sent %lu MiB with %s, whose window is now %u\n", config.send_mib, name,
	       info.tcpi_snd_cwnd);
	return 0;
}

static int send_some(struct ring_buffer *ends)
{
	int pair[2] = {-1, -1};
	int err = open_connection(pair);

	if (!err)
		err = transfer(pair, (unsigned long long)config.send_mib * MIB);
	if (!err)
		err = print_connection(pair[0]);
	for (int i = 0; i < 2; i++)
		if (pair[i] >= 0)
			close(pair[i]);
	while (!err && !printed && !stopping) {
		err = ring_buffer__poll(ends, POLL_MS);
		if (err < 0 && err != -EINTR)
			return fail("reading ends", err);
		err = 0;
	}
	return err;
}

/* By name, as skeletons of older bpftools leave out maps in .struct_ops.link. */
static struct bpf_map *variant(const struct tcp_cc_bpf *skel, bool bold)
{
	return bpf_object__find_map_by_name(skel->obj, bold ? "bold" : "gentle");
}

/* The link's table is exchanged in one step: there is a control of that name all the time. */
static int put_other(const struct tcp_cc_bpf *skel, struct bpf_link *link)
{
	int err = bpf_link__update_map(link, variant(skel, !config.bold));

	switching = 0;
	if (err)
		return fail("cannot put the other variant in place", err);
	config.bold = !config.bold;
	printf("New connections are %s now.\n", config.bold ? "bold" : "gentle");
	return 0;
}

static int watch(const struct tcp_cc_bpf *skel, struct bpf_link *link, struct ring_buffer *ends)
{
	while (!stopping) {
		int err = ring_buffer__poll(ends, POLL_MS);

		if (err < 0 && err != -EINTR)
			return fail("reading ends", err);
		if (switching) {
			err = put_other(skel, link);
			if (err)
				return err;
		}
	}
	return 0;
}

static int run(struct tcp_cc_bpf *skel)
{
	struct ring_buffer *ends;
	struct bpf_link *link;
	int err;

	ends = ring_buffer__new(bpf_map__fd(skel->maps.ends), on_end, NULL, NULL);
	if (!ends)
		return fail("cannot read the ring buffer", -errno);
	link = bpf_map__attach_struct_ops(variant(skel, config.bold));
	if (!link) {
		err = fail("cannot register " CONTROL_NAME, -errno);
		ring_buffer__free(ends);
		return err;
	}
	printf("TCP has " CONTROL_NAME " (%s); Ctrl-C ends.\n", config.bold ? "bold" : "gentle");
	err = config.send_mib ? send_some(ends) : watch(skel, link, ends);
	/* Nobody can choose it any more; who has it keeps it to the end of the connection. */
	bpf_link__destroy(link);
	ring_buffer__free(ends);
	if (!err)
		printf("Connections: %lu, lost: %llu\n", printed,
		       (unsigned long long)skel->bss->lost);
	return err;
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options, .parser = parse_option, .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct tcp_cc_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);

	skel = tcp_cc_bpf__open();
	if (!skel) {
		fprintf(stderr, "tcp_cc: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	skel->rodata->largest_window = (unsigned int)config.window;
	err = tcp_cc_bpf__load(skel);
	if (err)
		fail("cannot load the BPF object", err);
	else
		err = run(skel);
	tcp_cc_bpf__destroy(skel);
	return err ? 1 : 0;
}
