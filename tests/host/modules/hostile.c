/* SPDX-License-Identifier: BSD-2-Clause */
/* Attacks on the host: through libbpf's trust in its caller, and through pointers in bpf(2)'s
 * structs. */
#include <elf.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>

#include "host.h"

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed HOSTILE_FILE
};

static const uint8_t cut_bytes[] __attribute__((aligned(8))) = {
#embed CUT_FILE
};

static const uint8_t many_bytes[] __attribute__((aligned(8))) = {
#embed MANY_FILE
};

static uint8_t buffer[1 << 20];

static int32_t find(int32_t object, uint32_t kind, const char *name)
{
	int32_t wanted = (int32_t)strlen(name), h;
	char got[64];

	for (uint32_t i = 0; (h = h_object_child(object, kind, i)) > 0; i++) {
		int32_t len = h_get(h, WBPF_KEY_NAME, A(got), sizeof(got));
		if (len >= wanted && !memcmp(got + len - wanted, name, (size_t)wanted))
			return h;
	}
	return h;
}

static int32_t map_of(int32_t object, const char *name)
{
	int32_t h = find(object, WBPF_KIND_MAP, name);

	OK(h);
	return h;
}

static int32_t set(int32_t h, uint32_t key, uint32_t number)
{
	return h_set(h, key, A(&number), sizeof(number));
}

/* Kernels have been seen that let not even root load such a program. */
static bool no_elements;

static void print_log(void)
{
	int32_t size;

	while ((size = h_log_read(A(buffer), sizeof(buffer))) > 0)
		if (buffer[0] == WBPF_LOG_WARN)
			printf("%.*s", (int)size - 1, (char *)buffer + 1);
}

static int32_t open_object(void)
{
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);

	OK(object);
	if (object < 0)
		print_log();
	else if (no_elements)
		EQ(set(find(object, WBPF_KIND_PROG, "elements"), WBPF_KEY_PROG_AUTOLOAD, 0), 0);
	return object;
}

static int32_t bpf(uint32_t cmd, const union bpf_attr *attr)
{
	return h_bpf(cmd, A(attr), sizeof(*attr));
}

/* They came with 6.9. */
static int has_arenas(void)
{
	union bpf_attr arena = {
		.map_type = BPF_MAP_TYPE_ARENA, .map_flags = BPF_F_MMAPABLE, .max_entries = 1};
	int32_t map = bpf(BPF_MAP_CREATE, &arena);

	if (map > 0)
		h_close(map);
	return map > 0;
}

static int32_t load(int32_t object)
{
	if (!has_arenas()) {
		EQ(set(map_of(object, "arena"), WBPF_KEY_MAP_AUTOCREATE, 0), 0);
		EQ(set(find(object, WBPF_KIND_PROG, "in_arena"), WBPF_KEY_PROG_AUTOLOAD, 0), 0);
	}
	return h_object_load(object);
}

static void look_for_elements(void)
{
	int32_t object = open_object();

	EQ(set(map_of(object, "large"), WBPF_KEY_MAP_AUTOCREATE, 0), 0);
	no_elements = load(object) == L_EPERM;
	if (no_elements)
		puts("this kernel lets no program go through the elements of maps");
	EQ(h_close(object), 0);
}

