// SPDX-License-Identifier: BSD-2-Clause
/* Types: the kernel's, searched and read; an object's own; ones that the program makes. */
#include <stdlib.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <bpf/libbpf_legacy.h>

#include "say.h"
#include "things.h"
#include "things.skel.h"

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static void find(const struct btf *btf, const char *name, int kind)
{
	char what[80];

	snprintf(what, sizeof(what), "find '%s' of kind %d", name, kind);
	say_err(what,
		kind < 0 ? btf__find_by_name(btf, name) : btf__find_by_name_kind(btf, name, kind));
}

static void search(const struct btf *btf)
{
	static const char *const names[] = {"task_struct",         "void",  "int",
					    "no such type",        "",      "vfs_read",
					    "btf_trace_sys_enter", "pid_t", "list_head"};
	static const int kinds[] = {
		-1, BTF_KIND_UNKN, BTF_KIND_INT, BTF_KIND_STRUCT, BTF_KIND_FUNC, BTF_KIND_TYPEDEF,
		77};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		for (size_t j = 0; j < sizeof(kinds) / sizeof(*kinds); j++)
			find(btf, names[i], kinds[j]);
	}
}

/* Searched before anything of it was read, and after. */
static void kernel(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	const struct btf_type *t;
	int id;

	say_ptr("vmlinux", btf);
	if (!btf)
		return;
	printf("%u types, fd %d, base %d\n", btf__type_cnt(btf), btf__fd(btf),
	       btf__base_btf(btf) != NULL);
	search(btf);
	id = btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT);
	t = btf__type_by_id(btf, id);
	printf("task_struct: %u members, %u bytes, %s\n", btf_vlen(t), t->size,
	       btf__name_by_offset(btf, t->name_off));
	printf("pointers have %zu bytes, endianness %d, size %lld\n", btf__pointer_size(btf),
	       btf__endianness(btf), (long long)btf__resolve_size(btf, id));
	say_ptr("no such id", btf__type_by_id(btf, 1u << 30));
	search(btf);
	printf("%u types\n", btf__type_cnt(btf));
	btf__free(btf);
	btf = libbpf_find_kernel_btf();
	say_ptr("once more", btf);
	btf__free(btf);
	btf__free(NULL);
}

static void split(void)
{
	struct btf *base = btf__load_vmlinux_btf(), *btf;
	int id;

	say_ptr("no module", btf__load_module_btf("no_such_module", base));
	btf = btf__new_empty_split(base);
	say_ptr("split", btf);
	printf("base %d first %d\n", btf__base_btf(btf) == base,
	       btf__type_cnt(btf) == btf__type_cnt(base));
	id = btf__find_by_name_kind(btf, "pid_t", BTF_KIND_TYPEDEF);
	printf("typedef %d\n", btf__add_typedef(btf, "mine", id) == (int)btf__type_cnt(base));
	printf("found %d\n", btf__find_by_name(btf, "mine") == (int)btf__type_cnt(base));
	find(btf, "task_struct", BTF_KIND_STRUCT);
	btf__free(btf);
	btf__free(base);
}

static void parse(void)
{
	struct btf *btf = btf__parse("/sys/kernel/btf/vmlinux", NULL);

	say_ptr("parse", btf);
	if (btf) {
		printf("%u types\n", btf__type_cnt(btf));
		find(btf, "task_struct", BTF_KIND_STRUCT);
	}
	btf__free(btf);
	btf = btf__parse_raw("/sys/kernel/btf/vmlinux");
	say_ptr("parse raw", btf);
	if (btf)
		find(btf, "pid_t", BTF_KIND_TYPEDEF);
	btf__free(btf);
	say_ptr("parse nothing", btf__parse("/sys/kernel/btf/nothing", NULL));
	btf = btf__parse_split("/sys/kernel/btf/vmlinux", NULL);
	say_ptr("parse without a base", btf);
	btf__free(btf);
}

