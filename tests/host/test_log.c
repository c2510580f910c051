/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

static void hear(void *ctx, uint32_t level, const char *text, size_t len)
{
	char *heard = ctx;

	snprintf(heard + strlen(heard), 64, "%u %.*s;", level, (int)len, text);
}

/* A listener hears by its own level, at once, and the rest when it is told. */
static void test_listener(void **state)
{
	char heard[256] = "";
	struct log l;

	log_init(&l);
	log_add(&l, WBPF_LOG_WARN, "nobody");
	log_tell(&l, WBPF_LOG_WARN);
	l.listener = (struct log_listener){hear, heard, WBPF_LOG_INFO};
	l.level = WBPF_LOG_WARN;
	log_add(&l, WBPF_LOG_INFO, "%d", 1);
	log_add(&l, WBPF_LOG_DEBUG, "2");
	log_add(&l, WBPF_LOG_WARN, "3");
	assert_string_equal(heard, "1 1;0 3;");
	assert_int_equal(l.count, 2);
	l.level = WBPF_LOG_DEBUG;
	log_add(&l, WBPF_LOG_DEBUG, "4");
	log_tell(&l, WBPF_LOG_WARN);
	assert_string_equal(heard, "1 1;0 3;");
	log_tell(&l, WBPF_LOG_DEBUG);
	assert_string_equal(heard, "1 1;0 3;2 4;");
	l.listener.level = -1;
	log_tell(&l, WBPF_LOG_WARN);
	assert_string_equal(heard, "1 1;0 3;2 4;0 nobody;0 3;");
	log_clear(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_dropped),
					   cmocka_unit_test(test_listener)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
