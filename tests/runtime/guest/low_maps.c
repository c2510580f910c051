// SPDX-License-Identifier: BSD-2-Clause
/* The functions on maps of <bpf/bpf.h>, with maps of every kind that needs no type information. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "insns.h"
#include "say.h"

static int create(enum bpf_map_type type, int key, int value, int entries, int flags)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = flags);

	return bpf_map_create(type, "low", key, value, entries, &opts);
}

/* What was made, or why not; never the number. */
static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

static void creation(void)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts);
	char hash[32] = {0};

	say_fd("no type", create(BPF_MAP_TYPE_UNSPEC, 4, 4, 1, 0));
	say_fd("unknown type", create(9999, 4, 4, 1, 0));
	say_fd("negative type", create(-1, 4, 4, 1, 0));
	say_fd("no key", create(BPF_MAP_TYPE_HASH, 0, 4, 1, 0));
	say_fd("no value", create(BPF_MAP_TYPE_HASH, 4, 0, 1, 0));
	say_fd("no entries", create(BPF_MAP_TYPE_HASH, 4, 4, 0, 0));
	say_fd("unknown flags", create(BPF_MAP_TYPE_ARRAY, 4, 4, 1, 1 << 30));
	say_fd("huge", create(BPF_MAP_TYPE_ARRAY, 4, 1 << 30, 1 << 30, 0));
	say_fd("key of an array", create(BPF_MAP_TYPE_ARRAY, 8, 4, 1, 0));
	say_fd("ring of 5 bytes", create(BPF_MAP_TYPE_RINGBUF, 0, 0, 5, 0));
	say_fd("key of a queue", create(BPF_MAP_TYPE_QUEUE, 4, 4, 1, 0));
	say_fd("stack traces", create(BPF_MAP_TYPE_STACK_TRACE, 4, 8, 1, 0));
	close(say_fd("bad name", bpf_map_create(BPF_MAP_TYPE_ARRAY, "a b", 4, 4, 1, NULL)));
	close(say_fd("long name", bpf_map_create(BPF_MAP_TYPE_ARRAY, "abcdefghijklmnopqrstuvwxyz",
						 4, 4, 1, NULL)));
	close(say_fd("no name", bpf_map_create(BPF_MAP_TYPE_ARRAY, NULL, 4, 4, 1, NULL)));
	opts.sz = 3;
	say_fd("options too short", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){.sz = sizeof(opts), .inner_map_fd = -1};
	say_fd("inner map -1", bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "x", 4, 4, 1, &opts));
	opts.inner_map_fd = 0x7ffffff;
	say_fd("no inner map", bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){
		.sz = sizeof(opts), .btf_fd = 4000, .btf_key_type_id = 1};
	say_fd("no types", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){.sz = sizeof(opts), .token_fd = 4000};
	opts.map_flags = BPF_F_TOKEN_FD;
	say_fd("no token", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){.sz = sizeof(opts), .numa_node = 77};
	opts.map_flags = BPF_F_NUMA_NODE;
	say_fd("no such node", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){.sz = sizeof(opts), .map_ifindex = 1};
	say_fd("on lo", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){
		.sz = sizeof(opts), .excl_prog_hash = hash, .excl_prog_hash_size = 5};
	say_fd("hash too short", bpf_map_create(BPF_MAP_TYPE_ARRAY, "x", 4, 4, 1, &opts));
	opts = (struct bpf_map_create_opts){.sz = sizeof(opts), .btf_vmlinux_value_type_id = 1};
	opts.value_type_btf_obj_fd = -1;
	say_fd("no struct_ops", bpf_map_create(BPF_MAP_TYPE_STRUCT_OPS, "x", 4, 4, 1, &opts));
}

