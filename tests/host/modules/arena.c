/* SPDX-License-Identifier: BSD-2-Clause */
/* Arenas in the module's memory: wrong places, and what is there before and after. */
#include <stdlib.h>

#include "arena.h"

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed ARENA_FILE
};

static int all(const uint8_t *at, size_t len, uint8_t byte)
{
	for (size_t i = 0; i < len; i++)
		if (at[i] != byte)
			return 0;
	return 1;
}

static uint64_t extra_of(int32_t map)
{
	struct bpf_map_info info = {0};
	union bpf_attr attr = {
		.info = {.bpf_fd = (uint32_t)map, .info_len = sizeof(info), .info = A(&info)}};

	EQ(h_bpf(BPF_OBJ_GET_INFO_BY_FD, A(&attr), sizeof(attr)), 0);
	return info.map_extra;
}

/* Through bpf(2) and memory_map(). */
static void places(void)
{
	int32_t map, other;

	EQ(create_arena(1ull << 32, 0), L_EINVAL);
	EQ(create_arena(0x700000000000, 0), L_EINVAL);
	EQ(create_arena(A(pages) + 8, 0), L_EINVAL);
	BAD(create_arena(0xffffffff, 0));
	BAD(create_arena(0xfffff000, 0)); /* over the end of 4 GiB */
	OK(map = create_arena(A(pages), 0));
	EQ(extra_of(map), A(pages));
	memset(pages, 7, sizeof(pages));
	EQ(map_arena(map, pages + PAGE), L_EINVAL);
	EQ(h_memory_map(map, 3, 0, A(pages), PAGE), L_EINVAL);
	BAD(h_memory_map(map, 3, 0, A(pages), 2 * SIZE));
	EQ(h_memory_map(map, 3, PAGE, A(pages), SIZE), L_EINVAL);
	EQ(h_memory_map(map, 3, 0, A(pages) + 8, SIZE), L_EINVAL);
	EQ(h_memory_map(map, 3, 0, 0xfffff000, SIZE), L_EFAULT);
	EQ(h_memory_map(map, 2, 0, A(pages), SIZE), L_EINVAL);
	EQ(all(pages, sizeof(pages), 7), 1);
	EQ(map_arena(map, pages), 0);
	EQ(all(pages, SIZE, 0), 1);
	EQ(all(pages + SIZE, sizeof(pages) - SIZE, 7), 1);
	EQ(map_arena(map, pages), L_EBUSY);
	pages[PAGE] = 1;

	/* Another one can lie beside it, not over it. */
	OK(other = create_arena(0, 0));
	EQ(map_arena(other, pages + SIZE - PAGE), L_EBUSY);
	EQ(map_arena(other, pages + SIZE), 0);
	pages[SIZE] = 2;
	EQ(h_memory_unmap(A(pages), 2 * SIZE), L_EINVAL);
	EQ(h_memory_unmap(A(pages), PAGE), L_EINVAL);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(all(pages, SIZE, 0), 1);
	EQ(pages[SIZE], 2);
	EQ(h_memory_unmap(A(pages), SIZE), L_EINVAL);

	/* It is at its address for ever. */
	pages[0] = 9;
	EQ(map_arena(map, pages + 2 * SIZE), L_EINVAL);
	EQ(map_arena(map, pages), 0);
	EQ(pages[PAGE], 1);
	EQ(pages[0], 0);

	/* The kernel refuses a frozen one when it has taken away what was there. */
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	int32_t frozen = create_arena(0, 0);
	union bpf_attr freeze = {.map_fd = (uint32_t)frozen};
	EQ(h_bpf(BPF_MAP_FREEZE, A(&freeze), sizeof(freeze)), 0);
	memset(pages, 7, SIZE);
	EQ(map_arena(frozen, pages), L_EPERM);
	EQ(all(pages, SIZE, 7), 1);
	EQ(h_memory_map(frozen, WBPF_PROT_READ, 0, A(pages), SIZE), 0);
	EQ(all(pages, SIZE, 0), 1);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_close(frozen), 0);

	/* What the map's handle was is no part of what is mapped. */
	EQ(h_close(other), 0);
	pages[SIZE + PAGE] = 3;
	EQ(pages[SIZE], 2);
	EQ(h_memory_unmap(A(pages + SIZE), SIZE), 0);
	EQ(h_close(map), 0);
}

