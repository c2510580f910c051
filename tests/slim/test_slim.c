/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slimming must not change what is loaded: reads each object with all of its BTF and with what
 * slimming leaves, loads both into this kernel and compares the relocated instructions, which
 * the kernel has verified, one by one.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/object.h"

enum { SKIP = 77 };

static int print_warnings(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, fmt, ap) : 0;
}

static struct bpf_object *load(const struct object *o, int *err)
{
	struct bpf_object *bpf = bpf_object__open_mem(o->elf, o->elf_size, NULL);

	*err = bpf ? bpf_object__load(bpf) : -errno;
	return bpf;
}

/* Descriptors differ from load to load. */
static struct bpf_insn without_fd(struct bpf_insn i)
{
	if (i.code == (BPF_LD | BPF_IMM | BPF_DW) &&
	    (i.src_reg == BPF_PSEUDO_MAP_FD || i.src_reg == BPF_PSEUDO_MAP_VALUE))
		i.imm = 0;
	return i;
}

static int compare_program(const struct bpf_program *a, const struct bpf_program *b)
{
	size_t n = bpf_program__insn_cnt(a);

	if (n != bpf_program__insn_cnt(b) || strcmp(bpf_program__name(a), bpf_program__name(b))) {
		printf("%s: another number of instructions\n", bpf_program__name(a));
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		struct bpf_insn x = without_fd(bpf_program__insns(a)[i]);
		struct bpf_insn y = without_fd(bpf_program__insns(b)[i]);
		if (memcmp(&x, &y, sizeof(x))) {
			printf("%s: instruction %zu differs: imm %d and %d\n", bpf_program__name(a),
			       i, x.imm, y.imm);
			return 1;
		}
	}
	printf("  %s: the same %zu instructions\n", bpf_program__name(a), n);
	return 0;
}

static int compare(const struct object *whole, const struct object *slim)
{
	int err_a, err_b, failed = 0;
	struct bpf_object *a = load(whole, &err_a), *b = load(slim, &err_b);
	struct bpf_program *p = NULL, *q = NULL;

	if (err_a == -EPERM) {
		puts("SKIP: this machine does not let this user load BPF programs");
		failed = SKIP;
	} else if (err_a && err_a == err_b && getenv("WBPF_OTHER_KERNEL")) {
		/* What this kernel has not, a slimmed object misses in the same way. */
		printf("  loads neither whole nor slimmed on this kernel: %s\n", strerror(-err_a));
	} else if (err_a || err_b) {
		printf("%s: loading gave %d with all BTF, %d slimmed\n", whole->path, err_a, err_b);
		failed = 1;
	} else {
		while ((p = bpf_object__next_program(a, p)) && (q = bpf_object__next_program(b, q)))
			failed |= compare_program(p, q);
	}
	bpf_object__close(a);
	bpf_object__close(b);
	return failed;
}

static int test_file(const char *path)
{
	const struct object_options all = {.size = sizeof(all), .keep_btf = true};
	struct object *whole = NULL, *slim = NULL;
	struct diag d = {0};
	int failed;

	if (object_read(path, &all, &whole, &d) || object_read(path, NULL, &slim, &d)) {
		printf("%s\n", d.text);
		failed = 1;
	} else {
		printf("%s: %zu bytes, slimmed %zu\n", path, whole->elf_size, slim->elf_size);
		failed = compare(whole, slim);
		if (!failed && slim->elf_size > whole->elf_size) {
			printf("%s: slimming made it larger\n", path);
			failed = 1;
		}
	}
	object_free(whole);
	object_free(slim);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0;

	libbpf_set_print(print_warnings);
	for (int i = 1; i < argc && failed != SKIP; i++) {
		int one = test_file(argv[i]);
		failed = one == SKIP ? SKIP : failed | one;
	}
	return failed;
}
