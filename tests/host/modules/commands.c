/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every command of bpf(2) with what an attacker would send: sizes, addresses and counts that are
 * too large, numbers that may be the host's descriptors, fields that nobody knows.
 */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

#define OUTSIDE 0xfffffff0u
#define AT(member) offsetof(union bpf_attr, member)
#define COMMANDS (BPF_PROG_ASSOC_STRUCT_OPS + 1)

static struct {
	int32_t map, prog, link, btf;
} held;

static uint8_t buffer[65536];

static int32_t bpf(uint32_t cmd, const union bpf_attr *attr)
{
	return h_bpf(cmd, A(attr), sizeof(*attr));
}

static void set_u32(union bpf_attr *a, size_t off, uint32_t value)
{
	memcpy((uint8_t *)a + off, &value, sizeof(value));
}

static void set_u64(union bpf_attr *a, size_t off, uint64_t value)
{
	memcpy((uint8_t *)a + off, &value, sizeof(value));
}

static const struct bpf_insn returns_0[] = {
	{.code = BPF_ALU64 | BPF_MOV | BPF_K},
	{.code = BPF_JMP | BPF_EXIT},
};

static union bpf_attr loading(const struct bpf_insn *insns, uint32_t n)
{
	return (union bpf_attr){.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
				.insns = A(insns),
				.insn_cnt = n,
				.license = A("GPL")};
}

/* One of each kind, made as a program would. */
static int hold(void)
{
	static const struct {
		uint16_t magic;
		uint8_t version, flags;
		uint32_t header, type_off, type_len, str_off, str_len;
		uint32_t type[4];
		char strings[8];
	} types = {0xeb9f, 1, 0, 24, 0, 16, 16, 5, {1, 1 << 24, 4, 32}, "\0int"};
	union bpf_attr map = {
		.map_type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 8, .max_entries = 4};
	union bpf_attr prog = loading(returns_0, 2);
	union bpf_attr btf = {.btf = A(&types), .btf_size = 24 + 16 + 5};

	held.map = bpf(BPF_MAP_CREATE, &map);
	if (held.map == L_EPERM)
		return 77;
	OK(held.map);
	OK(held.prog = bpf(BPF_PROG_LOAD, &prog));
	OK(held.btf = bpf(BPF_BTF_LOAD, &btf));
	union bpf_attr link = {
		.raw_tracepoint = {.name = A("sys_enter"), .prog_fd = (uint32_t)held.prog}};
	OK(held.link = bpf(BPF_RAW_TRACEPOINT_OPEN, &link));
	EQ(WBPF_HANDLE_KIND(held.prog), WBPF_KIND_PROG);
	EQ(WBPF_HANDLE_KIND(held.btf), WBPF_KIND_BTF);
	EQ(WBPF_HANDLE_KIND(held.link), WBPF_KIND_LINK);
	return 0;
}

static void sizes(void)
{
	static uint8_t longer[sizeof(union bpf_attr) + 8] __attribute__((aligned(8)));

	for (uint32_t cmd = 0; cmd < COMMANDS; cmd++) {
		EQ(h_bpf(cmd, OUTSIDE, sizeof(union bpf_attr)), L_EFAULT);
		EQ(h_bpf(cmd, A(buffer), 0x7fffffff), L_EFAULT);
		EQ(h_bpf(cmd, A(buffer), 0x80000000u), L_EFAULT);
		EQ(h_bpf(cmd, A(buffer), 0xffffffffu), L_EFAULT);
		longer[sizeof(union bpf_attr)] = 1;
		EQ(h_bpf(cmd, A(longer), sizeof(longer)), L_E2BIG);
		longer[sizeof(union bpf_attr)] = 0;
		int32_t ret = h_bpf(cmd, A(longer), 0);
		if (ret > 0) /* statistics: type 0 is one */
			EQ(h_close(ret), 0);
		EQ(ret <= 0 || cmd == BPF_ENABLE_STATS, 1);
	}
	for (uint32_t cmd = COMMANDS; cmd < COMMANDS + 100; cmd++)
		EQ(h_bpf(cmd, A(longer), sizeof(longer)), L_EPERM);
}

