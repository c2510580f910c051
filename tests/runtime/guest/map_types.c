// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every type of map: each operation of bpf(2) on it, with what such a map takes for keys and
 * values, and what the last line of each says could be done. map_types PINS CGROUP: an empty folder
 * in a BPF file system, and an empty cgroup.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "descriptors.h"
#include "insns.h"
#include "say.h"

enum { XDP_FAMILY = 44, ELEMENTS = 2, MAX_VALUES = 8192 /* processors */, STACK = 8 * 127 };

/* What keys and values are. */
enum content {
	NUMBERS,             /* of four and eight bytes */
	PER_CPU,             /* a value for each processor */
	PREFIXES,            /* keys of a trie */
	NO_KEYS,             /* values alone */
	NOTHING,             /* no elements */
	STACKS,              /* keys that a program was given */
	CGROUPS_OF_PROGRAMS, /* keys that attaching a program made */
	/* keys are descriptors */
	OF_SOCKETS,
	OF_FILES,
	OF_TASKS,
	OF_CGROUPS,
	/* values are descriptors */
	PROGRAMS,
	EVENTS,
	CGROUPS,
	MAPS,
	CONNECTED,
	GROUPED,
	XDP_SOCKETS,
	/* values are a number, and no program */
	DEVICES,
	CPUS,
};

struct type {
	const char *name;
	enum bpf_map_type type;
	__u32 key, value, entries, flags;
	enum content content;
};

#define T(name) #name, BPF_MAP_TYPE_##name
static const struct type types[] = {
	{T(HASH), 4, 8, 8, 0, NUMBERS},
	{T(ARRAY), 4, 8, 512, BPF_F_MMAPABLE, NUMBERS},
	{T(PROG_ARRAY), 4, 4, 4, 0, PROGRAMS},
	{T(PERF_EVENT_ARRAY), 4, 4, 4, 0, EVENTS},
	{T(PERCPU_HASH), 4, 8, 8, 0, PER_CPU},
	{T(PERCPU_ARRAY), 4, 8, 2, 0, PER_CPU},
	{T(STACK_TRACE), 4, STACK, 1024, 0, STACKS},
	{T(CGROUP_ARRAY), 4, 4, 4, 0, CGROUPS},
	{T(LRU_HASH), 4, 8, 64, 0, NUMBERS},
	{T(LRU_PERCPU_HASH), 4, 8, 64, 0, PER_CPU},
	{T(LPM_TRIE), 8, 8, 8, BPF_F_NO_PREALLOC, PREFIXES},
	{T(ARRAY_OF_MAPS), 4, 4, 4, 0, MAPS},
	{T(HASH_OF_MAPS), 4, 4, 4, 0, MAPS},
	{T(DEVMAP), 4, 8, 4, 0, DEVICES},
	{T(DEVMAP_HASH), 4, 8, 4, 0, DEVICES},
	{T(SOCKMAP), 4, 8, 4, 0, CONNECTED},
	{T(SOCKHASH), 4, 8, 4, 0, CONNECTED},
	{T(CPUMAP), 4, 8, 4, 0, CPUS},
	{T(XSKMAP), 4, 4, 4, 0, XDP_SOCKETS},
	{T(CGROUP_STORAGE), 16, 8, 0, 0, CGROUPS_OF_PROGRAMS},
	{T(PERCPU_CGROUP_STORAGE), 16, 8, 0, 0, CGROUPS_OF_PROGRAMS},
	{T(REUSEPORT_SOCKARRAY), 4, 8, 4, 0, GROUPED},
	{T(QUEUE), 0, 8, 4, 0, NO_KEYS},
	{T(STACK), 0, 8, 4, 0, NO_KEYS},
	{T(BLOOM_FILTER), 0, 8, 64, 0, NO_KEYS},
	{T(SK_STORAGE), 4, 4, 0, BPF_F_NO_PREALLOC, OF_SOCKETS},
	{T(INODE_STORAGE), 4, 4, 0, BPF_F_NO_PREALLOC, OF_FILES},
	{T(TASK_STORAGE), 4, 4, 0, BPF_F_NO_PREALLOC, OF_TASKS},
	{T(CGRP_STORAGE), 4, 4, 0, BPF_F_NO_PREALLOC, OF_CGROUPS},
	{T(RINGBUF), 0, 0, 4096, 0, NOTHING},
	{T(USER_RINGBUF), 0, 0, 4096, 0, NOTHING},
	{T(ARENA), 0, 0, 1, BPF_F_MMAPABLE, NOTHING},
	{T(INSN_ARRAY), 4, 16, 4, 0, NUMBERS},
};