/* The block that the host writes at any time. */
static void shared_block(void)
{
	int32_t map = create_arena(0, 0);
	struct wbpf_shared *s = (struct wbpf_shared *)(pages + SIZE);

	s->size = sizeof(*s);
	EQ(h_start(A(s)), WBPF_ABI_MINOR);
	EQ(map_arena(map, pages + SIZE), L_EBUSY);
	EQ(h_start(A(&shared)), WBPF_ABI_MINOR);
	EQ(map_arena(map, pages + SIZE), 0);
	BAD(h_start(A(s)));
	EQ(h_memory_unmap(A(pages + SIZE), SIZE), 0);
	EQ(h_close(map), 0);
}

/* Memory grows behind an arena, which stays where it is. */
static void growth(void)
{
	int32_t map = create_arena(0, 0);

	EQ(map_arena(map, pages), 0);
	pages[5] = 5;
	size_t old = __builtin_wasm_memory_grow(0, 16);
	uint8_t *added = (uint8_t *)(old * 65536);
	EQ(pages[5], 5);
	EQ(all(added, 16 * 65536, 0), 1);
	int32_t other = create_arena(A(added), 0);
	EQ(map_arena(other, added), 0);
	added[0] = 6;
	EQ(h_memory_unmap(A(added), SIZE), 0);
	EQ(all(added, 16 * 65536, 0), 1);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_close(map), 0);
	EQ(h_close(other), 0);
}

/* The host itself copies from and to an arena; pages that are not there yet come to be. */
static void copies(void)
{
	int32_t map = create_arena(0, 0);
	union bpf_attr *attr = (union bpf_attr *)pages;

	EQ(map_arena(map, pages), 0);
	EQ(h_bpf(BPF_MAP_CREATE, A(attr), sizeof(*attr)), L_EINVAL);
	*attr = (union bpf_attr){.map_type = BPF_MAP_TYPE_ARRAY,
				 .key_size = 4,
				 .value_size = PAGE,
				 .max_entries = 1};
	int32_t array = h_bpf(BPF_MAP_CREATE, A(attr), sizeof(*attr));
	OK(array);
	*attr = (union bpf_attr){.map_fd = (uint32_t)array,
				 .key = A(pages + PAGE),
				 .value = A(pages + 2 * PAGE - 8)};
	EQ(h_bpf(BPF_MAP_LOOKUP_ELEM, A(attr), sizeof(*attr)), 0);
	*attr = (union bpf_attr){.info = {.bpf_fd = (uint32_t)map,
					  .info_len = sizeof(struct bpf_map_info),
					  .info = A(pages + 3 * PAGE)}};
	EQ(h_bpf(BPF_OBJ_GET_INFO_BY_FD, A(attr), sizeof(*attr)), 0);
	EQ(((struct bpf_map_info *)(pages + 3 * PAGE))->map_extra, 0);
	EQ(h_close(array), 0);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_close(map), 0);
}

static int32_t arena_of(int32_t object)
{
	char name[64] = {0};
	int32_t h;

	for (uint32_t i = 0; (h = h_object_child(object, WBPF_KIND_MAP, i)) > 0; i++)
		if (h_get(h, WBPF_KEY_NAME, A(name), sizeof(name)) == 5 &&
		    !memcmp(name, "arena", 5))
			break;
	OK(h);
	return h;
}

static int32_t place(int32_t arena, uint64_t at)
{
	return h_set(arena, WBPF_KEY_MAP_EXTRA, A(&at), sizeof(at));
}

