// SPDX-License-Identifier: BSD-2-Clause
/* Counts what comes in over an interface, and drops UDP to a port: xdp [-d PORT] INTERFACE */
#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "xdp.h"
#include "xdp.skel.h"

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

static const char *name_of(unsigned int protocol, char *number, size_t size)
{
	switch (protocol) {
	case 1:
		return "ICMP";
	case 6:
		return "TCP";
	case 17:
		return "UDP";
	case 58:
		return "ICMPv6";
	case OTHER:
		return "other";
	default:
		snprintf(number, size, "%u", protocol);
		return number;
	}
}

static void print_protocol(unsigned int protocol, const struct traffic *all)
{
	char number[12];

	printf("%-8s %10llu %12llu %10llu\n", name_of(protocol, number, sizeof(number)),
	       all->packets, all->bytes, all->dropped);
}

/* A lookup gives the values of all processors, one behind the other. */
static int print_traffic(int map)
{
	int cpus = libbpf_num_possible_cpus();
	struct traffic *each;
	int err = 0;

	if (cpus < 0)
		return cpus;
	each = calloc((size_t)cpus, sizeof(*each));
	if (!each)
		return -ENOMEM;
	printf("%-8s %10s %12s %10s\n", "PROTOCOL", "PACKETS", "BYTES", "DROPPED");
	for (unsigned int protocol = 0; protocol < PROTOCOLS && !err; protocol++) {
		struct traffic all = {0};

		err = bpf_map_lookup_elem(map, &protocol, each);
		for (int i = 0; i < cpus && !err; i++) {
			all.packets += each[i].packets;
			all.bytes += each[i].bytes;
			all.dropped += each[i].dropped;
		}
		if (all.packets)
			print_protocol(protocol, &all);
	}
	free(each);
	return err;
}

/* The link takes the program from the interface when it is destroyed, or the process ends. */
static int run(struct xdp_bpf *skel, const char *interface)
{
	unsigned int index = if_nametoindex(interface);
	int err;

	if (!index) {
		fprintf(stderr, "xdp: no network interface '%s'\n", interface);
		return -ENODEV;
	}
	skel->links.see_frame = bpf_program__attach_xdp(skel->progs.see_frame, (int)index);
	if (!skel->links.see_frame) {
		err = -errno;
		fprintf(stderr, "xdp: cannot attach to %s: %s\n", interface, strerror(-err));
		return err;
	}
	printf("Counting on %s; Ctrl-C ends.\n", interface);
	while (!stopping)
		sleep(1);
	err = print_traffic(bpf_map__fd(skel->maps.seen));
	if (err)
		fprintf(stderr, "xdp: cannot read the counts: %s\n", strerror(-err));
	return err;
}

/* A port, or 0. */
static unsigned short parse_port(const char *text)
{
	char *end;
	long port = strtol(text, &end, 10);

	return *text && !*end && port > 0 && port < 65536 ? (unsigned short)port : 0;
}

int main(int argc, char **argv)
{
	unsigned short drop_port = 0;
	struct xdp_bpf *skel;
	int option, err;

	while ((option = getopt(argc, argv, "d:")) != -1) {
		drop_port = option == 'd' ? parse_port(optarg) : 0;
		if (!drop_port)
			optind = argc; /* says how it is called */
	}
	if (optind + 1 != argc) {
		fprintf(stderr, "usage: xdp [-d PORT] INTERFACE\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = xdp_bpf__open();
	if (skel)
		skel->rodata->drop_port = drop_port;
	if (!skel || xdp_bpf__load(skel)) {
		fprintf(stderr, "xdp: cannot load the BPF object: %s\n", strerror(errno));
		xdp_bpf__destroy(skel);
		return 1;
	}
	err = run(skel, argv[optind]);
	xdp_bpf__destroy(skel);
	return err ? 1 : 0;
}
