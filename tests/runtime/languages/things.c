/* SPDX-License-Identifier: BSD-2-Clause */
/* The object's skeleton in C compiles: the other languages' are made of the same object. */
#include "things.types.h"
#include "things.skel.h"

int main(void)
{
	struct things_bpf *skel = things_bpf__open();

	things_bpf__destroy(skel);
	return skel ? 0 : 1;
}