static struct wbpf_map_info info_of(int32_t map)
{
	struct wbpf_map_info info = {0};

	EQ(h_get(map, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	return info;
}

/* Where an object's arena cannot lie. */
static void misplaced(uint64_t at, int32_t set, int32_t load)
{
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t arena = arena_of(object);

	EQ(place(arena, at), set);
	if (!set) {
		EQ(info_of(arena).extra, at);
		EQ(h_object_load(object), load);
	}
	EQ(h_close(object), 0);
}

/* An object with its arena and variables in it. */
static void objects(void)
{
	int32_t map = create_arena(0, 0);

	misplaced(A(pages) + 8, L_EINVAL, 0);
	misplaced(A(pages) | 1ull << 32, L_EINVAL, 0);
	misplaced(0xfffff000, 0, L_EFAULT);
	memset(pages, 7, sizeof(pages));
	EQ(map_arena(map, pages), 0);
	misplaced(A(pages + SIZE - PAGE), 0, L_EBUSY);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_close(map), 0);
	EQ(all(pages + SIZE, SIZE, 7), 1);

	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t arena = arena_of(object);
	uint32_t size = info_of(arena).initial_size;
	EQ(size, 8000);
	memset(pages + SIZE, 3, size);
	EQ(h_set(arena, WBPF_KEY_MAP_INITIAL_VALUE, A(pages + SIZE), size), 0);
	EQ(place(arena, A(pages)), 0);
	EQ(info_of(arena).data, 0);
	EQ(h_object_load(object), 0);
	EQ(place(arena, A(pages)), L_EBUSY);
	struct wbpf_map_info info = info_of(arena);
	EQ(info.extra, A(pages));
	EQ(info.data >= A(pages) && info.data + size <= A(pages + SIZE), 1);
	EQ(all((uint8_t *)(uintptr_t)info.data, size, 3), 1);
	/* Closing it leaves what is mapped, and no hole behind that. */
	EQ(h_close(object), 0);
	EQ(all((uint8_t *)(uintptr_t)info.data, size, 3), 1);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(all(pages, SIZE, 0), 1);

	/* Two of one file at the same time. */
	int32_t one = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0),
		two = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	EQ(place(arena_of(one), A(pages)), 0);
	EQ(place(arena_of(two), A(pages + SIZE)), 0);
	EQ(h_object_load(one), 0);
	EQ(h_object_load(two), 0);
	*(uint8_t *)(uintptr_t)info_of(arena_of(one)).data = 42;
	EQ(*(uint8_t *)(uintptr_t)info_of(arena_of(two)).data, 1);
	EQ(h_close(one), 0);
	EQ(h_close(two), 0);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_memory_unmap(A(pages + SIZE), SIZE), 0);
}

static int said(const char *text)
{
	int found = 0;
	int32_t size;

	while ((size = h_log_read(A(pages + 3 * SIZE), SIZE - 1)) > 0) {
		pages[3 * SIZE + size] = 0;
		found |= strstr((char *)pages + 3 * SIZE + 1, text) != NULL;
	}
	return found;
}

