// SPDX-License-Identifier: BSD-2-Clause
/* Prints the IPv4 packets that come in, or go out, over a network interface. */
#include <argp.h>
#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "tc.h"
#include "tc.skel.h"

static struct {
	bool verbose;
	bool outgoing;
	unsigned long max_packets;
	const char *interface;
} config = {.interface = "lo"};

static volatile sig_atomic_t stopping;
static unsigned long printed;

static const char description[] =
	"Prints the IPv4 packets that come in over a network interface (lo unless given).";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"outgoing", 'o', NULL, 0, "Packets that go out, instead of those that come in"},
	{"packets", 'n', "COUNT", 0, "End after this many packets"},
	{0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	char *end;

	switch (key) {
	case 'v':
		config.verbose = true;
		return 0;
	case 'o':
		config.outgoing = true;
		return 0;
	case 'n':
		config.max_packets = strtoul(arg, &end, 10);
		if (end == arg || *end || *arg == '-')
			argp_error(state, "not a number: %s", arg);
		return 0;
	case ARGP_KEY_ARG:
		if (state->arg_num > 0)
			argp_usage(state);
		config.interface = arg;
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
	stopping = 1;
}

static void print_address(const unsigned char address[4], unsigned short port)
{
	printf("%u.%u.%u.%u", address[0], address[1], address[2], address[3]);
	if (port)
		printf(":%u", port);
}

static void print_protocol(unsigned char protocol)
{
	switch (protocol) {
	case 1:
		printf("ICMP ");
		break;
	case 6:
		printf("TCP ");
		break;
	case 17:
		printf("UDP ");
		break;
	default:
		printf("protocol %u ", protocol);
	}
}

static int on_packet(void *ctx, void *data, size_t size)
{
	const struct packet *p = data;

	print_protocol(p->protocol);
	print_address(p->source, p->source_port);
	printf(" -> ");
	print_address(p->destination, p->destination_port);
	printf(", %u bytes, ttl %u\n", p->length, p->ttl);

	printed++;
	if (config.max_packets && printed >= config.max_packets) {
		stopping = 1;
		return -ECANCELED; /* ends the poll with packets still waiting */
	}
	return 0;
}

static int watch(struct tc_bpf *skel)
{
	struct ring_buffer *packets;
	int err = 0;

	packets = ring_buffer__new(bpf_map__fd(skel->maps.packets), on_packet, NULL, NULL);
	if (!packets) {
		err = -errno;
		fprintf(stderr, "tc: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	printf("Watching packets on %s; Ctrl-C ends.\n", config.interface);
	while (!stopping) {
		err = ring_buffer__poll(packets, 100 /* ms */);
		if (err < 0 && err != -EINTR && err != -ECANCELED) {
			fprintf(stderr, "tc: reading packets: %s\n", strerror(-err));
			break;
		}
		err = 0;
	}
	ring_buffer__free(packets);
	return err;
}

/* Attaches, watches, detaches. A filter of tc outlives the process unless it is removed. */
static int run(struct tc_bpf *skel)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = (int)if_nametoindex(config.interface),
		    .attach_point = config.outgoing ? BPF_TC_EGRESS : BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, filter, .handle = 1, .priority = 1,
		    .prog_fd = bpf_program__fd(skel->progs.see_packet));
	bool made_hook;
	int err, detach_err;

	if (!hook.ifindex) {
		fprintf(stderr, "tc: no network interface '%s'\n", config.interface);
		return -ENODEV;
	}
	err = bpf_tc_hook_create(&hook);
	if (err && err != -EEXIST) {
		fprintf(stderr, "tc: cannot make the hook: %s\n", strerror(-err));
		return err;
	}
	made_hook = !err; /* otherwise it is somebody else's, and stays */
	err = bpf_tc_attach(&hook, &filter);
	if (err) {
		fprintf(stderr, "tc: cannot attach: %s\n", strerror(-err));
	} else {
		err = watch(skel);
		filter.flags = filter.prog_fd = filter.prog_id = 0;
		detach_err = bpf_tc_detach(&hook, &filter);
		if (detach_err) {
			fprintf(stderr, "tc: cannot detach: %s\n", strerror(-detach_err));
			err = detach_err;
		}
	}
	if (made_hook) {
		/* Both points at once: the hook itself goes. */
		hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
		detach_err = bpf_tc_hook_destroy(&hook);
		if (detach_err)
			fprintf(stderr, "tc: cannot remove the hook: %s\n", strerror(-detach_err));
	}
	if (!err)
		printf("Packets: %lu, lost: %llu\n", printed, (unsigned long long)skel->bss->lost);
	return err;
}

int main(int argc, char **argv)
{
	static const struct argp argp = {.options = options,
					 .parser = parse_option,
					 .args_doc = "[INTERFACE]",
					 .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct tc_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = tc_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "tc: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	tc_bpf__destroy(skel);
	return err ? 1 : 0;
}
