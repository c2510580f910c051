/* SPDX-License-Identifier: BSD-2-Clause */
/* Fills records on a big-endian kernel: fields of each sort with fixed values, copies of whole
 * structs of the kernel's, and fields of these as CO-RE reads them. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "records.h"
#include "target.h"

char LICENSE[] SEC("license") = "GPL";

#define FIXED_EVENT                                                                                \
	{.u8 = 0x81,                                                                               \
	 .s8 = -2,                                                                                 \
	 .u16 = 0x8182,                                                                            \
	 .s16 = -300,                                                                              \
	 .u32 = 0x81828384,                                                                        \
	 .s32 = -70001,                                                                            \
	 .u64 = 0x8182838485868788,                                                                \
	 .s64 = -5000000000,                                                                       \
	 .ulong_ = 0xf1f2f3f4f5f6f7f8,                                                             \
	 .long_ = -6000000000,                                                                     \
	 .yes = 1,                                                                                 \
	 .letter = 'w',                                                                            \
	 .color = COLOR_DARK,                                                                      \
	 .colors = {COLOR_BLUE, COLOR_DARK},                                                       \
	 .wide_color = WIDE_HIGH,                                                                  \
	 .tiny_color = TINY_HIGH,                                                                  \
	 .wide = -((__int128)0x0102030405060708 << 64 | 0x090a0b0c0d0e0f10),                       \
	 .unsigned_wide = (unsigned __int128)0xf102030405060708 << 64 | 0x191a1b1c1d1e1f20,        \
	 .celsius = {-1, 20, -273},                                                                \
	 .grid = {{1, 2, 3}, {0x10000, 0x20000, 0xffffffff}},                                      \
	 .comm = "fixed",                                                                          \
	 .address = (void *)0xffff800012345678,                                                    \
	 .b8_1 = 5,                                                                                \
	 .b8_2 = 9,                                                                                \
	 .sb8 = -11,                                                                               \
	 .b16_1 = 1,                                                                               \
	 .b16_2 = 0x5a5,                                                                           \
	 .sb16 = -200,                                                                             \
	 .b32_1 = 0x55,                                                                            \
	 .b32_2 = 0x2aaab,                                                                         \
	 .sb32_1 = -2,                                                                             \
	 .sb32_2 = -123456789,                                                                     \
	 .behind_hole = 0x2a5,                                                                     \
	 .b64_1 = 0x123456789,                                                                     \
	 .b64_2 = 0x2bcdef01,                                                                      \
	 .sb64_1 = -1000000000000,                                                                 \
	 .sb64_2 = -3,                                                                             \
	 .b64_all = 0xfedcba9876543210,                                                            \
	 .flag = 1,                                                                                \
	 .color_bits = COLOR_DARK,                                                                 \
	 .all_32 = 0xdeadbeef,                                                                     \
	 .low_bits = 0x15,                                                                         \
	 .high_bits = 0x5a5a5a5,                                                                   \
	 .beside = {.narrow = -4000},                                                              \
	 .in = {{.x = -2000, .port = 0xabcd, .deep = {{1, 0x123456789abcdef}, {0, 7}}},            \
		{.x = 2000, .point = {-7, -8}, .deep = {{0, 1}, {1, 0x7edcba9876543210}}}},        \
	 .tight = {1, 0x0203040506070809, 0x0a0b, {-12, -13}, -1000000, 0x14},                     \
	 .tights = {{0xff, 1, 2, {3, 4}, 5, 6}, {7, 8, 9, {-10, -11}, -12, 13}},                   \
	 .at_eight = 0xe187,                                                                       \
	 .points = {{-32768, 1}, {32767, (__s64)1 << 63}},                                         \
	 .last = 0x6c617374}

/* By the compiler: .data and .rodata; what the program does itself goes to .bss and the ring
 * buffer. */
struct event initialized = {
	.ratio = -1.5f,
	.mean = 3.25e100,
	.comm = "by clang",
	.in = {{.x = -1}, {.point = {1, -1}}},
	.b8_1 = 6,
	.sb8 = -16,
	.sb32_2 = 268435455,
	.b64_1 = 0x1ffffffff,
	.sb64_1 = -1099511627776,
	.color_bits = COLOR_BLUE,
	.flag = 1,
	.wide = -2,
	.last = 1,
};
const volatile struct event read_only = FIXED_EVENT;
struct event zeroed;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct pair_key);
	__type(value, struct pair_value);
} pairs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct settings);
} settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct target);
} targets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct seen);
} seen SEC(".maps");

