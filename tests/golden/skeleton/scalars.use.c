/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A user who wrote this for bpftool's skeleton: names, types and pointers to them as there. Opens
 * the embedded object, and finds the initial values where the skeleton says.
 */
#include <stdio.h>
#include <string.h>

#include "scalars.h"
#include "scalars.skel.h"

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                    \
			return 1;                                                                  \
		}                                                                                  \
	} while (0)

int main(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);
	struct scalars_bpf *skel = scalars_bpf__open_opts(&opts);
	size_t size;

	CHECK(skel);
	CHECK(skel->data->tint == GREEN);
	CHECK(skel->data->letter == 'x');
	CHECK(skel->data->l == -1);
	CHECK(skel->data->ull == 5);
	CHECK(!strcmp(skel->data->text, "abcd"));
	CHECK(skel->data->longs[0] == 1 && skel->data->longs[2] == 3);
	CHECK(skel->rodata->minimum == 10 && !skel->rodata->verbose);

	unsigned long long *ull = &skel->data->ull;
	__u64 *kernel = &skel->bss->kernel_u64;
	unsigned int *ui = &skel->bss->ui;
	int *i = &skel->bss->i;
	char *name = skel->rodata->only_name;
	bool *flag = &skel->bss->flag;
	*ull = 6;
	*kernel = 7;
	*ui = 8;
	*i = -9;
	*flag = true;
	strcpy(name, "init");
	skel->rodata->minimum = 1000;
	skel->bss->power = ON;
	skel->bss->address = 1;

	CHECK(skel->maps.bss && skel->maps.data && skel->maps.rodata);
	CHECK(bpf_map__initial_value(skel->maps.data, &size) == skel->data);
	CHECK(size == sizeof(*skel->data));
	CHECK(!strcmp(bpf_program__name(skel->progs.prog), "prog"));
	CHECK(!skel->links.prog);
	CHECK(scalars_bpf__elf_bytes(&size) && size > 0);
	scalars_bpf__detach(skel);
	scalars_bpf__destroy(skel);
	scalars_bpf__destroy(NULL);
	return 0;
}
