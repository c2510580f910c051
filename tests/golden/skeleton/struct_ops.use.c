/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets a struct_ops map's members through the skeleton, as one does with bpftool's. */
#include <stdio.h>

#include "struct_ops.skel.h"

int main(void)
{
	struct struct_ops_bpf *skel = struct_ops_bpf__open();

	if (!skel || skel->struct_ops.thing->flags != 3 || skel->struct_ops.thing->last != 9)
		return 1;
	if (skel->struct_ops.other->init)
		return 2;
	skel->struct_ops.other->init = skel->progs.init_thing;
	skel->struct_ops.other->flags = 1;
	skel->struct_ops.other->level = 5;
	if (skel->struct_ops.other->init != skel->progs.init_thing)
		return 3;
	struct_ops_bpf__destroy(skel);
	return 0;
}
