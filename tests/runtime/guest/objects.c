// SPDX-License-Identifier: BSD-2-Clause
/*
 * Objects in all of their states, and what may be done to their maps and programs in each: results
 * and errors.
 */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "objects.skel.h"
#include "say.h"

static int warnings;

static int count_warnings(enum libbpf_print_level level, const char *format, va_list args)
{
	warnings += level == LIBBPF_WARN;
	return 0;
}

static struct objects_bpf *open_with(const struct bpf_object_open_opts *opts)
{
	struct objects_bpf *skel = objects_bpf__open_opts(opts);

	say_ptr("open", skel);
	if (!skel)
		exit(1);
	/* It has no pattern. */
	bpf_map__set_autocreate(skel->maps.bare, false);
	return skel;
}

static int run(const struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);

	return err ? err : (int)opts.retval;
}

/* --- setters, in the states that an object has ------------------------------------------------ */

static void set_map(struct bpf_map *map)
{
	long long value = 0;

	printf("-- map %s\n", bpf_map__name(map));
	say_err("type", bpf_map__set_type(map, BPF_MAP_TYPE_LRU_HASH));
	say_err("and back", bpf_map__set_type(map, BPF_MAP_TYPE_HASH));
	say_err("key", bpf_map__set_key_size(map, 4));
	say_err("value", bpf_map__set_value_size(map, 8));
	say_err("entries", bpf_map__set_max_entries(map, 9));
	say_err("flags", bpf_map__set_map_flags(map, BPF_F_NO_PREALLOC));
	say_err("node", bpf_map__set_numa_node(map, 0));
	say_err("interface", bpf_map__set_ifindex(map, 0));
	say_err("extra", bpf_map__set_map_extra(map, 0));
	say_err("autocreate", bpf_map__set_autocreate(map, true));
	say_err("autoattach", bpf_map__set_autoattach(map, true));
	say_err("initial value", bpf_map__set_initial_value(map, &value, sizeof(value)));
	say_err("inner map", bpf_map__set_inner_map_fd(map, 1 << 20));
	printf("%u %u %u %#x %d %d %d\n", bpf_map__type(map), bpf_map__value_size(map),
	       bpf_map__max_entries(map), bpf_map__map_flags(map), bpf_map__autocreate(map),
	       bpf_map__autoattach(map), bpf_map__fd(map) >= 0);
}

static void set_prog(struct bpf_program *prog)
{
	enum bpf_prog_type type = bpf_program__type(prog);
	char log[16];
	size_t size;

	printf("-- program %s\n", bpf_program__name(prog));
	say_err("type", bpf_program__set_type(prog, BPF_PROG_TYPE_XDP));
	say_err("and back", bpf_program__set_type(prog, type));
	say_err("expected", bpf_program__set_expected_attach_type(prog, BPF_XDP));
	say_err("and back", bpf_program__set_expected_attach_type(prog, 0));
	say_err("flags", bpf_program__set_flags(prog, bpf_program__flags(prog)));
	say_err("autoload", bpf_program__set_autoload(prog, bpf_program__autoload(prog)));
	say_err("log level", bpf_program__set_log_level(prog, 0));
	say_err("log", bpf_program__set_log_buf(prog, log, sizeof(log)));
	say_err("no log", bpf_program__set_log_buf(prog, NULL, sizeof(log)));
	say_err("an end to it", bpf_program__set_log_buf(prog, NULL, 0));
	printf("log %d\n", bpf_program__log_buf(prog, &size) != NULL);
	bpf_program__set_autoattach(prog, false);
	printf("autoattach %d", bpf_program__autoattach(prog));
	bpf_program__set_autoattach(prog, true);
	printf(" %d\n", bpf_program__autoattach(prog));
	say_err("target", bpf_program__set_attach_target(prog, 0, "vfs_read"));
	say_err("no target", bpf_program__set_attach_target(prog, 0, NULL));
	say_err("a bad one", bpf_program__set_attach_target(prog, -1, "x"));
	say_err("nothing's", bpf_program__set_attach_target(NULL, 0, "x"));
	say_err("unknown", bpf_program__set_attach_target(prog, 0, "no_such_function"));
	say_err("of no program", bpf_program__set_attach_target(prog, 1 << 20, "x"));
	say_err("fd", bpf_program__fd(prog) >= 0 ? 0 : bpf_program__fd(prog));
}

