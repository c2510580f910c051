// SPDX-License-Identifier: BSD-2-Clause
/* Custom section handlers: what they are called for, in which order, and what comes of it. */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "objects.skel.h"
#include "say.h"

static int fail_in_setup, fail_in_prepare, fail_in_attach, no_link;
static struct bpf_insn *instead;

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

static int setup(struct bpf_program *prog, long cookie)
{
	printf("setup %s %ld: type %d expected %d\n", bpf_program__name(prog), cookie,
	       bpf_program__type(prog), bpf_program__expected_attach_type(prog));
	bpf_program__set_autoload(prog, true);
	return fail_in_setup;
}

static int prepare(struct bpf_program *prog, struct bpf_prog_load_opts *opts, long cookie)
{
	printf("prepare %s %ld: expected %d flags %u insns %d\n", bpf_program__name(prog), cookie,
	       opts->expected_attach_type, opts->prog_flags, bpf_program__insn_cnt(prog) > 2);
	if (instead)
		say_err("instructions",
			bpf_program__set_insns(prog, instead, bpf_program__insn_cnt(prog)));
	return fail_in_prepare;
}

static int prepare_typed(struct bpf_program *prog, struct bpf_prog_load_opts *opts, long cookie)
{
	int id = libbpf_find_vmlinux_btf_id("sys_enter", BPF_TRACE_RAW_TP);

	printf("prepare typed %s: id %d\n", bpf_program__name(prog), id > 0);
	opts->attach_btf_id = (__u32)id;
	return 0;
}

static int attach(const struct bpf_program *prog, long cookie, struct bpf_link **link)
{
	printf("attach %s %ld\n", bpf_program__name(prog), cookie);
	if (fail_in_attach)
		return fail_in_attach;
	*link = no_link ? NULL : bpf_program__attach_raw_tracepoint(prog, "sys_enter");
	return *link || no_link ? 0 : -errno;
}

static int attach_typed(const struct bpf_program *prog, long cookie, struct bpf_link **link)
{
	*link = bpf_program__attach_trace(prog);
	return *link ? 0 : -errno;
}

static void type_of(const char *section)
{
	enum bpf_attach_type expected = 99, attach_type = 99;
	enum bpf_prog_type type = 99;

	printf("section %s\n", section);
	say_err("program", libbpf_prog_type_by_name(section, &type, &expected));
	say_err("attach", libbpf_attach_type_by_name(section, &attach_type));
	printf("%d %d %d\n", type, expected, attach_type);
}

static struct objects_bpf *open_object(void)
{
	struct objects_bpf *skel = objects_bpf__open();

	say_ptr("open", skel);
	if (skel)
		bpf_map__set_autocreate(skel->maps.bare, false);
	return skel;
}

/* From opening to the end, as far as it comes. */
static void live(void)
{
	struct objects_bpf *skel = open_object();
	struct bpf_link *link;

	if (!skel)
		return;
	printf("custom: type %d autoload %d\n", bpf_program__type(skel->progs.custom),
	       bpf_program__autoload(skel->progs.custom));
	say_ptr("attach early", bpf_program__attach(skel->progs.custom));
	if (say_err("load", objects_bpf__load(skel)), bpf_program__fd(skel->progs.first) < 0) {
		printf("fd %d\n", bpf_map__fd(skel->maps.values) >= 0);
		objects_bpf__destroy(skel);
		return;
	}
	say_err("attach all", objects_bpf__attach(skel));
	printf("links %d %d %d\n", skel->links.first != NULL, skel->links.custom != NULL,
	       skel->links.strange != NULL);
	for (int i = 0; i < 300 && !*(volatile int *)&skel->bss->counts[2]; i++)
		usleep(1000);
	printf("custom ran %d\n", *(volatile int *)&skel->bss->counts[2] > 0);
	link = bpf_program__attach(skel->progs.custom);
	say_ptr("attach", link);
	bpf_link__destroy(link);
	link = bpf_program__attach(skel->progs.strange);
	say_ptr("attach strange", link);
	bpf_link__destroy(link);
	objects_bpf__destroy(skel);
}

