/* SPDX-License-Identifier: BSD-2-Clause */
/* Types come from variables, and one step behind the pointers among them: that is how a source shows
 * a type that only a ring buffer carries. */
struct event {
	int pid;
	struct second *second;
};

struct second {
	int a;
};

struct counters {
	unsigned long hits;
};

struct settings {
	_Bool verbose;
};

struct extra {
	char c;
};

const struct event *unused_event __attribute__((unused));
struct counters counters[4];
const volatile struct settings settings = { 1 };
struct extra extra __attribute__((section(".data.extra"))) = { 'x' };