static void set_all(struct objects_bpf *skel)
{
	set_map(skel->maps.values);
	set_prog(skel->progs.aimless);
	say_err("kernel version", bpf_object__set_kversion(skel->obj, 0x050403));
	printf("%x\n", bpf_object__kversion(skel->obj));
	say_err("exclusive", bpf_map__set_exclusive_program(skel->maps.each_cpu, skel->progs.get));
	printf("%d\n", bpf_map__exclusive_program(skel->maps.each_cpu) == skel->progs.get);
	say_err("pin maps", bpf_object__pin_maps(skel->obj, "/sys/fs/bpf/wbpf-obj-none/x/y"));
	say_err("pin programs", bpf_object__pin_programs(skel->obj, "/sys/fs/bpf/wbpf-obj-none/x"));
	say_err("pin map", bpf_map__pin(skel->maps.values, "/sys/fs/bpf/wbpf-obj-none/x/y"));
	say_err("unpin map", bpf_map__unpin(skel->maps.values, "/sys/fs/bpf/wbpf-obj-none"));
	say_err("unpin nowhere", bpf_map__unpin(skel->maps.each_cpu, NULL));
	say_err("pin program", bpf_program__pin(skel->progs.aimless, "/sys/fs/bpf/wbpf-obj-none"));
	say_err("unpin program", bpf_program__unpin(skel->progs.first, "/sys/fs/bpf/wbpf-no/x"));
}

static void states(void)
{
	struct objects_bpf *skel = open_with(NULL), *other;

	puts("open");
	set_all(skel);
	bpf_map__set_pin_path(skel->maps.values, NULL);
	say_err("map that is not its own",
		bpf_map__set_exclusive_program(skel->maps.each_cpu, skel->progs.first));
	/* Without an exclusive one: the kernel may not know them. */
	objects_bpf__destroy(skel);
	skel = open_with(NULL);
	puts("prepare");
	say_err("prepare", bpf_object__prepare(skel->obj));
	say_err("again", bpf_object__prepare(skel->obj));
	printf("fds %d %d\n", bpf_map__fd(skel->maps.values) >= 0,
	       bpf_program__fd(skel->progs.first) >= 0);
	set_all(skel);
	puts("load");
	say_err("load", bpf_object__load(skel->obj));
	say_err("again", bpf_object__load(skel->obj));
	say_err("prepare", bpf_object__prepare(skel->obj));
	set_all(skel);
	other = open_with(NULL);
	say_err("exclusive of another object",
		bpf_map__set_exclusive_program(other->maps.each_cpu, skel->progs.first));
	objects_bpf__destroy(other);
	objects_bpf__destroy(skel);
	say_err("load nothing", bpf_object__load(NULL));
}

/* --- walking and finding ---------------------------------------------------------------------- */

static void find(const struct bpf_object *obj, const char *name)
{
	const struct bpf_map *map = bpf_object__find_map_by_name(obj, name);

	printf("find %s: %s\n", name, map ? bpf_map__name(map) : say_name(errno));
}

static void walk(void)
{
	struct objects_bpf *skel = open_with(NULL), *other = open_with(NULL);
	struct bpf_program *prog;
	struct bpf_map *map;

	bpf_object__for_each_map(map, skel->obj)
		printf("%s ", bpf_map__name(map));
	for (map = NULL; (map = bpf_object__prev_map(skel->obj, map));)
		printf("%s ", bpf_map__name(map));
	puts("");
	bpf_object__for_each_program(prog, skel->obj)
		printf("%s ", bpf_program__name(prog));
	for (prog = NULL; (prog = bpf_object__prev_program(skel->obj, prog));)
		printf("%s ", bpf_program__name(prog));
	puts("");
	say_ptr("another's map", bpf_object__next_map(skel->obj, other->maps.values));
	say_ptr("another's program", bpf_object__next_program(skel->obj, other->progs.get));
	say_ptr("of nothing", bpf_object__next_map(NULL, NULL));
	say_ptr("find in nothing", bpf_object__find_map_by_name(NULL, "values"));
	find(skel->obj, "values");
	find(skel->obj, "a_map_with_a_rather_long_name");
	find(skel->obj, "a_map_with_a_ra");
	find(skel->obj, ".bss");
	find(skel->obj, "objects_.bss");
	find(skel->obj, "objects.bss");
	find(skel->obj, ".data.with_a_very_long_name");
	find(skel->obj, ".data.with_a_ver");
	find(skel->obj, ".data.no");
	find(skel->obj, "");
	say_ptr("name of nothing", bpf_object__name(NULL));
	printf("version of nothing %u, name of no map %d\n", bpf_object__kversion(NULL),
	       bpf_map__name(NULL) == NULL);
	say_err("token", bpf_object__token_fd(skel->obj) < 0 ? 0 : 1);
	objects_bpf__destroy(other);
	objects_bpf__destroy(skel);
	objects_bpf__destroy(NULL);
}

