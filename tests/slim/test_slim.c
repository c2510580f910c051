/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slimming must not change what is loaded: reads each object with all of its BTF and with what
 * slimming leaves, loads both into this kernel and compares the relocated instructions, which
 * the kernel has verified, one by one, and the source lines in the verifier's log.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/object.h"

enum { SKIP = 77 };

static int print_warnings(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, fmt, ap) : 0;
}

enum { LOG_SIZE = 4 << 20, LOG_LEVEL = 2 };

/* An object, and what the verifier said of each of its programs. */
struct loaded {
	struct bpf_object *bpf;
	char **logs;
	size_t count;
	int err;
};

/* The address that an arena wishes for is one that sanitizers have for themselves. */
static void free_arenas(const struct bpf_object *o)
{
	struct bpf_map *m;

	bpf_object__for_each_map(m, o)
		if (bpf_map__type(m) == BPF_MAP_TYPE_ARENA)
			bpf_map__set_map_extra(m, 0);
}

static void load(const struct object *o, struct loaded *ret)
{
	struct bpf_program *p;

	*ret = (struct loaded){.bpf = bpf_object__open_mem(o->elf, o->elf_size, NULL)};
	ret->err = ret->bpf ? 0 : -errno;
	if (ret->err)
		return;
	free_arenas(ret->bpf);
	ret->logs = calloc(o->prog_count + 1, sizeof(*ret->logs));
	bpf_object__for_each_program(p, ret->bpf) {
		char *log = calloc(1, LOG_SIZE);
		if (!ret->logs || !log || ret->count == o->prog_count) {
			ret->err = -ENOMEM;
			return;
		}
		ret->logs[ret->count++] = log;
		bpf_program__set_log_buf(p, log, LOG_SIZE);
		bpf_program__set_log_level(p, LOG_LEVEL);
	}
	ret->err = bpf_object__load(ret->bpf);
	/* A log that has no room ends a load. */
	if (ret->err == -ENOSPC) {
		bpf_object__close(ret->bpf);
		ret->bpf = bpf_object__open_mem(o->elf, o->elf_size, NULL);
		if (ret->bpf)
			free_arenas(ret->bpf);
		ret->err = ret->bpf ? bpf_object__load(ret->bpf) : -errno;
		for (size_t i = 0; i < ret->count; i++)
			*ret->logs[i] = '\0';
	}
}

static void unload(struct loaded *l)
{
	bpf_object__close(l->bpf);
	for (size_t i = 0; i < l->count; i++)
		free(l->logs[i]);
	free(l->logs);
}

/* The next source line in a log, "; v = x; @ foo.bpf.c:12"; newer kernels leave out what is the
 * same as before, so it is always left out. */
static bool next_source_line(const char **log, const char **line, size_t *len)
{
	const char *before = *line;
	size_t before_len = *len;

	for (const char *p = *log; *p; p += strspn(p, "\n")) {
		const char *begin = p;
		p += strcspn(p, "\n");
		if (*begin != ';' || (before && before_len == (size_t)(p - begin) &&
				      !memcmp(before, begin, before_len)))
			continue;
		*line = begin;
		*len = (size_t)(p - begin);
		*log = p;
		return true;
	}
	return false;
}

static int compare_logs(const char *name, const char *a, const char *b)
{
	const char *x = NULL, *y = NULL;
	size_t m = 0, n = 0, count = 0;

	for (;; count++) {
		bool more = next_source_line(&a, &x, &m);
		if (more != next_source_line(&b, &y, &n) || (more && (m != n || memcmp(x, y, m)))) {
			printf("%s: source line %zu of the verifier's log differs:\n%.*s\n%.*s\n",
			       name, count, (int)m, x ? x : "", (int)n, y ? y : "");
			return 1;
		}
		if (!more)
			break;
	}
	printf("  %s: the same %zu source lines in the log\n", name, count);
	return 0;
}

/* Descriptors differ from load to load. */
static struct bpf_insn without_fd(struct bpf_insn i)
{
	if (i.code == (BPF_LD | BPF_IMM | BPF_DW) &&
	    (i.src_reg == BPF_PSEUDO_MAP_FD || i.src_reg == BPF_PSEUDO_MAP_VALUE))
		i.imm = 0;
	return i;
}

/* An id of one of the object's own types, which has another one slimmed. */
static bool is_same_type(const struct bpf_object *a, int32_t id, const struct bpf_object *b,
			 int32_t other)
{
	const struct btf *x = bpf_object__btf(a), *y = bpf_object__btf(b);
	const struct btf_type *t = id > 0 ? btf__type_by_id(x, (uint32_t)id) : NULL;
	const struct btf_type *u = other > 0 ? btf__type_by_id(y, (uint32_t)other) : NULL;
	const char *name = t ? btf__name_by_offset(x, t->name_off) : NULL;

	return u && name && *name && btf_kind(t) == btf_kind(u) && t->size == u->size &&
	       !strcmp(name, btf__name_by_offset(y, u->name_off));
}

static int compare_program(const struct bpf_object *of_a, const struct bpf_program *a,
			   const struct bpf_object *of_b, const struct bpf_program *b)
{
	size_t n = bpf_program__insn_cnt(a);

	if (n != bpf_program__insn_cnt(b) || strcmp(bpf_program__name(a), bpf_program__name(b))) {
		printf("%s: another number of instructions\n", bpf_program__name(a));
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct bpf_insn x = without_fd(bpf_program__insns(a)[i]);
		struct bpf_insn y = without_fd(bpf_program__insns(b)[i]);
		if (x.imm != y.imm && BPF_CLASS(x.code) != BPF_JMP &&
		    is_same_type(of_a, x.imm, of_b, y.imm))
			y.imm = x.imm;
		if (memcmp(&x, &y, sizeof(x))) {
			printf("%s: instruction %zu differs: imm %d and %d\n", bpf_program__name(a),
			       i, x.imm, y.imm);
			return 1;
		}
	}
	printf("  %s: the same %zu instructions\n", bpf_program__name(a), n);
	return 0;
}

