/* SPDX-License-Identifier: BSD-2-Clause */
/* Every call of the host interface with wrong arguments, then with right ones. */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed HOST_FILE
};

#define OUTSIDE 0xfffffff0u
#define STALE 0x48004000

static uint8_t pages[6 * 4096] __attribute__((aligned(4096)));

static void before_start(void)
{
	EQ(h_poll_create(), L_EPROTO);
	EQ(h_start(OUTSIDE), L_EFAULT);
	EQ(h_start(A(&shared)), L_EINVAL); /* its size is 0 */
	shared.size = sizeof(shared);
	EQ(h_start(A(&shared) + 4), L_EINVAL);
}

static void handles(void)
{
	static const int32_t forged[] = {0, -1, 1, 3, 0x7fffffff, (int32_t)0x80000000, STALE};

	for (unsigned i = 0; i < sizeof(forged) / sizeof(*forged); i++) {
		int32_t h = forged[i];
		EQ(h_close(h), L_EBADF);
		EQ(h_object_load(h), L_EBADF);
		EQ(h_object_child(h, WBPF_KIND_MAP, 0), L_EBADF);
		EQ(h_get(h, WBPF_KEY_NAME, A(pages), 16), L_EBADF);
		EQ(h_set(h, WBPF_KEY_PIN, A(pages), 4), L_EBADF);
		BAD(h_attach(h, A(pages), sizeof(struct wbpf_attach)));
		EQ(h_detach(h), L_EBADF);
		EQ(h_memory_map(h, 3, 0, A(pages), 4096), L_EBADF);
		EQ(h_poll_ctl(h, WBPF_POLL_DEL, h, 0), L_EBADF);
		EQ(h_poll_wait(h, A(pages), 1, 0), L_EBADF);
		if (h) /* 0: standard input */
			EQ(h_file_read(h, A(pages), 1), L_EBADF);
	}
}

static void opening(void)
{
	static uint8_t cut[sizeof(object_bytes)] __attribute__((aligned(8)));
	struct wbpf_open_opts opts = {.size = sizeof(opts)};

	EQ(h_object_open(OUTSIDE, 64, 0, 0), L_EFAULT);
	EQ(h_object_open(A(object_bytes), 0xffffffffu, 0, 0), L_E2BIG);
	EQ(h_object_open(A(object_bytes), 0x0fffffffu, 0, 0), L_EFAULT);
	EQ(h_object_open(A(object_bytes), 0, 0, 0), L_EINVAL);
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), OUTSIDE, sizeof(opts)), L_EFAULT);
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), 4), L_EINVAL);
	opts.name = (struct wbpf_str){OUTSIDE, 100};
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), sizeof(opts)), L_EFAULT);
	opts.name = (struct wbpf_str){A("a\0b"), 3};
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), sizeof(opts)), L_EINVAL);

	/* Cut off at every 97th byte, and with a wrong byte at every 61st: an error, or an object.
	 */
	for (unsigned len = 1; len < sizeof(object_bytes); len += 97)
		BAD(h_object_open(A(object_bytes), len, 0, 0));
	for (unsigned at = 0; at < sizeof(object_bytes); at += 61) {
		memcpy(cut, object_bytes, sizeof(cut));
		cut[at] ^= 0xff;
		int32_t h = h_object_open(A(cut), sizeof(cut), 0, 0);
		if (h > 0)
			OK(h_close(h));
	}
}

/* By the end of its name: libbpf puts the object's before that of a data section. */
static int32_t find(int32_t object, uint32_t kind, const char *name)
{
	int32_t wanted = (int32_t)strlen(name);
	char got[64];
	int32_t h;

	for (uint32_t i = 0; (h = h_object_child(object, kind, i)) > 0; i++) {
		int32_t len = h_get(h, WBPF_KEY_NAME, A(got), sizeof(got));
		if (len >= wanted && !memcmp(got + len - wanted, name, (size_t)wanted))
			return h;
	}
	return h;
}

