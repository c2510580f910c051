/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/wbpf_abi.h"
#include "host/log.h"

/* What is dropped is told of once; the limit counts records, not only their text. */
static void test_dropped(void **state)
{
	struct log l;
	uint32_t level;
	size_t len;

	log_init(&l);
	for (int i = 0; i < 5; i++)
		log_add(&l, WBPF_LOG_WARN, "%0*d", 8 << 20, i);
	assert_int_equal(l.count, 3);
	log_tell_dropped(&l);
	assert_int_equal(l.count, 4);
	assert_string_equal(log_peek(&l, &level, &len), "wbpf: 2 earlier messages were dropped\n");
	assert_int_equal(level, WBPF_LOG_WARN);
	log_pop(&l);
	log_tell_dropped(&l);
	assert_int_equal(len = (log_peek(&l, &level, &len), len), 8 << 20);
	log_clear(&l);
	assert_int_equal(l.bytes, 0);
	for (int i = 0; i < 1 << 21; i++)
		log_add(&l, WBPF_LOG_WARN, "x");
	assert_true(l.count < 1 << 21);
	log_clear(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_dropped)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