/* The kernel has its functions and its lines, if it has those of the other. */
static int compare_info(const struct bpf_program *a, const struct bpf_program *b)
{
	struct bpf_prog_info x = {0}, y = {0};
	uint32_t m = sizeof(x), n = sizeof(y);

	if (bpf_program__fd(a) < 0 && bpf_program__fd(b) < 0)
		return 0;
	if (bpf_prog_get_info_by_fd(bpf_program__fd(a), &x, &m) ||
	    bpf_prog_get_info_by_fd(bpf_program__fd(b), &y, &n) ||
	    x.nr_func_info != y.nr_func_info || !x.nr_line_info != !y.nr_line_info) {
		printf("%s: %u functions and %u lines, slimmed %u and %u\n", bpf_program__name(a),
		       x.nr_func_info, x.nr_line_info, y.nr_func_info, y.nr_line_info);
		return 1;
	}
	return 0;
}

static int compare_loaded(const struct loaded *a, const struct loaded *b)
{
	struct bpf_program *p = NULL, *q = NULL;
	int failed = 0;

	if ((bpf_object__btf_fd(a->bpf) < 0) != (bpf_object__btf_fd(b->bpf) < 0)) {
		puts("the kernel does not take its BTF");
		failed = 1;
	}
	for (size_t i = 0;; i++) {
		p = bpf_object__next_program(a->bpf, p);
		q = bpf_object__next_program(b->bpf, q);
		if (!p || !q)
			return failed | (p != q);
		failed |= compare_program(a->bpf, p, b->bpf, q);
		failed |= compare_info(p, q);
		if (*a->logs[i])
			failed |= compare_logs(bpf_program__name(p), a->logs[i], b->logs[i]);
	}
}

/* What this kernel does not take is relocated all the same. */
static int compare_prepared(const struct object *whole, const struct object *slim, int err)
{
	struct bpf_object *a = bpf_object__open_mem(whole->elf, whole->elf_size, NULL);
	struct bpf_object *b = bpf_object__open_mem(slim->elf, slim->elf_size, NULL);
	struct bpf_program *p = NULL, *q = NULL;

	if (a && b) {
		free_arenas(a);
		free_arenas(b);
	}
	int err_a = a ? bpf_object__prepare(a) : -errno,
	    err_b = b ? bpf_object__prepare(b) : -errno;
	int failed = err_a != err_b;

	printf("  not loaded here: %s\n", strerror(-err));
	if (failed)
		printf("%s: preparing gave %d with all BTF, %d slimmed\n", whole->path, err_a,
		       err_b);
	else if (!err_a)
		while ((p = bpf_object__next_program(a, p)) && (q = bpf_object__next_program(b, q)))
			failed |= compare_program(a, p, b, q);
	bpf_object__close(a);
	bpf_object__close(b);
	return failed;
}

/* lenient: an object that this kernel does not take is not to be taken slimmed. */
static int compare(const struct object *whole, const struct object *slim, bool lenient)
{
	struct loaded a, b;
	int failed = 1;

	load(whole, &a);
	load(slim, &b);
	if (a.err == -EPERM && !lenient) {
		puts("SKIP: this machine does not let this user load BPF programs");
		failed = SKIP;
	} else if (a.err == b.err && (lenient || !a.err)) {
		failed = a.err ? compare_prepared(whole, slim, a.err) : compare_loaded(&a, &b);
	} else {
		printf("%s: loading gave %d with all BTF, %d slimmed\n", whole->path, a.err, b.err);
	}
	unload(&a);
	unload(&b);
	return failed;
}

static int test_file(const char *path, bool lenient)
{
	const struct object_options all = {.size = sizeof(all), .keep_btf = true};
	struct object *whole = NULL, *slim = NULL;
	struct diag d = {0};
	int failed;

	if (object_read(path, &all, &whole, &d)) {
		/* A part of one, which cannot be opened alone. */
		printf("%s\n", d.text);
		failed = !lenient;
	} else if (object_read(path, NULL, &slim, &d)) {
		printf("%s\n", d.text);
		failed = 1;
	} else {
		printf("%s: %zu bytes, slimmed %zu\n", path, whole->elf_size, slim->elf_size);
		failed = compare(whole, slim, lenient);
		if (!failed && slim->elf_size > whole->elf_size) {
			printf("%s: slimming made it larger\n", path);
			failed = 1;
		}
	}
	object_free(whole);
	object_free(slim);
	return failed;
}

/* test_slim [--any] OBJECT... --any, or WBPF_OTHER_KERNEL in the environment: this kernel need not
 * take the objects. */
int main(int argc, char **argv)
{
	bool any = argc > 1 && !strcmp(argv[1], "--any"),
	     lenient = any || getenv("WBPF_OTHER_KERNEL");
	int failed = 0;

	libbpf_set_print(print_warnings);
	for (int i = 1 + any; i < argc && failed != SKIP; i++) {
		int one = test_file(argv[i], lenient);
		failed = one == SKIP ? SKIP : failed | one;
	}
	return failed;
}
