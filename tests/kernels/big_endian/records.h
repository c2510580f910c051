/* SPDX-License-Identifier: BSD-2-Clause */
/* A field of each sort, behind the kernel's types: for BPF and for the machine that it runs on,
 * whose compilers lay them out the same. (128-bit integers say their alignment, which differs.) */
#ifndef RECORDS_H
#define RECORDS_H

enum color {
	COLOR_DARK = -70000,
	COLOR_RED = 1,
	COLOR_BLUE = 0x1234567,
};

enum wide_color {
	WIDE_NONE = 0,
	WIDE_HIGH = 0x8123456789abcdefULL,
};

enum tiny_color {
	TINY_ONE = 1,
	TINY_HIGH = 0xa5,
} __attribute__((packed));

typedef __s16 celsius;
typedef __u32 grid[2][3];

struct point {
	__s16 x;
	__s64 y;
};

struct tight {
	__u8 lead;
	__u64 wide;
	__u16 half;
	struct point at;
	__s32 : 3, cut : 21;
	__u8 tail;
} __attribute__((packed));

struct event {
	__u8 u8;
	__s8 s8;
	__u16 u16;
	__s16 s16;
	__u32 u32;
	__s32 s32;
	__u64 u64;
	__s64 s64;
	unsigned long ulong_;
	long long_;
	_Bool yes;
	_Bool no;
	char letter;
	enum color color;
	enum color colors[2];
	enum wide_color wide_color;
	enum tiny_color tiny_color;
	float ratio;
	double mean;
	__int128 wide __attribute__((aligned(16)));
	unsigned __int128 unsigned_wide __attribute__((aligned(16)));
	celsius celsius[3];
	grid grid;
	char comm[16];
	const void *address;
	void (*function)(void);

	/* Bitfields: of each base, signed and not, over the borders of bytes, behind a hole. */
	__u8 b8_1 : 3, b8_2 : 4;
	__s8 sb8 : 5;
	__u16 b16_1 : 1, b16_2 : 11;
	__s16 sb16 : 9;
	__u32 b32_1 : 7, b32_2 : 18;
	__s32 sb32_1 : 2, sb32_2 : 29;
	unsigned : 5;
	unsigned behind_hole : 10;
	unsigned : 0;
	__u64 b64_1 : 33, b64_2 : 30;
	__s64 sb64_1 : 41, sb64_2 : 3;
	__u64 b64_all : 64;
	_Bool flag : 1;
	enum color color_bits : 28;
	__u32 all_32 : 32;

	union {
		struct {
			__u32 low_bits : 5, high_bits : 27;
		};
		__u32 both;
		__u8 bytes[4];
	};
	union {
		__s16 narrow : 13;
		__s64 whole;
	} beside;

	struct {
		__s32 x : 12;
		union {
			__u16 port;
			struct point point;
		};
		struct {
			__u64 top : 1, rest : 63;
		} deep[2];
	} in[2];
	struct tight tight;
	struct tight tights[2];
	__u16 at_eight __attribute__((aligned(8)));
	struct point points[2] __attribute__((aligned(32)));
	__u64 last;
};

/* What a module sets, and the BPF program copies. */
struct settings {
	__u32 number;
	__s32 negative : 17;
	__u32 bits : 15;
	__u64 address;
	__u64 wide_bits : 50;
	__s64 wide_negative : 14;
	enum color color;
	_Bool on;
	__s16 list[3];
	double mean;
	__int128 sum __attribute__((aligned(16)));
	struct tight tight;
};

struct pair_key {
	__u16 port;
	__u8 family;
	__u8 kind : 3, zone : 5;
	__u32 address;
	__s64 offset : 40;
	__u64 tag : 24;
};

struct pair_value {
	__u64 packets;
	__s32 balance;
	enum color color;
	struct point last;
};

/* The kernel's structs, a few fields of each: what CO-RE read. The names are the kernel's, so that
 * they can be found in what the copies of the whole structs hold. */
struct seen {
	struct {
		__s32 pid, tgid, prio, static_prio, exit_signal;
		__u32 policy, flags;
		__u32 sched_reset_on_fork, sched_contributes_to_load;
		__u64 start_time;
		__u64 real_parent, signal;
		char comm[16];
		struct {
			struct {
				__u64 weight;
				__u32 inv_weight;
			} load;
		} se;
	} task_struct;
	struct {
		__s32 nr_threads;
		__u32 is_child_subreaper, has_child_subreaper;
		struct {
			__u64 rlim_cur, rlim_max;
		} rlim[16];
	} signal_struct;
	struct {
		__u64 private_data, f_inode;
		__u32 f_flags, f_mode;
		__s64 f_pos;
	} file;
	struct {
		__u32 type, size;
		__u64 config, sample_period;
		__u32 disabled, inherit, pinned, exclusive, exclude_user, exclude_kernel,
			precise_ip, sample_id_all, comm_exec, remove_on_exec, __reserved_1;
		__u32 wakeup_events;
		__s32 clockid;
		__u16 sample_max_stack;
		__u64 config3;
	} perf_event_attr;
	struct {
		__u32 len, data_len, truesize, mark, priority, hash;
		__u16 mac_len, protocol, transport_header, network_header;
		__u64 head, sk;
		__u32 cloned, nohdr, fclone, pkt_type, ip_summed, ooo_okay, l4_hash, sw_hash,
			slow_gro, tc_depth;
	} sk_buff;
	struct {
		struct {
			__u32 icsk_rto;
			__u32 icsk_ca_state, icsk_ca_initialized;
		} inet_conn;
		__u32 snd_nxt, write_seq, mss_cache, snd_cwnd;
		__u16 advmss, tcp_header_len;
		__u32 nonagle, chrono_type, repair, recvmsg_inq;
	} tcp_sock;
	struct {
		__u32 version, ihl, protocol, ttl;
		__u16 tot_len, frag_off;
		__u32 saddr, daddr;
	} iphdr;
};

#endif