/* --- maps ------------------------------------------------------------------------------------- */

static void show_inner(struct bpf_map *map)
{
	struct bpf_map *inner;

	errno = 0;
	inner = bpf_map__inner_map(map);
	say_ptr(bpf_map__name(map), inner);
	if (inner)
		printf("%s: type %d key %u value %u entries %u flags %u\n", bpf_map__name(inner),
		       bpf_map__type(inner), bpf_map__key_size(inner), bpf_map__value_size(inner),
		       bpf_map__max_entries(inner), bpf_map__map_flags(inner));
}

static void patterns(void)
{
	struct objects_bpf *skel = open_with(NULL);
	int pattern = bpf_map_create(BPF_MAP_TYPE_ARRAY, "pattern", 4, 4, 1, NULL);
	int another = bpf_map_create(BPF_MAP_TYPE_ARRAY, NULL, 4, 8, 3, NULL), key = 0;
	int wrong = bpf_map_create(BPF_MAP_TYPE_ARRAY, NULL, 4, 16, 3, NULL);

	show_inner(skel->maps.outer);
	show_inner(skel->maps.values);
	say_err("pattern of a hash", bpf_map__set_inner_map_fd(skel->maps.values, pattern));
	say_err("pattern", bpf_map__set_inner_map_fd(skel->maps.bare, pattern));
	say_err("once more", bpf_map__set_inner_map_fd(skel->maps.bare, pattern));
	say_err("create", bpf_map__set_autocreate(skel->maps.bare, true));
	say_err("ring size", bpf_map__set_max_entries(skel->maps.ring, 5000));
	printf("%u\n", bpf_map__max_entries(skel->maps.ring));
	say_err("load", objects_bpf__load(skel));
	show_inner(skel->maps.outer);
	say_err("put", bpf_map__update_elem(skel->maps.outer, &key, 4, &another, 4, 0));
	say_err("put what differs", bpf_map__update_elem(skel->maps.outer, &key, 4, &wrong, 4, 0));
	say_err("put in the other", bpf_map__update_elem(skel->maps.bare, &key, 4, &pattern, 4, 0));
	say_err("pattern too late", bpf_map__set_inner_map_fd(skel->maps.bare, pattern));
	close(pattern);
	close(another);
	close(wrong);
	objects_bpf__destroy(skel);
}

