// SPDX-License-Identifier: BSD-2-Clause
/*
 * The object layer: what an object consists of, its data, its maps' elements, and how things fail.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "say.h"
#include "things.h"
#include "things.skel.h"

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static void show_map(const struct bpf_map *map)
{
	size_t size = 0;

	printf("map %s: type %d key %u value %u entries %u flags %#x internal %d autocreate %d "
	       "pinned %d extra %llu numa %u",
	       bpf_map__name(map), bpf_map__type(map), bpf_map__key_size(map),
	       bpf_map__value_size(map), bpf_map__max_entries(map), bpf_map__map_flags(map),
	       bpf_map__is_internal(map), bpf_map__autocreate(map), bpf_map__is_pinned(map),
	       (unsigned long long)bpf_map__map_extra(map), bpf_map__numa_node(map));
	printf(" initial %d", bpf_map__initial_value(map, &size) != NULL);
	printf(" of %zu fd %d pin path %s\n", size, bpf_map__fd(map) >= 0,
	       bpf_map__pin_path(map) ? bpf_map__pin_path(map) : "-");
}

static void show_prog(const struct bpf_program *prog)
{
	printf("prog %s: section %s type %d expected %d flags %#x autoload %d autoattach %d "
	       "insns %d fd %d\n",
	       bpf_program__name(prog), bpf_program__section_name(prog), bpf_program__type(prog),
	       bpf_program__expected_attach_type(prog), bpf_program__flags(prog),
	       bpf_program__autoload(prog), bpf_program__autoattach(prog),
	       bpf_program__insn_cnt(prog) > 0 && bpf_program__insns(prog) != NULL,
	       bpf_program__fd(prog) >= 0);
}

static void show(struct bpf_object *obj, int with_kernel_fds)
{
	struct bpf_program *prog;
	struct bpf_map *map;

	printf("object %s\n", bpf_object__name(obj));
	bpf_object__for_each_map(map, obj) {
		if (with_kernel_fds)
			show_map(map);
		else
			printf("map %s\n", bpf_map__name(map));
	}
	bpf_object__for_each_program(prog, obj)
		show_prog(prog);
	map = bpf_object__prev_map(obj, NULL);
	prog = bpf_object__prev_program(obj, NULL);
	printf("last %s %s\n", bpf_map__name(map), bpf_program__name(prog));
	say_ptr("no map", bpf_object__find_map_by_name(obj, "nothing"));
	say_ptr("no program", bpf_object__find_program_by_name(obj, "nothing"));
	printf("by section %s\n", bpf_map__name(bpf_object__find_map_by_name(obj, ".bss")));
	say_err("no map fd", bpf_object__find_map_fd_by_name(obj, "nothing") < 0 ? -EINVAL : 0);
}

/* A section whose last variable is an array may be made longer. */
static void grow_section(struct things_bpf *skel)
{
	size_t size;
	int *values;

	say_err("grow", bpf_map__set_value_size(skel->maps.data_custom, 6 * sizeof(int)));
	values = bpf_map__initial_value(skel->maps.data_custom, &size);
	printf("grown to %zu: %d %d\n", size, values[2], values[5]);
	values[5] = 66;
	skel->data_custom = (void *)values;
	say_err("grow a hash", bpf_map__set_value_size(skel->maps.per_cpu, 8));
	say_err("and back", bpf_map__set_value_size(skel->maps.per_cpu, 4));
}

static void before_load(struct things_bpf *skel)
{
	struct pair wrong = {0};

	say_err("set max_entries", bpf_map__set_max_entries(skel->maps.pairs, 4));
	say_err("set value size", bpf_map__set_value_size(skel->maps.mapped, 16));
	printf("value size %u\n", bpf_map__value_size(skel->maps.mapped));
	say_err("set it back", bpf_map__set_value_size(skel->maps.mapped, 8));
	say_err("initial value too long", bpf_map__set_initial_value(skel->maps.bss, &wrong, 1));
	say_err("initial value of a hash",
		bpf_map__set_initial_value(skel->maps.pairs, &wrong, sizeof(wrong)));
	say_err("autoload off", bpf_program__set_autoload(skel->progs.raw, false));
	say_err("autoload on", bpf_program__set_autoload(skel->progs.raw, true));
	say_ptr("attach before load", bpf_program__attach(skel->progs.raw));
	say_err("lookup before load",
		bpf_map__lookup_elem(skel->maps.pairs, "1234", 4, &wrong, sizeof(wrong), 0));
	grow_section(skel);
	skel->rodata->factor = 5;
	memcpy((char *)skel->rodata->name, "Zname", 6);
	skel->data->initial.a = 1234567890123;
	skel->data_custom->custom[2] = 33;
	skel->bss->zero = 70;
	printf("before load: factor %d initial %lld %d %c custom %d zero %d\n",
	       skel->rodata->factor, skel->data->initial.a, skel->data->initial.b,
	       skel->data->initial.c, skel->data_custom->custom[0], skel->bss->zero);
}