static void properties(int32_t object)
{
	int32_t map = find(object, WBPF_KIND_MAP, "hash"),
		prog = find(object, WBPF_KIND_PROG, "count");
	struct wbpf_map_info info;
	uint32_t number = 8;

	OK(map);
	OK(prog);
	EQ(h_object_child(object, WBPF_KIND_MAP, 1000), L_ENOENT);
	EQ(h_object_child(object, WBPF_KIND_LINK, 0), L_EINVAL);
	EQ(h_object_load(map), L_EBADF);
	EQ(h_get(map, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	EQ(info.type, BPF_MAP_TYPE_HASH);
	EQ(info.value_size, 8);
	EQ(h_get(map, WBPF_KEY_INFO, 0, 0), sizeof(info));
	EQ(h_get(map, WBPF_KEY_INFO, OUTSIDE, sizeof(info)), L_EFAULT);
	EQ(h_get(map, 9999, A(pages), 64), L_EINVAL);
	EQ(h_set(map, WBPF_KEY_MAP_MAX_ENTRIES, A(&number), 2), L_EINVAL);
	EQ(h_set(map, WBPF_KEY_MAP_MAX_ENTRIES, OUTSIDE, 4), L_EFAULT);
	EQ(h_set(map, WBPF_KEY_PROG_AUTOLOAD, A(&number), 4), L_EINVAL);
	EQ(h_set(map, WBPF_KEY_MAP_MAX_ENTRIES, A(&number), 4), 0);
	EQ(h_get(map, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	EQ(info.max_entries, 8);
	EQ(h_set(map, WBPF_KEY_MAP_REUSE, A(&prog), 4), L_EINVAL);
	BAD(h_memory_map(map, 3, 0, A(pages), 4096)); /* not loaded */
}

/* With attr as long as libbpf makes it for that command: single elements then have a way of their
 * own. */
static int exact;

static int32_t bpf(uint32_t cmd, const union bpf_attr *attr)
{
	uint32_t size = sizeof(*attr);

	if (exact && cmd >= BPF_MAP_LOOKUP_ELEM && cmd <= BPF_MAP_DELETE_ELEM)
		size = 32; /* up to flags */
	if (exact && cmd == BPF_MAP_GET_NEXT_KEY)
		size = 24; /* up to next_key */
	return h_bpf(cmd, A(attr), size);
}

static void commands(int32_t map, int32_t prog)
{
	uint32_t key = 1, next = 0;
	uint64_t value = 11;
	union bpf_attr a = {.map_fd = (uint32_t)map, .key = A(&key), .value = A(&value)};

	EQ(h_bpf(9999, A(&a), sizeof(a)), L_EPERM);
	EQ(h_bpf(0xffffffffu, A(&a), sizeof(a)), L_EPERM);
	EQ(h_bpf(BPF_MAP_LOOKUP_ELEM, OUTSIDE, sizeof(a)), L_EFAULT);
	EQ(h_bpf(BPF_MAP_LOOKUP_ELEM, A(&a), 0x7fffffff), L_EFAULT);
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_ENOENT);
	for (key = 1; key <= 4; key++)
		EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), 0);
	key = 3;
	value = 0;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), 0);
	EQ(value, 11);

	/* NULL walks from the first key: four of them. */
	union bpf_attr walk = {.map_fd = (uint32_t)map, .next_key = A(&next)};
	int n = 0;
	while (!bpf(BPF_MAP_GET_NEXT_KEY, &walk) && ++n < 100) {
		key = next;
		walk.key = A(&key);
	}
	EQ(n, 4);

	a.key = OUTSIDE;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	a.key = 0x100000000ull + A(&key); /* a pointer of 64 bits */
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	a.key = A(&key);
	a.value = OUTSIDE;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	a.value = A(&value);
	for (int32_t fd = -1; fd < 16; fd++) { /* descriptors of the host are no handles */
		a.map_fd = (uint32_t)fd;
		EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), fd >= 0 && fd <= 2 ? L_EINVAL : L_EBADF);
	}
	a.map_fd = (uint32_t)prog;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EINVAL); /* the kernel's word for another kind */
	a.map_fd = (uint32_t)map;
	a.flags = BPF_F_LOCK; /* the map has none */
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EINVAL);
	a.flags = BPF_NOEXIST;
	key = 1;
	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), L_EEXIST);
	a.flags = 0;
	a.key = 0;
	BAD(bpf(BPF_MAP_UPDATE_ELEM, &a));
	BAD(bpf(BPF_MAP_DELETE_ELEM, &a));
	a.key = A(&key);
	EQ(bpf(BPF_MAP_DELETE_ELEM, &a), L_EINVAL); /* of a value it knows nothing */
	a.value = 0;
	BAD(bpf(BPF_MAP_UPDATE_ELEM, &a));
	for (key = 1; key <= 4; key++)
		EQ(bpf(BPF_MAP_DELETE_ELEM, &a), 0);
	EQ(bpf(BPF_MAP_DELETE_ELEM, &a), L_ENOENT);
}

