/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets the engine write to a read-only region, by memory.fill across its end. */
#include "readonly.h"

int main(int argc, char **argv)
{
	int status = map_rodata();

	if (status)
		return status;
	__builtin_memset(pages + 4000, argc, 200);
	h_poll_create();
	puts("went on");
	return 1;
}