/* Where the kernel's fields end; a byte behind could be a pointer one day. */
static void unknown_fields(void)
{
	static const struct {
		uint32_t cmd, end;
	} commands[] = {
		{BPF_MAP_LOOKUP_ELEM, AT(flags) + 8},
		{BPF_MAP_GET_NEXT_KEY, AT(next_key) + 8},
		{BPF_MAP_FREEZE, AT(map_fd) + 4},
		{BPF_MAP_LOOKUP_BATCH, AT(batch.flags) + 8},
		{BPF_MAP_CREATE, AT(excl_prog_hash_size) + 4},
		{BPF_OBJ_PIN, AT(path_fd) + 4},
		{BPF_OBJ_GET, AT(path_fd) + 4},
		{BPF_PROG_ATTACH, AT(expected_revision) + 8},
		{BPF_PROG_TEST_RUN, AT(test.batch_size) + 4},
		{BPF_MAP_GET_NEXT_ID, AT(open_flags) + 4},
		{BPF_MAP_GET_FD_BY_ID, AT(open_flags) + 4},
		{BPF_BTF_GET_FD_BY_ID, AT(fd_by_id_token_fd) + 4},
		{BPF_OBJ_GET_INFO_BY_FD, AT(info.info) + 8},
		{BPF_PROG_QUERY, AT(query.revision) + 8},
		{BPF_RAW_TRACEPOINT_OPEN, AT(raw_tracepoint.cookie) + 8},
		{BPF_BTF_LOAD, AT(btf_token_fd) + 4},
		{BPF_TASK_FD_QUERY, AT(task_fd_query.probe_addr) + 8},
		{BPF_LINK_UPDATE, AT(link_update) + 16},
		{BPF_LINK_DETACH, AT(link_detach) + 4},
		{BPF_ENABLE_STATS, AT(enable_stats) + 4},
		{BPF_ITER_CREATE, AT(iter_create) + 8},
		{BPF_PROG_BIND_MAP, AT(prog_bind_map) + 12},
		{BPF_TOKEN_CREATE, AT(token_create) + 8},
		{BPF_PROG_STREAM_READ_BY_FD, AT(prog_stream_read.prog_fd) + 4},
		{BPF_PROG_ASSOC_STRUCT_OPS, AT(prog_assoc_struct_ops) + 12},
	};

	for (unsigned i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		for (uint32_t off = commands[i].end; off < sizeof(union bpf_attr); off++) {
			union bpf_attr a = {0};
			((uint8_t *)&a)[off] = 1;
			EQ(bpf(commands[i].cmd, &a), L_EINVAL);
		}
	/* Behind what a kind of link has. */
	union bpf_attr a = {.link_create = {.prog_fd = (uint32_t)held.prog, .attach_type = 0}};
	BAD(bpf(BPF_LINK_CREATE, &a));
}

/* Numbers that may be descriptors of the host in each field, all else as it should be. */
static void descriptors(void)
{
	static const int values[] = {0x40000000, 0x4800ffff, 0x7fffffff, -1, -100, (int)0x80000000};
	const uint32_t m = (uint32_t)held.map, p = (uint32_t)held.prog;
	static uint64_t key, value;
	static uint32_t count;
	const struct {
		uint32_t cmd;
		size_t off;
		union bpf_attr a;
	} fields[] = {
		{BPF_MAP_LOOKUP_ELEM, AT(map_fd), {.key = A(&key), .value = A(&value)}},
		{BPF_MAP_UPDATE_ELEM, AT(map_fd), {.key = A(&key), .value = A(&value)}},
		{BPF_MAP_DELETE_ELEM, AT(map_fd), {.key = A(&key)}},
		{BPF_MAP_GET_NEXT_KEY, AT(map_fd), {.next_key = A(&value)}},
		{BPF_MAP_FREEZE, AT(map_fd), {0}},
		{BPF_MAP_LOOKUP_BATCH,
		 AT(batch.map_fd),
		 {.batch = {.count = 1,
			    .keys = A(&key),
			    .values = A(&value),
			    .out_batch = A(&count)}}},
		{BPF_MAP_CREATE,
		 AT(inner_map_fd),
		 {.map_type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
		  .key_size = 4,
		  .value_size = 4,
		  .max_entries = 1}},
		{BPF_MAP_CREATE,
		 AT(btf_fd),
		 {.map_type = BPF_MAP_TYPE_ARRAY,
		  .key_size = 4,
		  .value_size = 4,
		  .max_entries = 1,
		  .btf_key_type_id = 1,
		  .btf_value_type_id = 1}},
		{BPF_MAP_CREATE,
		 AT(map_token_fd),
		 {.map_type = BPF_MAP_TYPE_ARRAY,
		  .key_size = 4,
		  .value_size = 4,
		  .max_entries = 1,
		  .map_flags = BPF_F_TOKEN_FD}},
		{BPF_PROG_LOAD,
		 AT(prog_token_fd),
		 {.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
		  .insns = A(returns_0),
		  .insn_cnt = 2,
		  .license = A("GPL"),
		  .prog_flags = BPF_F_TOKEN_FD}},
		{BPF_PROG_LOAD,
		 AT(attach_prog_fd),
		 {.prog_type = BPF_PROG_TYPE_EXT,
		  .insns = A(returns_0),
		  .insn_cnt = 2,
		  .license = A("GPL"),
		  .attach_btf_id = 1}},
		{BPF_PROG_TEST_RUN, AT(test.prog_fd), {0}},
		{BPF_OBJ_PIN, AT(bpf_fd), {.pathname = A("/sys/fs/bpf/wbpf-commands")}},
		{BPF_OBJ_PIN,
		 AT(path_fd),
		 {.pathname = A("wbpf-commands"), .bpf_fd = m, .file_flags = BPF_F_PATH_FD}},
		{BPF_OBJ_GET,
		 AT(path_fd),
		 {.pathname = A("wbpf-commands"), .file_flags = BPF_F_PATH_FD}},
		{BPF_PROG_ATTACH,
		 AT(attach_bpf_fd),
		 {.target_fd = m, .attach_type = BPF_SK_MSG_VERDICT}},
		{BPF_PROG_ATTACH, AT(target_fd), {.attach_bpf_fd = p, .attach_type = 0}},
		{BPF_PROG_QUERY, AT(query.target_fd), {.query = {.attach_type = 0}}},
		{BPF_OBJ_GET_INFO_BY_FD,
		 AT(info.bpf_fd),
		 {.info = {.info = A(buffer), .info_len = 8}}},
		{BPF_RAW_TRACEPOINT_OPEN,
		 AT(raw_tracepoint.prog_fd),
		 {.raw_tracepoint = {.name = A("sys_enter")}}},
		{BPF_BTF_GET_FD_BY_ID,
		 AT(fd_by_id_token_fd),
		 {.btf_id = 1, .open_flags = BPF_F_TOKEN_FD}},
		{BPF_LINK_CREATE, AT(link_create.prog_fd), {.link_create = {.attach_type = 0}}},
		{BPF_LINK_CREATE,
		 AT(link_create.map_fd),
		 {.link_create = {.attach_type = BPF_STRUCT_OPS}}},
		{BPF_LINK_UPDATE, AT(link_update.link_fd), {.link_update = {.new_prog_fd = p}}},
		{BPF_LINK_UPDATE,
		 AT(link_update.new_prog_fd),
		 {.link_update = {.link_fd = (uint32_t)held.link}}},
		{BPF_LINK_DETACH, AT(link_detach.link_fd), {0}},
		{BPF_ITER_CREATE, AT(iter_create.link_fd), {0}},
		{BPF_PROG_BIND_MAP, AT(prog_bind_map.prog_fd), {.prog_bind_map = {.map_fd = m}}},
		{BPF_PROG_BIND_MAP, AT(prog_bind_map.map_fd), {.prog_bind_map = {.prog_fd = p}}},
		{BPF_TOKEN_CREATE, AT(token_create.bpffs_fd), {0}},
		{BPF_PROG_STREAM_READ_BY_FD,
		 AT(prog_stream_read.prog_fd),
		 {.prog_stream_read = {.stream_id = 1}}},
		{BPF_PROG_ASSOC_STRUCT_OPS,
		 AT(prog_assoc_struct_ops.prog_fd),
		 {.prog_assoc_struct_ops = {.map_fd = m}}},
	};

	for (unsigned i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		union bpf_attr a = fields[i].a;
		for (uint32_t fd = 1; fd < 200; fd++) {
			set_u32(&a, fields[i].off, fd);
			BAD(bpf(fields[i].cmd, &a));
		}
		for (unsigned v = 0; v < sizeof(values) / sizeof(*values); v++) {
			/* -100 is AT_FDCWD, from where the path leads nowhere. */
			set_u32(&a, fields[i].off, (uint32_t)values[v]);
			BAD(bpf(fields[i].cmd, &a));
		}
	}
}

/* Addresses and counts: what each pointer names must lie in memory. */
static void pointers(void)
{
	enum { BIG = 0x40000000 };
	const uint32_t m = (uint32_t)held.map, p = (uint32_t)held.prog;
	static uint64_t key, value;
	const struct {
		uint32_t cmd;
		size_t off, count_off; /* count_off 0: the size is fixed */
		union bpf_attr a;
	} fields[] = {
		{BPF_MAP_LOOKUP_ELEM, AT(key), 0, {.map_fd = m, .value = A(&value)}},
		{BPF_MAP_LOOKUP_ELEM, AT(value), 0, {.map_fd = m, .key = A(&key)}},
		{BPF_MAP_UPDATE_ELEM, AT(value), 0, {.map_fd = m, .key = A(&key)}},
		{BPF_MAP_GET_NEXT_KEY, AT(next_key), 0, {.map_fd = m}},
		{BPF_MAP_LOOKUP_BATCH, AT(batch.keys), AT(batch.count), {.batch = {.map_fd = m}}},
		{BPF_MAP_LOOKUP_BATCH, AT(batch.values), AT(batch.count), {.batch = {.map_fd = m}}},
		{BPF_MAP_UPDATE_BATCH, AT(batch.values), AT(batch.count), {.batch = {.map_fd = m}}},
		{BPF_MAP_LOOKUP_BATCH, AT(batch.in_batch), 0, {.batch = {.map_fd = m}}},
		{BPF_MAP_LOOKUP_BATCH, AT(batch.out_batch), 0, {.batch = {.map_fd = m}}},
		{BPF_MAP_CREATE, AT(excl_prog_hash), AT(excl_prog_hash_size), {.map_type = 2}},
		{BPF_PROG_LOAD, AT(insns), 0, {.prog_type = 17, .insn_cnt = 2}},
		{BPF_PROG_LOAD, AT(license), 0, loading(returns_0, 2)},
		{BPF_PROG_LOAD, AT(log_buf), AT(log_size), loading(returns_0, 2)},
		{BPF_PROG_LOAD, AT(signature), AT(signature_size), loading(returns_0, 2)},
		{BPF_PROG_TEST_RUN,
		 AT(test.data_in),
		 AT(test.data_size_in),
		 {.test = {.prog_fd = p}}},
		{BPF_PROG_TEST_RUN,
		 AT(test.data_out),
		 AT(test.data_size_out),
		 {.test = {.prog_fd = p}}},
		{BPF_PROG_TEST_RUN,
		 AT(test.ctx_in),
		 AT(test.ctx_size_in),
		 {.test = {.prog_fd = p}}},
		{BPF_PROG_TEST_RUN,
		 AT(test.ctx_out),
		 AT(test.ctx_size_out),
		 {.test = {.prog_fd = p}}},
		{BPF_PROG_QUERY, AT(query.prog_ids), AT(query.count), {0}},
		{BPF_PROG_QUERY, AT(query.prog_attach_flags), AT(query.count), {0}},
		{BPF_PROG_QUERY, AT(query.link_ids), AT(query.count), {0}},
		{BPF_PROG_QUERY, AT(query.link_attach_flags), AT(query.count), {0}},
		{BPF_RAW_TRACEPOINT_OPEN,
		 AT(raw_tracepoint.name),
		 0,
		 {.raw_tracepoint = {.prog_fd = p}}},
		{BPF_BTF_LOAD, AT(btf), AT(btf_size), {0}},
		{BPF_BTF_LOAD, AT(btf_log_buf), AT(btf_log_size), {0}},
		{BPF_OBJ_PIN, AT(pathname), 0, {.bpf_fd = m}},
		{BPF_OBJ_GET, AT(pathname), 0, {0}},
		{BPF_OBJ_GET_INFO_BY_FD, AT(info.info), 0, {.info = {.bpf_fd = m, .info_len = 88}}},
		{BPF_TASK_FD_QUERY,
		 AT(task_fd_query.buf),
		 AT(task_fd_query.buf_len),
		 {.task_fd_query = {.pid = (uint32_t)shared.pid, .fd = (uint32_t)held.link}}},
		{BPF_PROG_STREAM_READ_BY_FD,
		 AT(prog_stream_read.stream_buf),
		 AT(prog_stream_read.stream_buf_len),
		 {.prog_stream_read = {.prog_fd = p, .stream_id = 1}}},
	};
	static const uint32_t counts[] = {BIG, 0x7fffffff, 0x80000000u, 0xffffffffu};

	for (unsigned i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		union bpf_attr a = fields[i].a;
		if (fields[i].count_off)
			set_u32(&a, fields[i].count_off, 0x1000);
		set_u64(&a, fields[i].off, OUTSIDE);
		EQ(bpf(fields[i].cmd, &a), L_EFAULT);
		set_u64(&a, fields[i].off, 0x100000000ull + A(buffer));
		EQ(bpf(fields[i].cmd, &a), L_EFAULT);
		set_u64(&a, fields[i].off, 0xffffffff81000000ull);
		EQ(bpf(fields[i].cmd, &a), L_EFAULT);
		set_u64(&a, fields[i].off, A(buffer));
		for (unsigned c = 0; c < 4 && fields[i].count_off; c++) {
			set_u32(&a, fields[i].count_off, counts[c]);
			EQ(bpf(fields[i].cmd, &a), L_EFAULT);
		}
	}
}

/* Records: count times size overflows 32 bits, and either may be absurd. */
static void records(void)
{
	static const struct {
		size_t off, count_off, size_off;
	} kinds[] = {
		{AT(func_info), AT(func_info_cnt), AT(func_info_rec_size)},
		{AT(line_info), AT(line_info_cnt), AT(line_info_rec_size)},
		{AT(core_relos), AT(core_relo_cnt), AT(core_relo_rec_size)},
	};
	static const uint32_t numbers[] = {1, 8, 16, 0x1000, 0x10000, 0x40000000, 0xffffffffu};

	for (unsigned k = 0; k < 3; k++)
		for (unsigned c = 0; c < 7; c++)
			for (unsigned s = 0; s < 7; s++) {
				union bpf_attr a = loading(returns_0, 2);
				a.prog_btf_fd = (uint32_t)held.btf;
				set_u64(&a, kinds[k].off, A(buffer));
				set_u32(&a, kinds[k].count_off, numbers[c]);
				set_u32(&a, kinds[k].size_off, numbers[s]);
				int32_t ret = bpf(BPF_PROG_LOAD, &a);
				/* Taken only if they lie in memory, or are never read. */
				uint64_t bytes = (uint64_t)numbers[c] * numbers[s];
				EQ(ret < 0 || bytes <= sizeof(buffer) ||
					   kinds[k].off == AT(core_relos),
				   1);
				if (ret > 0)
					EQ(h_close(ret), 0);
			}
}

static int32_t load_wide(int kind, int number, uint32_t fd_array, uint32_t count)
{
	const struct bpf_insn insns[] = {
		{.code = BPF_LD | BPF_IMM | BPF_DW,
		 .dst_reg = 1,
		 .src_reg = (uint8_t)kind & 15,
		 .imm = number},
		{0},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr a = loading(insns, 4);

	a.fd_array = fd_array;
	a.fd_array_cnt = count;
	return bpf(BPF_PROG_LOAD, &a);
}

static void instructions(void)
{
	int32_t fds[4] = {held.map, held.map, held.map, held.map}, ret;
	union bpf_attr a = loading(returns_0, 0xffffffffu);

	EQ(bpf(BPF_PROG_LOAD, &a), L_E2BIG);
	a.insn_cnt = 1000000; /* allowed, but not there */
	EQ(bpf(BPF_PROG_LOAD, &a), L_EFAULT);
	OK(ret = load_wide(BPF_PSEUDO_MAP_FD, held.map, 0, 0));
	EQ(h_close(ret), 0);
	for (int fd = -1; fd < 200; fd++) {
		BAD(load_wide(BPF_PSEUDO_MAP_FD, fd, 0, 0));
		BAD(load_wide(BPF_PSEUDO_MAP_VALUE, fd, 0, 0));
		fds[2] = fd;
		BAD(load_wide(BPF_PSEUDO_MAP_IDX, 2, A(fds), 0));
		BAD(load_wide(BPF_PSEUDO_MAP_IDX, 3, A(fds), 4));
	}
	OK(ret = load_wide(BPF_PSEUDO_MAP_IDX, 3, A(fds), 0));
	EQ(h_close(ret), 0);
	EQ(load_wide(BPF_PSEUDO_MAP_IDX, -1, A(fds), 0), L_EFAULT);
	EQ(load_wide(BPF_PSEUDO_MAP_IDX, (int)0x80000000, A(fds), 0), L_EFAULT);
	EQ(load_wide(BPF_PSEUDO_MAP_IDX_VALUE, 0x7fffffff, A(fds), 0), L_EFAULT);
	EQ(load_wide(BPF_PSEUDO_MAP_IDX, 0, OUTSIDE, 4), L_EFAULT);
	EQ(load_wide(BPF_PSEUDO_MAP_IDX, 0, A(fds), 0xffffffffu), L_EFAULT);
	for (int kind = 7; kind < 16; kind++)
		EQ(load_wide(kind, held.map, 0, 0), L_EINVAL);

	/* A call to a function of a module: its offset names a descriptor. */
	const struct bpf_insn call[] = {{.code = BPF_JMP | BPF_CALL,
					 .src_reg = BPF_PSEUDO_KFUNC_CALL,
					 .off = 0x7fff,
					 .imm = 1},
					{.code = BPF_JMP | BPF_EXIT}};
	a = loading(call, 2);
	a.fd_array = A(buffer) + sizeof(buffer) - 4;
	BAD(bpf(BPF_PROG_LOAD, &a));
	a.fd_array = OUTSIDE;
	EQ(bpf(BPF_PROG_LOAD, &a), L_EFAULT);

	/* A program that would close descriptors of the host is not kept. */
	const struct bpf_insn closes[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 1, .imm = 3},
		{.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_sys_close},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K},
		{.code = BPF_JMP | BPF_EXIT}};
	a = loading(closes, 4);
	a.prog_type = BPF_PROG_TYPE_SYSCALL;
	a.prog_flags = BPF_F_SLEEPABLE;
	uint32_t logs = shared.logs;
	EQ(bpf(BPF_PROG_LOAD, &a), L_EPERM);
	EQ(shared.logs, logs + 1);
}

