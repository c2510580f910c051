/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BTF as kernels' builds make it, from C that was compiled to BTF:
 *
 *     make_btf raw FILE.o OUT             FILE.o's types alone
 *     make_btf split FILE.o BASE.btf OUT  those that BASE.btf has not, as a module's build does
 *     make_btf distil FILE.o BASE.btf OUT OUT.base  likewise, and what it needs of BASE.btf
 */
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "make_btf: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void save(const struct btf *btf, const char *path)
{
	__u32 size = 0;
	const void *data = btf__raw_data(btf, &size);
	FILE *f = fopen(path, "wb");

	check(data && f && fwrite(data, 1, size, f) == size && !fclose(f), path);
}

static struct btf *split(const char *object, struct btf *base)
{
	struct btf *all = btf__parse_elf(object, NULL), *btf = btf__new_empty_split(base);

	check(all && btf, object);
	check(btf__add_btf(btf, all) > 0, "cannot add");
	check(!btf__dedup(btf, NULL), "cannot merge");
	btf__free(all);
	return btf;
}

int main(int argc, char **argv)
{
	const char *what = argc > 3 ? argv[1] : "";

	if (!strcmp(what, "raw")) {
		struct btf *btf = btf__parse_elf(argv[2], NULL);
		check(btf != NULL, argv[2]);
		save(btf, argv[3]);
		btf__free(btf);
		return 0;
	}
	check(argc > 4, "wrong arguments");
	struct btf *base = btf__parse_raw(argv[3]);
	check(base != NULL, argv[3]);
	struct btf *btf = split(argv[2], base);
	if (!strcmp(what, "distil")) {
		struct btf *small_base = NULL, *small = NULL;
		check(argc > 5, "wrong arguments");
		check(!btf__distill_base(btf, &small_base, &small), "cannot distil");
		save(small, argv[4]);
		save(small_base, argv[5]);
		btf__free(small);
		btf__free(small_base);
	} else {
		save(btf, argv[4]);
	}
	btf__free(btf);
	btf__free(base);
	return 0;
}