static void attach_types(void)
{
	say_err("id of a function", libbpf_find_vmlinux_btf_id("vfs_read", BPF_TRACE_FENTRY));
	say_err("id of a tracepoint", libbpf_find_vmlinux_btf_id("sys_enter", BPF_TRACE_RAW_TP));
	say_err("id of an iterator", libbpf_find_vmlinux_btf_id("task", BPF_TRACE_ITER));
	say_err("id of a hook", libbpf_find_vmlinux_btf_id("file_open", BPF_LSM_MAC));
	say_err("id of nothing", libbpf_find_vmlinux_btf_id("no_such_function", BPF_TRACE_FENTRY));
	say_err("a name without end",
		libbpf_find_vmlinux_btf_id(
			"123456789012345678901234567890123456789012345678901234567890123"
			"123456789012345678901234567890123456789012345678901234567890123"
			"1234",
			BPF_TRACE_FENTRY));
}

static void section(const char *name)
{
	enum bpf_attach_type attach = (enum bpf_attach_type) - 1,
			     expected = (enum bpf_attach_type) - 1;
	enum bpf_prog_type prog = (enum bpf_prog_type) - 1;

	printf("section '%s'\n", name ? name : "-");
	say_err("program", libbpf_prog_type_by_name(name, &prog, &expected));
	say_err("attach", libbpf_attach_type_by_name(name, &attach));
	printf("%d %d %d\n", (int)prog, (int)expected, (int)attach);
}

