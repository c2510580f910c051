/* SPDX-License-Identifier: BSD-2-Clause */
/* A module with arenas of its own making. */
#ifndef TEST_ARENA_H
#define TEST_ARENA_H

#include <linux/bpf.h>

#include "host.h"

enum { PAGE = 4096, ENTRIES = 4, SIZE = ENTRIES * PAGE };

/* A static address, which the engine knows when it compiles an access. */
static uint8_t pages[4 * SIZE] __attribute__((aligned(4096)));

static inline int32_t create_arena(uint64_t extra, uint32_t flags)
{
	union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARENA,
			       .map_flags = BPF_F_MMAPABLE | flags,
			       .max_entries = ENTRIES,
			       .map_extra = extra};

	return h_bpf(BPF_MAP_CREATE, A(&attr), sizeof(attr));
}

static inline int32_t map_arena(int32_t map, const void *at)
{
	return h_memory_map(map, WBPF_PROT_READ | WBPF_PROT_WRITE, 0, A(at), SIZE);
}

/* 0, or what main() shall return. */
static inline int begin_arena(void)
{
	begin();
	int32_t map = create_arena(0, 0);

	if (map == L_EPERM || map == L_EINVAL || map == L_EOPNOTSUPP) {
		puts("SKIP: no BPF arenas here");
		return 77;
	}
	OK(map);
	EQ(h_close(map), 0);
	return 0;
}

/* Maps an arena at pages that has no page at all. The same. */
static inline int map_empty_arena(void)
{
	int status = begin_arena();

	if (status)
		return status;
	EQ(map_arena(create_arena(A(pages), BPF_F_SEGV_ON_FAULT), pages), 0);
	if (end())
		return 1;
	puts("about to touch it");
	fflush(stdout);
	return 0;
}

#endif