static int run(struct bpf_program *prog, void *ctx, size_t size)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = ctx, .ctx_size_in = size);
	int err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);

	return err ? err : (int)opts.retval;
}

static void data(struct things_bpf *skel)
{
	struct order order = {.count = 0};

	say_err("emit", run(skel->progs.emit, &order, sizeof(order)));
	say_err("emit", run(skel->progs.emit, &order, sizeof(order)));
	say_err("touch", run(skel->progs.touch, NULL, 0));
	printf("after: counters %lld %lld initial %lld %d zero %d custom %d %d %d kconfig %d\n",
	       skel->bss->counters[0], skel->bss->counters[1], skel->data->initial.a,
	       skel->data->initial.b, skel->bss->zero, skel->data_custom->custom[0],
	       skel->data_custom->custom[1], skel->data_custom->custom[2],
	       skel->bss->version_seen == (unsigned)skel->kconfig->LINUX_KERNEL_VERSION &&
		       skel->bss->version_seen != 0);
	printf("grown %d\n", ((volatile int *)skel->data_custom)[5]);
	/* Ours reaches the program at once. */
	skel->bss->zero = 500;
	run(skel->progs.touch, NULL, 0);
	printf("zero %d\n", skel->bss->zero);
}

static void elements(struct things_bpf *skel)
{
	int fd = bpf_map__fd(skel->maps.pairs);
	int key, next, *at = NULL, sum = 0, n = 0;
	struct pair p = {.a = 1LL << 40, .b = 2, .c = 3}, got;
	char small[4];

	for (key = 1; key <= 4; key++, p.a++)
		say_err("update", bpf_map__update_elem(skel->maps.pairs, &key, sizeof(key), &p,
						       sizeof(p), BPF_NOEXIST));
	key = 9;
	say_err("full", bpf_map_update_elem(fd, &key, &p, BPF_ANY));
	key = 2;
	say_err("there is one", bpf_map_update_elem(fd, &key, &p, BPF_NOEXIST));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &got));
	printf("got %lld %d %d\n", got.a, got.b, got.c);
	key = 77;
	say_err("missing", bpf_map_lookup_elem(fd, &key, &got));
	say_err("delete missing", bpf_map_delete_elem(fd, &key));
	say_err("key too small",
		bpf_map__lookup_elem(skel->maps.pairs, &key, 2, &got, sizeof(got), 0));
	say_err("value too small", bpf_map__lookup_elem(skel->maps.pairs, &key, 4, small, 4, 0));
	while (!bpf_map_get_next_key(fd, at, &next)) {
		sum += next;
		n++;
		key = next;
		at = &key;
	}
	printf("keys %d sum %d\n", n, sum);
	key = 3;
	say_err("take",
		bpf_map__lookup_and_delete_elem(skel->maps.pairs, &key, 4, &got, sizeof(got), 0));
	printf("took %lld\n", got.a);
	say_err("gone", bpf_map__delete_elem(skel->maps.pairs, &key, 4, 0));
	say_err("bad fd", bpf_map_lookup_elem(-1, &key, &got));
	say_err("bad fd", bpf_map_lookup_elem(12345, &key, &got));
}

static void batch(struct things_bpf *skel)
{
	int keys[4] = {0}, fd = bpf_map__fd(skel->maps.pairs);
	struct pair values[4];
	__u32 count = 4, next;
	int err = bpf_map_lookup_batch(fd, NULL, &next, keys, values, &count, NULL);

	say_err("batch", err);
	printf("count %u sum %d\n", count, keys[0] + keys[1] + keys[2] + keys[3]);
}

static void cpus(struct things_bpf *skel)
{
	int count = libbpf_num_possible_cpus(), key = 1, fd = bpf_map__fd(skel->maps.per_cpu);
	long long *values = calloc(count + 1, 8);
	long long sum = 0;

	values[count] = 0x5555;
	say_err("per cpu", bpf_map_lookup_elem(fd, &key, values));
	for (int i = 0; i < count; i++)
		sum += (int)values[i];
	printf("sum %lld guard %llx\n", sum, values[count]);
	say_err("per cpu", bpf_map__lookup_elem(skel->maps.per_cpu, &key, 4, values, 8 * count, 0));
	say_err("per cpu, one value",
		bpf_map__lookup_elem(skel->maps.per_cpu, &key, 4, values, 4, 0));
	free(values);
}

