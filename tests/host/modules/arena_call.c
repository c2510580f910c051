/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets the host read where an arena has no page. */
#include "arena.h"

int main(void)
{
	int status = map_empty_arena();

	if (status)
		return status;
	h_bpf(BPF_MAP_CREATE, A(pages + PAGE), sizeof(union bpf_attr));
	h_poll_create();
	puts("went on");
	return 1;
}