static uint32_t id_of(int32_t handle)
{
	struct bpf_map_info info = {0};
	union bpf_attr a = {.info = {.bpf_fd = (uint32_t)handle, .info = A(&info), .info_len = 8}};

	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), 0);
	return info.id;
}

/* By id only what is one's own, also when its handle was given back; the rest says why not. */
static void ids(void)
{
	static const struct {
		uint32_t next, get;
	} kinds[] = {{BPF_MAP_GET_NEXT_ID, BPF_MAP_GET_FD_BY_ID},
		     {BPF_PROG_GET_NEXT_ID, BPF_PROG_GET_FD_BY_ID},
		     {BPF_LINK_GET_NEXT_ID, BPF_LINK_GET_FD_BY_ID}};
	const int32_t own[] = {held.map, held.prog, held.link};
	union bpf_attr create = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};

	for (int k = 0; k < 3; k++) {
		int met = 0;
		union bpf_attr next = {0}, get = {0};
		while (!bpf(kinds[k].next, &next)) {
			uint32_t logs = shared.logs;
			get.start_id = next.start_id = next.next_id;
			int32_t h = bpf(kinds[k].get, &get);
			if (h > 0) {
				met += id_of(own[k]) == next.start_id;
				EQ(id_of(own[k]), next.start_id);
				EQ(h_close(h), 0);
			} else if (h != L_ENOENT && h != L_EAGAIN) { /* gone since, not there yet */
				EQ(h, L_EPERM);
				EQ(shared.logs, logs + 1);
			}
		}
		EQ(met, 1);
	}
	int32_t map = bpf(BPF_MAP_CREATE, &create);
	uint32_t id = id_of(map);
	union bpf_attr get = {.map_id = id}, outer = {.map_type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
						      .key_size = 4,
						      .value_size = 4,
						      .max_entries = 1,
						      .inner_map_fd = (uint32_t)map};
	int32_t maps = bpf(BPF_MAP_CREATE, &outer);
	uint32_t key = 0;
	union bpf_attr update = {.map_fd = (uint32_t)maps, .key = A(&key), .value = A(&map)};
	EQ(bpf(BPF_MAP_UPDATE_ELEM, &update), 0);
	EQ(h_close(map), 0);
	OK(map = bpf(BPF_MAP_GET_FD_BY_ID, &get));
	EQ(h_close(map), 0);
	EQ(h_close(maps), 0);
	get.map_id = 0xffffffffu;
	EQ(bpf(BPF_MAP_GET_FD_BY_ID, &get), L_ENOENT);
	union bpf_attr task = {.task_fd_query = {.pid = 1, .fd = (uint32_t)held.link}};
	EQ(bpf(BPF_TASK_FD_QUERY, &task), L_EPERM);
	task.task_fd_query.fd = 0;
	EQ(bpf(BPF_TASK_FD_QUERY, &task), L_EPERM);
}