/* The elements that are put into a map. */
struct elements {
	unsigned char keys[ELEMENTS][16];
	long long values[ELEMENTS * MAX_VALUES];
	size_t stride; /* in values, from one element to the next */
	int fds[ELEMENTS];
	int prog;
};

static const char *pins, *folder;
static int cgroup, cpus, types_fd, number_type;
static char done[256]; /* what could be done with this type */

static int note(const char *what, long ret)
{
	say_err(what, ret < 0 ? ret : 0);
	if (ret < 0)
		return -1;
	strcat(done, " ");
	strcat(done, what);
	return 0;
}

static int create(const struct type *t)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = t->flags);
	int inner = -1, fd;

	if (t->content >= OF_SOCKETS && t->content <= OF_CGROUPS) {
		opts.btf_fd = (__u32)types_fd;
		opts.btf_key_type_id = opts.btf_value_type_id = (__u32)number_type;
	}
	if (t->content == MAPS)
		opts.inner_map_fd =
			(__u32)(inner = bpf_map_create(BPF_MAP_TYPE_ARRAY, "inner", 4, 4, 1, NULL));
	fd = bpf_map_create(t->type, "types", t->key, t->value, t->entries, &opts);
	if (inner >= 0)
		close(inner);
	return fd;
}

/* --- keys and values -------------------------------------------------------------------------- */

static int open_descriptor(enum content content, int i)
{
	switch (content) {
	case PROGRAMS:
		return load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, NULL);
	case EVENTS:
		return open_event();
	case CGROUPS:
	case OF_CGROUPS:
	case OF_FILES:
		return i ? open_cgroup() : open(folder, O_RDONLY | O_DIRECTORY);
	case OF_TASKS:
		return (int)syscall(__NR_pidfd_open, i ? 1 : getpid(), 0);
	case MAPS:
		return bpf_map_create(BPF_MAP_TYPE_ARRAY, "inner", 4, 4, 1, NULL);
	case OF_SOCKETS:
	case CONNECTED:
		return open_socket_of_own(true);
	case GROUPED:
		return open_socket_of_own(false);
	case XDP_SOCKETS:
		return socket(XDP_FAMILY, SOCK_RAW, 0);
	default:
		return -1;
	}
}

/* Has a program note where it is, for the key of a stack. */
static int take_stack(int map)
{
	struct bpf_insn insns[] = {
		MAP(BPF_REG_2, BPF_PSEUDO_MAP_FD, map),
		MOV_IMM(BPF_REG_3, BPF_F_REUSE_STACKID),
		CALL(BPF_FUNC_get_stackid),
		EXIT(),
	};
	LIBBPF_OPTS(bpf_test_run_opts, run);
	int prog = bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "stack", "GPL", insns, COUNT(insns),
				 NULL);
	int err = bpf_prog_test_run_opts(prog, &run);

	if (err)
		say_err("run", err);
	close(prog);
	return (int)run.retval;
}

/* A program with storage of its own for the cgroup; the caller ends it. */
static int attach_storage(int map)
{
	struct bpf_insn insns[] = {
		MAP(BPF_REG_1, BPF_PSEUDO_MAP_FD, map),
		MOV_IMM(BPF_REG_2, 0),
		CALL(BPF_FUNC_get_local_storage),
		MOV_IMM(BPF_REG_0, 1),
		EXIT(),
	};
	int prog = bpf_prog_load(BPF_PROG_TYPE_CGROUP_SKB, "storage", "GPL", insns, COUNT(insns),
				 NULL);

	say_err("attach", bpf_prog_attach(prog, cgroup, BPF_CGROUP_INET_EGRESS, 0));
	return prog;
}

static void fill_keys(const struct type *t, int map, struct elements *e)
{
	for (int i = 0; i < ELEMENTS; i++) {
		int key = i;

		if (t->content == STACKS)
			key = take_stack(map);
		if (t->content >= OF_SOCKETS && t->content <= OF_CGROUPS)
			key = e->fds[i];
		memcpy(e->keys[i], &key, sizeof(key));
		if (t->content == PREFIXES)
			memcpy(e->keys[i], (const unsigned char[]){32, 0, 0, 0, 10, 0, 0, i + 1},
			       8);
	}
	if (t->content == CGROUPS_OF_PROGRAMS) {
		e->prog = attach_storage(map);
		say_err("its key", bpf_map_get_next_key(map, NULL, e->keys[0]));
		memcpy(e->keys[1], e->keys[0], sizeof(e->keys[0]));
	}
}

