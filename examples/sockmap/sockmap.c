// SPDX-License-Identifier: BSD-2-Clause
/* Short-cuts TCP between processes of a cgroup on this machine: sockmap CGROUP PORT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "sockmap.skel.h"

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

/* The program of the map is there for each socket that comes into it, so it goes first. */
static int attach(struct sockmap_bpf *skel, const char *path)
{
	int err = bpf_prog_attach(bpf_program__fd(skel->progs.hand_over),
				  bpf_map__fd(skel->maps.sockets), BPF_SK_MSG_VERDICT, 0);
	int cgroup;

	if (err) {
		fprintf(stderr, "sockmap: cannot attach to the map: %s\n", strerror(-err));
		return err;
	}
	cgroup = open(path, O_RDONLY | O_DIRECTORY);
	if (cgroup < 0) {
		err = -errno;
		fprintf(stderr, "sockmap: cannot open %s: %s\n", path, strerror(-err));
		return err;
	}
	skel->links.see_connection = bpf_program__attach_cgroup(skel->progs.see_connection, cgroup);
	if (!skel->links.see_connection) {
		err = -errno;
		fprintf(stderr, "sockmap: cannot attach to %s: %s\n", path, strerror(-err));
	}
	close(cgroup);
	return err;
}

static int detach(const struct sockmap_bpf *skel)
{
	int err = bpf_prog_detach2(bpf_program__fd(skel->progs.hand_over),
				   bpf_map__fd(skel->maps.sockets), BPF_SK_MSG_VERDICT);

	if (err)
		fprintf(stderr, "sockmap: cannot detach from the map: %s\n", strerror(-err));
	return err;
}

static void watch(const struct sockmap_bpf *skel)
{
	unsigned long long shown = 0;

	while (!stopping) {
		unsigned long long sockets = skel->bss->sockets_seen;

		for (; shown + 2 <= sockets; shown += 2)
			printf("A connection with both ends here\n");
		usleep(100 * 1000);
	}
	printf("Sockets: %llu, messages handed over: %llu, bytes: %llu, through TCP: %llu\n",
	       (unsigned long long)skel->bss->sockets_seen, (unsigned long long)skel->bss->messages,
	       (unsigned long long)skel->bss->bytes, (unsigned long long)skel->bss->passed);
}

int main(int argc, char **argv)
{
	unsigned long port = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	struct sockmap_bpf *skel;
	int err;

	if (!port || port > 65535) {
		fprintf(stderr, "usage: sockmap CGROUP PORT\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = sockmap_bpf__open();
	if (skel)
		skel->rodata->port = (unsigned int)port;
	if (!skel || sockmap_bpf__load(skel)) {
		fprintf(stderr, "sockmap: cannot load the BPF object: %s\n", strerror(errno));
		sockmap_bpf__destroy(skel);
		return 1;
	}
	err = attach(skel, argv[1]);
	if (!err) {
		printf("Short-cutting port %lu in %s; Ctrl-C ends.\n", port, argv[1]);
		watch(skel);
		err = detach(skel);
	}
	sockmap_bpf__destroy(skel);
	return err ? 1 : 0;
}
