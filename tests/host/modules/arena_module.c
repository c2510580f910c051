/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads where an arena has no page: the module must trap, and the host must not. */
#include "arena.h"

int main(void)
{
	int status = map_empty_arena();

	if (status)
		return status;
	printf("read %d\n", *(volatile uint8_t *)(pages + PAGE));
	return 1;
}