/* Buffers that the struct of an info names. */
static void infos(void)
{
	static const size_t prog_buffers[][2] = {
		{offsetof(struct bpf_prog_info, jited_prog_insns),
		 offsetof(struct bpf_prog_info, jited_prog_len)},
		{offsetof(struct bpf_prog_info, xlated_prog_insns),
		 offsetof(struct bpf_prog_info, xlated_prog_len)},
		{offsetof(struct bpf_prog_info, map_ids),
		 offsetof(struct bpf_prog_info, nr_map_ids)},
		{offsetof(struct bpf_prog_info, jited_ksyms),
		 offsetof(struct bpf_prog_info, nr_jited_ksyms)},
		{offsetof(struct bpf_prog_info, jited_func_lens),
		 offsetof(struct bpf_prog_info, nr_jited_func_lens)},
		{offsetof(struct bpf_prog_info, prog_tags),
		 offsetof(struct bpf_prog_info, nr_prog_tags)},
	};
	union {
		struct bpf_prog_info prog;
		struct bpf_link_info link;
		struct bpf_btf_info btf;
		uint8_t bytes[4096];
	} u;
	union bpf_attr a = {.info = {.bpf_fd = (uint32_t)held.prog, .info = A(&u)}};

	for (unsigned i = 0; i < sizeof(prog_buffers) / sizeof(*prog_buffers); i++) {
		uint64_t addresses[] = {OUTSIDE, 0x100000000ull, 0xffffffff81000000ull, A(buffer)};
		uint32_t counts[] = {0x1000, 0x1000, 0x1000, 0xffffffffu};
		for (int n = 0; n < 4; n++) {
			memset(&u, 0, sizeof(u));
			memcpy(u.bytes + prog_buffers[i][0], &addresses[n], 8);
			memcpy(u.bytes + prog_buffers[i][1], &counts[n], 4);
			a.info.info_len = sizeof(u.prog);
			EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_EFAULT);
		}
	}
	/* What a newer kernel may take for a pointer. */
	memset(&u, 0, sizeof(u));
	u.bytes[sizeof(struct bpf_prog_info) + 8] = 1;
	a.info.info_len = sizeof(u.prog) + 16;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_E2BIG);
	a.info.info_len = 0xffffffffu;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_E2BIG);
	a.info.info_len = 4097;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_E2BIG);

	memset(&u, 0, sizeof(u));
	a.info.bpf_fd = (uint32_t)held.link;
	a.info.info_len = sizeof(u.link);
	u.link.raw_tracepoint.tp_name = OUTSIDE;
	u.link.raw_tracepoint.tp_name_len = 64;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_EFAULT);
	u.link.raw_tracepoint.tp_name = A(buffer);
	u.link.raw_tracepoint.tp_name_len = 0xffffffffu;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_EFAULT);
	u.link.raw_tracepoint.tp_name_len = 64;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), 0);
	EQ(u.link.raw_tracepoint.tp_name, A(buffer));
	EQ(strcmp((char *)buffer, "sys_enter"), 0);

	memset(&u, 0, sizeof(u));
	a.info.bpf_fd = (uint32_t)held.btf;
	a.info.info_len = sizeof(u.btf);
	u.btf.btf = A(buffer);
	u.btf.btf_size = 0x7fffffff;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), L_EFAULT);
	u.btf.btf_size = sizeof(buffer);
	a.info.info_len = sizeof(u.btf);
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &a), 0);
	EQ(u.btf.btf, A(buffer));
	EQ(u.btf.btf_size, 45);
}