/* Keys and values at the end of the memory, and attr where no 64-bit word is aligned. */
static void at_the_end(int32_t map)
{
	/* One page more, which nobody uses. */
	uint32_t end = ((uint32_t)__builtin_wasm_memory_grow(0, 1) + 1) << 16, key = 1;
	uint64_t value = 7;
	uint8_t bytes[sizeof(union bpf_attr) + 8] __attribute__((aligned(8)));
	union bpf_attr a = {.map_fd = (uint32_t)map, .key = A(&key), .value = A(&value)};

	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), 0);
	a.value = end - 8;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), 0);
	EQ(*(uint64_t *)(uintptr_t)(end - 8), 7);
	a.value = end - 7;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), L_EFAULT);
	a.value = A(&value);
	a.key = end - 3;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	a.key = 0;
	a.next_key = end - 4;
	EQ(bpf(BPF_MAP_GET_NEXT_KEY, &a), 0);
	EQ(*(uint32_t *)(uintptr_t)(end - 4), 1);
	a.next_key = end - 3;
	EQ(bpf(BPF_MAP_GET_NEXT_KEY, &a), L_EFAULT);
	a.key = A(&key);
	a.value = A(&value);
	value = 0;
	memcpy(bytes + 4, &a, sizeof(a));
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, (union bpf_attr *)(bytes + 4)), 0);
	EQ(value, 7);
	memcpy((void *)(uintptr_t)(end - 16), &a, 16);
	EQ(h_bpf(BPF_MAP_LOOKUP_ELEM, end - 16, exact ? 32 : sizeof(a)), L_EFAULT);
	a.value = 0;
	EQ(bpf(BPF_MAP_DELETE_ELEM, &a), 0);
}

static void created_map(void)
{
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 4};
	int32_t map = bpf(BPF_MAP_CREATE, &a);
	struct bpf_map_info info = {0};
	uint32_t key = 3;
	uint64_t value = 99;

	OK(map);
	EQ(WBPF_HANDLE_KIND(map), WBPF_KIND_MAP);
	union bpf_attr e = {.map_fd = (uint32_t)map, .key = A(&key), .value = A(&value)};
	EQ(bpf(BPF_MAP_UPDATE_ELEM, &e), 0);
	value = 0;
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &e), 0);
	EQ(value, 99);
	union bpf_attr i = {
		.info = {.bpf_fd = (uint32_t)map, .info_len = sizeof(info), .info = A(&info)}};
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &i), 0);
	EQ(info.max_entries, 4);
	EQ(i.info.bpf_fd, map); /* the module's handle, not the host's descriptor */
	EQ(h_close(map), 0);
	EQ(h_close(map), L_EBADF);
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &e), L_EBADF);
	a.map_flags = BPF_F_TOKEN_FD; /* a descriptor of the host in a field that few know */
	a.map_token_fd = 3;
	int32_t err = bpf(BPF_MAP_CREATE, &a);
	EQ(err == L_EBADF || err == L_EINVAL, 1); /* a kernel before 6.9 */
}

/* Per-CPU values take 8 bytes for each possible CPU, and not one more. */
static void percpu(int32_t map)
{
	size_t n = shared.possible_cpus;
	uint64_t *values = malloc((n + 1) * 8);
	uint32_t key = 0;
	union bpf_attr a = {.map_fd = (uint32_t)map, .key = A(&key), .value = A(values)};

	memset(values, 0xee, (n + 1) * 8);
	EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), 0);
	EQ(values[0], 0);
	EQ(values[n - 1], 0);
	EQ(values[n] == 0xeeeeeeeeeeeeeeeeull, 1);
	free(values);
}

static void queue(int32_t map)
{
	uint32_t value = 5;
	union bpf_attr a = {.map_fd = (uint32_t)map, .value = A(&value)};

	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), 0);
	value = 0;
	EQ(bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, &a), 0);
	EQ(value, 5);
	EQ(bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, &a), L_ENOENT);
}

