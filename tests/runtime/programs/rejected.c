// SPDX-License-Identifier: BSD-2-Clause
/*
 * Loads a program that the verifier rejects. With an argument, what libbpf says goes to the
 * program's own function, on standard output behind "libbpf: "; else to where libbpf sends it.
 */
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "rejected.skel.h"

static int print(enum libbpf_print_level level, const char *format, va_list args)
{
	if (level == LIBBPF_DEBUG)
		return 0;
	printf("libbpf: ");
	return vprintf(format, args);
}

int main(int argc, char **argv)
{
	struct rejected_bpf *skel;
	int err;

	if (argc > 1)
		libbpf_set_print(print);
	skel = rejected_bpf__open();
	if (!skel)
		return 2;
	err = rejected_bpf__load(skel);
	printf("load: %s\n", err ? strerror(-err) : "done");
	rejected_bpf__destroy(skel);
	return err ? 1 : 0;
}