/* A data section's memory is as long as the map's definition says, for libbpf. */
static void data_sections(void)
{
	union bpf_attr create = {.map_type = BPF_MAP_TYPE_ARRAY,
				 .key_size = 4,
				 .value_size = 1 << 20,
				 .max_entries = 1};
	int32_t object = open_object(), data = map_of(object, ".data"),
		large = bpf(BPF_MAP_CREATE, &create);
	struct wbpf_map_info info;

	OK(large);
	EQ(h_get(data, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	EQ(set(data, WBPF_KEY_MAP_MAX_ENTRIES, 1 << 20), L_EOPNOTSUPP);
	EQ(set(data, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_HASH), L_EOPNOTSUPP);
	EQ(set(data, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_ARENA), L_EOPNOTSUPP);
	EQ(set(data, WBPF_KEY_MAP_KEY_SIZE, 512), L_EOPNOTSUPP);
	EQ(h_set(data, WBPF_KEY_MAP_REUSE, A(&large), 4), L_EINVAL);
	EQ(h_get(data, WBPF_KEY_MAP_INITIAL_VALUE, A(buffer), sizeof(buffer)),
	   (int32_t)info.value_size);
	/* What an ordinary program does. */
	EQ(set(data, WBPF_KEY_MAP_TYPE, info.type), 0);
	EQ(set(data, WBPF_KEY_MAP_MAX_ENTRIES, 1), 0);
	EQ(set(data, WBPF_KEY_MAP_VALUE_SIZE, 8192), 0);
	EQ(h_get(data, WBPF_KEY_MAP_INITIAL_VALUE, A(buffer), sizeof(buffer)), 8192);
	EQ(*(uint64_t *)buffer, 1);
	EQ(h_set(data, WBPF_KEY_MAP_INITIAL_VALUE, A(buffer), 8192), 0);
	EQ(h_close(large), 0);
	EQ(h_close(object), 0);
}

/* libbpf maps an arena at the address in map_extra, whatever is there, and takes what is there away
 * with the object. */
static void arenas(void)
{
	int32_t object = open_object(), arena = map_of(object, "arena"),
		large = map_of(object, "large");
	uint64_t extra = 0x700000000000;

	EQ(set(arena, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_ARRAY), L_EOPNOTSUPP);
	EQ(set(arena, WBPF_KEY_MAP_MAX_ENTRIES, 1), L_EOPNOTSUPP);
	EQ(set(arena, WBPF_KEY_MAP_MAX_ENTRIES, 5), 0);
	EQ(h_set(arena, WBPF_KEY_MAP_EXTRA, A(&extra), 8), L_EINVAL);
	EQ(h_set(large, WBPF_KEY_MAP_EXTRA, A(&extra), 8), 0);
	EQ(set(large, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_ARENA), L_EOPNOTSUPP);
	EQ(set(arena, WBPF_KEY_MAP_FLAGS, BPF_F_MMAPABLE | BPF_F_SEGV_ON_FAULT), 0);
	EQ(h_object_load(object), L_EOPNOTSUPP);
	EQ(h_close(object), 0);
}

/* Its programs are pointers of the host in libbpf's copy, and handles here; its length is another
 * one after the load. */
static void struct_ops(void)
{
	int32_t object = open_object(), cc = map_of(object, "cc"), large = map_of(object, "large");
	struct {
		uint64_t programs[3];
		char name[16];
	} value = {0};
	struct wbpf_map_info info;

	EQ(set(large, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_STRUCT_OPS), L_EOPNOTSUPP);
	EQ(set(cc, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_ARRAY), L_EOPNOTSUPP);
	EQ(set(cc, WBPF_KEY_MAP_VALUE_SIZE, sizeof(buffer)), L_EOPNOTSUPP);
	EQ(h_get(cc, WBPF_KEY_INFO, A(&info), sizeof(info)), sizeof(info));
	EQ(info.initial_size, sizeof(value));
	EQ(h_get(cc, WBPF_KEY_MAP_INITIAL_VALUE, A(&value), sizeof(value)), sizeof(value));
	for (int i = 0; i < 3; i++)
		EQ(WBPF_IS_HANDLE((int32_t)value.programs[i]) && !(value.programs[i] >> 32), 1);
	const uint64_t program = value.programs[0];
	EQ(strcmp(value.name, "wbpf_host"), 0);
	strcpy(value.name, "wbpf_other");
	const uint64_t others[] = {0x4141414141414141, program | 1ull << 32, 3, ~0ull,
				   (uint64_t)cc};
	for (unsigned i = 0; i < sizeof(others) / sizeof(*others); i++) {
		value.programs[0] = others[i];
		EQ(h_set(cc, WBPF_KEY_MAP_INITIAL_VALUE, A(&value), sizeof(value)), L_EBADF);
	}
	value.programs[0] = program;
	EQ(h_set(cc, WBPF_KEY_MAP_INITIAL_VALUE, A(&value), 8), L_EINVAL);
	EQ(h_set(cc, WBPF_KEY_MAP_INITIAL_VALUE, A(&value), sizeof(value)), 0);
	value = (typeof(value)){0};
	EQ(h_get(cc, WBPF_KEY_MAP_INITIAL_VALUE, A(&value), sizeof(value)), sizeof(value));
	EQ(value.programs[0], program);
	EQ(strcmp(value.name, "wbpf_other"), 0);
	EQ(h_close(object), 0);
}

/* The same type, but declared as an ordinary map: the object's .maps with another number in it. */
static void false_struct_ops(void)
{
	static uint8_t copy[sizeof(object_bytes)] __attribute__((aligned(8)));
	int changed = 0;

	/* BTF has the type of an arena (33) as the length of an array of int: struct btf_array's
	 * nelems. */
	memcpy(copy, object_bytes, sizeof(copy));
	for (size_t i = 8; i + 4 <= sizeof(copy); i += 4) {
		uint32_t *word = (uint32_t *)(copy + i);
		if (*word == BPF_MAP_TYPE_ARENA && word[-1] < 16 && word[-2] < 16 && word[-1] &&
		    word[-2]) {
			*word = BPF_MAP_TYPE_STRUCT_OPS;
			changed++;
		}
	}
	OK(changed - 1);
	int32_t object = h_object_open(A(copy), sizeof(copy), 0, 0);
	BAD(object);
	if (object > 0) {
		h_get(map_of(object, "arena"), WBPF_KEY_MAP_INITIAL_VALUE, A(buffer), 16);
		h_object_load(object);
	}
}

/* libbpf relocates both halves of a load of 64 bits, wherever its copy of the function ends. */
static void functions(void)
{
	int32_t object = h_object_open(A(cut_bytes), sizeof(cut_bytes), 0, 0);

	EQ(object, L_EINVAL);
	if (object > 0)
		h_object_load(object);
	/* Nor do a section's flags hide its symbols. */
	static uint8_t copy[sizeof(cut_bytes)] __attribute__((aligned(8)));
	memcpy(copy, cut_bytes, sizeof(copy));
	Elf64_Ehdr *header = (Elf64_Ehdr *)copy;
	Elf64_Shdr *sections = (Elf64_Shdr *)(copy + header->e_shoff);
	for (int i = 0; i < header->e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB)
			sections[i].sh_flags |= SHF_COMPRESSED;
	EQ(h_object_open(A(copy), sizeof(copy), 0, 0), L_EINVAL);
	/* It calls itself for each call from one function to the next. */
	EQ(h_object_open(A(many_bytes), sizeof(many_bytes), 0, 0), L_E2BIG);
}

/* A raw descriptor in an iterator's arguments: only handles are taken. */
static void iterators(int32_t object)
{
	int32_t elements = find(object, WBPF_KIND_PROG, "elements"),
		tasks = find(object, WBPF_KIND_PROG, "tasks");
	union bpf_iter_link_info info = {0};
	struct wbpf_attach how = {
		.size = sizeof(how), .kind = WBPF_ATTACH_ITER, .info = {A(&info), sizeof(info)}};
	int32_t link;

	for (uint32_t fd = 0; fd < 200 && !no_elements; fd++) {
		info.map.map_fd = fd;
		EQ(h_attach(elements, A(&how), sizeof(how)),
		   fd == 1 || fd == 2 ? L_EINVAL : L_EBADF);
	}
	if (!no_elements) {
		info.map.map_fd = (uint32_t)map_of(object, "large");
		OK(link = h_attach(elements, A(&how), sizeof(how)));
		EQ(h_close(link), 0);
	}
	info = (union bpf_iter_link_info){.task.tid = 1};
	OK(link = h_attach(tasks, A(&how), sizeof(how)));
	EQ(h_close(link), 0);
	info = (union bpf_iter_link_info){.task.pid_fd = 5};
	EQ(h_attach(tasks, A(&how), sizeof(how)), L_EBADF);
}

static void loaded(void)
{
	int32_t object = open_object(), outer = map_of(object, "outer"),
		arena = map_of(object, "arena");
	int32_t large = map_of(object, "large"), data = map_of(object, ".data"), filter;
	uint32_t key;

	/* libbpf has 4 bytes of each key of the slots that it fills. */
	EQ(set(outer, WBPF_KEY_MAP_KEY_SIZE, 512), L_EOPNOTSUPP);
	EQ(set(outer, WBPF_KEY_MAP_TYPE, BPF_MAP_TYPE_HASH), L_EOPNOTSUPP);
	EQ(set(large, WBPF_KEY_MAP_AUTOCREATE, 0), 0);
	int32_t err = load(object);
	EQ(err, 0);
	print_log();
	if (err)
		return;
	/* A map that was not created has no descriptor: behind libbpf's placeholder is a file. */
	BAD(h_memory_map(large, 3, 0, 0, 4096));
	if (has_arenas()) {
		EQ(h_set(data, WBPF_KEY_MAP_REUSE, A(&arena), 4), L_EOPNOTSUPP);
		/* It was not to lie in memory, so it lies where libbpf has put it. */
		EQ(h_memory_map(arena, 3, 0, 4096, 4 * 4096), L_EINVAL);
	}
	EQ(h_get(arena, WBPF_KEY_MAP_INITIAL_VALUE, A(buffer), 16), L_ENOENT);
	union bpf_attr walk = {.map_fd = (uint32_t)outer, .next_key = A(&key)};
	EQ(bpf(BPF_MAP_GET_NEXT_KEY, &walk), 0);
	EQ(key, 0);
	/* The maps of USDT are not libbpf's: nothing of this object is attached. */
	OK(filter = find(object, WBPF_KIND_PROG, "filter"));
	struct wbpf_attach how = {.size = sizeof(how),
				  .kind = WBPF_ATTACH_USDT,
				  .path = {A("/bin/true"), 9},
				  .provider = {A("a"), 1},
				  .name = {A("b"), 1}};
	EQ(h_attach(filter, A(&how), sizeof(how)), L_EOPNOTSUPP);
	EQ(h_close(object), 0);
}

static void attaching(void)
{
	int32_t object = open_object();
	int32_t specs = map_of(object, "__bpf_usdt_specs");

	EQ(set(specs, WBPF_KEY_MAP_VALUE_SIZE, 208), 0);
	EQ(load(object), 0);
	iterators(object);
	EQ(h_close(object), 0);
}

/* Pointers that few know: in MAP_CREATE, and within a map's info. */
static void pointers(void)
{
	static uint8_t hash[32];
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 4};
	int32_t map = bpf(BPF_MAP_CREATE, &a);
	struct bpf_map_info info = {.hash = 0x7f0000000000, .hash_size = 32};
	union bpf_attr i = {
		.info = {.bpf_fd = (uint32_t)map, .info_len = sizeof(info), .info = A(&info)}};
	uint8_t sum = 0;

	OK(map);
	union bpf_attr freeze = {.map_fd = (uint32_t)map};
	EQ(bpf(BPF_MAP_FREEZE, &freeze), 0);
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &i), L_EFAULT);
	info.hash = 0xfffffff0;
	EQ(bpf(BPF_OBJ_GET_INFO_BY_FD, &i), L_EFAULT);
	info.hash = A(hash);
	int32_t err = bpf(BPF_OBJ_GET_INFO_BY_FD, &i);
	if (!err) {
		EQ(info.hash, A(hash));
		EQ(info.max_entries, 4);
		for (int k = 0; k < 32; k++)
			sum |= hash[k];
		EQ(sum != 0, 1);
	} else {
		EQ(err == L_EINVAL || err == L_E2BIG, 1); /* a kernel before 6.18 */
	}
	EQ(h_close(map), 0);

	a.excl_prog_hash = 0x7f0000000000;
	a.excl_prog_hash_size = 32;
	EQ(bpf(BPF_MAP_CREATE, &a), L_EFAULT);
	a.excl_prog_hash = A(hash);
	map = bpf(BPF_MAP_CREATE, &a);
	if (map > 0)
		EQ(h_close(map), 0);
	else
		EQ(map == L_EINVAL || map == L_E2BIG, 1);
}