/* A value that is a descriptor: handles go in, and only handles. */
static void prog_array(int32_t map, int32_t prog)
{
	uint32_t key = 0;
	int32_t value = prog;
	union bpf_attr a = {.map_fd = (uint32_t)map, .key = A(&key), .value = A(&value)};

	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), 0);
	EQ(value, prog);
	value = 5;
	EQ(bpf(BPF_MAP_UPDATE_ELEM, &a), L_EBADF);
	a.value = 0;
	EQ(bpf(BPF_MAP_DELETE_ELEM, &a), 0);
}

static int32_t run(int32_t prog)
{
	uint8_t packet[64] = {0};
	union bpf_attr a = {.test = {.prog_fd = (uint32_t)prog,
				     .data_in = A(packet),
				     .data_size_in = sizeof(packet)}};

	EQ(bpf(BPF_PROG_TEST_RUN, &a), 0);
	EQ(a.test.prog_fd, prog);
	EQ(a.test.data_in, A(packet));
	return (int32_t)a.test.retval;
}

/* Kernel memory in the module's memory. */
static void memory(int32_t object, int32_t prog)
{
	int32_t data = find(object, WBPF_KIND_MAP, ".data"),
		rodata = find(object, WBPF_KIND_MAP, ".rodata");
	volatile uint64_t *counter = (uint64_t *)pages;

	OK(data);
	OK(rodata);
	EQ(h_memory_map(data, 3, 0, A(pages) + 1, 4096), L_EINVAL);
	EQ(h_memory_map(data, 3, 0, A(pages), 4095), L_EINVAL);
	EQ(h_memory_map(data, 2, 0, A(pages), 4096), L_EINVAL);
	EQ(h_memory_map(data, 3, 1ull << 63, A(pages), 4096), L_EINVAL);
	EQ(h_memory_map(data, 3, 0, 0xfffff000u, 4096), L_EFAULT);
	EQ(h_memory_map(data, 3, 0, A(&shared) & ~4095u, 4096), L_EBUSY);
	EQ(h_memory_map(data, 3, 0, A(pages), 4096), 0);
	EQ(*counter, 5);
	run(prog);
	EQ(*counter, 6); /* the kernel's own memory: no copy */
	*counter = 40;
	EQ(run(prog), 40);
	EQ(h_memory_map(data, 3, 0, A(pages), 4096), L_EBUSY);

	BAD(h_memory_map(rodata, 3, 0, A(pages) + 4096, 4096)); /* frozen: not for writing */
	EQ(h_memory_map(rodata, 1, 0, A(pages) + 4096, 4096), 0);
	EQ(h_get(object, WBPF_KEY_NAME, A(pages) + 4096, 16), L_EFAULT);
	EQ(h_log_read(A(pages) + 4096, 16) <= 0, 1);
	uint32_t key = 0;
	union bpf_attr a = {.map_fd = (uint32_t)data, .key = A(&key), .value = A(pages) + 4096};
	for (exact = 0; exact < 2; exact++)
		EQ(bpf(BPF_MAP_LOOKUP_ELEM, &a), L_EFAULT);
	EQ(h_start(A(pages) + 4096),
	   L_EINVAL); /* its first word is not a size, and it is read-only */

	EQ(h_memory_unmap(A(pages), 8192), L_EINVAL);
	EQ(h_memory_unmap(A(pages) + 8192, 4096), L_EINVAL);
	EQ(h_memory_unmap(A(pages), 4096), 0);
	EQ(h_memory_unmap(A(pages) + 4096, 4096), 0);
	EQ(*counter, 0);
	*counter = 1;
}

