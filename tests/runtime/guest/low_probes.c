// SPDX-License-Identifier: BSD-2-Clause
/* What libbpf_probe_bpf_*() say of this kernel: every type, and every helper in every type. */
#include <bpf/libbpf.h>

#include "say.h"

enum { TYPES = 40, HELPERS = 220 };

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(void)
{
	static const int helpers[] = {1, 166, 167, 168, 9999};

	libbpf_set_print(quiet);
	for (int type = 0; type < TYPES; type++) {
		printf("%d ", type);
		say_err("program", libbpf_probe_bpf_prog_type(type, NULL));
	}
	for (int type = 0; type < TYPES; type++) {
		printf("%d ", type);
		say_err("map", libbpf_probe_bpf_map_type(type, NULL));
	}
	for (int type = 0; type < TYPES; type++) {
		printf("helpers of %d:", type);
		for (int helper = 0; helper < HELPERS; helper++)
			if (libbpf_probe_bpf_helper(type, helper, NULL) == 1)
				printf(" %d", helper);
		printf("\n");
		for (unsigned i = 0; i < sizeof(helpers) / sizeof(*helpers); i++)
			say_err("helper", libbpf_probe_bpf_helper(type, helpers[i], NULL));
	}
	say_err("options", libbpf_probe_bpf_prog_type(1, ""));
	say_err("options", libbpf_probe_bpf_map_type(1, ""));
	say_err("options", libbpf_probe_bpf_helper(1, 1, ""));
	return 0;
}