static void fill_values(const struct type *t, struct elements *e)
{
	bool each = t->content == PER_CPU || t->type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
	size_t size = each ? 8 * (size_t)cpus : t->value;

	for (int i = 0; i < ELEMENTS; i++) {
		unsigned char *at = (unsigned char *)e->values + i * size;
		long long value = 1000 * (i + 1);

		if (t->content >= PROGRAMS && t->content <= XDP_SOCKETS)
			value = e->fds[i];
		else if (t->content == DEVICES)
			value = 1;
		else if (t->content == CPUS)
			value = 64;
		for (size_t k = 0; k < (each ? (size_t)cpus : 1); k++)
			memcpy(at + 8 * k, &value, t->value < 8 ? t->value : 8);
	}
	e->stride = size;
}

static void *value_of(struct elements *e, int i)
{
	return (unsigned char *)e->values + (size_t)i * e->stride;
}

static void fill(const struct type *t, int map, struct elements *e)
{
	memset(e, 0, sizeof(*e));
	e->prog = -1;
	for (int i = 0; i < ELEMENTS; i++)
		e->fds[i] = open_descriptor(t->content, i);
	fill_keys(t, map, e);
	fill_values(t, e);
}

static void empty(struct elements *e)
{
	for (int i = 0; i < ELEMENTS; i++)
		if (e->fds[i] >= 0)
			close(e->fds[i]);
	if (e->prog >= 0) {
		bpf_prog_detach2(e->prog, cgroup, BPF_CGROUP_INET_EGRESS);
		close(e->prog);
	}
}

/* --- operations ------------------------------------------------------------------------------- */

static void *key_of(const struct type *t, struct elements *e, int i)
{
	return t->key ? e->keys[i] : NULL;
}

/* What was read; numbers of the kernel's, stacks and addresses are not the same each time. */
static void say_value(const struct type *t, const long long *value)
{
	bool own = t->content == NUMBERS || t->content == PER_CPU || t->content == PREFIXES ||
		   t->content == NO_KEYS || t->content == DEVICES || t->content == CPUS ||
		   (t->content >= OF_SOCKETS && t->content <= OF_CGROUPS);
	long long sum = 0;

	for (int i = 0; t->content == PER_CPU && i < cpus; i++)
		sum += value[i] - value[0];
	if (own)
		printf("value %lld, others %lld\n", t->value < 8 ? *(const int *)value : *value,
		       sum);
	else
		printf("value %d\n", *(const int *)value != 0);
}

static void single(const struct type *t, int map, struct elements *e)
{
	static long long got[MAX_VALUES];
	unsigned char next[16];

	memset(got, 0, sizeof(got));
	note("update", bpf_map_update_elem(map, key_of(t, e, 0), value_of(e, 0), BPF_ANY));
	say_err("the second", bpf_map_update_elem(map, key_of(t, e, 1), value_of(e, 1), BPF_ANY));
	say_err("no flag", bpf_map_update_elem(map, key_of(t, e, 0), value_of(e, 0), 1 << 20));
	memcpy(got, value_of(e, 0), e->stride); /* what a filter is asked */
	if (!note("lookup", bpf_map_lookup_elem(map, key_of(t, e, 0), got)))
		say_value(t, got);
	say_err("lookup with a flag",
		bpf_map_lookup_elem_flags(map, key_of(t, e, 0), got, 1 << 20));
	note("next", bpf_map_get_next_key(map, NULL, next));
	memset(got, 0, sizeof(got));
	if (!note("take", bpf_map_lookup_and_delete_elem(map, key_of(t, e, 0), got))) {
		say_value(t, got);
		if (t->content == STACKS)
			fill_keys(t, map, e);
		bpf_map_update_elem(map, key_of(t, e, 0), value_of(e, 0), BPF_ANY);
	}
	note("delete", bpf_map_delete_elem(map, key_of(t, e, 0)));
	say_err("delete it again", bpf_map_delete_elem(map, key_of(t, e, 0)));
	say_err("lookup", bpf_map_lookup_elem(map, key_of(t, e, 0), got));
}

