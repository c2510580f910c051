/* SPDX-License-Identifier: BSD-2-Clause */
/* Handles: stale, forged and wrong-kind values find nothing; the table is bounded. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "host/handle.h"

static int setup(void **state)
{
	static struct handle_table table;

	handle_table_init(&table);
	*state = &table;
	return 0;
}

static int teardown(void **state)
{
	handle_table_free(*state);
	return 0;
}

static void test_finds_by_value_and_kind(void **state)
{
	struct handle_table *t = *state;
	int err = 0;
	struct handle *h = handle_new(t, WBPF_KIND_MAP, &err);

	assert_non_null(h);
	assert_true(WBPF_IS_HANDLE(h->value));
	assert_int_equal(WBPF_HANDLE_KIND(h->value), WBPF_KIND_MAP);
	assert_ptr_equal(handle_find(t, h->value, 0), h);
	assert_ptr_equal(handle_find(t, h->value, WBPF_KIND_MAP), h);
	assert_null(handle_find(t, h->value, WBPF_KIND_PROG));
}

static void test_forged_values_find_nothing(void **state)
{
	struct handle_table *t = *state;
	int err = 0;
	struct handle *h = handle_new(t, WBPF_KIND_MAP, &err);

	assert_null(handle_find(t, 0, 0));
	assert_null(handle_find(t, -1, 0));
	assert_null(handle_find(t, 3, 0));
	assert_null(handle_find(t, INT32_MAX, 0));
	assert_null(handle_find(t, INT32_MIN, 0));
	for (int bit = 0; bit < 32; bit++)
		assert_null(handle_find(t, (wbpf_handle)((uint32_t)h->value ^ 1u << bit), 0));
}

static void test_stale_values_find_nothing(void **state)
{
	struct handle_table *t = *state;
	int err = 0;

	for (int i = 0; i < 5000; i++) {
		struct handle *h = handle_new(t, WBPF_KIND_LINK, &err);
		wbpf_handle old = h->value;
		handle_release(t, h);
		assert_null(handle_find(t, old, 0));
		h = handle_new(t, WBPF_KIND_LINK, &err);
		assert_int_not_equal(h->value, old);
		assert_null(handle_find(t, old, 0));
		handle_release(t, h);
	}
	assert_true(t->count <= 1024);
}

static void test_is_bounded(void **state)
{
	struct handle_table *t = *state;
	int err = 0;
	struct handle *some = NULL;

	for (int i = 0; i < HANDLE_LIMIT; i++) {
		struct handle *h = handle_new(t, WBPF_KIND_POLL, &err);
		assert_non_null(h);
		if (i == 4711)
			some = h;
	}
	assert_null(handle_new(t, WBPF_KIND_POLL, &err));
	assert_int_equal(err, -EMFILE);
	wbpf_handle old = some->value;
	handle_release(t, some);
	struct handle *again = handle_new(t, WBPF_KIND_POLL, &err);
	assert_ptr_equal(again, some);
	assert_int_not_equal(again->value, old);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_finds_by_value_and_kind),
		TEST(test_forged_values_find_nothing),
		TEST(test_stale_values_find_nothing),
		TEST(test_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
