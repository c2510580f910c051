/* SPDX-License-Identifier: BSD-2-Clause */
#include "commands.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/cache.h"
#include "host/runtime.h"

static int check_output(struct diag *d)
{
	return fflush(stdout) || ferror(stdout)
		       ? diag_fail(d, EIO, "standard output: cannot write: %s", strerror(errno))
		       : 0;
}

static void print_entry(const struct cache_entry *e)
{
	struct tm t;
	char when[32] = "?";

	if (localtime_r(&e->used, &t))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &t);
	printf("%10llu  %-16s  %s\n", (unsigned long long)e->size, when, e->label);
}

static int list(struct cache *c, struct diag *d)
{
	struct cache_entry *entries;
	uint64_t total = 0;
	size_t count;

	if (cache_list(c, &entries, &count))
		return diag_fail(d, ENOMEM, "out of memory");
	for (size_t i = 0; i < count; i++)
		total += entries[i].size;
	printf("%s: %zu entries, %llu of at most %llu bytes\n", cache_path(c), count,
	       (unsigned long long)total, (unsigned long long)cache_limit(c));
	if (count)
		printf("%10s  %-16s  %s\n", "bytes", "last used", "what");
	for (size_t i = 0; i < count; i++)
		print_entry(&entries[i]);
	cache_entries_free(entries, count);
	return check_output(d);
}

static int clear_all(struct cache *c, struct diag *d)
{
	size_t count;
	int err = cache_clear(c, &count);

	if (err)
		return diag_fail(d, err, "%s: not everything can be removed: %s", cache_path(c),
				 strerror(-err));
	printf("%s: removed %zu entries\n", cache_path(c), count);
	return check_output(d);
}

int commands_cache(bool clear, struct diag *d)
{
	struct cache *c;
	int err = cache_open(NULL, CACHE_DEFAULT_LIMIT, &c);

	if (err == -EACCES)
		return diag_fail(d, err,
				 "the cache's folder is not this user's alone, so nothing in it is "
				 "used: see $WBPF_CACHE_DIR");
	if (err)
		return diag_fail(d, err, "there is no folder for a cache: %s; see $WBPF_CACHE_DIR",
				 strerror(-err));
	err = clear ? clear_all(c, d) : list(c, d);
	cache_close(c);
	return err;
}

int commands_compile(char **paths, size_t count, const char *output, struct diag *d)
{
	const struct runtime_options options = {.size = sizeof(options)};
	struct runtime *r;
	int err = runtime_new(&options, &r, d);

	if (err)
		return err;
	for (size_t i = 0; i < count && !err; i++) {
		err = runtime_compile(r, paths[i], output, d);
		if (!err && !output)
			printf("%s: compiled, in %s\n", paths[i], cache_path(runtime_cache(r)));
	}
	runtime_free(r);
	return err ? err : check_output(d);
}