/* Kinds of links: an arm's pointers, counts, descriptors and unknown bytes. */
static int32_t load_kind(uint32_t type, uint32_t attach)
{
	union bpf_attr a = loading(returns_0, 2);

	a.prog_type = type;
	a.expected_attach_type = attach;
	return bpf(BPF_PROG_LOAD, &a);
}

static void links(void)
{
	int32_t kprobe = load_kind(BPF_PROG_TYPE_KPROBE, BPF_TRACE_KPROBE_MULTI),
		uprobe = load_kind(BPF_PROG_TYPE_KPROBE, BPF_TRACE_UPROBE_MULTI),
		xdp = load_kind(BPF_PROG_TYPE_XDP, BPF_XDP),
		tc = load_kind(BPF_PROG_TYPE_SCHED_CLS, 0);
	static uint32_t symbols[4] = {OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE};
	union bpf_attr k = {.link_create = {.prog_fd = (uint32_t)kprobe,
					    .attach_type = BPF_TRACE_KPROBE_MULTI,
					    .kprobe_multi = {.syms = A(symbols), .cnt = 4}}};
	union bpf_attr u = {
		.link_create = {
			.prog_fd = (uint32_t)uprobe,
			.attach_type = BPF_TRACE_UPROBE_MULTI,
			.uprobe_multi = {.path = A("/bin/sh"), .offsets = A(buffer), .cnt = 4}}};

	OK(kprobe);
	OK(uprobe);
	EQ(bpf(BPF_LINK_CREATE, &k), L_EFAULT);
	k.link_create.kprobe_multi.cnt = 0xffffffffu;
	EQ(bpf(BPF_LINK_CREATE, &k), L_E2BIG);
	k.link_create.kprobe_multi.cnt = 1 << 20;
	EQ(bpf(BPF_LINK_CREATE, &k), L_EFAULT);
	k.link_create.kprobe_multi.flags = 1u << 20; /* could make a descriptor of something */
	k.link_create.kprobe_multi.cnt = 0;
	EQ(bpf(BPF_LINK_CREATE, &k), L_EINVAL);
	((uint8_t *)&k)[AT(link_create.uprobe_multi.pid)] = 1; /* behind this arm */
	EQ(bpf(BPF_LINK_CREATE, &k), L_EINVAL);
	u.link_create.uprobe_multi.offsets = OUTSIDE;
	EQ(bpf(BPF_LINK_CREATE, &u), L_EFAULT);
	u.link_create.uprobe_multi.offsets = A(buffer);
	u.link_create.uprobe_multi.cookies = OUTSIDE;
	EQ(bpf(BPF_LINK_CREATE, &u), L_EFAULT);
	u.link_create.uprobe_multi.cookies = 0;
	u.link_create.uprobe_multi.path = OUTSIDE;
	EQ(bpf(BPF_LINK_CREATE, &u), L_EFAULT);
	union bpf_attr x = {.link_create = {.prog_fd = (uint32_t)xdp,
					    .target_ifindex = 0x7fffffff,
					    .attach_type = BPF_XDP}};
	BAD(bpf(BPF_LINK_CREATE, &x));
	((uint8_t *)&x)[AT(link_create.netfilter.flags)] = 1;
	EQ(bpf(BPF_LINK_CREATE, &x), L_EINVAL);
	for (uint32_t fd = 1; fd < 200; fd++) { /* the program that others stand before or behind */
		union bpf_attr t = {.link_create = {.prog_fd = (uint32_t)tc,
						    .target_ifindex = 0x7fffffff,
						    .attach_type = BPF_TCX_INGRESS,
						    .flags = BPF_F_BEFORE,
						    .tcx = {.relative_fd = fd}}};
		BAD(bpf(BPF_LINK_CREATE, &t));
	}
	EQ(h_close(kprobe), 0);
	EQ(h_close(uprobe), 0);
	EQ(h_close(xdp), 0);
	EQ(h_close(tc), 0);
}

