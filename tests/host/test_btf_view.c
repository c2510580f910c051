/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of the kernel's types that the host gives to libbpf must not change what is loaded: each
 * object is loaded with all types and with its part, made now and from the cache, and what libbpf
 * made of each program (relocated instructions, the type that it is attached to) is compared, as
 * are the errors of what this kernel does not take.
 *
 *   test_btf_view OBJECT...     what none of the objects asks for is said to be missing
 */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "base/file.h"
#include "host/btf_view.h"
#include "host/cache.h"
#include "host/log.h"
#include "host/object_rules.h"

enum { SKIP = 77 };

/* How an object sees the kernel's types. */
enum how { ALL, MADE, CACHED, HOWS };

struct loaded {
	struct bpf_object *object;
	struct btf_view view;
	int err;
};

static int quiet(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	return 0;
}

static void load(const struct strbuf *file, enum how how, bool prepare, struct cache *cache,
		 struct loaded *ret)
{
	struct bpf_map *m;

	*ret = (struct loaded){0};
	ret->object = bpf_object__open_mem(file->data, file->len, NULL);
	ret->err = ret->object ? 0 : -errno;
	if (!ret->err)
		ret->err = btf_view_init(&ret->view, how == ALL ? NULL : cache, file->data,
					 file->len, ret->object);
	if (ret->err)
		return;
	/* An arena's own wish is an address that sanitizers have for themselves. */
	bpf_object__for_each_map(m, ret->object)
		if (bpf_map__type(m) == BPF_MAP_TYPE_ARENA)
			bpf_map__set_map_extra(m, 0);
	if (how != ALL)
		btf_view_enter(&ret->view);
	ret->err = prepare ? bpf_object__prepare(ret->object) : bpf_object__load(ret->object);
	btf_view_leave();
}

static void unload(struct loaded *l)
{
	bpf_object__close(l->object);
	btf_view_free(&l->view);
}

/* Descriptors differ from load to load. */
static struct bpf_insn without_fd(struct bpf_insn i)
{
	if (i.code == (BPF_LD | BPF_IMM | BPF_DW) &&
	    (i.src_reg == BPF_PSEUDO_MAP_FD || i.src_reg == BPF_PSEUDO_MAP_VALUE))
		i.imm = 0;
	return i;
}

static int compare_programs(const struct bpf_program *p, const struct bpf_program *q)
{
	struct bpf_prog_info a = {0}, b = {0};
	uint32_t len = sizeof(a), other = sizeof(b);
	const char *name = bpf_program__name(p);
	size_t n = bpf_program__insn_cnt(p);

	if (n != bpf_program__insn_cnt(q)) {
		printf("%s: another number of instructions\n", name);
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct bpf_insn x = without_fd(bpf_program__insns(p)[i]);
		struct bpf_insn y = without_fd(bpf_program__insns(q)[i]);
		if (memcmp(&x, &y, sizeof(x))) {
			printf("%s: instruction %zu differs: imm %d and %d, off %d and %d\n", name,
			       i, x.imm, y.imm, x.off, y.off);
			return 1;
		}
	}
	if (bpf_program__fd(p) < 0 && bpf_program__fd(q) < 0)
		return 0;
	if (bpf_prog_get_info_by_fd(bpf_program__fd(p), &a, &len) ||
	    bpf_prog_get_info_by_fd(bpf_program__fd(q), &b, &other) ||
	    a.attach_btf_id != b.attach_btf_id || a.xlated_prog_len != b.xlated_prog_len) {
		printf("%s: attached to type %u and %u, %u and %u bytes in the kernel\n", name,
		       a.attach_btf_id, b.attach_btf_id, a.xlated_prog_len, b.xlated_prog_len);
		return 1;
	}
	return 0;
}