static void elements(const char *kind, int fd, int entries)
{
	int n = 0, key, next, *at = NULL;
	long long value = 100, got = 0;

	printf("-- %s\n", kind);
	say_fd("create", fd);
	for (key = 0; key <= entries; key++, value++)
		say_err("update", bpf_map_update_elem(fd, &key, &value, BPF_ANY));
	key = 1;
	say_err("not again", bpf_map_update_elem(fd, &key, &value, BPF_NOEXIST));
	say_err("again", bpf_map_update_elem(fd, &key, &value, BPF_EXIST));
	say_err("unknown flag", bpf_map_update_elem(fd, &key, &value, 1 << 20));
	say_err("lock without one", bpf_map_update_elem(fd, &key, &value, BPF_F_LOCK));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &got));
	printf("value %lld\n", got);
	say_err("lookup with flags", bpf_map_lookup_elem_flags(fd, &key, &got, 1 << 20));
	say_err("lookup with a lock", bpf_map_lookup_elem_flags(fd, &key, &got, BPF_F_LOCK));
	key = 1000;
	say_err("lookup none", bpf_map_lookup_elem(fd, &key, &got));
	say_err("delete none", bpf_map_delete_elem(fd, &key));
	say_err("take none", bpf_map_lookup_and_delete_elem(fd, &key, &got));
	say_err("exist none", bpf_map_update_elem(fd, &key, &value, BPF_EXIST));
	while (!bpf_map_get_next_key(fd, at, &next) && n < 100) {
		n++;
		key = next;
		at = &key;
	}
	printf("%d keys\n", n);
	say_err("no more", bpf_map_get_next_key(fd, at, &next));
	key = 0;
	say_err("take", bpf_map_lookup_and_delete_elem(fd, &key, &got));
	say_err("take with flags", bpf_map_lookup_and_delete_elem_flags(fd, &key, &got, 1 << 20));
	say_err("delete", bpf_map_delete_elem(fd, &key));
	say_err("delete with flags", bpf_map_delete_elem_flags(fd, &key, 1));
	say_err("no key", bpf_map_lookup_elem(fd, NULL, &got));
	key = 1;
	say_err("no value", bpf_map_update_elem(fd, &key, NULL, BPF_ANY));
	say_err("nowhere to put it", bpf_map_lookup_elem(fd, &key, NULL));
	say_err("no next", bpf_map_get_next_key(fd, NULL, NULL));
	close(fd);
}

static void per_cpu(const char *kind, int fd)
{
	int cpus = libbpf_num_possible_cpus(), key = 0;
	long long *values = calloc(cpus + 1, 8);

	printf("-- %s\n", kind);
	say_fd("create", fd);
	for (int i = 0; i < cpus; i++)
		values[i] = 10 + i;
	values[cpus] = 0x77;
	say_err("update", bpf_map_update_elem(fd, &key, values, BPF_ANY));
	memset(values, 0xee, cpus * 8);
	say_err("lookup", bpf_map_lookup_elem(fd, &key, values));
	for (int i = 0; i < cpus; i++)
		if ((int)values[i] != 10 + i)
			printf("cpu %d: %lld\n", i, values[i]);
	printf("behind them %llx\n", values[cpus]);
	say_err("one cpu", bpf_map_update_elem(fd, &key, values, BPF_F_CPU | 1ULL << 32));
	say_err("all cpus", bpf_map_update_elem(fd, &key, values, BPF_F_ALL_CPUS));
	say_err("one cpu's", bpf_map_lookup_elem_flags(fd, &key, values, BPF_F_CPU));
	say_err("no such cpu", bpf_map_lookup_elem_flags(fd, &key, values, BPF_F_CPU | 1ULL << 60));
	say_err("all cpus'", bpf_map_lookup_elem_flags(fd, &key, values, BPF_F_ALL_CPUS));
	say_err("take", bpf_map_lookup_and_delete_elem(fd, &key, values));
	say_err("delete", bpf_map_delete_elem(fd, &key));
	free(values);
	close(fd);
}

static void no_keys(const char *kind, int fd)
{
	int value, key = 1;

	printf("-- %s\n", kind);
	say_fd("create", fd);
	for (value = 1; value <= 4; value++)
		say_err("push", bpf_map_update_elem(fd, NULL, &value, BPF_ANY));
	say_err("push over", bpf_map_update_elem(fd, NULL, &value, BPF_EXIST));
	say_err("push new", bpf_map_update_elem(fd, NULL, &value, BPF_NOEXIST));
	value = 2;
	say_err("peek", bpf_map_lookup_elem(fd, NULL, &value));
	printf("value %d\n", value);
	value = 12345;
	say_err("peek", bpf_map_lookup_elem(fd, NULL, &value));
	say_err("peek with a key", bpf_map_lookup_elem(fd, &key, &value));
	for (int i = 0; i < 4; i++) {
		say_err("pop", bpf_map_lookup_and_delete_elem(fd, NULL, &value));
		printf("value %d\n", value);
	}
	say_err("delete", bpf_map_delete_elem(fd, NULL));
	say_err("next", bpf_map_get_next_key(fd, NULL, &value));
	close(fd);
}

