/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each kind of field, read from bytes as a big-endian machine has them, and written.
 * What must not compile:
 * REFUSED unsigned read(struct event *e) { return e->pid; }
 * REFUSED unsigned bits(struct event *e) { return e->a; }
 * REFUSED void write(struct event *e) { e->pid = 3; }
 * REFUSED int compare(struct event *e) { return e->state == BUSY; }
 * REFUSED int test(struct event *e) { return !e->address; }
 * REFUSED int element(struct event *e) { return e->v[1] + e->table[0][0]; }
 */
#include "big_endian.h"

#include <string.h>

#define CHECK(condition)                                                                           \
	if (!(condition))                                                                          \
	return __LINE__

/* Set and read back; the bytes say in which order. */
#define BYTES(at, ...)                                                                             \
	CHECK(!memcmp((const char *)&e + (at), (const uint8_t[]){__VA_ARGS__},                     \
		      sizeof((const uint8_t[]){__VA_ARGS__})))

static int fields(void)
{
	static struct event e;

	wbpf_set(e.port, -3);
	BYTES(2, 0xff, 0xfd);
	CHECK(wbpf_get(e.port) == -3);
	wbpf_set(e.pid, 0x12345678);
	BYTES(4, 0x12, 0x34, 0x56, 0x78);
	CHECK(wbpf_get(e.pid) == 0x12345678);
	wbpf_set(e.duration, -5);
	CHECK(wbpf_get(e.duration) == -5);
	wbpf_set(e.address, 0x123456789abc);
	BYTES(16, 0, 0, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc);
	wbpf_set(e.state, BUSY);
	BYTES(24, 0, 0, 1, 44);
	CHECK(wbpf_get(e.state) == BUSY);
	wbpf_set(e.ratio, 1.5f);
	BYTES(40, 0x3f, 0xc0, 0, 0);
	CHECK(wbpf_get(e.ratio) == 1.5f);
	wbpf_set(e.mean, -2.25);
	CHECK(wbpf_get(e.mean) == -2.25);
	wbpf_set(e.sum, -7);
	BYTES(64, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	      0xff, 0xff, 0xf9);
	CHECK(wbpf_get(e.sum) == -7);
	wbpf_set(e.v[3], 4);
	BYTES(92, 0, 0, 0, 4);
	wbpf_set(e.table[1][2], 6);
	CHECK(wbpf_get(e.table[1][2]) == 6 && wbpf_get(e.v[3]) == 4);
	wbpf_set(e.in[1].x, 77);
	CHECK(wbpf_get(e.in[1].x) == 77);
	return 0;
}

static int bits(void)
{
	static struct event e;

	wbpf_set(e.a, 9);
	wbpf_set(e.b, 0xabc);
	BYTES(29, 0x9a, 0xbc);
	wbpf_set(e.c, 21);
	BYTES(31, 21);
	wbpf_set(e.d, -33);
	wbpf_set(e.e, 0x9876543210);
	BYTES(32, 0xbf, 0x30, 0xec, 0xa8, 0x64, 0x20);
	CHECK(wbpf_get(e.a) == 9 && wbpf_get(e.b) == 0xabc && wbpf_get(e.c) == 21);
	CHECK(wbpf_get(e.d) == -33 && wbpf_get(e.e) == 0x9876543210);
	wbpf_set(e.low, -9);
	BYTES(136, 0xb8);
	CHECK(wbpf_get(e.low) == -9 && wbpf_get(e.all) == 0xb8000000);
	wbpf_set(e.in[1].y, 5);
	CHECK(wbpf_get(e.in[1].y) == 5 && !wbpf_get(e.in[0].y));
	wbpf_set(e.last, 2);
	wbpf_set(e.old, BUSY);
	BYTES(176, 0xa5, 0x80);
	CHECK(wbpf_get(e.last) == 1 && wbpf_get(e.old) == BUSY);
	return 0;
}

static int tight(void)
{
	struct tight t;

	memset(&t, 0xff, sizeof(t));
	wbpf_set(t.wide, 0x123456789abcdef);
	wbpf_set(t.wider, -12345);
	wbpf_set(t.number, 42);
	CHECK(wbpf_get(t.wide) == 0x123456789abcdef && wbpf_get(t.wider) == -12345);
	CHECK(wbpf_get(t.number) == 42 && t.tag == (char)0xff);
	wbpf_set(t.wider, (__int128)1 << 88);
	CHECK(wbpf_get(t.wider) == (__int128)1 << 88 && wbpf_get(t.wide) == 0x123456789abcdef);
	return 0;
}

int main(void)
{
	int line = fields();

	if (!line)
		line = bits();
	if (!line)
		line = tight();
	return line;
}
