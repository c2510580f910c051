/* SPDX-License-Identifier: BSD-2-Clause */
/* Types come from the keys and values of maps, also from the maps in a map. */
#include "map.h"

struct key {
	int a;
	long b;
};

struct value {
	struct key keys[2];
};

struct inner_value {
	char text[16];
};

struct not_used_by_any_map {
	int a;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, struct key);
	__type(value, struct value);
} table SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct inner_value);
} inner SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, int);
	__array(values, struct inner);
} outer SEC(".maps") = { .values = { &inner } };