static void trie(void)
{
	struct {
		__u32 bits;
		unsigned char address[4];
	} key = {8, {10}}, next;
	int fd = create(BPF_MAP_TYPE_LPM_TRIE, 8, 4, 4, BPF_F_NO_PREALLOC), value = 8;

	printf("-- trie\n");
	say_fd("prealloc", create(BPF_MAP_TYPE_LPM_TRIE, 8, 4, 4, 0));
	say_fd("create", fd);
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	key.bits = 24, value = 24;
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	key.bits = 33;
	say_err("too many bits", bpf_map_update_elem(fd, &key, &value, 0));
	key.bits = 32, key.address[1] = 9;
	say_err("longest", bpf_map_lookup_elem(fd, &key, &value));
	printf("value %d\n", value);
	key.address[0] = 11;
	say_err("none", bpf_map_lookup_elem(fd, &key, &value));
	say_err("next", bpf_map_get_next_key(fd, NULL, &next));
	printf("bits %u\n", next.bits);
	close(fd);
}

static void inner_maps(const char *kind, enum bpf_map_type type)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts);
	int inner[3], fd, key = 1, other = create(BPF_MAP_TYPE_HASH, 4, 4, 1, 0), zero = 0;
	int keys[3] = {0, 1, 2};
	struct bpf_map_info info = {0};
	__u32 id = 0, len = sizeof(info), count = 3, ids[3];
	long long value = 7;

	printf("-- %s\n", kind);
	for (int i = 0; i < 3; i++)
		inner[i] = create(BPF_MAP_TYPE_ARRAY, 4, 8, 2, 0);
	say_fd("without a pattern", create(type, 4, 4, 4, 0));
	opts.inner_map_fd = inner[0];
	fd = say_fd("create", bpf_map_create(type, "outer", 4, 4, 4, &opts));
	say_fd("in an array", bpf_map_create(BPF_MAP_TYPE_ARRAY, "outer", 4, 4, 4, &opts));
	say_err("update", bpf_map_update_elem(fd, &key, &inner[1], 0));
	say_err("another shape", bpf_map_update_elem(fd, &key, &other, 0));
	say_err("itself", bpf_map_update_elem(fd, &key, &fd, 0));
	say_err("stdin", bpf_map_update_elem(fd, &key, &zero, 0));
	value = -1;
	say_err("-1", bpf_map_update_elem(fd, &key, &value, 0));
	value = 0x7fffffff;
	say_err("a large number", bpf_map_update_elem(fd, &key, &value, 0));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &id));
	say_err("info", bpf_map_get_info_by_fd(inner[1], &info, &len));
	printf("its id %d\n", info.id == id);
	value = 77;
	say_err("update inner", bpf_map_update_elem(inner[1], &zero, &value, 0));
	close(inner[1]);
	inner[1] = say_fd("inner by its id", bpf_map_get_fd_by_id(id));
	value = 0;
	say_err("lookup inner", bpf_map_lookup_elem(inner[1], &zero, &value));
	printf("value %lld\n", value);
	say_err("batch", bpf_map_update_batch(fd, keys, inner, &count, NULL));
	printf("count %u\n", count);
	count = 3;
	say_err("lookup batch", bpf_map_lookup_batch(fd, NULL, &id, keys, ids, &count, NULL));
	printf("count %u, ids %d\n", count, ids[0] && ids[1] && ids[2]);
	inner[2] = 0x7fffffff;
	count = 3;
	say_err("bad batch", bpf_map_update_batch(fd, keys, inner, &count, NULL));
	printf("count %u\n", count);
	say_err("delete", bpf_map_delete_elem(fd, &key));
	say_err("gone", bpf_map_lookup_elem(fd, &key, &id));
	for (int i = 0; i < 3; i++)
		if (inner[i] != 0x7fffffff)
			close(inner[i]);
	close(other);
	close(fd);
}

