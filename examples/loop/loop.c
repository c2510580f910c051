// SPDX-License-Identifier: BSD-2-Clause
/* Has a BPF program look for primes, and checks each: loop [-c] [LIMIT] */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "loop.skel.h"

static bool is_prime(unsigned int n)
{
	for (unsigned int i = 2; i * i <= n; i++)
		if (n % i == 0)
			return false;
	return n >= 2;
}

/* The BPF program's bytes are in this program's memory. Returns the largest prime; 0: there is
 * none. */
static unsigned int check(const struct loop_bpf *skel, unsigned int limit, unsigned int *wrong)
{
	unsigned int last = 0;

	for (unsigned int n = 2; n < limit; n++) {
		if (is_prime(n) == skel->bss->product[n])
			++*wrong;
		if (!skel->bss->product[n])
			last = n;
	}
	return last;
}

static int run(struct loop_bpf *skel, unsigned int limit)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	unsigned int wrong = 0, last;
	int err = loop_bpf__load(skel);

	if (!err)
		err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.count), &opts);
	if (err) {
		fprintf(stderr, "loop: cannot load or run the program: %s\n", strerror(-err));
		return err;
	}
	last = check(skel, limit, &wrong);
	printf("Primes below %u: %u, the last is %u\n", limit, skel->bss->primes, last);
	printf("Products found %u times, %s; wrong: %u\n", skel->bss->loops,
	       skel->bss->called ? "by bpf_loop()" : "by bpf_for()", wrong);
	return wrong ? -EIO : 0;
}

int main(int argc, char **argv)
{
	unsigned long limit = 1000000;
	bool by_calls = false;
	struct loop_bpf *skel;
	int option, err;

	while ((option = getopt(argc, argv, "c")) != -1)
		by_calls = option == 'c';
	skel = loop_bpf__open();
	if (!skel) {
		fprintf(stderr, "loop: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	if (optind < argc)
		limit = strtoul(argv[optind], NULL, 10);
	if (optind + 1 < argc || limit < 3 || limit > sizeof(skel->bss->product)) {
		fprintf(stderr, "usage: loop [-c] [LIMIT], which is %d to %zu\n", 3,
			sizeof(skel->bss->product));
		loop_bpf__destroy(skel);
		return 2;
	}
	skel->rodata->limit = (unsigned int)limit;
	skel->rodata->by_calls = by_calls;
	err = run(skel, (unsigned int)limit);
	loop_bpf__destroy(skel);
	return err ? 1 : 0;
}