static int compare(const char *path, const struct loaded *a, const struct loaded *b)
{
	struct bpf_program *p = NULL, *q = NULL;

	if (a->err != b->err) {
		printf("%s: %d with all types, %d with a part\n", path, a->err, b->err);
		return 1;
	}
	if (a->err)
		return 0;
	while ((p = bpf_object__next_program(a->object, p)) &&
	       (q = bpf_object__next_program(b->object, q)))
		if (compare_programs(p, q))
			return 1;
	return 0;
}

/* A part that was made is in the cache; the second time it comes from there. */
static int check_source(const char *path, const struct btf_view *v, enum how how)
{
	const enum btf_view_source wanted = how == MADE ? BTF_VIEW_MADE : BTF_VIEW_CACHE;

	if (v->source == wanted || v->source == BTF_VIEW_UNUSED || v->source == BTF_VIEW_WHOLE)
		return 0;
	printf("%s: the types came from %d, not from %d\n", path, (int)v->source, (int)wanted);
	return 1;
}

/* What libbpf would not survive is not given to it. */
static bool is_refused(const struct strbuf *file)
{
	struct log l;

	log_init(&l);
	bool refused = object_rule_bytes(&l, file->data, file->len);
	log_clear(&l);
	return refused;
}

struct counts {
	int objects, loaded, parts, with_ids, whole;
};

static int test_file(const char *path, struct counts *counts)
{
	struct strbuf file = {0};
	struct diag d = {0};
	struct loaded all[HOWS];
	struct cache *cache;
	char folder[] = "/tmp/wbpf-test-view-XXXXXX";
	int failed = 0;

	if (file_read(path, 64 << 20, &file, &d)) {
		printf("%s\n", d.text);
		return 1;
	}
	if (is_refused(&file)) {
		strbuf_free(&file);
		return 0;
	}
	if (!mkdtemp(folder) || cache_open(folder, 1 << 24, &cache)) {
		perror(folder);
		strbuf_free(&file);
		return 1;
	}
	bool prepare = false;
	for (int how = ALL; how < HOWS; how++) {
		load(&file, (enum how)how, prepare, cache, &all[how]);
		/* What this kernel does not take is relocated all the same. */
		if (how == ALL && all[ALL].err && all[ALL].object && !prepare) {
			unload(&all[ALL]);
			prepare = true;
			how--;
		}
	}
	for (int how = MADE; how < HOWS; how++) {
		failed |= compare(path, &all[ALL], &all[how]);
		failed |= check_source(path, &all[how].view, (enum how)how);
	}
	counts->objects++;
	counts->loaded += !all[ALL].err && !prepare;
	counts->parts += all[CACHED].view.source == BTF_VIEW_CACHE;
	counts->with_ids += all[CACHED].view.source == BTF_VIEW_CACHE && all[CACHED].view.needs.ids;
	counts->whole += all[CACHED].view.source == BTF_VIEW_WHOLE;
	for (int how = ALL; how < HOWS; how++)
		unload(&all[how]);
	cache_close(cache);
	char *remove = str_printf("rm -rf %s", folder);
	failed |= !remove || system(remove);
	free(remove);
	strbuf_free(&file);
	return failed;
}

int main(int argc, char **argv)
{
	struct counts counts = {0};
	int failed = 0;

	if (geteuid()) {
		puts("SKIP: loading BPF programs needs root");
		return SKIP;
	}
	if (access("/sys/kernel/btf/" KERNEL_BTF_VMLINUX, R_OK)) {
		puts("SKIP: this kernel has no types in /sys/kernel/btf");
		return SKIP;
	}
	libbpf_set_print(quiet);
	for (int i = 1; i < argc; i++)
		failed |= test_file(argv[i], &counts);
	printf("%d objects: %d loaded, %d with a part, %d of them by ids, %d with all types\n",
	       counts.objects, counts.loaded, counts.parts, counts.with_ids, counts.whole);
	if (argc > 10 && (!counts.loaded || counts.parts == counts.with_ids || !counts.with_ids)) {
		puts("FAILED: a kind of part has not been tried");
		failed = 1;
	}
	return failed;
}
