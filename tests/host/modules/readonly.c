/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes to a read-only region of the kernel: the module must trap, and the host must not. */
#include "readonly.h"

int main(void)
{
	int status = map_rodata();

	if (status)
		return status;
	*(volatile uint32_t *)pages = 8;
	puts("wrote");
	return 1;
}