/* A record with room for a struct: its tag and 8-aligned bytes. */
static __always_inline void *reserve(__u32 kind, __u32 size)
{
	struct tag *tag = bpf_ringbuf_reserve(&ring, sizeof(*tag) + size, 0);

	if (!tag)
		return NULL;
	tag->kind = kind;
	tag->size = size;
	return tag + 1;
}

#define submit(record) bpf_ringbuf_submit((struct tag *)(record) - 1, 0)

#define COPY(kind, type, from)                                                                     \
	do {                                                                                       \
		void *copy = reserve(kind, sizeof(type));                                          \
		if (copy) {                                                                        \
			bpf_probe_read_kernel(copy, sizeof(type), from);                           \
			submit(copy);                                                              \
		}                                                                                  \
	} while (0)

static __always_inline struct target *target(void)
{
	struct target *t = bpf_map_lookup_elem(&targets, &(__u32){0});

	return t && t->pid == (int)(bpf_get_current_pid_tgid() >> 32) ? t : NULL;
}

static __always_inline struct seen *room(void)
{
	return bpf_map_lookup_elem(&seen, &(__u32){0});
}

/* Each field by itself: the stores are what the compiler makes for BPF. */
static __always_inline void fill(struct event *e)
{
	__builtin_memset(e, 0, sizeof(*e));
	e->u8 = 0x11;
	e->s8 = -100;
	e->u16 = 0x1122;
	e->s16 = -20000;
	e->u32 = 0x11223344;
	e->s32 = -2000000000;
	e->u64 = 0x1122334455667788;
	e->s64 = -0x1122334455667788;
	e->ulong_ = 1;
	e->long_ = -1;
	e->yes = 1;
	e->letter = 'x';
	e->color = COLOR_BLUE;
	e->colors[1] = COLOR_DARK;
	e->wide_color = WIDE_HIGH;
	e->tiny_color = TINY_HIGH;
	e->wide = -3;
	e->unsigned_wide = (unsigned __int128)1 << 127 | 5;
	e->celsius[2] = -40;
	e->grid[1][0] = 0x00010203;
	e->comm[0] = 'e';
	e->b8_1 = 4;
	e->b8_2 = 15;
	e->sb8 = -1;
	e->b16_1 = 1;
	e->b16_2 = 0x401;
	e->sb16 = -256;
	e->b32_1 = 1;
	e->b32_2 = 0x20001;
	e->sb32_1 = 1;
	e->sb32_2 = -268435456;
	e->behind_hole = 0x201;
	e->b64_1 = 0x100000001;
	e->b64_2 = 0x20000001;
	e->sb64_1 = -1;
	e->sb64_2 = 3;
	e->b64_all = 0x0102030405060708;
	e->flag = 1;
	e->color_bits = COLOR_RED;
	e->all_32 = 0x01020304;
	e->high_bits = 0x4000001;
	e->low_bits = 0x10;
	e->beside.narrow = -1;
	e->in[0].x = -2048;
	e->in[1].x = 2047;
	e->in[0].deep[1].top = 1;
	e->in[1].deep[0].rest = (1ULL << 62) + 1;
	e->in[1].point.y = -1234567890123;
	e->tight.wide = 0x0102030405060708;
	e->tight.cut = -1048576;
	e->tights[1].cut = 1048575;
	e->tights[1].at.y = -2;
	e->at_eight = 0x0102;
	e->points[1].x = -3;
	e->last = 0x1234;
}

static __always_inline void echo(struct settings *e, const struct settings *s)
{
	__builtin_memset(e, 0, sizeof(*e));
	e->number = s->number;
	e->negative = s->negative;
	e->bits = s->bits;
	e->address = s->address;
	e->wide_bits = s->wide_bits;
	e->wide_negative = s->wide_negative;
	e->color = s->color;
	e->on = s->on;
	for (int i = 0; i < 3; i++)
		e->list[i] = s->list[i];
	__builtin_memcpy(&e->mean, &s->mean, sizeof(e->mean));
	e->sum = s->sum;
	e->tight.lead = s->tight.lead;
	e->tight.wide = s->tight.wide;
	e->tight.half = s->tight.half;
	e->tight.at.x = s->tight.at.x;
	e->tight.at.y = s->tight.at.y;
	e->tight.cut = s->tight.cut;
	e->tight.tail = s->tight.tail;
}