/* Maps whose values are descriptors of something else: the right ones, and wrong ones. */
static void descriptors(void)
{
	static const struct {
		const char *name;
		enum bpf_map_type type;
		int value_size;
	} kinds[] = {
		{"prog_array", BPF_MAP_TYPE_PROG_ARRAY, 4},
		{"perf_event_array", BPF_MAP_TYPE_PERF_EVENT_ARRAY, 4},
		{"cgroup_array", BPF_MAP_TYPE_CGROUP_ARRAY, 4},
		{"sockmap", BPF_MAP_TYPE_SOCKMAP, 4},
		{"sockhash", BPF_MAP_TYPE_SOCKHASH, 8},
		{"reuseport", BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, 8},
		{"xskmap", BPF_MAP_TYPE_XSKMAP, 4},
	};
	int prog = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, NULL);
	int other = load_return(BPF_PROG_TYPE_XDP, 2, NULL);
	int cgroup = open_cgroup();

	say_fd("cgroup", cgroup);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		int fd = create(kinds[i].type, 4, kinds[i].value_size, 2, 0), key = 0;
		long long values[] = {prog, other, cgroup, fd, -1, 0, 0x7fffffff, 1LL << 40};

		printf("-- %s\n", kinds[i].name);
		say_fd("create", fd);
		for (size_t v = 0; v < COUNT(values); v++)
			say_err("update", bpf_map_update_elem(fd, &key, &values[v], 0));
		say_err("update none", bpf_map_update_elem(fd, &key, NULL, 0));
		say_err("lookup", bpf_map_lookup_elem(fd, &key, values));
		say_err("next", bpf_map_get_next_key(fd, NULL, &key));
		say_err("delete", bpf_map_delete_elem(fd, &key));
		say_err("delete again", bpf_map_delete_elem(fd, &key));
		close(fd);
	}
	close(prog);
	close(other);
	close(cgroup);
}

/* A number, then the descriptor of a program. */
static void devices(const char *kind, enum bpf_map_type type, int first,
		    enum bpf_attach_type attach)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach);
	int prog = load_return(BPF_PROG_TYPE_XDP, 2, &opts);
	int wrong = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, NULL);
	int fd = create(type, 4, 8, 4, 0), small = create(type, 4, 4, 4, 0), key = 0;
	int programs[] = {0, prog, wrong, fd, -1, 0x7fffffff};
	int value[2], got[2] = {0};

	printf("-- %s\n", kind);
	say_fd("program", prog);
	say_fd("create", fd);
	for (size_t i = 0; i < COUNT(programs); i++) {
		value[0] = first;
		value[1] = programs[i];
		say_err("update", bpf_map_update_elem(fd, &key, value, 0));
	}
	value[1] = prog;
	say_err("update", bpf_map_update_elem(fd, &key, value, 0));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, got));
	printf("%d, a program %d\n", got[0], got[1] > 0);
	say_err("update small", bpf_map_update_elem(small, &key, &first, 0));
	say_err("lookup small", bpf_map_lookup_elem(small, &key, got));
	say_err("delete", bpf_map_delete_elem(fd, &key));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, got));
	close(prog);
	close(wrong);
	close(fd);
	close(small);
}

static void batches(const char *kind, int fd)
{
	LIBBPF_OPTS(bpf_map_batch_opts, opts);
	int keys[8], sum = 0, total = 0, err;
	long long values[8];
	__u32 count = 8, position[2] = {0};

	printf("-- batches of %s\n", kind);
	for (int i = 0; i < 8; i++)
		keys[i] = i, values[i] = i * 10;
	say_err("update", bpf_map_update_batch(fd, keys, values, &count, NULL));
	printf("count %u\n", count);
	opts.elem_flags = BPF_NOEXIST;
	count = 8;
	say_err("not again", bpf_map_update_batch(fd, keys, values, &count, &opts));
	printf("count %u\n", count);
	opts.elem_flags = 1 << 20;
	count = 8;
	say_err("unknown element flag", bpf_map_update_batch(fd, keys, values, &count, &opts));
	opts.elem_flags = 0;
	opts.flags = 1;
	say_err("unknown flag",
		bpf_map_lookup_batch(fd, NULL, position, keys, values, &count, &opts));
	for (__u32 *at = NULL;; at = position) {
		count = 8;
		err = bpf_map_lookup_batch(fd, at, position, keys, values, &count, NULL);
		for (__u32 i = 0; i < count && (!err || errno == ENOENT); i++)
			sum += keys[i], total += (int)values[i];
		if (err)
			break;
	}
	say_err("walk", err);
	printf("sum %d of keys, %d of values\n", sum, total);
	count = 0;
	say_err("none", bpf_map_lookup_batch(fd, NULL, position, keys, values, &count, NULL));
	count = 8;
	say_err("nowhere", bpf_map_lookup_batch(fd, NULL, NULL, keys, values, &count, NULL));
	count = 8;
	say_err("no keys", bpf_map_update_batch(fd, NULL, values, &count, NULL));
	printf("count %u\n", count);
	for (int i = 0; i < 8; i++)
		keys[i] = i;
	count = 2;
	say_err("delete", bpf_map_delete_batch(fd, keys, &count, NULL));
	printf("count %u\n", count);
	count = 8;
	say_err("delete some again", bpf_map_delete_batch(fd, keys, &count, NULL));
	printf("count %u\n", count);
	count = 8;
	err = bpf_map_lookup_and_delete_batch(fd, NULL, position, keys, values, &count, NULL);
	say_err("take", err);
	printf("count %u\n", count);
	opts.sz = 1;
	say_err("bad options", bpf_map_delete_batch(fd, keys, &count, &opts));
	close(fd);
}