static void waiting(int32_t ring, int32_t prog)
{
	struct wbpf_event e = {.events = 1 /* EPOLLIN */, .data = 0x123456789abcdefull};
	int32_t poll = h_poll_create();
	uint64_t left = 0;

	OK(poll);
	EQ(h_poll_ctl(poll, WBPF_POLL_ADD, ring, OUTSIDE), L_EFAULT);
	EQ(h_poll_ctl(poll, 77, ring, A(&e)), L_EINVAL);
	EQ(h_poll_ctl(ring, WBPF_POLL_ADD, ring, A(&e)), L_EINVAL);
	EQ(h_poll_ctl(poll, WBPF_POLL_ADD, ring, A(&e)), 0);
	e = (struct wbpf_event){0};
	/* Earlier records are taken by moving the consumer's position to the producer's. */
	EQ(h_memory_map(ring, 3, 0, A(pages), 4096), 0);
	EQ(h_memory_map(ring, 1, 4096, A(pages) + 4096, 4096 + 2 * 4096), 0);
	*(volatile uint64_t *)pages = *(volatile uint64_t *)(pages + 4096);
	EQ(h_memory_unmap(A(pages), 4096), 0);
	EQ(h_memory_unmap(A(pages) + 4096, 4096 + 2 * 4096), 0);
	EQ(h_poll_wait(poll, A(&e), 0, 0), L_EINVAL);
	EQ(h_poll_wait(poll, OUTSIDE, 1, 0), L_EFAULT);
	EQ(h_poll_wait(poll, A(&e), 0x7fffffff, 0), 0);
	EQ(h_poll_wait(poll, A(&e), 1, 1), 0);
	run(prog);
	EQ(h_poll_wait(poll, A(&e), 1, 1000), 1);
	EQ(e.data, 0x123456789abcdefull);
	EQ(h_poll_ctl(poll, WBPF_POLL_DEL, ring, 0), 0);
	/* Two are ready, edge-triggered, and there is room for one: the other is not lost. */
	int32_t inner[2];
	for (int i = 0; i < 2; i++) {
		OK(inner[i] = h_poll_create());
		e = (struct wbpf_event){.events = 1};
		EQ(h_poll_ctl(inner[i], WBPF_POLL_ADD, ring, A(&e)), 0);
		e = (struct wbpf_event){.events = 1 | 1u << 31 /* EPOLLET */, .data = (uint64_t)i};
		EQ(h_poll_ctl(poll, WBPF_POLL_ADD, inner[i], A(&e)), 0);
	}
	EQ(h_poll_wait(poll, A(&e), 1, 1000), 1);
	EQ(e.data, 0);
	EQ(h_poll_wait(poll, A(&e), 1, 1000), 1);
	EQ(e.data, 1);
	EQ(h_close(inner[0]), 0);
	EQ(h_close(inner[1]), 0);
	EQ(h_close(poll), 0);
	EQ(h_sleep(1000, OUTSIDE), L_EFAULT);
	EQ(h_sleep(1000, A(&left)), 0);
}

static void others(int32_t prog)
{
	struct wbpf_str path = {A("/etc"), 4};
	struct wbpf_net net = {.size = sizeof(net), .name = {A("lo"), 2}};
	struct wbpf_attach how = {.size = sizeof(how), .kind = 9999};

	EQ(h_signal(0, WBPF_SIGNAL_CATCH), L_EINVAL);
	EQ(h_signal(9, WBPF_SIGNAL_CATCH), L_EINVAL);
	EQ(h_signal(11, WBPF_SIGNAL_CATCH), L_EINVAL);
	EQ(h_signal(32, WBPF_SIGNAL_CATCH), L_EINVAL);
	EQ(h_signal(2, 77), L_EINVAL);
	EQ(h_signal(2, WBPF_SIGNAL_CATCH), 0);
	EQ(h_signals_take(), 0);
	EQ(h_signal(2, WBPF_SIGNAL_DEFAULT), 0);
	EQ(h_file_open(WBPF_FILE_CGROUP, OUTSIDE), L_EFAULT);
	EQ(h_file_open(WBPF_FILE_CGROUP, A(&path)), L_EBADF); /* not in a cgroup2 file system */
	EQ(h_file_open(99, A(&path)), L_EINVAL);
	path = (struct wbpf_str){A("/dev/null"), 9};
	EQ(h_file_open(WBPF_FILE_NETNS, A(&path)), L_EBADF);
	path = (struct wbpf_str){A("/proc/self/ns/net"), 17};
	int32_t netns = h_file_open(WBPF_FILE_NETNS, A(&path));
	OK(netns);
	EQ(h_close(netns), 0);
	EQ(h_net(WBPF_NET_IF_INDEX, A(&net), sizeof(net)), 0);
	EQ(net.ifindex, 1);
	EQ(h_net(WBPF_NET_IF_INDEX, A(&net), 8), L_EINVAL);
	EQ(h_net(9999, A(&net), sizeof(net)), L_EOPNOTSUPP);
	net.name = (struct wbpf_str){A(pages), 2};
	BAD(h_net(WBPF_NET_IF_NAME, A(&net), sizeof(net))); /* too short for "lo" and its NUL */
	net.name.len = 3;
	EQ(h_net(WBPF_NET_IF_NAME, A(&net), sizeof(net)), 0);
	EQ(strcmp((char *)pages, "lo"), 0);
	EQ(h_attach(prog, A(&how), sizeof(how)), L_EINVAL);
	how.kind = WBPF_ATTACH_AUTO;
	BAD(h_attach(prog, A(&how), sizeof(how))); /* a socket filter: no automatic attachment */
	how.flags = WBPF_ATTACH_IF_POSSIBLE;
	EQ(h_attach(prog, A(&how), sizeof(how)), 0);
}

