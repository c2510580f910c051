/* SPDX-License-Identifier: BSD-2-Clause */
/* Linear memory: spans at every edge, kernel regions in it, what a failure leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/memory.h"

enum { PAGE = 65536, GUARD = 1 << 20 };

static int setup(void **state)
{
	struct memory *m;

	if (memory_new(4 * PAGE, 8 * PAGE, GUARD, &m))
		return -1;
	*state = m;
	return 0;
}

static int teardown(void **state)
{
	memory_free(*state);
	return 0;
}

/* A file of len bytes, each the given one. */
static int filled_file(uint32_t len, int byte)
{
	uint8_t block[4096];
	int fd = memfd_create("test", 0);

	memset(block, byte, sizeof(block));
	for (uint32_t done = 0; done < len; done += sizeof(block))
		assert_int_equal(write(fd, block, sizeof(block)), sizeof(block));
	return fd;
}

static void test_is_aligned_to_4_gib(void **state)
{
	const struct memory *m = *state;

	assert_int_equal((uintptr_t)m->base & (MEMORY_RESERVATION - 1), 0);
}

static void test_spans(void **state)
{
	struct memory *m = *state;
	uint32_t size = 4 * PAGE;

	assert_ptr_equal(memory_read(m, 0, size), m->base);
	assert_ptr_equal(memory_read(m, size, 0), m->base + size);
	assert_ptr_equal(memory_read(m, size - 1, 1), m->base + size - 1);
	assert_null(memory_read(m, size, 1));
	assert_null(memory_read(m, size - 1, 2));
	assert_null(memory_read(m, size + 1, 0));
	assert_null(memory_read(m, 0, (uint64_t)size + 1));
	assert_null(memory_read(m, UINT32_MAX, 1));
	assert_null(memory_read(m, 1, UINT32_MAX));
	assert_null(memory_read(m, UINT32_MAX, UINT32_MAX));
	assert_null(memory_read(m, 16, UINT64_MAX - 8));
	assert_null(memory_write(m, 16, UINT64_MAX));
	assert_null(memory_read(NULL, 0, 0));
}

static void test_grows_to_its_limit(void **state)
{
	struct memory *m = *state;

	assert_int_equal(memory_grow(m, 8 * PAGE), 0);
	m->base[8 * PAGE - 1] = 1;
	assert_non_null(memory_read(m, 8 * PAGE - 1, 1));
	assert_int_equal(memory_grow(m, 8 * PAGE + PAGE), -ENOMEM);
	assert_int_equal(m->size, 8 * PAGE);
}

static void test_maps_and_unmaps(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(8192, 0x5a);

	memset(m->base, 1, 3 * 4096);
	assert_int_equal(memory_map(m, 4096, 4096, true, fd, 4096), 0);
	assert_int_equal(m->base[4095], 1);
	assert_int_equal(m->base[4096], 0x5a);
	assert_int_equal(m->base[8191], 0x5a);
	assert_int_equal(m->base[8192], 1);
	assert_int_equal(memory_unmap(m, 4096, 8192), -EINVAL);
	assert_int_equal(memory_unmap(m, 0, 4096), -EINVAL);
	assert_int_equal(memory_unmap(m, 4096, 4096), 0);
	assert_int_equal(m->base[4096], 0);
	m->base[4096] = 7;
	assert_int_equal(memory_unmap(m, 4096, 4096), -EINVAL);
	close(fd);
}

static void test_refuses_what_cannot_be_mapped(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(8192, 1);

	assert_int_equal(memory_map(m, 1, 4096, true, fd, 0), -EINVAL);
	assert_int_equal(memory_map(m, 4096, 1, true, fd, 0), -EINVAL);
	assert_int_equal(memory_map(m, 4096, 0, true, fd, 0), -EINVAL);
	assert_int_equal(memory_map(m, 4096, 4096, true, fd, 1), -EINVAL);
	assert_int_equal(memory_map(m, 4 * PAGE, 4096, true, fd, 0), -EFAULT);
	assert_int_equal(memory_map(m, 4 * PAGE - 4096, 8192, true, fd, 0), -EFAULT);
	assert_int_equal(memory_map(m, 0xfffff000, 0xfffff000, true, fd, 0), -EFAULT);
	assert_int_equal(memory_map(m, 8192, 8192, false, fd, 0), 0);
	assert_int_equal(memory_map(m, 4096, 8192, false, fd, 0), -EBUSY);
	assert_int_equal(memory_map(m, 12288, 4096, false, fd, 0), -EBUSY);
	assert_int_equal(memory_map(m, 4096, 4096, false, fd, 0), 0);
	assert_int_equal(memory_map(m, 16384, 4096, false, fd, 0), 0);
	assert_int_equal(m->nr_ranges, 3);
	close(fd);
}