static int add(const char *section, enum bpf_prog_type type, int expected,
	       const struct libbpf_prog_handler_opts *opts)
{
	int id = libbpf_register_prog_handler(section, type, expected, opts);

	say_err(section ? section : "fallback", id < 0 ? id : 0);
	return id;
}

static void take(int id)
{
	say_err("unregister", libbpf_unregister_prog_handler(id));
}

static void own_section(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .cookie = 5, .prog_setup_fn = setup,
		    .prog_prepare_load_fn = prepare, .prog_attach_fn = attach);
	int id = add("custom/", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &opts);
	struct objects_bpf *skel;

	type_of("custom/one");
	type_of("custom");
	live();
	no_link = 1;
	live();
	no_link = 0;
	fail_in_attach = -EDOM;
	live();
	fail_in_attach = 0;
	fail_in_prepare = -ERANGE;
	live();
	fail_in_prepare = 0;
	fail_in_setup = -ESRCH;
	live();
	fail_in_setup = 0;
	/* Another type, and the handler is forgotten. */
	skel = open_object();
	say_err("type", bpf_program__set_type(skel->progs.custom, BPF_PROG_TYPE_SOCKET_FILTER));
	say_err("load", objects_bpf__load(skel));
	say_ptr("attach", bpf_program__attach(skel->progs.custom));
	objects_bpf__destroy(skel);
	/* It outlives its registration. */
	skel = open_object();
	take(id);
	take(id);
	objects_bpf__destroy(skel);
	type_of("custom/one");
}

static void own_code(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .prog_setup_fn = setup,
		    .prog_prepare_load_fn = prepare);
	struct objects_bpf *skel;
	size_t n;
	int id;

	id = add("custom+", BPF_PROG_TYPE_SOCKET_FILTER, 0, &opts);
	skel = open_object();
	n = bpf_program__insn_cnt(skel->progs.custom);
	instead = calloc(n, sizeof(*instead));
	for (size_t i = 0; i < n; i++)
		instead[i] = (struct bpf_insn){
			.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 9};
	instead[n - 1] = (struct bpf_insn){.code = BPF_JMP | BPF_EXIT};
	say_err("load", objects_bpf__load(skel));
	if (bpf_program__fd(skel->progs.custom) >= 0) {
		char packet[64] = {0};
		LIBBPF_OPTS(bpf_test_run_opts, test, .data_in = packet,
			    .data_size_in = sizeof(packet));

		say_err("run", bpf_prog_test_run_opts(bpf_program__fd(skel->progs.custom), &test));
		printf("%u\n", test.retval);
	}
	say_ptr("attach", bpf_program__attach(skel->progs.custom));
	objects_bpf__destroy(skel);
	free(instead);
	instead = NULL;
	take(id);
}

static void typed(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .prog_setup_fn = setup,
		    .prog_prepare_load_fn = prepare_typed, .prog_attach_fn = attach_typed);
	int id = add("custom+", BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, &opts);

	live();
	take(id);
}

static void known_section(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .prog_attach_fn = attach, .cookie = 8);
	int id = add("raw_tp+", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &opts);

	type_of("raw_tp/sys_enter");
	type_of("raw_tp");
	live();
	take(id);
	type_of("raw_tp/sys_enter");
}

static void any_section(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .prog_setup_fn = setup,
		    .prog_attach_fn = attach);
	int id = add(NULL, BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &opts);

	add(NULL, BPF_PROG_TYPE_XDP, 0, &opts);
	type_of("anything");
	type_of("xdp");
	live();
	take(id);
	type_of("anything");
}

int main(void)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts);

	libbpf_set_print(quiet);
	take(0);
	take(-1);
	take(77);
	opts.sz = 1;
	add("x", BPF_PROG_TYPE_XDP, 0, &opts);
	own_section();
	own_code();
	typed();
	known_section();
	any_section();
	live();
	return 0;
}