static void mmaped(struct things_bpf *skel)
{
	int fd = bpf_map__fd(skel->maps.mapped), key = 1;
	long long v = 0;
	long long *m = mmap(NULL, 600 * 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (m == MAP_FAILED) {
		printf("mmap: %s\n", say_name(errno));
		return;
	}
	printf("mapped %lld\n", m[1]);
	m[1] = 42;
	bpf_map_lookup_elem(fd, &key, &v);
	printf("element %lld\n", v);
	say_err("munmap", munmap(m, 600 * 8));
}

static void links(struct things_bpf *skel)
{
	struct bpf_link_info info = {0};
	__u32 len = sizeof(info);
	struct bpf_link *link;
	long long ran;

	say_err("attach skeleton", things_bpf__attach(skel));
	printf("links: raw %d emit %d optional %d classify %d\n", skel->links.raw != NULL,
	       skel->links.emit != NULL, skel->links.optional != NULL,
	       skel->links.classify != NULL);
	say_err("info", bpf_link_get_info_by_fd(bpf_link__fd(skel->links.raw), &info, &len));
	printf("link type %d\n", info.type);
	getppid();
	printf("raw ran %d\n", skel->bss->counters[2] > 0);
	say_ptr("attach what has no hook", bpf_program__attach(skel->progs.emit));
	say_ptr("attach without a target", bpf_program__attach(skel->progs.classify));
	link = bpf_program__attach_raw_tracepoint(skel->progs.raw, "no_such_tracepoint");
	say_ptr("attach to nothing", link);
	link = bpf_program__attach_raw_tracepoint(skel->progs.raw, "sys_exit");
	say_ptr("attach once more", link);
	say_err("destroy", bpf_link__destroy(link));
	say_err("destroy none", bpf_link__destroy(NULL));
	things_bpf__detach(skel);
	printf("links: raw %d\n", skel->links.raw != NULL);
	ran = skel->bss->counters[2];
	getppid();
	usleep(1000);
	printf("runs still %d\n", *(volatile long long *)&skel->bss->counters[2] != ran);
}

static void pins(struct things_bpf *skel)
{
	const char *path = "/sys/fs/bpf/wbpf-test-things";

	bpf_map__unpin(skel->maps.pairs, path);
	say_err("pin nowhere", bpf_map__pin(skel->maps.pairs, NULL));
	say_err("pin", bpf_map__pin(skel->maps.pairs, path));
	printf("pinned %d at %s\n", bpf_map__is_pinned(skel->maps.pairs),
	       bpf_map__pin_path(skel->maps.pairs));
	say_err("pin again", bpf_map__pin(skel->maps.pairs, path));
	say_err("unpin", bpf_map__unpin(skel->maps.pairs, path));
	printf("pinned %d\n", bpf_map__is_pinned(skel->maps.pairs));
}

static void failures(void)
{
	static const char junk[64] = "this is no object file";
	LIBBPF_OPTS(bpf_object_open_opts, opts);
	struct bpf_object *obj;

	obj = bpf_object__open_mem(NULL, 0, NULL);
	say_ptr("open nothing", obj);
	opts.sz = 2;
	say_ptr("open with a bad size", bpf_object__open_mem(junk, sizeof(junk), &opts));
	obj = bpf_object__open_mem(junk, sizeof(junk), NULL);
	printf("open junk: %s\n", obj ? "ok" : "NULL");
	bpf_object__close(NULL);
	say_err("fd of no map", bpf_map__fd(NULL));
	say_err("fd of no program", bpf_program__fd(NULL));
	printf("close: %d", close(12345));
	printf(" %s\n", say_name(errno));
}

int main(void)
{
	struct things_bpf *skel;

	libbpf_set_print(quiet);
	printf("libbpf %s %u.%u\n", libbpf_version_string(), libbpf_major_version(),
	       libbpf_minor_version());
	failures();
	skel = things_bpf__open();
	if (!skel)
		return 1;
	show(skel->obj, 0);
	before_load(skel);
	say_err("load", things_bpf__load(skel));
	say_err("load again", things_bpf__load(skel));
	say_err("set too late", bpf_map__set_max_entries(skel->maps.pairs, 5));
	show(skel->obj, 1);
	data(skel);
	elements(skel);
	batch(skel);
	cpus(skel);
	mmaped(skel);
	links(skel);
	pins(skel);
	things_bpf__destroy(skel);
	return 0;
}