static void sections(void)
{
	static const char *const names[] = {"xdp",
					    "kprobe/do_unlinkat",
					    "kprobe",
					    "kprobes",
					    "cgroup/connect4",
					    "cgroup_skb/egress",
					    "cgroup/skb",
					    "fentry.s/x",
					    "struct_ops/f",
					    "sk_lookup/more",
					    "sk_lookup",
					    "tc",
					    "usdt",
					    "",
					    "nothing"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		section(names[i]);
	section(NULL);
}

static void print(void *ctx, const char *format, va_list args)
{
	vprintf(format, args);
}

static void dump(const struct btf *btf)
{
	struct btf_dump *d = btf_dump__new(btf, print, NULL, NULL);

	say_ptr("dump", d);
	for (__u32 id = 1; id < btf__type_cnt(btf); id++)
		if (btf_dump__dump_type(d, id) < 0)
			printf("type %u cannot be dumped\n", id);
	btf_dump__free(d);
}

/* All kinds, made one by one, then read back from their bytes. */
static struct btf *make(void)
{
	struct btf *btf = btf__new_empty();
	int integer, pointer, proto;

	btf__set_pointer_size(btf, 8);
	integer = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	say_err("int", integer);
	say_err("int of 3 bytes", btf__add_int(btf, "odd", 3, 0));
	say_err("no name", btf__add_int(btf, "", 4, 0));
	pointer = btf__add_ptr(btf, integer);
	say_err("ptr", pointer);
	say_err("array", btf__add_array(btf, integer, pointer, 7));
	say_err("struct", btf__add_struct(btf, "pair", 16));
	say_err("field", btf__add_field(btf, "a", integer, 0, 0));
	say_err("bit field", btf__add_field(btf, "b", integer, 32, 5));
	say_err("field", btf__add_field(btf, "p", pointer, 64, 0));
	say_err("union", btf__add_union(btf, "either", 4));
	say_err("field", btf__add_field(btf, "x", integer, 0, 0));
	say_err("enum", btf__add_enum(btf, "colour", 4));
	say_err("value", btf__add_enum_value(btf, "RED", 1));
	say_err("value", btf__add_enum_value(btf, "BLUE", -1));
	say_err("enum64", btf__add_enum64(btf, "large", 8, false));
	say_err("value", btf__add_enum64_value(btf, "MUCH", 1ULL << 40));
	say_err("fwd", btf__add_fwd(btf, "later", BTF_FWD_STRUCT));
	say_err("typedef", btf__add_typedef(btf, "number", integer));
	say_err("const", btf__add_const(btf, integer));
	say_err("volatile", btf__add_volatile(btf, integer));
	say_err("restrict", btf__add_restrict(btf, pointer));
	say_err("tag", btf__add_type_tag(btf, "user", integer));
	say_err("float", btf__add_float(btf, "double", 8));
	proto = btf__add_func_proto(btf, integer);
	say_err("proto", proto);
	say_err("param", btf__add_func_param(btf, "x", integer));
	say_err("func", btf__add_func(btf, "f", BTF_FUNC_GLOBAL, proto));
	say_err("var", btf__add_var(btf, "v", BTF_VAR_STATIC, integer));
	say_err("section", btf__add_datasec(btf, ".data", 4));
	say_err("var in it", btf__add_datasec_var_info(btf, 18, 0, 4));
	say_err("decl tag", btf__add_decl_tag(btf, "note", 4, 0));
	say_err("field of no struct", btf__add_field(btf, "y", integer, 0, 0));
	return btf;
}

static void own(void)
{
	struct btf *btf = make(), *again;
	const void *data;
	__u32 size;

	printf("%u types\n", btf__type_cnt(btf));
	say_err("size", btf__resolve_size(btf, 3));
	say_err("alignment", btf__align_of(btf, 4));
	say_err("resolve", btf__resolve_type(btf, 10));
	say_err("string", btf__find_str(btf, "colour") > 0);
	say_err("no string", btf__find_str(btf, "color"));
	data = btf__raw_data(btf, &size);
	again = btf__new(data, size);
	say_ptr("again", again);
	btf__set_pointer_size(again, 8);
	say_ptr("cut", btf__new(data, size - 8));
	say_ptr("nothing", btf__new("", 0));
	dump(again);
	say_err("dedup", btf__dedup(btf, NULL));
	printf("%u types\n", btf__type_cnt(btf));
	btf__free(again);
	btf__free(btf);
}

/* The sizes and offsets of data sections are libbpf's, which completes what the compiler wrote. */
static void of_object(void)
{
	static const char *const sections[] = {".bss", ".data", ".rodata", ".data.custom",
					       ".kconfig"};
	struct things_bpf *skel = things_bpf__open();
	const struct btf_var_secinfo *v;
	const struct btf_type *t;
	struct btf *btf;

	if (!skel)
		return;
	btf = bpf_object__btf(skel->obj);
	printf("the same each time %d\n", btf == bpf_object__btf(skel->obj));
	say_err("fd", bpf_object__btf_fd(skel->obj) >= 0);
	say_err("grow", bpf_map__set_value_size(skel->maps.data_custom, 6 * sizeof(int)));
	for (size_t n = 0; n < sizeof(sections) / sizeof(*sections); n++) {
		t = btf__type_by_id(btf,
				    btf__find_by_name_kind(btf, sections[n], BTF_KIND_DATASEC));
		printf("%s: %u bytes\n", sections[n], t->size);
		v = btf_var_secinfos(t);
		for (int i = 0; i < btf_vlen(t); i++, v++)
			printf("  %s at %u, %u bytes\n",
			       btf__name_by_offset(btf, btf__type_by_id(btf, v->type)->name_off),
			       v->offset, v->size);
	}
	printf("type of the section %d\n", bpf_map__btf_value_type_id(skel->maps.data_custom) > 0);
	say_err("load", things_bpf__load(skel));
	say_err("fd", bpf_object__btf_fd(skel->obj) >= 0);
	printf("fd of the BTF %d\n", btf__fd(btf) == bpf_object__btf_fd(skel->obj));
	things_bpf__destroy(skel);
	say_ptr("of no object", bpf_object__btf(NULL) ? "" : "none");
}

int main(void)
{
	libbpf_set_print(quiet);
	kernel();
	split();
	parse();
	attach_types();
	sections();
	own();
	of_object();
	return 0;
}