static void sections(void)
{
	struct objects_bpf *skel = open_with(NULL);
	int many[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	size_t size = 0;

	say_err("cut a scalar", bpf_map__set_value_size(skel->maps.data, 2));
	say_err("odd size", bpf_map__set_value_size(skel->maps.bss, 33));
	say_err("initial", bpf_map__set_initial_value(skel->maps.bss, many, sizeof(many)));
	bpf_map__initial_value(skel->maps.bss, &size);
	printf("%zu\n", size);
	objects_bpf__destroy(skel);

	skel = open_with(NULL);
	say_err("grow", bpf_map__set_value_size(skel->maps.bss, 16 * sizeof(int)));
	bpf_map__initial_value(skel->maps.bss, &size);
	printf("%zu bytes, type %d\n", size, bpf_map__btf_value_type_id(skel->maps.bss) > 0);
	say_err("shrink", bpf_map__set_value_size(skel->maps.bss, sizeof(many)));
	say_err("initial", bpf_map__set_initial_value(skel->maps.bss, many, sizeof(many)));
	printf("%d\n", *(int *)bpf_map__initial_value(skel->maps.bss, &size));
	say_err("load", objects_bpf__load(skel));
	skel->bss = bpf_map__initial_value(skel->maps.bss, &size);
	printf("%d %zu\n", skel->bss->counts[0], size);
	say_err("initial too late", bpf_map__set_initial_value(skel->maps.bss, many, sizeof(many)));
	objects_bpf__destroy(skel);
}

static void reuse(void)
{
	struct objects_bpf *skel = open_with(NULL);
	int fd = bpf_map_create(BPF_MAP_TYPE_HASH, "another", 4, 8, 2, NULL), key = 1, n = 0;
	int cut = bpf_map_create(BPF_MAP_TYPE_HASH, "a_map_with_a_ra", 4, 8, 2, NULL);
	long long value = 77;

	bpf_map_update_elem(fd, &key, &value, 0);
	say_err("reuse nothing", bpf_map__reuse_fd(skel->maps.values, -1));
	say_err("reuse no map", bpf_map__reuse_fd(skel->maps.values, 1 << 20));
	say_err("reuse", bpf_map__reuse_fd(skel->maps.values, fd));
	say_err("reuse", bpf_map__reuse_fd(skel->maps.a_map_with_a_rather_long_name, cut));
	close(fd);
	close(cut);
	printf("%s entries %u fd %d\n", bpf_map__name(skel->maps.values),
	       bpf_map__max_entries(skel->maps.values), bpf_map__fd(skel->maps.values) >= 0);
	printf("%s\n", bpf_map__name(skel->maps.a_map_with_a_rather_long_name));
	say_err("set too late", bpf_map__set_max_entries(skel->maps.values, 5));
	value = 0;
	say_err("look", bpf_map__lookup_elem(skel->maps.values, &key, 4, &value, 8, 0));
	printf("%lld\n", value);
	find(skel->obj, "another");
	find(skel->obj, "values");
	say_err("load", objects_bpf__load(skel));
	say_err("get", run(skel->progs.get));
	for (key = 2; bpf_map__update_elem(skel->maps.values, &key, 4, &value, 8, 0) == 0; key++)
		n++;
	printf("room for %d\n", n);
	objects_bpf__destroy(skel);
}

static void elements(void)
{
	struct objects_bpf *skel = open_with(NULL);
	int cpus = libbpf_num_possible_cpus(), key = 1, next = 0;
	const struct bpf_map *map = skel->maps.each_cpu;
	long long *each = calloc(cpus, sizeof(*each)), value = 5;

	say_err("update early", bpf_map__update_elem(map, &key, 4, each, 8 * cpus, 0));
	say_err("delete early", bpf_map__delete_elem(map, &key, 4, 0));
	say_err("next early", bpf_map__get_next_key(map, NULL, &next, 4));
	say_err("load", objects_bpf__load(skel));
	say_err("update", bpf_map__update_elem(map, &key, 4, each, 8 * cpus, 0));
	say_err("one CPU's size", bpf_map__update_elem(map, &key, 4, each, 4, 0));
	say_err("not rounded up", bpf_map__update_elem(map, &key, 4, each, 4 * cpus + 4, 0));
	say_err("one and all",
		bpf_map__update_elem(map, &key, 4, each, 4, BPF_F_CPU | BPF_F_ALL_CPUS));
	say_err("key", bpf_map__lookup_elem(map, &key, 8, each, 8 * cpus, 0));
	say_err("delete by a long key", bpf_map__delete_elem(map, &key, 5, 0));
	say_err("next", bpf_map__get_next_key(map, NULL, &next, 4));
	say_err("next of the last", bpf_map__get_next_key(map, &key, &next, 4));
	say_err("next with a short key", bpf_map__get_next_key(map, NULL, &next, 2));
	say_err("take", bpf_map__lookup_and_delete_elem(map, &key, 4, each, 8 * cpus, 0));
	say_err("take again", bpf_map__lookup_and_delete_elem(map, &key, 4, each, 8 * cpus, 0));
	say_err("flags", bpf_map__lookup_elem(skel->maps.values, &key, 4, &value, 8, BPF_F_LOCK));
	say_err("ring has no elements", bpf_map__lookup_elem(skel->maps.ring, &key, 0, NULL, 0, 0));
	printf("not created: fd %d\n", bpf_map__fd(skel->maps.bare) >= 0);
	say_err("look", bpf_map__lookup_elem(skel->maps.bare, &key, 4, &value, 4, 0));
	say_err("pin", bpf_map__pin(skel->maps.bare, "/sys/fs/bpf/wbpf-obj-bare"));
	free(each);
	objects_bpf__destroy(skel);
}

/* --- programs --------------------------------------------------------------------------------- */

static void fill(struct bpf_insn *insns, size_t from, size_t n, int reg, int value)
{
	for (size_t i = from; i < n; i++)
		insns[i] = (struct bpf_insn){
			.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = reg, .imm = value};
	insns[n - 1] = (struct bpf_insn){.code = BPF_JMP | BPF_EXIT};
}

/* As long as the program, whose lines are known by their places. */
static struct bpf_insn *seven(const struct bpf_program *prog)
{
	size_t n = bpf_program__insn_cnt(prog);
	struct bpf_insn *insns = calloc(n, sizeof(*insns));

	fill(insns, 0, n, BPF_REG_0, 7);
	return insns;
}

static void code(void)
{
	struct objects_bpf *skel = open_with(NULL);
	const struct bpf_insn *insns = bpf_program__insns(skel->progs.first);
	size_t n = bpf_program__insn_cnt(skel->progs.first);
	struct bpf_insn *others = seven(skel->progs.get);
	size_t count = bpf_program__insn_cnt(skel->progs.get);
	int maps = 0;

	printf("ends with exit %d\n", insns[n - 1].code == (BPF_JMP | BPF_EXIT));
	printf("the same each time %d\n", insns == bpf_program__insns(skel->progs.first));
	say_ptr("function info", bpf_program__func_info(skel->progs.first));
	printf("%u\n", bpf_program__func_info_cnt(skel->progs.first));
	say_err("prepare", bpf_object__prepare(skel->obj));
	say_err("other instructions", bpf_program__set_insns(skel->progs.get, others, count));
	printf("%d\n", bpf_program__insn_cnt(skel->progs.get) == count);
	say_err("load", bpf_object__load(skel->obj));
	say_err("too late", bpf_program__set_insns(skel->progs.get, others, count));
	free(others);
	say_err("run", run(skel->progs.get));
	say_ptr("function info", bpf_program__func_info(skel->progs.first));
	printf("%u of %d\n", bpf_program__func_info_cnt(skel->progs.first),
	       bpf_program__func_info(skel->progs.first)[0].type_id > 0);
	say_ptr("line info", bpf_program__line_info(skel->progs.first));
	printf("%d\n", bpf_program__line_info_cnt(skel->progs.first) > 1);
	insns = bpf_program__insns(skel->progs.first);
	for (size_t i = 0; i < bpf_program__insn_cnt(skel->progs.first); i++)
		if (insns[i].src_reg == BPF_PSEUDO_MAP_VALUE &&
		    insns[i].code == (BPF_LD | BPF_IMM | BPF_DW))
			maps += insns[i].imm == bpf_map__fd(skel->maps.bss);
	printf("its section is named %d times\n", maps);
	bpf_program__unload(skel->progs.first);
	bpf_program__unload(NULL);
	say_err("unloaded", bpf_program__fd(skel->progs.first));
	say_err("run", run(skel->progs.first));
	printf("%d\n", bpf_program__func_info(skel->progs.first) == NULL);
	say_ptr("attach", bpf_program__attach(skel->progs.first));
	objects_bpf__destroy(skel);
}

/* A program of another object's map: its instructions name it by descriptor. */
static void foreign_map(void)
{
	struct objects_bpf *skel = open_with(NULL);
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "mine", 4, 4, 1, NULL), key = 0, value = 99;
	size_t n = bpf_program__insn_cnt(skel->progs.get), at = 0;
	const struct bpf_insn *insns = bpf_program__insns(skel->progs.get);
	struct bpf_insn *load = calloc(n, sizeof(*load));

	while (insns[at].code != (BPF_LD | BPF_IMM | BPF_DW))
		at++;
	fill(load, 0, n, BPF_REG_2, 0);
	load[at] = (struct bpf_insn){.code = BPF_LD | BPF_IMM | BPF_DW,
				     .dst_reg = BPF_REG_1,
				     .src_reg = BPF_PSEUDO_MAP_VALUE,
				     .imm = fd};
	load[at + 1] = (struct bpf_insn){0};
	load[at + 2] = (struct bpf_insn){
		.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_1};
	bpf_map_update_elem(fd, &key, &value, 0);
	say_err("prepare", bpf_object__prepare(skel->obj));
	say_err("instructions", bpf_program__set_insns(skel->progs.get, load, n));
	say_err("load", bpf_object__load(skel->obj));
	say_err("run", run(skel->progs.get));
	objects_bpf__destroy(skel);
	free(load);
	close(fd);
}

