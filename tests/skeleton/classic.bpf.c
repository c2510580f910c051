/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables in every section, programs of several kinds, and a library that is linked to it. */
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

#include "classic.h"

char LICENSE[] SEC("license") = "GPL";

extern int LINUX_KERNEL_VERSION __kconfig;
extern const int CONFIG_HZ __kconfig __weak;
extern bool CONFIG_WBPF_IS_NOT_THERE __kconfig __weak;
extern char CONFIG_WBPF_TEXT[16] __kconfig __weak;

/* the library's */
int library_count(int by);
extern int library_calls;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct event);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} stream SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} not_created SEC(".maps");

const volatile int wanted_pid;
const volatile bool flag = true;
const volatile char name[16] = "before";
const volatile long limit = 1L << 40;
const volatile enum color tint = GREEN;
const volatile struct event pattern = {.pid = 3, .comm = "pattern"};
const volatile __u8 table[4] = {1, 2, 3, 4};
const void *volatile const where;
const volatile int custom_constant SEC(".rodata.custom") = 11;

int in_data = 1;
stamp started = 2;
struct event last = {.comm = "none"};
point_t points[3] = {{1, 2}, {3, 4}, {5, 6}};
union number number = {.i = 0x01020304};
int custom SEC(".data.custom") = 21;
long custom_array[2] SEC(".data.custom") = {22, 23};
struct event *nothing SEC(".data.custom") = 0;

long in_bss;
int odd_one;
__u64 aligned __attribute__((aligned(32)));
int grid[2][3];
bool seen;
__int128 wide;
int weak_one __attribute__((weak));
struct {
	int calls;
	long bytes;
	struct {
		char c;
		short s;
	} inner;
	union {
		int as_int;
		char as_bytes[4];
	};
	unsigned one : 1, three : 3;
} stats;
enum { IDLE, BUSY = 9 } state;
int resizable[1] SEC(".data.sized");
static int hidden = 40;

/* What it is run with says by how much it counts; gives a number that all variables are part of. */
SEC("syscall")
int touch(int *by)
{
	struct event e = {.pid = *by, .when = 7, .comm = "touch"};
	__u32 key = 1;

	hidden++;
	in_data += *by;
	in_bss += limit >> 38;
	started += flag;
	last.pid = e.pid;
	last.comm[0] = name[0];
	points[1].x = 33;
	number.bytes[0] = 0x44;
	custom += custom_constant;
	custom_array[1] += in_data;
	aligned = CONFIG_HZ > 0;
	grid[1][2] = table[3];
	seen = !CONFIG_WBPF_IS_NOT_THERE && LINUX_KERNEL_VERSION > 0;
	wide = -2;
	weak_one = 6;
	stats.calls++;
	stats.bytes = -5;
	stats.inner.s = 8;
	stats.as_int = 0x41;
	stats.three = 5;
	state = BUSY;
	resizable[0] = wanted_pid != 0;
	odd_one = CONFIG_WBPF_TEXT[0] ? CONFIG_WBPF_TEXT[0] : '-';
	bpf_map_update_elem(&events, &key, &e, 0);
	bpf_ringbuf_output(&stream, &e, sizeof(e), 0);
	return in_data + hidden + tint + pattern.pid + library_count(*by) + library_calls;
}

int enters;

SEC("raw_tp/sys_enter")
int on_enter(void *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 == (__u32)wanted_pid)
		__sync_fetch_and_add(&enters, 1);
	return 0;
}

SEC("?raw_tp/sys_exit")
int not_loaded(void *ctx)
{
	return 0;
}

SEC("raw_tp/sys_exit")
int not_attached(void *ctx)
{
	return 0;
}