static int no_record(void *ctx, void *data, size_t size)
{
	return -EINVAL;
}

static void frozen(void)
{
	int fd = create(BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0), key = 0, value = 5;
	int ro = create(BPF_MAP_TYPE_HASH, 4, 4, 1, BPF_F_RDONLY);
	int wo = create(BPF_MAP_TYPE_HASH, 4, 4, 1, BPF_F_WRONLY);

	printf("-- rights\n");
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	say_err("freeze", bpf_map_freeze(fd));
	say_err("freeze again", bpf_map_freeze(fd));
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &value));
	say_err("read only: update", bpf_map_update_elem(ro, &key, &value, 0));
	say_err("read only: delete", bpf_map_delete_elem(ro, &key));
	say_err("read only: lookup", bpf_map_lookup_elem(ro, &key, &value));
	say_err("write only: update", bpf_map_update_elem(wo, &key, &value, 0));
	say_err("write only: lookup", bpf_map_lookup_elem(wo, &key, &value));
	say_err("write only: next", bpf_map_get_next_key(wo, NULL, &key));
	say_err("freeze read only", bpf_map_freeze(ro));
	close(fd);
	close(ro);
	close(wo);
}

/* Memory of maps that no object has, and a ring that nobody fills. */
static void mapped(void)
{
	int fd = create(BPF_MAP_TYPE_ARRAY, 4, 8, 600, BPF_F_MMAPABLE), key = 513;
	int plain = create(BPF_MAP_TYPE_ARRAY, 4, 8, 600, 0);
	int ring = create(BPF_MAP_TYPE_RINGBUF, 0, 0, 4096, 0);
	long long value = 5;
	long long *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	printf("-- mapped\n");
	say_ptr("mmap", p == MAP_FAILED ? NULL : p);
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	printf("value %lld\n", p[513]);
	p[513] = 6;
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &value));
	printf("value %lld\n", value);
	say_err("munmap", munmap(p, 8192));
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, plain, 0);
	say_ptr("mmap without the flag", p == MAP_FAILED ? NULL : p);
	struct ring_buffer *rb = ring_buffer__new(ring, no_record, NULL, NULL);
	say_ptr("ring", rb);
	say_err("consume", ring_buffer__consume(rb));
	say_err("poll", ring_buffer__poll(rb, 0));
	ring_buffer__free(rb);
	say_ptr("ring of an array", ring_buffer__new(fd, no_record, NULL, NULL));
	close(fd), close(plain), close(ring);
}

static void wrong_descriptors(void)
{
	int prog = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, NULL), key = 0, value = 0;
	int fds[] = {-1, 0, 12345, 0x7fffffff, prog};
	__u32 count = 1, position;

	printf("-- no maps\n");
	for (size_t i = 0; i < COUNT(fds); i++) {
		say_err("lookup", bpf_map_lookup_elem(fds[i], &key, &value));
		say_err("update", bpf_map_update_elem(fds[i], &key, &value, 0));
		say_err("delete", bpf_map_delete_elem(fds[i], &key));
		say_err("next", bpf_map_get_next_key(fds[i], NULL, &key));
		say_err("freeze", bpf_map_freeze(fds[i]));
		say_err("batch",
			bpf_map_lookup_batch(fds[i], NULL, &position, &key, &value, &count, NULL));
	}
	close(prog);
}

