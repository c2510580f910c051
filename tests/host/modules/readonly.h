/* SPDX-License-Identifier: BSD-2-Clause */
/* A module with a page of the kernel's that it may only read. */
#ifndef TEST_READONLY_H
#define TEST_READONLY_H

#include "host.h"

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed HOST_FILE
};

static uint8_t pages[2 * 4096] __attribute__((aligned(4096)));

/* Maps .rodata at pages. 0, or what main() shall return. */
static inline int map_rodata(void)
{
	char name[64];
	int32_t map;

	begin();
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	if (h_object_load(object) == L_EPERM) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	for (uint32_t i = 0; (map = h_object_child(object, WBPF_KIND_MAP, i)) > 0; i++) {
		int32_t len = h_get(map, WBPF_KEY_NAME, A(name), sizeof(name));
		if (len >= 7 && !memcmp(name + len - 7, ".rodata", 7))
			break;
	}
	EQ(h_memory_map(map, WBPF_PROT_READ, 0, A(pages), 4096), 0);
	EQ(*(volatile uint32_t *)pages, 7);
	if (end())
		return 1;
	puts("about to write");
	fflush(stdout);
	return 0;
}

#endif
