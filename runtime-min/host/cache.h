/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A folder of results that cost time to make again: files named by what they were made from.
 *
 * It is a help, never a need: when there is no folder to be had, or no room, or an entry is
 * damaged, the caller makes the thing again. Compiled modules are native code, so an entry counts
 * only when nobody else could have written it: the folder and the file belong to this user and
 * nobody else may write them. A checksum (CRC-32) tells a damaged one. Entries appear whole (a
 * temporary name, then rename), so that runs that race are no matter; the oldest go when the folder
 * grows past its limit.
 */
#ifndef WBPF_HOST_CACHE_H
#define WBPF_HOST_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/strbuf.h"

#define CACHE_KEY_SIZE 32                         /* bytes */
#define CACHE_DEFAULT_LIMIT (UINT64_C(256) << 20) /* bytes */

struct cache;

/* One entry, as a person is shown it. */
struct cache_entry {
	char *label;   /* owned; what it was made from */
	uint64_t size; /* bytes of its file */
	time_t used;   /* when it was last of use */
};

struct cache_key {
	uint8_t bytes[CACHE_KEY_SIZE];
};

/*
 * Opens (and makes, mode 0700) the folder: path; or when that is NULL $WBPF_CACHE_DIR, root's
 * /var/cache/wbpf, others' $XDG_CACHE_HOME/wbpf or $HOME/.cache/wbpf. 0; or a negative errno:
 * -EACCES when somebody else could write there.
 */
int cache_open(const char *path, uint64_t limit, struct cache **ret);
void cache_close(struct cache *c); /* c may be NULL */

/* The key of the kind ("module") and of what the result is made from, in this order. */
void cache_key(struct cache_key *key, const char *kind, const void *const parts[],
	       const size_t sizes[], size_t count);

/* Appends the entry to *ret. 0, -ENOENT when there is none that counts, or -ENOMEM. c may be NULL.
 */
int cache_get(struct cache *c, const struct cache_key *key, struct strbuf *ret);

/*
 * Keeps the data under the key. label is for cache_list(). 0, or a negative errno, and then there
 * is no entry. c may be NULL.
 */
int cache_put(struct cache *c, const struct cache_key *key, const char *label, const void *data,
	      size_t size);

const char *cache_path(const struct cache *c);
uint64_t cache_limit(const struct cache *c); /* bytes */

/* All entries, those used last first. An array of *count to give to cache_entries_free(). 0 or
 * -ENOMEM. */
int cache_list(const struct cache *c, struct cache_entry **ret, size_t *count);
void cache_entries_free(struct cache_entry *entries, size_t count);

/* Removes all entries, which runs under way can do without. *count becomes how many there were.
 * 0, or why one could not be removed. */
int cache_clear(const struct cache *c, size_t *count);

#endif