static void infos(void)
{
	int fd = create(BPF_MAP_TYPE_LRU_HASH, 12, 20, 30, BPF_F_NO_COMMON_LRU);
	struct bpf_map_info info = {0};
	struct {
		struct bpf_map_info info;
		char more[16];
	} newer = {0};
	__u32 len = sizeof(info);

	printf("-- infos\n");
	say_err("info", bpf_map_get_info_by_fd(fd, &info, &len));
	printf("type %u key %u value %u entries %u flags %#x name %s id %d length %d\n", info.type,
	       info.key_size, info.value_size, info.max_entries, info.map_flags, info.name,
	       info.id != 0, len <= sizeof(info));
	len = 8;
	say_err("short", bpf_map_get_info_by_fd(fd, &info, &len));
	printf("length %u\n", len);
	len = sizeof(newer);
	say_err("long", bpf_map_get_info_by_fd(fd, &newer.info, &len));
	newer.more[8] = 1;
	len = sizeof(newer);
	say_err("long and not zero", bpf_map_get_info_by_fd(fd, &newer.info, &len));
	len = 5000;
	say_err("longer than a page", bpf_map_get_info_by_fd(fd, &newer.info, &len));
	len = sizeof(info);
	say_err("nowhere", bpf_map_get_info_by_fd(fd, NULL, &len));
	say_err("of nothing", bpf_map_get_info_by_fd(-1, &info, &len));
	say_err("of stdin", bpf_map_get_info_by_fd(0, &info, &len));
	close(fd);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(void)
{
	libbpf_set_print(quiet);
	creation();
	elements("hash", create(BPF_MAP_TYPE_HASH, 4, 8, 3, 0), 3);
	elements("hash, not allocated", create(BPF_MAP_TYPE_HASH, 4, 8, 3, BPF_F_NO_PREALLOC), 3);
	elements("array", create(BPF_MAP_TYPE_ARRAY, 4, 8, 3, 0), 3);
	elements("array to map", create(BPF_MAP_TYPE_ARRAY, 4, 8, 3, BPF_F_MMAPABLE), 3);
	elements("LRU hash", create(BPF_MAP_TYPE_LRU_HASH, 4, 8, 300, 0), 3);
	elements("ring buffer", create(BPF_MAP_TYPE_RINGBUF, 0, 0, 4096, 0), 1);
	elements("user ring buffer", create(BPF_MAP_TYPE_USER_RINGBUF, 0, 0, 4096, 0), 1);
	elements("stack traces", create(BPF_MAP_TYPE_STACK_TRACE, 4, 8, 4, 0), 1);
	elements("arena", create(BPF_MAP_TYPE_ARENA, 0, 0, 1, BPF_F_MMAPABLE), 1);
	per_cpu("per-CPU hash", create(BPF_MAP_TYPE_PERCPU_HASH, 4, 4, 3, 0));
	per_cpu("per-CPU array", create(BPF_MAP_TYPE_PERCPU_ARRAY, 4, 4, 3, 0));
	per_cpu("per-CPU LRU hash", create(BPF_MAP_TYPE_LRU_PERCPU_HASH, 4, 4, 300, 0));
	no_keys("queue", create(BPF_MAP_TYPE_QUEUE, 0, 4, 3, 0));
	no_keys("stack", create(BPF_MAP_TYPE_STACK, 0, 4, 3, 0));
	no_keys("bloom filter", create(BPF_MAP_TYPE_BLOOM_FILTER, 0, 4, 300, 0));
	trie();
	inner_maps("array of maps", BPF_MAP_TYPE_ARRAY_OF_MAPS);
	inner_maps("hash of maps", BPF_MAP_TYPE_HASH_OF_MAPS);
	descriptors();
	devices("devmap", BPF_MAP_TYPE_DEVMAP, 1, BPF_XDP_DEVMAP);
	devices("devmap hash", BPF_MAP_TYPE_DEVMAP_HASH, 1, BPF_XDP_DEVMAP);
	devices("cpumap", BPF_MAP_TYPE_CPUMAP, 64, BPF_XDP_CPUMAP);
	batches("a hash", create(BPF_MAP_TYPE_HASH, 4, 8, 20, 0));
	batches("an array", create(BPF_MAP_TYPE_ARRAY, 4, 8, 20, 0));
	batches("a queue", create(BPF_MAP_TYPE_QUEUE, 0, 8, 20, 0));
	batches("a devmap", create(BPF_MAP_TYPE_DEVMAP, 4, 8, 20, 0));
	frozen();
	mapped();
	wrong_descriptors();
	infos();
	return 0;
}
