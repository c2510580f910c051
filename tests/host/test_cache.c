/* SPDX-License-Identifier: BSD-2-Clause */
/* The cache: what comes back is what was put in, and nothing that somebody else could have written.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/cache.h"

static char folder[64], path[128];

static int setup(void **state)
{
	strcpy(folder, "/tmp/test-cache.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/a/b", folder);
	return 0;
}

static int teardown(void **state)
{
	char command[160];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static struct cache *open_cache(uint64_t limit)
{
	struct cache *c = NULL;

	assert_int_equal(cache_open(path, limit, &c), 0);
	return c;
}

static struct cache_key key_of(const char *text)
{
	const void *parts[] = {text};
	size_t sizes[] = {strlen(text)};
	struct cache_key key;

	cache_key(&key, "test", parts, sizes, 1);
	return key;
}

static int get(struct cache *c, const char *name, const char *want)
{
	struct cache_key key = key_of(name);
	struct strbuf b = {0};
	int err = cache_get(c, &key, &b);

	if (!err && want)
		assert_string_equal(strbuf_str(&b), want);
	strbuf_free(&b);
	return err;
}

static int put(struct cache *c, const char *name, const char *data)
{
	struct cache_key key = key_of(name);

	return cache_put(c, &key, name, data, strlen(data));
}

/* The path of the only entry. */
static const char *entry(void)
{
	static char name[512];
	DIR *d = opendir(path);
	struct dirent *e;
	int count = 0;

	while ((e = readdir(d))) {
		if (*e->d_name == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
		count++;
	}
	closedir(d);
	assert_int_equal(count, 1);
	return name;
}

static void test_gives_back(void **state)
{
	struct cache *c = open_cache(1 << 20);

	assert_int_equal(get(c, "x", NULL), -ENOENT);
	assert_int_equal(put(c, "x", "hello"), 0);
	assert_int_equal(put(c, "empty", ""), 0);
	assert_int_equal(get(c, "x", "hello"), 0);
	assert_int_equal(get(c, "empty", ""), 0);
	assert_int_equal(put(c, "x", "again"), 0);
	cache_close(c);
	c = open_cache(1 << 20);
	assert_int_equal(get(c, "x", "again"), 0);
	assert_int_equal(get(c, "y", NULL), -ENOENT);
	cache_close(c);
	assert_int_equal(get(NULL, "x", NULL), -ENOENT);
	assert_int_equal(put(NULL, "x", ""), -ENOENT);
}

static void test_keys_do_not_run_together(void **state)
{
	const void *ab_c[] = {"ab", "c"}, *a_bc[] = {"a", "bc"};
	const size_t two_one[] = {2, 1}, one_two[] = {1, 2};
	struct cache_key x, y;
	struct cache *c = open_cache(1 << 20);

	cache_key(&x, "k", ab_c, two_one, 2);
	cache_key(&y, "k", a_bc, one_two, 2);
	assert_memory_not_equal(&x, &y, sizeof(x));
	cache_key(&y, "l", ab_c, two_one, 2);
	assert_memory_not_equal(&x, &y, sizeof(x));
	cache_close(c);
}

static void test_damaged_entries_do_not_count(void **state)
{
	struct cache *c = open_cache(1 << 20);
	struct stat st;

	for (int len = 0; len < 150; len++) {
		assert_int_equal(put(c, "x", "0123456789"), 0);
		assert_int_equal(stat(entry(), &st), 0);
		if (len < st.st_size) {
			assert_int_equal(truncate(entry(), len), 0);
			assert_int_equal(get(c, "x", NULL), -ENOENT);
		}
	}
	for (off_t at = 0; at < st.st_size; at++) {
		assert_int_equal(put(c, "x", "0123456789"), 0);
		int fd = open(entry(), O_RDWR);
		char byte;
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte ^= 0x40;
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		close(fd);
		assert_int_equal(get(c, "x", NULL), -ENOENT);
	}
	cache_close(c);
}

static void test_others_entries_do_not_count(void **state)
{
	struct cache *c = open_cache(1 << 20);
	char target[600];

	assert_int_equal(put(c, "x", "data"), 0);
	assert_int_equal(chmod(entry(), 0602), 0);
	assert_int_equal(get(c, "x", NULL), -ENOENT);
	assert_int_equal(chmod(entry(), 0600), 0);
	assert_int_equal(get(c, "x", "data"), 0);
	snprintf(target, sizeof(target), "%s/elsewhere", folder);
	assert_int_equal(rename(entry(), target), 0);
	assert_int_equal(put(c, "x", "data"), 0);
	char *name = strdup(entry());
	assert_int_equal(unlink(name), 0);
	assert_int_equal(symlink(target, name), 0);
	assert_int_equal(get(c, "x", NULL), -ENOENT);
	free(name);
	if (!geteuid()) {
		assert_int_equal(put(c, "x", "data"), 0); /* replaces the link */
		assert_int_equal(chown(entry(), 1, 1), 0);
		assert_int_equal(get(c, "x", NULL), -ENOENT);
	}
	cache_close(c);
}

static void test_others_folders_do_not_count(void **state)
{
	struct cache *c = open_cache(1 << 20);

	cache_close(c);
	assert_int_equal(chmod(path, 0777), 0);
	assert_int_equal(cache_open(path, 1, &c), -EACCES);
	assert_int_equal(chmod(path, 0700), 0);
	if (!geteuid()) {
		assert_int_equal(chown(path, 1, 1), 0);
		assert_int_equal(cache_open(path, 1, &c), -EACCES);
	}
	assert_int_equal(cache_open("relative/path", 1, &c), -EINVAL);
	assert_int_equal(cache_open("/dev/null/x", 1, &c), -ENOTDIR);
	assert_int_equal(cache_open("/proc/x", 1, &c), -ENOENT);
}

static void test_stays_below_its_limit(void **state)
{
	struct cache *c = open_cache(1000);
	char name[16], data[101];
	int kept = 0;

	memset(data, 'x', 100);
	data[100] = '\0';
	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "%d", i);
		assert_int_equal(put(c, name, data), 0);
	}
	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "%d", i);
		kept += !get(c, name, NULL);
	}
	assert_in_range(kept, 1, 10);
	char *large = calloc(1, 2000);
	memset(large, 'x', 1999);
	assert_int_equal(put(c, "large", large), -EFBIG);
	free(large);
	cache_close(c);
}