static void test_a_failure_leaves_the_pages(void **state)
{
	struct memory *m = *state;

	m->base[4096] = 42;
	assert_int_equal(memory_map(m, 4096, 4096, true, STDIN_FILENO + 1000, 0), -EBADF);
	assert_int_equal(m->base[4096], 42);
	assert_int_equal(m->nr_ranges, 0);
}

static void test_never_writes_read_only_regions(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(8192, 1);
	char c = 0;

	assert_int_equal(memory_map(m, 8192, 4096, false, fd, 0), 0);
	assert_int_equal(memory_map(m, 16384, 4096, true, fd, 4096), 0);
	assert_non_null(memory_write(m, 8191, 1));
	assert_null(memory_write(m, 8191, 2));
	assert_null(memory_write(m, 12287, 1));
	assert_non_null(memory_write(m, 12288, 1));
	assert_non_null(memory_write(m, 16384, 4096));
	assert_null(memory_write(m, 0, 4 * PAGE));
	assert_non_null(memory_read(m, 8192, 4096));
	assert_int_equal(memory_copy_out(m, 8192, &c, 1), -EFAULT);
	close(fd);
}

static void test_protects_the_shared_block(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(4096, 1);

	assert_int_equal(memory_set_shared(m, 4100, 40), -EINVAL);
	assert_int_equal(memory_set_shared(m, 4 * PAGE, 40), -EFAULT);
	assert_int_equal(memory_set_shared(m, 8184, 40), 0);
	assert_int_equal(memory_map(m, 4096, 4096, false, fd, 0), -EBUSY);
	assert_int_equal(memory_map(m, 8192, 4096, false, fd, 0), -EBUSY);
	assert_int_equal(memory_map(m, 12288, 4096, false, fd, 0), 0);
	assert_int_equal(memory_set_shared(m, 12288, 40), -EFAULT);
	close(fd);
}

static void test_arenas_are_mapped_in_place(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(8192, 0x5a);

	m->base[8192] = 42;
	assert_int_equal(memory_map_arena(m, 8192, 8192, true, STDIN_FILENO + 1000), -EBADF);
	assert_int_equal(memory_map_arena(m, 8192 + 1, 8192, true, fd), -EINVAL);
	assert_int_equal(memory_map_arena(m, 4 * PAGE, 8192, true, fd), -EFAULT);
	assert_int_equal(m->base[8192], 42);
	assert_null(memory_range_at(m, 8192));
	assert_int_equal(memory_map_arena(m, 8192, 8192, true, fd), 0);
	assert_int_equal(m->base[8192], 0x5a);
	assert_true(memory_range_at(m, 16383)->arena);
	assert_null(memory_range_at(m, 8191));
	assert_null(memory_range_at(m, 16384));
	assert_int_equal(memory_map_arena(m, 12288, 8192, true, fd), -EBUSY);
	assert_int_equal(memory_unmap(m, 8192, 8192), 0);
	assert_int_equal(m->base[8192], 0);
	close(fd);
}

/* A file that is shorter than its mapping stands for an arena without pages. */
static void test_fills_only_pages_that_are_there(void **state)
{
	struct memory *m = *state;
	int fd = filled_file(4096, 0);

	assert_int_equal(memory_fill_arena(m, 4 * PAGE - 4, "text", 5), -EFAULT);
	assert_int_equal(memory_map_arena(m, 8192, 8192, true, fd), 0);
	assert_int_equal(memory_fill_arena(m, 8192 + 4091, "text", 5), 0);
	assert_string_equal((char *)m->base + 8192 + 4091, "text");
	assert_int_equal(memory_fill_arena(m, 8192 + 4092, "text", 5), -ENOMEM);
	assert_int_equal(memory_fill_arena(m, 8192 + 4096, "text", 5), -ENOMEM);
	close(fd);
}

static void test_addresses_of_the_kernel(void **state)
{
	struct memory *m = *state;
	uint64_t base = memory_host_address(m, 0);

	assert_int_equal(memory_host_address(m, 0x12345678), base + 0x12345678);
	assert_int_equal(memory_module_address(m, base + 0xfffff000), 0xfffff000);
	assert_int_equal(memory_module_address(m, base - 4096), 0);
	assert_int_equal(memory_module_address(m, base + MEMORY_RESERVATION), 0);
	assert_int_equal(memory_module_address(NULL, base + 4096), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_is_aligned_to_4_gib),
		TEST(test_spans),
		TEST(test_grows_to_its_limit),
		TEST(test_maps_and_unmaps),
		TEST(test_refuses_what_cannot_be_mapped),
		TEST(test_a_failure_leaves_the_pages),
		TEST(test_never_writes_read_only_regions),
		TEST(test_protects_the_shared_block),
		TEST(test_arenas_are_mapped_in_place),
		TEST(test_fills_only_pages_that_are_there),
		TEST(test_addresses_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
