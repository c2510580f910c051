// SPDX-License-Identifier: BSD-2-Clause
/* Refuses the TCP connections of a cgroup to a port, or has them go to another one. */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "cgroup_connect.h"
#include "cgroup_connect.skel.h"

static struct {
	unsigned short port;
	unsigned short new_port;
	const char *cgroup;
} config;

static volatile sig_atomic_t stopping;
static unsigned long printed;

static const char description[] = "Refuses the IPv4 connections that processes in a cgroup make to "
				  "a TCP port, or has them go "
				  "to another one, and prints them.";

static const struct argp_option options[] = {
	{"redirect", 'r', "PORT", 0, "Have them go to this port, instead of refusing them"},
	{0},
};

static unsigned short parse_port(const char *text, struct argp_state *state)
{
	char *end;
	unsigned long port = strtoul(text, &end, 10);

	if (end == text || *end || *text == '-' || !port || port > 65535)
		argp_error(state, "not a port: %s", text);
	return (unsigned short)port;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case 'r':
		config.new_port = parse_port(arg, state);
		return 0;
	case ARGP_KEY_ARG:
		if (state->arg_num == 0)
			config.cgroup = arg;
		else if (state->arg_num == 1)
			config.port = parse_port(arg, state);
		else
			argp_usage(state);
		return 0;
	case ARGP_KEY_END:
		if (state->arg_num < 2)
			argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int on_attempt(void *ctx, void *data, size_t size)
{
	const struct attempt *a = data;

	printf("%s[%u] to %u.%u.%u.%u:%u ", a->comm, a->pid, a->address[0], a->address[1],
	       a->address[2], a->address[3], config.port);
	if (a->new_port)
		printf("sent to port %u\n", a->new_port);
	else
		printf("refused\n");
	printed++;
	return 0;
}

/* The link holds the cgroup; the descriptor is not needed any more. */
static int attach(struct cgroup_connect_bpf *skel)
{
	int cgroup = open(config.cgroup, O_RDONLY | O_DIRECTORY), err = 0;

	if (cgroup < 0) {
		err = -errno;
		fprintf(stderr, "cgroup_connect: cannot open %s: %s\n", config.cgroup,
			strerror(-err));
		return err;
	}
	skel->links.see_connect = bpf_program__attach_cgroup(skel->progs.see_connect, cgroup);
	if (!skel->links.see_connect) {
		err = -errno;
		fprintf(stderr, "cgroup_connect: cannot attach to %s: %s\n", config.cgroup,
			strerror(-err));
	}
	close(cgroup);
	return err;
}

static int watch(struct cgroup_connect_bpf *skel)
{
	struct ring_buffer *attempts =
		ring_buffer__new(bpf_map__fd(skel->maps.attempts), on_attempt, NULL, NULL);
	int err = 0;

	if (!attempts) {
		err = -errno;
		fprintf(stderr, "cgroup_connect: cannot read the ring buffer: %s\n",
			strerror(-err));
		return err;
	}
	printf("Watching connections of %s to port %u; Ctrl-C ends.\n", config.cgroup, config.port);
	while (!stopping && err >= 0) {
		err = ring_buffer__poll(attempts, 100 /* ms */);
		if (err == -EINTR)
			err = 0;
	}
	if (err < 0)
		fprintf(stderr, "cgroup_connect: reading: %s\n", strerror(-err));
	else
		ring_buffer__consume(attempts);
	ring_buffer__free(attempts);
	return err < 0 ? err : 0;
}

int main(int argc, char **argv)
{
	static const struct argp argp = {.options = options,
					 .parser = parse_option,
					 .args_doc = "CGROUP PORT",
					 .doc = description};
	struct cgroup_connect_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = cgroup_connect_bpf__open();
	if (!skel) {
		fprintf(stderr, "cgroup_connect: cannot open the BPF object: %s\n",
			strerror(errno));
		return 1;
	}
	skel->rodata->port = config.port;
	skel->rodata->new_port = config.new_port;
	err = cgroup_connect_bpf__load(skel);
	if (err)
		fprintf(stderr, "cgroup_connect: cannot load the BPF object: %s\n", strerror(-err));
	else
		err = attach(skel);
	if (!err)
		err = watch(skel);
	if (!err)
		printf("Connections: %lu, not reported: %llu\n", printed,
		       (unsigned long long)skel->bss->lost);
	cgroup_connect_bpf__destroy(skel);
	return err ? 1 : 0;
}