/* The object with number in place of the word so far behind each one that is info. */
static int32_t open_changed(uint32_t info, uint32_t words, uint32_t number)
{
	static uint8_t copy[sizeof(object_bytes)] __attribute__((aligned(8)));
	int changed = 0;

	memcpy(copy, object_bytes, sizeof(copy));
	for (size_t i = 0; i + 4 * words + 4 <= sizeof(copy); i += 4) {
		uint32_t *word = (uint32_t *)(copy + i);
		if (*word == info) {
			word[words] = number;
			changed++;
		}
	}
	OK(changed - 1);
	return h_object_open(A(copy), sizeof(copy), 0, 0);
}

/* Where the object's types say that libbpf's memory for them is shorter than what it writes. */
static void types(void)
{
	/* struct tcp_congestion_ops, of 4 members: its size. libbpf writes, then finds a mistake.
	 */
	while (h_log_read(A(buffer), sizeof(buffer)) > 0)
		;
	EQ(open_changed(BTF_KIND_STRUCT << 24 | 4, 1, 4), L_EINVAL);
	int32_t said = h_log_read(A(buffer), sizeof(buffer) - 1);
	buffer[said > 0 ? said : 0] = 0;
	EQ(strstr((char *)buffer + 1, "parts outside of it") != NULL, 1);
	/* Sections of one variable: where that is. */
	EQ(open_changed(BTF_KIND_DATASEC << 24 | 1, 3, 0xfffffff0), L_EINVAL);
}

int main(void)
{
	union bpf_attr any = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 4};

	begin();
	int32_t map = bpf(BPF_MAP_CREATE, &any);
	if (map < 0) {
		puts("SKIP: this machine does not let this user make maps");
		return 77;
	}
	h_close(map);
	look_for_elements();
	pointers();
	data_sections();
	arenas();
	struct_ops();
	false_struct_ops();
	functions();
	types();
	loaded();
	attaching();
	return end();
}
