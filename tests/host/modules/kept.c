/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is named for a load stays what it was, also when its handle is closed before and the number
 * of its descriptor has become another's.
 */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed KEPT_FILE
};

static const uint8_t target_bytes[] __attribute__((aligned(8))) = {
#embed KEPT_TARGET_FILE
};

static int32_t new_map(uint32_t type, uint32_t value_size)
{
	union bpf_attr a = {
		.map_type = type, .key_size = 4, .value_size = value_size, .max_entries = 1};

	return h_bpf(BPF_MAP_CREATE, A(&a), sizeof(a));
}

/* Takes numbers that are free. */
static void take_numbers(void)
{
	for (int i = 0; i < 4; i++)
		OK(new_map(BPF_MAP_TYPE_HASH, 64));
}

static int32_t put(int32_t outer, int32_t map)
{
	uint32_t key = 0, value = (uint32_t)map;
	union bpf_attr a = {.map_fd = (uint32_t)outer, .key = A(&key), .value = A(&value)};

	return h_bpf(BPF_MAP_UPDATE_ELEM, A(&a), sizeof(a));
}

static void patterns(void)
{
	int32_t pattern = new_map(BPF_MAP_TYPE_ARRAY, 24), same = new_map(BPF_MAP_TYPE_ARRAY, 24);
	int32_t other = new_map(BPF_MAP_TYPE_HASH, 64);
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t outer = h_object_child(object, WBPF_KIND_MAP, 0);

	OK(pattern);
	OK(outer);
	EQ(h_set(outer, WBPF_KEY_MAP_INNER, A(&pattern), sizeof(pattern)), 0);
	EQ(h_close(pattern), 0);
	take_numbers();
	EQ(h_object_load(object), 0);
	EQ(put(outer, same), 0);
	EQ(put(outer, other), L_EINVAL);
	EQ(h_close(object), 0);
}

/* Not in a kernel that is locked down. */
static void replaced(void)
{
	int32_t first = h_object_open(A(target_bytes), sizeof(target_bytes), 0, 0), on = 1;
	int32_t whole = h_object_child(first, WBPF_KIND_PROG, 0);
	int32_t pattern = new_map(BPF_MAP_TYPE_ARRAY, 24);
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t outer = h_object_child(object, WBPF_KIND_MAP, 0);
	int32_t prog = h_object_child(object, WBPF_KIND_PROG, 0);
	static const char func[] = "target";

	EQ(h_object_load(first), 0);
	struct wbpf_attach_target t = {
		.size = sizeof(t), .prog = whole, .func = {A(func), sizeof(func) - 1}};
	EQ(h_set(outer, WBPF_KEY_MAP_INNER, A(&pattern), sizeof(pattern)), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_AUTOLOAD, A(&on), sizeof(on)), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), 0);
	EQ(h_close(first), 0);
	take_numbers();
	int32_t err = h_object_load(object);
	if (err == L_EPERM)
		puts("this kernel refuses programs that replace functions");
	else
		EQ(err, 0);
	EQ(h_close(object), 0);
}

int main(void)
{
	begin();
	if (new_map(BPF_MAP_TYPE_ARRAY, 8) == L_EPERM) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	patterns();
	replaced();
	return end();
}