static __always_inline void own_records(void)
{
	struct settings *s = bpf_map_lookup_elem(&settings, &(__u32){0});
	struct event *e = reserve(RECORD_EVENT, sizeof(*e));

	if (e) {
		fill(e);
		submit(e);
	}
	fill(&zeroed);
	zeroed.u64 = 2;
	struct settings *copy = s ? reserve(RECORD_ECHO, sizeof(*copy)) : NULL;
	if (copy) {
		echo(copy, s);
		submit(copy);
	}
	for (int i = 0; i < 3; i++) {
		struct pair_key key = {.port = 0x1f90 + i,
				       .family = 2,
				       .kind = 5,
				       .zone = 17 + i,
				       .address = 0x7f000001,
				       .offset = -500000000000 - i,
				       .tag = 0xabcdef};
		struct pair_value value = {.packets = (1ULL << 40) + i,
					   .balance = -i,
					   .color = COLOR_DARK,
					   .last = {-i, i - 5000000000}};
		bpf_map_update_elem(&pairs, &key, &value, BPF_ANY);
	}
}

#define READ(of, from, field) (of).field = (__typeof__((of).field))BPF_CORE_READ(from, field)
#define READ_BITS(of, from, field) (of).field = BPF_CORE_READ_BITFIELD_PROBED(from, field)

static __always_inline void see_task(struct seen *s, struct task_struct *task)
{
	READ(s->task_struct, task, pid);
	READ(s->task_struct, task, tgid);
	READ(s->task_struct, task, prio);
	READ(s->task_struct, task, static_prio);
	READ(s->task_struct, task, exit_signal);
	READ(s->task_struct, task, policy);
	READ(s->task_struct, task, flags);
	READ(s->task_struct, task, start_time);
	READ(s->task_struct, task, real_parent);
	READ(s->task_struct, task, signal);
	READ(s->task_struct, task, se.load.weight);
	READ(s->task_struct, task, se.load.inv_weight);
	READ_BITS(s->task_struct, task, sched_reset_on_fork);
	READ_BITS(s->task_struct, task, sched_contributes_to_load);
	BPF_CORE_READ_STR_INTO(&s->task_struct.comm, task, comm);

	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	READ(s->signal_struct, signal, nr_threads);
	READ_BITS(s->signal_struct, signal, is_child_subreaper);
	READ_BITS(s->signal_struct, signal, has_child_subreaper);
	BPF_CORE_READ_INTO(&s->signal_struct.rlim, signal, rlim);
}

static __always_inline void see_perf(struct seen *s, struct perf_event_attr *attr)
{
	READ(s->perf_event_attr, attr, type);
	READ(s->perf_event_attr, attr, size);
	READ(s->perf_event_attr, attr, config);
	READ(s->perf_event_attr, attr, sample_period);
	READ(s->perf_event_attr, attr, wakeup_events);
	READ(s->perf_event_attr, attr, clockid);
	READ(s->perf_event_attr, attr, sample_max_stack);
	READ(s->perf_event_attr, attr, config3);
	READ_BITS(s->perf_event_attr, attr, disabled);
	READ_BITS(s->perf_event_attr, attr, inherit);
	READ_BITS(s->perf_event_attr, attr, pinned);
	READ_BITS(s->perf_event_attr, attr, exclusive);
	READ_BITS(s->perf_event_attr, attr, exclude_user);
	READ_BITS(s->perf_event_attr, attr, exclude_kernel);
	READ_BITS(s->perf_event_attr, attr, precise_ip);
	READ_BITS(s->perf_event_attr, attr, sample_id_all);
	READ_BITS(s->perf_event_attr, attr, comm_exec);
	READ_BITS(s->perf_event_attr, attr, remove_on_exec);
	READ_BITS(s->perf_event_attr, attr, __reserved_1);
}

static __always_inline void see_file(struct seen *s, struct file *file)
{
	READ(s->file, file, private_data);
	READ(s->file, file, f_inode);
	READ(s->file, file, f_flags);
	READ(s->file, file, f_mode);
	READ(s->file, file, f_pos);
}

