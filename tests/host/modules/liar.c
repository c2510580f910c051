/* SPDX-License-Identifier: BSD-2-Clause */
/* A module whose counts are not true, are not where it says, or go while they are there. */
#include "readonly.h"

enum { MANY = 3000 };

static struct wbpf_counts counts[MANY];

static int32_t tell(const struct wbpf_counts *c)
{
	return h_set(0, WBPF_KEY_COUNTS, A(c), sizeof(*c));
}

int main(void)
{
	struct wbpf_counts *gone = (void *)pages;
	int32_t ret = 0;

	begin();
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	if (h_object_load(object) == L_EPERM) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	int32_t map = h_object_child(object, WBPF_KIND_MAP, 0);
	uint32_t size = sizeof(struct wbpf_counts);
	EQ(h_set(0, WBPF_KEY_COUNTS, 0xfffffff0, size), L_EFAULT);
	EQ(h_set(0, WBPF_KEY_COUNTS, (uint32_t)__builtin_wasm_memory_size(0) << 16, size),
	   L_EFAULT);
	EQ(h_set(0, WBPF_KEY_COUNTS, A(counts) + 4, size), L_EINVAL);
	EQ(h_set(0, WBPF_KEY_COUNTS, A(counts), 8), L_EINVAL);
	EQ(h_set(map, WBPF_KEY_COUNTS, A(counts), size), L_EINVAL);
	EQ(tell(&counts[0]), L_EBADF); /* of no map */
	EQ(h_set(0, WBPF_KEY_COUNTS, A(counts), 0), 0);

	memset(counts, 0xff, sizeof(counts));
	for (int i = 0; i < MANY; i++) {
		counts[i].map = map;
		ret = tell(&counts[i]);
		if (i < 100)
			EQ(tell(&counts[i]), 0);
	}
	EQ(ret, -12); /* enough is enough */

	/* Another page comes where they are, and then they are the object's and not to be written.
	 */
	EQ(h_set(0, WBPF_KEY_COUNTS, A(&counts[0]), 0), 0);
	gone->map = map;
	EQ(tell(gone), 0);
	for (uint32_t i = 0; i < 8; i++)
		h_memory_map(h_object_child(object, WBPF_KIND_MAP, i), WBPF_PROT_READ, 0, A(pages),
			     4096);
	h_close(object);
	EQ(tell(gone), 0);
	return end();
}