static void batches(const struct type *t, int map, struct elements *e)
{
	static long long got[ELEMENTS * MAX_VALUES];
	static unsigned char keys[ELEMENTS * 16];
	unsigned char in[ELEMENTS * 16], position[16];
	__u32 count = ELEMENTS, position_before;

	for (int i = 0; i < ELEMENTS; i++)
		memcpy(in + i * t->key, e->keys[i], t->key);
	note("update-batch", bpf_map_update_batch(map, in, e->values, &count, NULL));
	printf("%u elements\n", count);
	count = ELEMENTS;
	memset(got, 0, sizeof(got));
	/* A hash may have one of the two elements behind the part that this looks at. */
	int err = bpf_map_lookup_batch(map, NULL, position, keys, got, &count, NULL);
	note("lookup-batch", err && errno == ENOENT && count ? 0 : err);
	count = ELEMENTS;
	note("delete-batch", bpf_map_delete_batch(map, in, &count, NULL));
	printf("%u elements\n", count);
	count = ELEMENTS;
	bpf_map_update_batch(map, in, e->values, &count, NULL);
	count = ELEMENTS, position_before = 0;
	err = bpf_map_lookup_and_delete_batch(map, NULL, &position_before, keys, got, &count, NULL);
	note("take-batch", err && errno == ENOENT && count ? 0 : err);
}

static void as_memory(const struct type *t, int map, struct elements *e)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	long long *p = mmap(NULL, size, PROT_READ, MAP_SHARED, map, 0);

	if (note("mmap", p == MAP_FAILED ? -errno : 0))
		return;
	if (t->content == NUMBERS) {
		bpf_map_update_elem(map, e->keys[1], value_of(e, 1), BPF_ANY);
		printf("there %lld\n", p[1]);
	}
	munmap(p, size);
}

/* In a map of maps, as the pattern and as a value. */
static void as_inner(int map)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .inner_map_fd = (__u32)map);
	int outer = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "outer", 4, 4, 1, &opts), key = 0;
	int err = outer < 0 ? -errno : bpf_map_update_elem(outer, &key, &map, BPF_ANY);

	note("inner", err);
	if (outer >= 0)
		close(outer);
}

static void as_file(const struct type *t, int map)
{
	struct bpf_map_info info = {0}, again = {0};
	__u32 len = sizeof(info);
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", pins, t->name);
	say_err("pin", bpf_obj_pin(map, path));
	fd = bpf_obj_get(path);
	bpf_map_get_info_by_fd(map, &info, &len);
	bpf_map_get_info_by_fd(fd, &again, &len);
	note("pin", fd < 0 ? -1 : info.id == again.id ? 0 : -1);
	printf("type %u, key %u, value %u, entries %u\n", again.type, again.key_size,
	       again.value_size, again.max_entries);
	if (fd >= 0)
		close(fd);
}

static void frozen(const struct type *t, int map, struct elements *e)
{
	int err = note("freeze", bpf_map_freeze(map));

	if (!err)
		say_err("update",
			bpf_map_update_elem(map, key_of(t, e, 0), value_of(e, 0), BPF_ANY));
}

static void try_type(const struct type *t)
{
	static struct elements e;
	int map = create(t);

	printf("-- %s\n", t->name);
	say_err("create", map < 0 ? -errno : 0);
	if (map < 0)
		return;
	*done = '\0';
	fill(t, map, &e);
	single(t, map, &e);
	batches(t, map, &e);
	if (t->type != BPF_MAP_TYPE_ARENA) /* which lies where it is told to */
		as_memory(t, map, &e);
	as_inner(map);
	as_file(t, map);
	frozen(t, map, &e);
	printf("%s:%s\n", t->name, done);
	empty(&e);
	close(map);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(int argc, char **argv)
{
	struct btf *btf = btf__new_empty();

	if (argc < 3)
		return 2;
	libbpf_set_print(quiet);
	pins = argv[1];
	folder = argv[2];
	cgroup = open(folder, O_RDONLY | O_DIRECTORY);
	cpus = libbpf_num_possible_cpus();
	number_type = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	say_err("types", btf__load_into_kernel(btf));
	types_fd = btf__fd(btf);
	for (size_t i = 0; i < COUNT(types); i++)
		try_type(&types[i]);
	btf__free(btf);
	return 0;
}
