/* SPDX-License-Identifier: BSD-2-Clause */
/* Compressed objects: what is read is what was packed, and nothing that is damaged gets through. */
#include <stdlib.h>

#include "host.h"

static const uint8_t plain[] __attribute__((aligned(8))) = {
#embed HOST_FILE
};

enum { HEAD = sizeof(struct wbpf_packed), MAX_BLOCK = 65535 };

static uint8_t packed[sizeof(plain) + 4096];
static uint32_t packed_size;

static void put(uint32_t number, int bytes, int step)
{
	for (int i = 0; i < bytes; i++)
		packed[packed_size++] = (uint8_t)(number >> 8 * (step > 0 ? i : bytes - 1 - i));
}

/* A zlib stream of stored blocks, RFC 1950 and 1951. */
static void pack(uint32_t claimed)
{
	uint32_t a = 1, b = 0;

	memcpy(packed, WBPF_PACKED_MAGIC, 4);
	packed_size = 4;
	put(claimed, 4, 1);
	put(0x7801, 2, -1);
	for (uint32_t from = 0; from < sizeof(plain); from += MAX_BLOCK) {
		uint32_t len = sizeof(plain) - from < MAX_BLOCK ? sizeof(plain) - from : MAX_BLOCK;

		put(from + len == sizeof(plain), 1, 1);
		put(len, 2, 1);
		put(~len, 2, 1);
		memcpy(packed + packed_size, plain + from, len);
		packed_size += len;
	}
	for (uint32_t i = 0; i < sizeof(plain); i++) {
		a = (a + plain[i]) % 65521;
		b = (b + a) % 65521;
	}
	put(b << 16 | a, 4, -1);
}

static int32_t open_packed(uint32_t len)
{
	return h_object_open(A(packed), len, 0, 0);
}

static void whole(void)
{
	uint8_t *back = malloc(sizeof(plain));

	pack(sizeof(plain));
	int32_t object = open_packed(packed_size);
	OK(object);
	EQ(h_get(object, WBPF_KEY_OBJECT_FILE, 0, 0), sizeof(plain));
	EQ(h_get(object, WBPF_KEY_OBJECT_FILE, A(back), sizeof(plain)), sizeof(plain));
	EQ(memcmp(back, plain, sizeof(plain)), 0);
	OK(h_object_child(object, WBPF_KIND_PROG, 0));
	EQ(h_close(object), 0);
	object = h_object_open(A(plain), sizeof(plain), 0, 0);
	OK(object);
	EQ(h_get(object, WBPF_KEY_OBJECT_FILE, 0, 0), L_ENOENT);
	EQ(h_close(object), 0);
	free(back);
}

static void damaged(void)
{
	static const uint32_t claims[] = {0, 1, sizeof(plain) - 1, sizeof(plain) + 1, 1 << 28};

	for (uint32_t i = 0; i < sizeof(claims) / sizeof(*claims); i++) {
		pack(claims[i]);
		EQ(open_packed(packed_size), L_EINVAL);
	}
	pack(UINT32_MAX);
	EQ(open_packed(packed_size), L_E2BIG);
	pack(sizeof(plain));
	for (uint32_t len = 1; len < packed_size; len += len < 64 ? 1 : packed_size / 50)
		BAD(open_packed(len));
	for (uint32_t at = 0; at < packed_size; at += at < 32 ? 1 : packed_size / 50) {
		pack(sizeof(plain));
		packed[at] ^= 0x55;
		BAD(open_packed(packed_size));
	}
}

int main(void)
{
	begin();
	whole();
	damaged();
	return end();
}
