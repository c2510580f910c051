/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets the engine write where an arena has no page, by memory.fill across its beginning and end. */
#include "arena.h"

static uint8_t around[3 * SIZE] __attribute__((aligned(4096)));

int main(int argc, char **argv)
{
	int status = begin_arena();

	if (status)
		return status;
	EQ(map_arena(create_arena(0, BPF_F_SEGV_ON_FAULT), around + SIZE), 0);
	if (end())
		return 1;
	__builtin_memset(around + 8, argc, sizeof(around) - 16);
	h_poll_create();
	puts("went on");
	return 1;
}
