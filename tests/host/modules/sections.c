/* SPDX-License-Identifier: BSD-2-Clause */
/* The module's own custom sections, an object in one, and programs in a table of functions. */
#include "host.h"

static const uint8_t functions_bytes[] = {
#embed FUNCTIONS_FILE
};

__asm__("\t.section .custom_section.wbpf.one,\"\",@\n\t.ascii \"hello\"\n"
	"\t.section .custom_section.wbpf.none,\"\",@\n"
	"\t.section .custom_section.other,\"\",@\n\t.ascii \"other\"\n"
	"\t.section .custom_section.wbpf.bpf.host,\"\",@\n\t.incbin \"" HOST_FILE "\"\n"
	"\t.text\n");

enum { OUTSIDE = 0xfffff000 };

static char buffer[8192];

static struct wbpf_str str(const char *s)
{
	return (struct wbpf_str){A(s), strlen(s)};
}

static int32_t read_section(const char *name, uint32_t offset, uint32_t buf, uint32_t cap)
{
	struct wbpf_str s = str(name);

	memset(buffer, '.', sizeof(buffer));
	return h_section_read(A(&s), offset, buf, cap);
}

static void reading(void)
{
	struct wbpf_str s = {A("wbpf\0one"), 8};

	EQ(read_section("wbpf.one", 0, A(buffer), sizeof(buffer)), 5);
	EQ(memcmp(buffer, "hello..", 7), 0);
	EQ(read_section("wbpf.one", 2, A(buffer), 2), 5);
	EQ(memcmp(buffer, "ll..", 4), 0);
	EQ(read_section("wbpf.one", 5, OUTSIDE, 100), 5);
	EQ(read_section("wbpf.one", UINT32_MAX, OUTSIDE, UINT32_MAX), 5);
	EQ(read_section("wbpf.one", 0, 0, 0), 5);
	EQ(read_section("wbpf.one", 0, OUTSIDE, 0), 5);
	EQ(read_section("wbpf.one", 0, OUTSIDE, 1), L_EFAULT);
	EQ(read_section("wbpf.none", 0, A(buffer), 1), 0);
	EQ(read_section("other", 0, A(buffer), 1), L_ENOENT);
	EQ(read_section("wbpf.", 0, A(buffer), 1), L_ENOENT);
	EQ(read_section("wbpf.on", 0, A(buffer), 1), L_ENOENT);
	EQ(read_section("", 0, A(buffer), 1), L_ENOENT);
	EQ(h_section_read(A(&s), 0, A(buffer), 1), L_EINVAL);
	s = (struct wbpf_str){0, 0};
	EQ(h_section_read(A(&s), 0, A(buffer), 1), L_EFAULT);
	s = (struct wbpf_str){OUTSIDE, 8};
	EQ(h_section_read(A(&s), 0, A(buffer), 1), L_EFAULT);
	s = (struct wbpf_str){A(buffer), 5000};
	EQ(h_section_read(A(&s), 0, A(buffer), 1), L_EINVAL);
	EQ(h_section_read(OUTSIDE, 0, A(buffer), 1), L_EFAULT);
}

static int32_t open_section(const char *name, uint32_t len)
{
	struct wbpf_open_opts o = {.size = sizeof(o), .flags = WBPF_OPEN_SECTION};

	return h_object_open(A(name), len, A(&o), sizeof(o));
}

static void opening(void)
{
	static const char name[] = "wbpf.bpf.host";
	int32_t object = open_section(name, sizeof(name) - 1);

	OK(object);
	EQ(h_close(object), 0);
	EQ(open_section(name, sizeof(name) - 2), L_ENOENT);
	EQ(open_section(name, sizeof(name)), L_EINVAL);
	EQ(open_section("wbpf.none", 9), L_EINVAL);
	BAD(open_section("wbpf.one", 8));
	EQ(open_section("", 0), L_ENOENT);
	EQ(open_section((const char *)OUTSIDE, 8), L_EFAULT);
	EQ(open_section(NULL, 8), L_EFAULT);
}

static void functions(void)
{
	int32_t object = h_object_open(A(functions_bytes), sizeof(functions_bytes), 0, 0);
	int32_t again = h_object_open(A(functions_bytes), sizeof(functions_bytes), 0, 0);
	int32_t map = h_object_child(object, WBPF_KIND_MAP, 0);
	int32_t prog = h_object_child(object, WBPF_KIND_PROG, 0);
	int32_t strange = h_object_child(again, WBPF_KIND_PROG, 0);
	uint64_t value[4], other[4];
	uint32_t at[8] = {0};

	OK(prog);
	EQ(h_get(map, WBPF_KEY_MAP_FUNCTIONS, A(at), sizeof(at)), 8);
	EQ(at[0], 8);
	EQ(at[1], 24);
	EQ(h_get(prog, WBPF_KEY_MAP_FUNCTIONS, A(at), sizeof(at)), L_EINVAL);
	EQ(h_get(map, WBPF_KEY_MAP_INITIAL_VALUE, A(value), sizeof(value)), sizeof(value));
	EQ(value[0], 7);
	EQ(value[1], prog);
	EQ(value[2], 0);
	EQ(value[3], 0);
	value[0] = 8;
	value[1] = 0;
	value[2] = 0x4141414141414141;
	value[3] = (uint64_t)prog;
	EQ(h_set(map, WBPF_KEY_MAP_INITIAL_VALUE, A(value), sizeof(value)), 0);
	EQ(h_get(map, WBPF_KEY_MAP_INITIAL_VALUE, A(other), sizeof(other)), sizeof(other));
	value[2] = 0;
	EQ(memcmp(value, other, sizeof(value)), 0);

	const uint64_t wrong[] = {1,
				  (uint64_t)map,
				  (uint64_t)object,
				  (uint64_t)strange,
				  1ULL << 32 | (uint32_t)prog,
				  UINT64_MAX,
				  A(value)};
	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		value[1] = wrong[i];
		EQ(h_set(map, WBPF_KEY_MAP_INITIAL_VALUE, A(value), sizeof(value)), L_EBADF);
	}
	value[1] = 0;
	EQ(h_set(map, WBPF_KEY_MAP_INITIAL_VALUE, A(value), sizeof(value) - 8), L_EINVAL);
	EQ(h_set(map, WBPF_KEY_MAP_INITIAL_VALUE, OUTSIDE, sizeof(value)), L_EFAULT);
	EQ(h_close(again), 0);
	value[1] = (uint64_t)strange;
	EQ(h_set(map, WBPF_KEY_MAP_INITIAL_VALUE, A(value), sizeof(value)), L_EBADF);
	EQ(h_close(object), 0);
}

int main(void)
{
	begin();
	reading();
	opening();
	functions();
	return end();
}