/* As many handles as the host or the kernel allows; all can be given back. */
static void many_handles(void)
{
	static int32_t all[20000];
	int n = 0;

	while (n < 20000 && (all[n] = h_poll_create()) > 0)
		n++;
	EQ(n < 20000, 1);
	EQ(all[n], L_EMFILE);
	while (n > 0)
		EQ(h_close(all[--n]), 0);
	int32_t again = h_poll_create();
	OK(again);
	EQ(h_close(again), 0);
}

/* Several links back at once: all of them, or none. */
static void several_links(int32_t object, int32_t other)
{
	static const char *const taps[] = {"tap", "tap2", "tap3"};
	struct wbpf_attach how = {.size = sizeof(how)};
	int32_t links[3], wrong[4];

	for (int i = 0; i < 3; i++)
		OK(links[i] =
			   h_attach(find(object, WBPF_KIND_PROG, taps[i]), A(&how), sizeof(how)));
	EQ(h_close_links(OUTSIDE, 1), L_EFAULT);
	EQ(h_close_links(A(links), 0x40000000), L_E2BIG);
	EQ(h_close_links(A(links), 16385), L_E2BIG);
	EQ(h_close_links(OUTSIDE, 16384), L_EFAULT);
	EQ(h_close_links(A(links), 0), 0);
	for (int i = 0; i < 3; i++)
		wrong[i] = links[i];
	wrong[3] = links[0];
	EQ(h_close_links(A(wrong), 4), L_EBADF); /* twice */
	wrong[3] = other;
	EQ(h_close_links(A(wrong), 4), L_EBADF); /* no link */
	wrong[3] = STALE;
	EQ(h_close_links(A(wrong), 4), L_EBADF);
	EQ(h_close_links(A(links), 3), 0);
	EQ(h_close_links(A(links), 1), L_EBADF);
	for (int i = 0; i < 3; i++)
		EQ(h_close(links[i]), L_EBADF);
}

/* Every log record can be fetched, also in two steps. */
static void logs(void)
{
	uint8_t small[2], *big;
	int32_t size;

	h_object_open(A("no object at all"), 16, 0, 0);
	EQ(shared.logs > 0, 1);
	while ((size = h_log_read(A(small), sizeof(small))) > 0) {
		if (size <= (int32_t)sizeof(small))
			continue;
		big = malloc((size_t)size);
		EQ(h_log_read(A(big), (uint32_t)size), size);
		EQ(big[0] <= WBPF_LOG_DEBUG, 1);
		free(big);
	}
	EQ(shared.logs, 0);
	EQ(h_log_read(OUTSIDE, 16), 0);
}

int main(void)
{
	before_start();
	begin();
	EQ(shared.page_size, 4096);
	EQ(shared.possible_cpus > 0, 1);
	handles();
	opening();
	logs();
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	OK(object);
	if (object < 0)
		return end();
	properties(object);
	int32_t err = h_object_load(object);
	if (err == L_EPERM) {
		end();
		puts("SKIP: this machine does not let this user load BPF programs");
		return failures ? 1 : 77;
	}
	EQ(err, 0);
	int32_t prog = find(object, WBPF_KIND_PROG, "count");
	for (exact = 0; exact < 2; exact++) {
		commands(find(object, WBPF_KIND_MAP, "hash"), prog);
		at_the_end(find(object, WBPF_KIND_MAP, "hash"));
		created_map();
		percpu(find(object, WBPF_KIND_MAP, "percpu"));
	}
	for (exact = 0; exact < 2; exact++) {
		queue(find(object, WBPF_KIND_MAP, "queue"));
		prog_array(find(object, WBPF_KIND_MAP, "progs"), prog);
	}
	memory(object, prog);
	waiting(find(object, WBPF_KIND_MAP, "ring"), prog);
	others(prog);
	several_links(object, prog);
	many_handles();
	EQ(h_close(object), 0);
	EQ(h_close(object), L_EBADF);
	EQ(h_get(prog, WBPF_KEY_NAME, A(pages), 16), L_EBADF);
	return end();
}