/* Several processes that write the same entries: every read gives a whole one. */
static void make_file(const char *name)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s/%s", path, name);
	int fd = open(whole, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "mine", 4), 4);
	close(fd);
}

static void test_tells_what_it_has_and_removes_it(void **state)
{
	struct cache *c = open_cache(1 << 20);
	struct cache_entry *entries;
	char foreign[256];
	size_t count;

	assert_string_equal(cache_path(c), path);
	assert_int_equal(cache_limit(c), 1 << 20);
	assert_int_equal(cache_list(c, &entries, &count), 0);
	assert_int_equal(count, 0);
	cache_entries_free(entries, count);
	assert_int_equal(put(c, "one", "data"), 0);
	assert_int_equal(put(c, "two", "more data"), 0);
	make_file("a file of somebody else's");
	assert_int_equal(cache_list(c, &entries, &count), 0);
	assert_int_equal(count, 2);
	bool first = !strcmp(entries[0].label, "one");
	assert_string_equal(entries[0].label, first ? "one" : "two");
	assert_string_equal(entries[1].label, first ? "two" : "one");
	assert_in_range(entries[0].size, 100, 200);
	cache_entries_free(entries, count);
	assert_int_equal(cache_clear(c, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(get(c, "one", NULL), -ENOENT);
	snprintf(foreign, sizeof(foreign), "%s/a file of somebody else's", path);
	assert_int_equal(access(foreign, F_OK), 0);
	cache_close(c);
	/* Nor is it removed to stay below a limit. */
	c = open_cache(200);
	assert_int_equal(put(c, "three", "data"), 0);
	assert_int_equal(put(c, "four", "data"), 0);
	assert_int_equal(access(foreign, F_OK), 0);
	cache_close(c);
}

/* What a full disk leaves behind is nothing. */
static void test_has_no_room(void **state)
{
	struct cache *c = open_cache(1 << 20);
	struct rlimit before, small = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
	char *data = calloc(1, 5001);
	struct cache_entry *entries;
	size_t count;

	memset(data, 'x', 5000);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(put(c, "x", data), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(cache_list(c, &entries, &count), 0);
	assert_int_equal(count, 0);
	cache_entries_free(entries, count);
	DIR *d = opendir(path);
	while (readdir(d))
		count++;
	closedir(d);
	assert_int_equal(count, 2); /* "." and ".." */
	assert_int_equal(put(c, "x", data), 0);
	assert_int_equal(get(c, "x", data), 0);
	free(data);
	cache_close(c);
}

static void test_runs_may_race(void **state)
{
	enum { RUNS = 4, ROUNDS = 300, SIZE = 20000 };

	cache_close(open_cache(1 << 20));
	for (int run = 0; run < RUNS; run++) {
		if (fork())
			continue;
		struct cache *c = NULL;
		struct cache_key key = key_of("shared");
		char *data = malloc(SIZE);
		int failed = cache_open(path, 1 << 20, &c);
		for (int i = 0; i < ROUNDS && !failed; i++) {
			struct strbuf b = {0};
			memset(data, 'a' + run, SIZE);
			failed = cache_put(c, &key, "race", data, SIZE) || cache_get(c, &key, &b) ||
				 b.len != SIZE || memcmp(b.data, b.data + 1, SIZE - 1);
			strbuf_free(&b);
		}
		_exit(failed != 0);
	}
	for (int run = 0; run < RUNS; run++) {
		int status;
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_gives_back),
		TEST(test_keys_do_not_run_together),
		TEST(test_damaged_entries_do_not_count),
		TEST(test_others_entries_do_not_count),
		TEST(test_others_folders_do_not_count),
		TEST(test_stays_below_its_limit),
		TEST(test_tells_what_it_has_and_removes_it),
		TEST(test_has_no_room),
		TEST(test_runs_may_race),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