/* Each kind of handle in each command: the kernel says what it thinks of it. */
static void kinds(void)
{
	const int32_t handles[] = {held.map, held.prog, held.link, held.btf, h_poll_create()};

	for (uint32_t cmd = 0; cmd < COMMANDS; cmd++) {
		if (cmd == BPF_MAP_FREEZE || cmd == BPF_LINK_DETACH || cmd == BPF_OBJ_PIN)
			continue; /* would do it */
		for (unsigned i = 0; i < sizeof(handles) / sizeof(*handles); i++) {
			union bpf_attr a = {0};
			a.map_fd = (uint32_t)handles[i];
			int32_t ret = bpf(cmd, &a);
			if (ret > 0)
				EQ(h_close(ret), 0);
			EQ(ret <= 0, 1);
		}
	}
	for (unsigned i = 0; i < sizeof(handles) / sizeof(*handles); i++) {
		union bpf_attr a = {.info = {.bpf_fd = (uint32_t)handles[i],
					     .info = A(buffer),
					     .info_len = 16}};
		memset(buffer, 0, 16);
		int32_t ret = bpf(BPF_OBJ_GET_INFO_BY_FD, &a);
		EQ(i == 4 ? ret < 0 : ret == 0, 1);
	}
	EQ(h_close(handles[4]), 0);
}

