/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is kept of a start: read again as it was, and harmless in every other form. argv[1]: an
 * object file with a map; argv[2]: one with a pinned map.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>
#include <cmocka.h>

#include "abi/wbpf_abi.h"
#include "base/diag.h"
#include "base/file.h"
#include "host/ahead.h"
#include "host/log.h"
#include "host/object.h"
#include "host/opened.h"

static char folder[64];
static struct cache *cache;
static struct cache_key key;
static struct strbuf object, pinned, *opened = &object;
static struct log said;

static int setup(void **state)
{
	const void *const parts[] = {"test"};
	const size_t sizes[] = {4};

	strcpy(folder, "/tmp/test-ahead.XXXXXX");
	log_init(&said);
	cache_key(&key, "test", parts, sizes, 1);
	return mkdtemp(folder) ? cache_open(folder, CACHE_DEFAULT_LIMIT, &cache) : -1;
}

static int teardown(void **state)
{
	char command[160];

	cache_close(cache);
	log_clear(&said);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static const uint32_t entries = 1 << 15; /* also for a ring buffer */

static bool was_loaded; /* by the last start(), ahead */

/* As a module does it; loaded, as far as ahead knows, without a load. True: the object was ready.
 */
static bool start(struct ahead *a)
{
	const struct object_source s = {
		.bytes = opened->data,
		.len = opened->len,
		.name = "an_object",
		.kconfig = "CONFIG_HZ=100\n",
	};
	struct opened *o = ahead_open(a, &s, &said);
	bool ready = o;

	if (!o) {
		o = opened_new();
		log_capture(&said);
		assert_int_equal(object_open(o, &s, &said, NULL), 0);
		log_capture(NULL);
	}
	ahead_opened(a, o);
	struct bpf_map *map = object_child(o, WBPF_KIND_MAP, 0);
	assert_non_null(map);
	assert_string_equal(bpf_object__name(o->object), "an_object");
	assert_int_not_equal(bpf_map__max_entries(map), entries);
	assert_int_equal(object_set(o, WBPF_KIND_MAP, map, WBPF_KEY_MAP_MAX_ENTRIES, &entries,
				    sizeof(entries)),
			 0);
	ahead_set(a, o, WBPF_KIND_MAP, map, WBPF_KEY_MAP_MAX_ENTRIES, &entries, sizeof(entries));
	struct opened *loaded = ahead_load(a, o, &said);
	was_loaded = loaded;
	if (loaded)
		assert_int_equal(bpf_map__max_entries(object_child(loaded, WBPF_KIND_MAP, 0)),
				 entries);
	ahead_loaded(a, o, 1);
	ahead_end(a);
	opened_put(o);
	return ready;
}

static void kept(struct strbuf *ret)
{
	assert_int_equal(cache_get(cache, &key, ret), 0);
}

static void test_again(void **state)
{
	struct strbuf first = {0}, second = {0};

	assert_int_equal(cache_get(cache, &key, &first), -ENOENT);
	assert_false(start(ahead_new(cache, &key, -1)));
	kept(&first);
	assert_true(first.len > object.len);
	/* The module may be there before the thread is: then it opens its own. */
	bool ready = false;
	for (int i = 0; i < 100 && !ready; i++) {
		struct ahead *a = ahead_new(cache, &key, -1);
		usleep((useconds_t)i * 1000);
		ready = start(a);
	}
	assert_true(ready);
	kept(&second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	strbuf_free(&first);
	strbuf_free(&second);
}

/* Every way to cut it off, and to change its numbers. */
static void test_damaged(void **state)
{
	struct strbuf good = {0}, now = {0};
	const size_t names = strlen("an_object") + strlen("CONFIG_HZ=100\n") + 2;

	start(ahead_new(cache, &key, -1));
	kept(&good);
	const size_t tail = good.len - object.len - names; /* what is in front, and the steps */
	for (size_t i = 0; i < good.len; i += i < 128 || i + 128 > good.len ? 1 : 97) {
		assert_int_equal(cache_put(cache, &key, "cut", good.data, i), 0);
		bool ready = start(ahead_new(cache, &key, -1));
		/* Without its end it is still known how the object is opened. */
		assert_false(ready && i < 32 + names + object.len);
		assert_false(was_loaded);
	}
	for (size_t i = 0; i < tail; i++) {
		size_t at = i < 32 ? i : i + object.len + names;
		static const uint8_t values[] = {0x01, 0x80, 0xff};
		for (size_t k = 0; k < sizeof(values); k++) {
			good.data[at] ^= (char)values[k];
			assert_int_equal(cache_put(cache, &key, "bad", good.data, good.len), 0);
			ahead_end(ahead_new(cache, &key, -1));
			start(ahead_new(cache, &key, -1));
			good.data[at] ^= (char)values[k];
		}
	}
	kept(&now);
	assert_true(now.len < sizeof(uint64_t)); /* that it varies */
	strbuf_free(&good);
	strbuf_free(&now);
}

/* What a load would pin is not for a load that may be in vain. */
static void test_pinned(void **state)
{
	struct strbuf none = {0};

	opened = &pinned;
	assert_false(start(ahead_new(cache, &key, -1)));
	opened = &object;
	assert_int_equal(cache_get(cache, &key, &none), -ENOENT);
}

static void test_nothing(void **state)
{
	assert_false(start(ahead_new(NULL, &key, -1)));
	assert_false(start(NULL));
	assert_null(ahead_load(NULL, NULL, &said));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pinned, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing, setup, teardown),
	};
	struct diag d = {0};

	if (argc != 3 || file_read(argv[1], OBJECT_MAX_SIZE, &object, &d) ||
	    file_read(argv[2], OBJECT_MAX_SIZE, &pinned, &d))
		return 2;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	strbuf_free(&object);
	strbuf_free(&pinned);
	return failed;
}
