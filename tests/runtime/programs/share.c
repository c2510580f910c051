// SPDX-License-Identifier: BSD-2-Clause
/*
 * One of those that share a map: share NAME RUNS TOTAL [ENTRIES [STEP [PIN]]] runs its program RUNS
 * times and waits until the map has counted TOTAL.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "share.skel.h"

enum { PATIENCE_MS = 20000 };

static void say_ids(const char *name, const struct share_bpf *skel)
{
	struct bpf_map_info map = {0}, bss = {0};
	struct bpf_prog_info prog = {0};
	__u32 len = sizeof(map);

	bpf_map_get_info_by_fd(bpf_map__fd(skel->maps.counts), &map, &len);
	len = sizeof(bss);
	bpf_map_get_info_by_fd(bpf_map__fd(skel->maps.bss), &bss, &len);
	len = sizeof(prog);
	bpf_prog_get_info_by_fd(bpf_program__fd(skel->progs.add), &prog, &len);
	printf("%s: counts %u, %s %u, add %u\n", name, map.id, bpf_map__name(skel->maps.bss),
	       bss.id, prog.id);
}

/* What is loaded by another module is attached there. */
static void try_attach(const char *name, const struct share_bpf *skel)
{
	struct bpf_link *link;

	if (bpf_program__autoload(skel->progs.add))
		return;
	link = bpf_program__attach_raw_tracepoint(skel->progs.add, "sys_enter");
	printf("%s: attach %s\n", name, link ? "0" : strerror(errno));
	bpf_link__destroy(link);
}

static int wait_for(const char *name, const struct share_bpf *skel, unsigned long long total)
{
	__u64 count = 0;
	__u32 key = 0;

	for (int ms = 0; ms < PATIENCE_MS && count < total; ms += 10) {
		usleep(10000);
		if (bpf_map_lookup_elem(bpf_map__fd(skel->maps.counts), &key, &count))
			break;
	}
	printf("%s: counted %llu\n", name, (unsigned long long)count);
	printf("%s: total %llu\n", name, (unsigned long long)skel->bss->total);
	return count != total;
}

int main(int argc, char **argv)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	const char *name = argc > 1 ? argv[1] : "";
	struct share_bpf *skel = share_bpf__open();
	int err = !skel || argc < 4;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!err && argc > 4)
		err = bpf_map__set_max_entries(skel->maps.counts, (__u32)atoi(argv[4]));
	if (!err && argc > 5)
		skel->rodata->step = (__u32)atoi(argv[5]);
	if (!err && argc > 6)
		err = bpf_map__set_pin_path(skel->maps.counts, argv[6]);
	if (!err)
		err = share_bpf__load(skel);
	if (err)
		printf("%s: %s\n", name, strerror(-err));
	for (int i = 0; !err && i < atoi(argv[2]); i++)
		err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.add), &opts);
	if (!err) {
		say_ids(name, skel);
		try_attach(name, skel);
		err = wait_for(name, skel, strtoull(argv[3], NULL, 10));
	}
	share_bpf__destroy(skel);
	return !!err;
}