/* Properties of what belongs to no object. */
static void properties(void)
{
	struct wbpf_prog_info prog = {0};
	struct wbpf_map_info map = {0};
	uint32_t number = 1;

	EQ(h_get(held.map, WBPF_KEY_INFO, A(&map), sizeof(map)), sizeof(map));
	EQ(map.type, BPF_MAP_TYPE_HASH);
	EQ(map.max_entries, 4);
	EQ(map.state, WBPF_MAP_LOADED);
	EQ(h_get(held.map, WBPF_KEY_NAME, A(buffer), 16), 0);
	EQ(h_get(held.map, WBPF_KEY_MAP_PIN_PATH, A(buffer), 16), L_EINVAL);
	EQ(h_get(held.prog, WBPF_KEY_INFO, A(&prog), sizeof(prog)), sizeof(prog));
	EQ(prog.type, BPF_PROG_TYPE_RAW_TRACEPOINT);
	EQ(prog.insn_cnt, 2);
	EQ(prog.state, WBPF_PROG_LOADED);
	EQ(h_get(held.prog, WBPF_KEY_PROG_LOG, A(buffer), 16), L_EINVAL);
	EQ(h_get(held.link, WBPF_KEY_NAME, A(buffer), 16), L_EINVAL);
	EQ(h_get(held.btf, WBPF_KEY_INFO, A(buffer), 16), L_EINVAL);
	BAD(h_set(held.map, WBPF_KEY_MAP_MAX_ENTRIES, A(&number), 4));
	BAD(h_set(held.prog, WBPF_KEY_PROG_AUTOLOAD, A(&number), 4));
	BAD(h_set(held.prog, WBPF_KEY_PROG_INSNS, A(returns_0), sizeof(returns_0)));
	/* Such a link can be pinned where there is a BPF file system, and is not to stay there. */
	static const char pin[] = "/sys/fs/bpf/wbpf_held_link";
	if (!h_set(held.link, WBPF_KEY_PIN, A(pin), sizeof(pin) - 1))
		EQ(h_set(held.link, WBPF_KEY_UNPIN, A(pin), sizeof(pin) - 1), 0);
	for (uint32_t key = 0; key < 100; key++) {
		h_get(held.link, key, A(buffer), sizeof(buffer));
		h_get(held.prog, key, A(buffer), sizeof(buffer));
		if (key != WBPF_KEY_PIN)
			h_set(held.link, key, A(&held.map), 4);
		h_set(held.prog, key, A(&held.map), 4);
		h_set(held.map, key, A(&held.prog), 4);
	}
	BAD(h_detach(held.link));
	struct wbpf_attach how = {.size = sizeof(how)};
	BAD(h_attach(held.prog, A(&how), sizeof(how)));
	BAD(h_attach(held.map, A(&how), sizeof(how)));
	EQ(h_object_child(held.map, WBPF_KIND_MAP, 0) < 0, 1);
}

int main(void)
{
	begin();
	if (hold() == 77) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	sizes();
	unknown_fields();
	descriptors();
	pointers();
	records();
	instructions();
	ids();
	infos();
	links();
	kinds();
	properties();
	EQ(h_close(held.link), 0);
	EQ(h_close(held.btf), 0);
	EQ(h_close(held.prog), 0);
	EQ(h_close(held.map), 0);
	return end();
}
