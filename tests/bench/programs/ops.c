// SPDX-License-Identifier: BSD-2-Clause
/*
 * Measures one kind of operation: "ops NAME" does a pass of it for each line of its standard input
 * and prints how long one operation took, in ns, until the input ends. Whoever runs two builds of
 * it can so have them take turns, and what the machine does beside meets both.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ops.h"
#include "ops.skel.h"

uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static const struct measurement *find(const char *name)
{
	static const struct measurement *const lists[] = {map_measurements, ring_measurements};

	for (unsigned int i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (const struct measurement *m = lists[i]; m->name; m++)
			if (!strcmp(m->name, name))
				return m;
	return NULL;
}

/* So large that the records of one pass fit, and their headers. */
static unsigned int ring_size(const struct measurement *m)
{
	unsigned int size = 4096;

	while (size < m->ops * (m->record_size + 16))
		size *= 2;
	return size;
}

static int take_turns(struct ops_bpf *skel, const struct measurement *m)
{
	char line[16];

	while (fgets(line, sizeof(line), stdin)) {
		uint64_t ns = 0;

		if (!m->pass(skel, m, &ns)) {
			fprintf(stderr, "ops: %s: a wrong result\n", m->name);
			return 1;
		}
		printf("%.4f\n", (double)ns / m->ops);
		fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct measurement *m = argc == 2 ? find(argv[1]) : NULL;
	struct ops_bpf *skel;
	int err;

	if (!m) {
		fprintf(stderr, "Usage: ops MEASUREMENT\n");
		return 2;
	}
	skel = ops_bpf__open();
	if (!skel || bpf_map__set_max_entries(skel->maps.ring, ring_size(m)) ||
	    ops_bpf__load(skel)) {
		fprintf(stderr, "ops: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = m->prepare(skel, m);
	if (err)
		fprintf(stderr, "ops: %s: cannot be set up: %s\n", m->name, strerror(-err));
	else
		err = take_turns(skel, m);
	ops_bpf__destroy(skel);
	return err ? 1 : 0;
}