/* An arena that is pinned is taken over, and is at its address for ever. */
static void pins(void)
{
	static const char path[] = "/sys/fs/bpf/wbpf-host-arena";
	int32_t one = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0), two;
	int32_t arena = arena_of(one);

	h_set(arena, WBPF_KEY_UNPIN, A(path), sizeof(path) - 1); /* of a run that was ended */
	EQ(h_set(arena, WBPF_KEY_MAP_PIN_PATH, A(path), sizeof(path) - 1), 0);
	EQ(place(arena, A(pages)), 0);
	if (h_object_load(one)) { /* no BPF file system */
		EQ(said("BPF file system"), 1);
		h_memory_unmap(A(pages), SIZE);
		EQ(h_close(one), 0);
		return;
	}
	uint32_t *numbers = (uint32_t *)(uintptr_t)info_of(arena).data;
	EQ(numbers[0], 1);
	numbers[0] = 77;

	two = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	arena = arena_of(two);
	EQ(h_set(arena, WBPF_KEY_MAP_PIN_PATH, A(path), sizeof(path) - 1), 0);
	EQ(place(arena, A(pages + SIZE)), 0);
	said("");
	EQ(h_object_load(two), L_EBUSY);
	EQ(said("pinned was made at an address"), 1);
	EQ(h_close(two), 0);

	EQ(h_close(one), 0);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(numbers[0], 0);
	two = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	arena = arena_of(two);
	EQ(h_set(arena, WBPF_KEY_MAP_PIN_PATH, A(path), sizeof(path) - 1), 0);
	EQ(place(arena, A(pages)), 0);
	EQ(h_object_load(two), 0);
	EQ(info_of(arena).data, A(numbers));
	EQ(numbers[0], 77);
	EQ(h_set(arena, WBPF_KEY_UNPIN, A(path), sizeof(path) - 1), 0);
	EQ(h_close(two), 0);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
}

/* One object's arena for another one, which keeps its program's hands off what is not its own. */
static void reuse(void)
{
	int32_t one = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0),
		two = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t first = arena_of(one), second = arena_of(two);
	union bpf_attr small = {
		.map_type = BPF_MAP_TYPE_ARENA, .map_flags = BPF_F_MMAPABLE, .max_entries = 1};
	int32_t other = h_bpf(BPF_MAP_CREATE, A(&small), sizeof(small));

	OK(other);
	EQ(place(first, A(pages)), 0);
	EQ(h_object_load(one), 0);
	EQ(h_set(second, WBPF_KEY_MAP_REUSE, A(&other), 4), L_EOPNOTSUPP);
	EQ(h_set(second, WBPF_KEY_MAP_REUSE, A(&first), 4), 0);
	EQ(info_of(second).extra, A(pages));
	EQ(h_object_load(two), 0);
	EQ(h_close(two), 0);
	*(uint32_t *)(uintptr_t)info_of(first).data = 5;
	EQ(h_close(one), 0);
	EQ(h_close(other), 0);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
}

/* Prepared first, loaded then; and not to be made at all. */
static void steps(void)
{
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	int32_t arena = arena_of(object);
	uint32_t no = 0;

	EQ(place(arena, A(pages)), 0);
	EQ(h_set(object, WBPF_KEY_OBJECT_PREPARE, 0, 0), 0);
	EQ(info_of(arena).extra, A(pages));
	EQ(info_of(arena).data, 0);
	EQ(h_object_load(object), 0);
	EQ(*(uint32_t *)(uintptr_t)info_of(arena).data, 1);
	EQ(h_memory_unmap(A(pages), SIZE), 0);
	EQ(h_close(object), 0);

	object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	arena = arena_of(object);
	EQ(place(arena, A(pages)), 0);
	EQ(h_set(arena, WBPF_KEY_MAP_AUTOCREATE, A(&no), 4), 0);
	BAD(h_object_load(object)); /* its program uses the arena */
	EQ(h_memory_unmap(A(pages), SIZE), L_EINVAL);
	EQ(h_close(object), 0);

	object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	uint32_t flags = BPF_F_MMAPABLE | BPF_F_SEGV_ON_FAULT;
	EQ(place(arena_of(object), A(pages)), 0);
	EQ(h_set(arena_of(object), WBPF_KEY_MAP_FLAGS, A(&flags), 4), 0);
	EQ(h_object_load(object), L_EOPNOTSUPP);
	EQ(h_close(object), 0);
}

int main(void)
{
	int status = begin_arena();

	if (status)
		return status;
	places();
	shared_block();
	growth();
	copies();
	objects();
	pins();
	reuse();
	steps();
	return end();
}