static void show_log(const char *what, const char *log)
{
	printf("%s: %s\n", what,
	       !strcmp(log, "untouched")           ? log
	       : strstr(log, "invalid mem access") ? "says why"
	       : strstr(log, "processed")          ? "says how much"
						   : "something else");
}

static void logs(int level, bool own, bool reject)
{
	static char object_log[1 << 16], prog_log[1 << 16];
	LIBBPF_OPTS(bpf_object_open_opts, opts, .kernel_log_buf = object_log,
		    .kernel_log_size = sizeof(object_log), .kernel_log_level = level);
	struct objects_bpf *skel;

	printf("-- level %d own %d rejected %d\n", level, own, reject);
	strcpy(object_log, "untouched");
	strcpy(prog_log, "untouched");
	skel = open_with(&opts);
	bpf_program__set_autoload(skel->progs.rejected, reject);
	if (own)
		bpf_program__set_log_buf(skel->progs.rejected, prog_log, sizeof(prog_log));
	if (own && !reject)
		bpf_program__set_log_level(skel->progs.get, 2);
	warnings = 0;
	say_err("load", objects_bpf__load(skel));
	printf("warned %d\n", warnings > 0);
	show_log("object", object_log);
	show_log("program", prog_log);
	printf("program %d ", bpf_program__fd(skel->progs.get) >= 0);
	printf("map %d\n", bpf_map__fd(skel->maps.values) >= 0);
	say_err("once more", objects_bpf__load(skel));
	objects_bpf__destroy(skel);
}