/* At getppid(), which only the program that is meant calls here. */
SEC("raw_tp/sys_enter")
int on_system_call(struct bpf_raw_tracepoint_args *ctx)
{
	struct target *t = target();
	struct seen *s = room();
	struct task_struct *task = (void *)bpf_get_current_task();
	struct file *file = NULL;

	if (!t || !s || ctx->args[1] != 64 /* __NR_getppid */)
		return 0;
	own_records();
	COPY(RECORD_TASK, struct task_struct, task);
	COPY(RECORD_SIGNAL, struct signal_struct, BPF_CORE_READ(task, signal));
	see_task(s, task);
	bpf_probe_read_kernel(&file, sizeof(file),
			      BPF_CORE_READ(task, files, fdt, fd) + t->perf_fd);
	COPY(RECORD_FILE, struct file, file);
	see_file(s, file);
	struct perf_event *event = BPF_CORE_READ(file, private_data);
	COPY(RECORD_PERF, struct perf_event_attr, &event->attr);
	see_perf(s, &event->attr);
	return 0;
}

static __always_inline void see_skb(struct seen *s, struct sk_buff *skb)
{
	READ(s->sk_buff, skb, len);
	READ(s->sk_buff, skb, data_len);
	READ(s->sk_buff, skb, truesize);
	READ(s->sk_buff, skb, mark);
	READ(s->sk_buff, skb, priority);
	READ(s->sk_buff, skb, hash);
	READ(s->sk_buff, skb, mac_len);
	READ(s->sk_buff, skb, protocol);
	READ(s->sk_buff, skb, transport_header);
	READ(s->sk_buff, skb, network_header);
	READ(s->sk_buff, skb, head);
	READ(s->sk_buff, skb, sk);
	READ_BITS(s->sk_buff, skb, cloned);
	READ_BITS(s->sk_buff, skb, nohdr);
	READ_BITS(s->sk_buff, skb, fclone);
	READ_BITS(s->sk_buff, skb, pkt_type);
	READ_BITS(s->sk_buff, skb, ip_summed);
	READ_BITS(s->sk_buff, skb, ooo_okay);
	READ_BITS(s->sk_buff, skb, l4_hash);
	READ_BITS(s->sk_buff, skb, sw_hash);
	READ_BITS(s->sk_buff, skb, slow_gro);
	READ_BITS(s->sk_buff, skb, tc_depth);
}

static __always_inline void see_tcp(struct seen *s, struct tcp_sock *tcp)
{
	READ(s->tcp_sock, tcp, inet_conn.icsk_rto);
	READ(s->tcp_sock, tcp, snd_nxt);
	READ(s->tcp_sock, tcp, write_seq);
	READ(s->tcp_sock, tcp, mss_cache);
	READ(s->tcp_sock, tcp, snd_cwnd);
	READ(s->tcp_sock, tcp, advmss);
	READ(s->tcp_sock, tcp, tcp_header_len);
	READ_BITS(s->tcp_sock, tcp, inet_conn.icsk_ca_state);
	READ_BITS(s->tcp_sock, tcp, inet_conn.icsk_ca_initialized);
	READ_BITS(s->tcp_sock, tcp, nonagle);
	READ_BITS(s->tcp_sock, tcp, chrono_type);
	READ_BITS(s->tcp_sock, tcp, repair);
	READ_BITS(s->tcp_sock, tcp, recvmsg_inq);
}

static __always_inline void see_ip(struct seen *s, struct iphdr *ip)
{
	READ_BITS(s->iphdr, ip, version);
	READ_BITS(s->iphdr, ip, ihl);
	READ(s->iphdr, ip, protocol);
	READ(s->iphdr, ip, ttl);
	READ(s->iphdr, ip, tot_len);
	READ(s->iphdr, ip, frag_off);
	READ(s->iphdr, ip, saddr);
	READ(s->iphdr, ip, daddr);
}

/* The first packet that the program's connect() sends. */
SEC("raw_tp/net_dev_queue")
int on_packet(struct bpf_raw_tracepoint_args *ctx)
{
	struct sk_buff *skb = (void *)ctx->args[0];
	struct seen *s = room();

	if (!target() || !s || s->sk_buff.len || BPF_CORE_READ(skb, sk, sk_protocol) != IPPROTO_TCP)
		return 0;
	COPY(RECORD_SKB, struct sk_buff, skb);
	see_skb(s, skb);
	struct tcp_sock *tcp = (void *)BPF_CORE_READ(skb, sk);
	COPY(RECORD_TCP, struct tcp_sock, tcp);
	see_tcp(s, tcp);
	struct iphdr *ip = (void *)(BPF_CORE_READ(skb, head) + BPF_CORE_READ(skb, network_header));
	COPY(RECORD_IP, struct iphdr, ip);
	see_ip(s, ip);
	return 0;
}
