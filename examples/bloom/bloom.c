// SPDX-License-Identifier: BSD-2-Clause
/* A bloom filter in front of a hash map: bloom [-k KNOWN] [-q QUESTIONS] [-h HASHES] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bloom.h"
#include "bloom.skel.h"

struct options {
	unsigned int known;
	unsigned int questions;
	unsigned int hashes;
};

/* As many ids as the two maps are to know have to be told before they are made. */
static int load(struct bloom_bpf *skel, const struct options *o)
{
	int err = bpf_map__set_max_entries(skel->maps.filter, o->known);

	if (!err)
		err = bpf_map__set_map_extra(skel->maps.filter, o->hashes);
	if (!err)
		err = bpf_map__set_max_entries(skel->maps.known, o->known);
	return err ? err : bloom_bpf__load(skel);
}

/* A filter has values and no keys. */
static int fill(const struct bloom_bpf *skel, const struct options *o)
{
	int filter = bpf_map__fd(skel->maps.filter), known = bpf_map__fd(skel->maps.known);
	int err = 0;

	for (unsigned int i = 0; i < o->known && !err; i++) {
		unsigned long long id = id_of(i);

		err = bpf_map_update_elem(filter, NULL, &id, BPF_ANY);
		if (!err)
			err = bpf_map_update_elem(known, &id, &i, BPF_NOEXIST);
	}
	return err;
}

static int ask(const struct bloom_bpf *skel, unsigned int questions)
{
	unsigned long long args[] = {questions};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = args, .ctx_size_in = sizeof(args));
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.ask), &opts);

	if (err)
		return err;
	return opts.retval == questions ? 0 : -E2BIG;
}

static void print_answers(const struct answers *a)
{
	unsigned long long strangers = a->misses + a->false_positives;

	printf("Hits: %llu\n", (unsigned long long)a->hits);
	printf("Misses by the filter alone: %llu\n", (unsigned long long)a->misses);
	printf("False positives: %llu", (unsigned long long)a->false_positives);
	if (strangers)
		printf(" (%.2f %%)", 100.0 * (double)a->false_positives / (double)strangers);
	printf("\n");
}

static int parse_options(int argc, char **argv, struct options *o)
{
	int option;

	while ((option = getopt(argc, argv, "k:q:h:")) != -1) {
		unsigned int number = optarg ? (unsigned int)strtoul(optarg, NULL, 10) : 0;

		if (!number)
			return -EINVAL;
		if (option == 'k')
			o->known = number;
		else if (option == 'q')
			o->questions = number;
		else
			o->hashes = number;
	}
	return optind == argc ? 0 : -EINVAL;
}

int main(int argc, char **argv)
{
	struct options o = {.known = 1000, .questions = 100000, .hashes = 5};
	struct bloom_bpf *skel;
	int err;

	if (parse_options(argc, argv, &o)) {
		fprintf(stderr, "usage: bloom [-k KNOWN] [-q QUESTIONS] [-h HASHES]\n");
		return 2;
	}
	skel = bloom_bpf__open();
	if (!skel) {
		fprintf(stderr, "bloom: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = load(skel, &o);
	if (!err)
		err = fill(skel, &o);
	if (!err)
		err = ask(skel, o.questions);
	if (err)
		fprintf(stderr, "bloom: %s\n", strerror(-err));
	else
		print_answers(&skel->bss->answers);
	bloom_bpf__destroy(skel);
	return err ? 1 : 0;
}