static void small_log(void)
{
	char log[64] = "untouched";
	struct objects_bpf *skel = open_with(NULL);

	bpf_program__set_autoload(skel->progs.rejected, true);
	say_err("log", bpf_program__set_log_buf(skel->progs.rejected, log, sizeof(log)));
	say_err("load", objects_bpf__load(skel));
	printf("%zu bytes\n", strlen(log));
	objects_bpf__destroy(skel);
}

/* --- options ---------------------------------------------------------------------------------- */

static void options(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "with.a.dot", .bpf_token_path = "");
	struct objects_bpf *skel;
	const void *bytes;
	size_t size;
	struct bpf_object *obj;

	bytes = objects_bpf__elf_bytes(&size);
	obj = bpf_object__open_mem(bytes, size, &opts);
	printf("%s: %s\n", bpf_object__name(obj),
	       bpf_map__name(bpf_object__find_map_by_name(obj, ".bss")));
	bpf_map__set_autocreate(bpf_object__find_map_by_name(obj, "bare"), false);
	say_err("load", bpf_object__load(obj));
	bpf_object__close(obj);
	opts.object_name = NULL;
	opts.kernel_log_size = 5;
	say_ptr("log without a buffer", objects_bpf__open_opts(&opts));
	opts.kernel_log_size = 0;
	opts.btf_custom_path = "/no/such/file";
	skel = open_with(&opts);
	say_err("load without its types", objects_bpf__load(skel));
	objects_bpf__destroy(skel);
	opts.btf_custom_path = "/sys/kernel/btf/vmlinux";
	skel = open_with(&opts);
	say_err("load with the kernel's types", objects_bpf__load(skel));
	say_err("relocated", run(skel->progs.relocated));
	objects_bpf__destroy(skel);
	bytes = objects_bpf__elf_bytes(&size);
	obj = bpf_object__open_mem(bytes, size, NULL);
	say_ptr("without a name", obj);
	printf("its name has a dash %d\n", strchr(bpf_object__name(obj), '-') != NULL);
	bpf_object__close(obj);
	say_ptr("half of it", bpf_object__open_mem(bytes, size / 2, NULL) ? "" : NULL);
}

int main(void)
{
	libbpf_set_print(count_warnings);
	states();
	walk();
	patterns();
	sections();
	reuse();
	elements();
	code();
	foreign_map();
	logs(0, false, false);
	logs(0, false, true);
	logs(0, true, true);
	logs(1, false, false);
	logs(1, true, true);
	logs(0, true, false);
	small_log();
	options();
	return 0;
}
