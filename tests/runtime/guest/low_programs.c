// SPDX-License-Identifier: BSD-2-Clause
/* The functions on programs of <bpf/bpf.h>: loading instructions, logs, test runs, what is known.
 */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "insns.h"
#include "say.h"

static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

static int array(int flags)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = flags);

	return bpf_map_create(BPF_MAP_TYPE_ARRAY, "values", 4, 8, 2, &opts);
}

static int run(int prog)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));
	int err = bpf_prog_test_run_opts(prog, &opts);

	return err ? err : (int)opts.retval;
}

/* The verifier's words depend on the kernel, but those of both builds are of the same kernel. */
static void show_log(const char *log)
{
	for (const char *line = log; *line;) {
		size_t len = strcspn(line, "\n");

		/* Times differ. */
		if (strncmp(line, "verification time", 17))
			printf("  | %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void refused(void)
{
	struct bpf_insn good[] = {MOV_IMM(BPF_REG_0, 0), EXIT()};
	struct bpf_insn bad[] = {MOV_REG(BPF_REG_0, BPF_REG_5), EXIT()};
	LIBBPF_OPTS(bpf_prog_load_opts, opts);
	enum bpf_prog_type type = BPF_PROG_TYPE_SOCKET_FILTER;
	char log[4096];

	say_fd("no instructions", bpf_prog_load(type, "x", "GPL", NULL, 0, NULL));
	say_fd("instructions nowhere", bpf_prog_load(type, "x", "GPL", NULL, 2, NULL));
	say_fd("too many", bpf_prog_load(type, "x", "GPL", good, 1000001, NULL));
	say_fd("no end", bpf_prog_load(type, "x", "GPL", good, 1, NULL));
	say_fd("no license", bpf_prog_load(type, "x", NULL, good, 2, NULL));
	say_fd("unknown type", bpf_prog_load(9999, "x", "GPL", good, 2, NULL));
	close(say_fd("odd name", bpf_prog_load(type, "x y", "GPL", good, 2, NULL)));
	close(say_fd("long name",
		     bpf_prog_load(type, "abcdefghijklmnopqrstuvwxyz", "GPL", good, 2, NULL)));
	say_fd("bad program", bpf_prog_load(type, "x", "GPL", bad, 2, NULL));
	opts.log_buf = log;
	opts.log_size = sizeof(log);
	memset(log, 0, sizeof(log));
	say_fd("with a log", bpf_prog_load(type, "x", "GPL", bad, 2, &opts));
	show_log(log);
	printf("true size %d\n", opts.log_true_size > 20);
	opts.log_level = 2;
	memset(log, 0, sizeof(log));
	close(say_fd("good with a log", bpf_prog_load(type, "x", "GPL", good, 2, &opts)));
	show_log(log);
	opts.log_size = 16;
	say_fd("short log", bpf_prog_load(type, "x", "GPL", bad, 2, &opts));
	printf("true size %d, %zu bytes\n", opts.log_true_size > 16, strlen(log));
	opts.log_size = 0;
	say_fd("no size", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .log_level = 77};
	say_fd("bad level", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .prog_flags = 1u << 31};
	say_fd("bad flags", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .prog_btf_fd = 4000};
	opts.func_info = good, opts.func_info_cnt = 1, opts.func_info_rec_size = 8;
	say_fd("no types", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .attach_prog_fd = 4000};
	opts.attach_btf_id = 1;
	say_fd("no target", bpf_prog_load(BPF_PROG_TYPE_EXT, "x", "GPL", good, 2, &opts));
	opts.attach_btf_obj_fd = 4000;
	say_fd("two targets", bpf_prog_load(BPF_PROG_TYPE_EXT, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .token_fd = 4000};
	opts.prog_flags = BPF_F_TOKEN_FD;
	say_fd("no token", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .attempts = -1};
	say_fd("attempts", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = 3};
	say_fd("bad options", bpf_prog_load(type, "x", "GPL", good, 2, &opts));
	opts = (struct bpf_prog_load_opts){.sz = sizeof(opts), .prog_ifindex = 1};
	say_fd("on lo", bpf_prog_load(BPF_PROG_TYPE_XDP, "x", "GPL", good, 2, &opts));
}

/* values[0] becomes 7 and the program returns values[1], the map named as kind and number say. */
static int load_with_map(int kind, int number, int place_kind, const int *fds, int count)
{
	struct bpf_insn insns[] = {
		MAP(BPF_REG_1, kind, number),
		MOV_REG(BPF_REG_2, BPF_REG_10),
		ADD_IMM(BPF_REG_2, -4),
		STORE_IMM(BPF_W, BPF_REG_10, -4, 0),
		CALL(BPF_FUNC_map_lookup_elem),
		JUMP_IF(BPF_JEQ, BPF_REG_0, 0, 1),
		STORE_IMM(BPF_DW, BPF_REG_0, 0, 7),
		MAP_AT(BPF_REG_1, place_kind, number, 8),
		LOAD(BPF_W, BPF_REG_0, BPF_REG_1, 0),
		EXIT(),
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .fd_array = fds, .fd_array_cnt = count);

	return bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "maps", "GPL", insns, COUNT(insns),
			     &opts);
}

static int one_value(void)
{
	int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "values", 4, 16, 1, NULL), key = 0;
	long long value[2] = {0, 42};

	bpf_map_update_elem(map, &key, value, 0);
	return map;
}

static void maps(void)
{
	int map = one_value(), key = 0, other = array(0);
	int numbers[] = {-1, 0, 4000, 0x7fffffff};
	long long value[2] = {0};
	int prog, fds[3] = {other, 0, map};

	prog = say_fd("by descriptor",
		      load_with_map(BPF_PSEUDO_MAP_FD, map, BPF_PSEUDO_MAP_VALUE, NULL, 0));
	say_err("run", run(prog));
	bpf_map_lookup_elem(map, &key, value);
	printf("value %lld\n", value[0]);
	for (size_t i = 0; i < COUNT(numbers); i++)
		say_fd("wrong",
		       load_with_map(BPF_PSEUDO_MAP_FD, numbers[i], BPF_PSEUDO_MAP_VALUE, NULL, 0));
	say_fd("a program", load_with_map(BPF_PSEUDO_MAP_FD, prog, BPF_PSEUDO_MAP_VALUE, NULL, 0));
	say_fd("unknown kind", load_with_map(7, map, BPF_PSEUDO_MAP_VALUE, NULL, 0));
	say_fd("unknown kind", load_with_map(15, map, BPF_PSEUDO_MAP_VALUE, NULL, 0));
	close(prog);
	prog = say_fd("by index",
		      load_with_map(BPF_PSEUDO_MAP_IDX, 2, BPF_PSEUDO_MAP_IDX_VALUE, fds, 0));
	say_err("run", run(prog));
	close(prog);
	fds[1] = map;
	prog = say_fd("by index of all",
		      load_with_map(BPF_PSEUDO_MAP_IDX, 2, BPF_PSEUDO_MAP_IDX_VALUE, fds, 3));
	say_err("run", run(prog));
	close(prog);
	say_fd("no array", load_with_map(BPF_PSEUDO_MAP_IDX, 0, BPF_PSEUDO_MAP_IDX_VALUE, NULL, 0));
	fds[1] = 4000;
	say_fd("wrong among all",
	       load_with_map(BPF_PSEUDO_MAP_IDX, 2, BPF_PSEUDO_MAP_IDX_VALUE, fds, 3));
	close(map);
	close(other);
}

static void bound(void)
{
	LIBBPF_OPTS(bpf_prog_bind_opts, opts);
	int prog = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 3, NULL), map = array(0);
	struct bpf_prog_info info = {0};
	__u32 len = sizeof(info), ids[2] = {0};

	say_err("bind", bpf_prog_bind_map(prog, map, NULL));
	say_err("bind again", bpf_prog_bind_map(prog, map, NULL));
	say_err("bind nothing", bpf_prog_bind_map(prog, -1, NULL));
	say_err("bind itself", bpf_prog_bind_map(prog, prog, NULL));
	say_err("bind to nothing", bpf_prog_bind_map(4000, map, NULL));
	opts.flags = 1;
	say_err("bind with flags", bpf_prog_bind_map(prog, map, &opts));
	info.nr_map_ids = 2;
	info.map_ids = (unsigned long)ids;
	say_err("info", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("maps %u, first %d, second %d, address %d\n", info.nr_map_ids, ids[0] != 0,
	       ids[1] != 0, info.map_ids == (unsigned long)ids);
	close(prog);
	close(map);
}

/* Returns a packet's length with its first byte doubled. */
static int load_packets(void)
{
	struct bpf_insn insns[] = {
		LOAD(BPF_W, BPF_REG_2, BPF_REG_1, 0), /* xdp_md.data */
		LOAD(BPF_W, BPF_REG_3, BPF_REG_1, 4), /* xdp_md.data_end */
		MOV_REG(BPF_REG_4, BPF_REG_2),
		ADD_IMM(BPF_REG_4, 1),
		INSN(BPF_JMP | BPF_JGT | BPF_X, BPF_REG_4, BPF_REG_3, 3, 0),
		LOAD(BPF_B, BPF_REG_5, BPF_REG_2, 0),
		ADD_REG(BPF_REG_5, BPF_REG_5),
		STORE(BPF_B, BPF_REG_2, BPF_REG_5, 0),
		MOV_IMM(BPF_REG_0, 2),
		EXIT(),
	};

	return bpf_prog_load(BPF_PROG_TYPE_XDP, "packets", "GPL", insns, COUNT(insns), NULL);
}

static void test_runs(void)
{
	unsigned char in[64] = {21}, out[128] = {0};
	struct xdp_md context = {.data_end = sizeof(in)}, after = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = in, .data_size_in = sizeof(in),
		    .data_out = out, .data_size_out = sizeof(out), .repeat = 3);
	int prog = load_packets();

	say_fd("load", prog);
	say_err("run", bpf_prog_test_run_opts(prog, &opts));
	printf("returns %u, first %d of %u\n", opts.retval, out[0], opts.data_size_out);
	opts.ctx_in = &context, opts.ctx_size_in = sizeof(context);
	opts.ctx_out = &after, opts.ctx_size_out = sizeof(after);
	say_err("with context", bpf_prog_test_run_opts(prog, &opts));
	printf("size %u, end %u\n", opts.ctx_size_out, after.data_end - after.data);
	opts.data_size_out = 10;
	say_err("too small", bpf_prog_test_run_opts(prog, &opts));
	printf("size %u\n", opts.data_size_out);
	opts.data_size_in = 3;
	say_err("too short", bpf_prog_test_run_opts(prog, &opts));
	opts.data_size_in = sizeof(in);
	opts.data_in = NULL;
	say_err("from nowhere", bpf_prog_test_run_opts(prog, &opts));
	opts = (struct bpf_test_run_opts){.sz = sizeof(opts), .flags = 1u << 31};
	say_err("unknown flags", bpf_prog_test_run_opts(prog, &opts));
	opts = (struct bpf_test_run_opts){.sz = sizeof(opts), .cpu = 9999};
	opts.flags = BPF_F_TEST_RUN_ON_CPU;
	say_err("no such CPU", bpf_prog_test_run_opts(prog, &opts));
	opts = (struct bpf_test_run_opts){.sz = sizeof(opts)};
	say_err("no packet", bpf_prog_test_run_opts(prog, &opts));
	say_err("of nothing", bpf_prog_test_run_opts(-1, &opts));
	say_err("of stdin", bpf_prog_test_run_opts(0, &opts));
	opts.sz = 1;
	say_err("bad options", bpf_prog_test_run_opts(prog, &opts));
	close(prog);
	prog = load_return(BPF_PROG_TYPE_KPROBE, 0, NULL);
	opts = (struct bpf_test_run_opts){.sz = sizeof(opts)};
	say_err("a kprobe", bpf_prog_test_run_opts(prog, &opts));
	close(prog);
}

static void infos(void)
{
	int map = one_value(), other = array(0);
	int fds[] = {map, other};
	int prog = load_with_map(BPF_PSEUDO_MAP_FD, map, BPF_PSEUDO_MAP_VALUE, fds, 2);
	struct bpf_prog_info info = {0}, lengths;
	__u32 len = sizeof(info), ids[4] = {0};
	struct bpf_insn xlated[64] = {0};
	unsigned char jited[4096] = {0}, tags[8] = {0};
	__u64 symbols[4] = {0};
	__u32 function_lengths[4] = {0};

	say_fd("load", prog);
	say_err("info", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("type %u name %s xlated %u jited %d maps %u symbols %u gpl %d tag %d verified %u "
	       "loaded %d uid %u length %d\n",
	       info.type, info.name, info.xlated_prog_len, info.jited_prog_len > 0, info.nr_map_ids,
	       info.nr_jited_ksyms, info.gpl_compatible, info.tag[0] | info.tag[1],
	       info.verified_insns, info.load_time > 0, info.created_by_uid, (int)len > 0);
	lengths = info;
	info = (struct bpf_prog_info){0};
	info.xlated_prog_insns = (unsigned long)xlated;
	info.xlated_prog_len = sizeof(xlated);
	info.jited_prog_insns = (unsigned long)jited;
	info.jited_prog_len = sizeof(jited);
	info.map_ids = (unsigned long)ids;
	info.nr_map_ids = 4;
	info.jited_ksyms = (unsigned long)symbols;
	info.nr_jited_ksyms = 4;
	info.jited_func_lens = (unsigned long)function_lengths;
	info.nr_jited_func_lens = 4;
	info.prog_tags = (unsigned long)tags;
	info.nr_prog_tags = 1;
	len = sizeof(info);
	say_err("everything", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("same lengths %d, first opcode %#x, map %d, place %d, jited %d, symbol %d, length "
	       "%d\n",
	       info.xlated_prog_len == lengths.xlated_prog_len &&
		       info.jited_prog_len == lengths.jited_prog_len,
	       xlated[0].code, (unsigned)xlated[0].imm == ids[0], xlated[0].src_reg,
	       jited[0] | jited[1] | jited[2], symbols[0] != 0,
	       function_lengths[0] == info.jited_prog_len);
	printf("addresses %d %d %d, tags %d, maps %u: %d %d %d\n",
	       info.xlated_prog_insns == (unsigned long)xlated, info.map_ids == (unsigned long)ids,
	       info.jited_ksyms == (unsigned long)symbols, !memcmp(tags, lengths.tag, 8),
	       info.nr_map_ids, ids[0] != 0, ids[1] != 0, ids[2]);
	info = (struct bpf_prog_info){.nr_map_ids = 1, .map_ids = (unsigned long)ids};
	ids[0] = ids[1] = 0;
	say_err("one map", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("maps %u: %d %u\n", info.nr_map_ids, ids[0] != 0, ids[1]);
	info = (struct bpf_prog_info){.nr_map_ids = 1};
	say_err("to nowhere", bpf_prog_get_info_by_fd(prog, &info, &len));
	info = (struct bpf_prog_info){.func_info_rec_size = 5, .nr_func_info = 1};
	say_err("wrong record", bpf_prog_get_info_by_fd(prog, &info, &len));
	info = (struct bpf_prog_info){0};
	len = 40;
	say_err("short", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("length %u type %u\n", len, info.type);
	len = sizeof(info);
	say_err("of a map", bpf_prog_get_info_by_fd(map, &info, &len));
	say_err("of nothing", bpf_prog_get_info_by_fd(-1, &info, &len));
	close(prog);
	close(map);
	close(other);
}

/* Functions and lines, by types that are made here. */
static void lines(void)
{
	struct bpf_insn insns[] = {MOV_IMM(BPF_REG_0, 0), MOV_IMM(BPF_REG_1, 1), EXIT()};
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED), proto, func;
	char log[2048] = "";

	proto = btf__add_func_proto(btf, number);
	func = btf__add_func(btf, "main_one", BTF_FUNC_GLOBAL, proto);
	struct bpf_func_info functions[] = {{0, (unsigned)func}};
	int file = btf__add_str(btf, "low.c"), text = btf__add_str(btf, "return 0;");
	struct bpf_line_info info_lines[] = {
		{0, (unsigned)file, (unsigned)text, 12 << 10 | 3},
		{2, (unsigned)file, (unsigned)text, 13 << 10 | 4},
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .func_info = functions, .func_info_cnt = 1,
		    .func_info_rec_size = sizeof(*functions), .line_info = info_lines,
		    .line_info_cnt = 2, .line_info_rec_size = sizeof(*info_lines), .log_buf = log,
		    .log_size = sizeof(log), .log_level = 2);

	say_err("types into the kernel", btf__load_into_kernel(btf));
	opts.prog_btf_fd = btf__fd(btf);
	int prog = bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "lines", "GPL", insns, 3, &opts);
	say_fd("load", prog);
	show_log(log);

	struct bpf_func_info got_functions[2] = {0};
	struct bpf_line_info got_lines[4] = {0};
	__u64 jited_lines[4] = {0};
	struct bpf_prog_info info = {
		.func_info = (unsigned long)got_functions,
		.nr_func_info = 2,
		.func_info_rec_size = sizeof(*got_functions),
		.line_info = (unsigned long)got_lines,
		.nr_line_info = 4,
		.line_info_rec_size = sizeof(*got_lines),
		.jited_line_info = (unsigned long)jited_lines,
		.nr_jited_line_info = 4,
		.jited_line_info_rec_size = 8,
	};
	__u32 len = sizeof(info);
	say_err("info", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("functions %u: type %d; lines %u: %u %u; jited %u: %d; types %d\n",
	       info.nr_func_info, got_functions[0].type_id == (unsigned)func, info.nr_line_info,
	       BPF_LINE_INFO_LINE_NUM(got_lines[0].line_col),
	       BPF_LINE_INFO_LINE_NUM(got_lines[1].line_col), info.nr_jited_line_info,
	       jited_lines[0] != 0, info.btf_id == 0);
	struct btf *again = btf__load_from_kernel_by_id(info.btf_id);
	say_ptr("types from the kernel", again);
	printf("%s\n", btf__name_by_offset(again, btf__type_by_id(again, func)->name_off));
	__u64 asked = 0; /* the linfo functions want addresses of what was asked for */
	struct bpf_prog_linfo *linfo = bpf_prog_linfo__new(&info);
	say_ptr("linfo", linfo);
	const struct bpf_line_info *found = bpf_prog_linfo__lfind(linfo, 2, 0);
	printf("line of instruction 2: %d\n",
	       found ? (int)BPF_LINE_INFO_LINE_NUM(found->line_col) : -1);
	say_ptr("line of instruction 0", bpf_prog_linfo__lfind(linfo, 0, 0));
	say_ptr("behind", bpf_prog_linfo__lfind(linfo, 9999, 9));
	asked = jited_lines[0];
	say_ptr("by address", bpf_prog_linfo__lfind_addr_func(linfo, asked, 0, 0));
	bpf_prog_linfo__free(linfo);
	bpf_prog_linfo__free(NULL);
	opts.line_info_rec_size = 3;
	say_fd("wrong record",
	       bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "lines", "GPL", insns, 3, &opts));
	opts.line_info_rec_size = sizeof(*info_lines);
	functions[0].insn_off = 1;
	say_fd("wrong function",
	       bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "lines", "GPL", insns, 3, &opts));
	show_log(log);
	btf__free(again);
	btf__free(btf);
	close(prog);
}

static void others(void)
{
	LIBBPF_OPTS(bpf_prog_assoc_struct_ops_opts, assoc);
	LIBBPF_OPTS(bpf_prog_stream_read_opts, stream);
	int prog = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 3, NULL), map = array(0);
	struct bpf_prog_info info = {0};
	__u32 len = sizeof(info);
	char text[64];

	say_err("stream", bpf_prog_stream_read(prog, 1, text, sizeof(text), NULL));
	say_err("no such stream", bpf_prog_stream_read(prog, 9, text, sizeof(text), &stream));
	say_err("stream of nothing", bpf_prog_stream_read(-1, 1, text, sizeof(text), NULL));
	stream.sz = 1;
	say_err("bad options", bpf_prog_stream_read(prog, 1, text, sizeof(text), &stream));
	say_err("associate", bpf_prog_assoc_struct_ops(prog, map, NULL));
	say_err("associate nothing", bpf_prog_assoc_struct_ops(-1, map, &assoc));
	int stats = say_fd("statistics", bpf_enable_stats(BPF_STATS_RUN_TIME));
	run(prog);
	run(prog);
	say_err("info", bpf_prog_get_info_by_fd(prog, &info, &len));
	printf("runs %llu, time %d\n", (unsigned long long)info.run_cnt, info.run_time_ns > 0);
	say_err("close", close(stats));
	say_fd("unknown statistics", bpf_enable_stats(9999));
	close(prog);
	close(map);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(void)
{
	libbpf_set_print(quiet);
	refused();
	maps();
	bound();
	test_runs();
	infos();
	lines();
	others();
	return 0;
}
