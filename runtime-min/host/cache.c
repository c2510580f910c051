/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum { NAME_SIZE = 2 * CACHE_KEY_SIZE + 1, MAX_TEMPORARY_AGE = 3600 };

struct cache {
	int dir; /* the folder's descriptor */
	char *path;
	uint64_t limit;
};

/* In front of an entry's data. */
struct header {
	char magic[8];
	uint64_t size;   /* of the data, bytes */
	uint32_t sum;    /* CRC-32 */
	char label[108]; /* so that there is no padding */
};

_Static_assert(sizeof(struct header) == 128, "all bytes are in the sum");

static const char magic[8] = "wbpf-c2";

/* Nobody but this user can write it, and it is this user's. */
static bool is_ours(const struct stat *st)
{
	return st->st_uid == geteuid() && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* Makes the folders of a path that are missing. What exists is left as it is. */
static int make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		int failed = mkdir(path, 0755) < 0 && errno != EEXIST;
		*p = '/';
		if (failed)
			return -errno;
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

static char *default_path(void)
{
	const char *own = getenv("WBPF_CACHE_DIR"), *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (own && *own)
		return strdup(own);
	if (!geteuid())
		return strdup("/var/cache/wbpf");
	if (xdg && *xdg == '/')
		return str_printf("%s/wbpf", xdg);
	return home && *home == '/' ? str_printf("%s/.cache/wbpf", home) : NULL;
}

static int open_folder(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0 || !is_ours(&st)) {
		close(fd);
		return -EACCES;
	}
	return fd;
}

int cache_open(const char *path, uint64_t limit, struct cache **ret)
{
	char *folder = path ? strdup(path) : default_path();
	struct cache *c = calloc(1, sizeof(*c));
	int err = -ENOMEM;

	if (!folder && !path)
		err = -ENOENT;
	else if (folder && c && *folder != '/')
		err = -EINVAL;
	else if (folder && c && sodium_init() >= 0)
		err = make_folders(folder);
	if (!err) {
		c->limit = limit;
		c->dir = open_folder(folder);
		err = c->dir < 0 ? c->dir : 0;
	}
	if (err) {
		free(folder);
		free(c);
		return err;
	}
	c->path = folder;
	*ret = c;
	return 0;
}

void cache_close(struct cache *c)
{
	if (!c)
		return;
	close(c->dir);
	free(c->path);
	free(c);
}

const char *cache_path(const struct cache *c)
{
	return c->path;
}

uint64_t cache_limit(const struct cache *c)
{
	return c->limit;
}

void cache_key(struct cache_key *key, const char *kind, const void *const parts[],
	       const size_t sizes[], size_t count)
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(key->bytes));
	crypto_generichash_update(&state, (const uint8_t *)kind, strlen(kind) + 1);
	for (size_t i = 0; i < count; i++) {
		uint64_t size = sizes[i]; /* so that parts cannot run into each other */
		crypto_generichash_update(&state, (const uint8_t *)&size, sizeof(size));
		crypto_generichash_update(&state, parts[i], sizes[i]);
	}
	crypto_generichash_final(&state, key->bytes, sizeof(key->bytes));
}

static void entry_name(const struct cache_key *key, char name[NAME_SIZE])
{
	sodium_bin2hex(name, NAME_SIZE, key->bytes, sizeof(key->bytes));
}

/* Of the header, with sum 0, and the data. */
static uint32_t sum_of(const struct header *h, const void *data)
{
	struct header head = *h;

	head.sum = 0;
	return (uint32_t)crc32_z(crc32_z(0, (const Bytef *)&head, sizeof(head)), data, h->size);
}

static bool read_exactly(int fd, void *to, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = read(fd, (char *)to + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static bool read_header(int fd, struct header *h)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISREG(st.st_mode) && is_ours(&st) &&
	       read_exactly(fd, h, sizeof(*h)) && !memcmp(h->magic, magic, sizeof(magic)) &&
	       h->size == (uint64_t)st.st_size - sizeof(*h);
}

static int read_entry(int fd, struct strbuf *ret)
{
	struct header h;

	if (!read_header(fd, &h))
		return -ENOENT;
	if (!strbuf_reserve(ret, h.size))
		return -ENOMEM;
	uint8_t *data = (uint8_t *)ret->data + ret->len;
	if (!read_exactly(fd, data, h.size) || sum_of(&h, data) != h.sum)
		return -ENOENT;
	ret->len += h.size;
	ret->data[ret->len] = '\0';
	return 0;
}

static int open_entry(const struct cache *c, const char *name)
{
	return openat(c->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
}

int cache_get(struct cache *c, const struct cache_key *key, struct strbuf *ret)
{
	char name[NAME_SIZE];

	if (!c)
		return -ENOENT;
	entry_name(key, name);
	int fd = open_entry(c, name);
	if (fd < 0)
		return -ENOENT;
	int err = read_entry(fd, ret);
	if (!err)
		futimens(fd, NULL); /* used now: the last to go */
	close(fd);
	return err;
}

static int write_exactly(int fd, const void *from, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = write(fd, (const char *)from + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

struct entry {
	char name[NAME_SIZE];
	time_t used;
	uint64_t size;
};

static int by_age(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->used < y->used ? -1 : x->used > y->used;
}

/* Whatever else lies in the folder is not ours to count or to remove. */
static bool is_entry_name(const char *name)
{
	return strlen(name) == NAME_SIZE - 1 && strspn(name, "0123456789abcdef") == NAME_SIZE - 1;
}

/* The entries of the folder, a malloc()ed array. Temporary files that a killed run left go at once.
 */
static size_t list_entries(const struct cache *c, struct entry **ret)
{
	size_t count = 0, cap = 0;
	struct entry *entries = NULL;
	int fd = openat(c->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *d;
	struct stat st;

	if (!dir && fd >= 0)
		close(fd);
	while (dir && (d = readdir(dir))) {
		if (fstatat(c->dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		if (!strncmp(d->d_name, ".new-", 5)) {
			if (st.st_mtime + MAX_TEMPORARY_AGE < time(NULL))
				unlinkat(c->dir, d->d_name, 0);
			continue;
		}
		if (!is_entry_name(d->d_name))
			continue;
		if (count == cap) {
			size_t new_cap = cap ? cap * 2 : 64;
			struct entry *grown = realloc(entries, new_cap * sizeof(*grown));
			if (!grown)
				break;
			entries = grown;
			cap = new_cap;
		}
		memcpy(entries[count].name, d->d_name, NAME_SIZE);
		entries[count].used = st.st_mtime;
		entries[count++].size = (uint64_t)st.st_size;
	}
	if (dir)
		closedir(dir);
	*ret = entries;
	return count;
}

static void keep_limit(const struct cache *c)
{
	struct entry *entries;
	size_t count = list_entries(c, &entries);
	uint64_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += entries[i].size;
	if (total > c->limit)
		qsort(entries, count, sizeof(*entries), by_age);
	for (size_t i = 0; i < count && total > c->limit; i++) {
		unlinkat(c->dir, entries[i].name, 0);
		total -= entries[i].size;
	}
	free(entries);
}

int cache_put(struct cache *c, const struct cache_key *key, const char *label, const void *data,
	      size_t size)
{
	struct header h = {.size = size};
	char name[NAME_SIZE], temporary[64];
	uint64_t random;

	if (!c)
		return -ENOENT;
	if (size + sizeof(h) > c->limit)
		return -EFBIG;
	memcpy(h.magic, magic, sizeof(magic));
	snprintf(h.label, sizeof(h.label), "%s", label);
	h.sum = sum_of(&h, data);
	randombytes_buf(&random, sizeof(random));
	snprintf(temporary, sizeof(temporary), ".new-%016llx", (unsigned long long)random);
	int fd = openat(c->dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0600);
	if (fd < 0)
		return -errno;
	int err = write_exactly(fd, &h, sizeof(h));
	if (!err)
		err = write_exactly(fd, data, size);
	if (close(fd) < 0 && !err)
		err = -errno;
	entry_name(key, name);
	if (!err && renameat(c->dir, temporary, c->dir, name) < 0)
		err = -errno;
	if (err)
		unlinkat(c->dir, temporary, 0);
	else
		keep_limit(c);
	return err;
}

/* --- for people --------------------------------------------------------------------------------
 */

static char *label_of(const struct cache *c, const char *name)
{
	struct header h;
	int fd = open_entry(c, name);
	bool good = fd >= 0 && read_header(fd, &h);

	if (fd >= 0)
		close(fd);
	return good ? strndup(h.label, sizeof(h.label))
		    : strdup("(damaged, or not of this version)");
}

int cache_list(const struct cache *c, struct cache_entry **ret, size_t *count)
{
	struct entry *entries;
	size_t n = list_entries(c, &entries);
	int err = 0;

	*count = 0;
	*ret = calloc(n ? n : 1, sizeof(**ret));
	if (!*ret)
		err = -ENOMEM;
	else if (n)
		qsort(entries, n, sizeof(*entries), by_age);
	while (n-- && !err) {
		struct cache_entry *e = &(*ret)[(*count)++];
		*e = (struct cache_entry){.label = label_of(c, entries[n].name),
					  .size = entries[n].size,
					  .used = entries[n].used};
		err = e->label ? 0 : -ENOMEM;
	}
	free(entries);
	if (err) {
		cache_entries_free(*ret, *count);
		*ret = NULL;
	}
	return err;
}

void cache_entries_free(struct cache_entry *entries, size_t count)
{
	for (size_t i = 0; entries && i < count; i++)
		free(entries[i].label);
	free(entries);
}

int cache_clear(const struct cache *c, size_t *count)
{
	struct entry *entries;
	size_t n = list_entries(c, &entries);
	int err = 0;

	*count = 0;
	for (size_t i = 0; i < n; i++) {
		if (!unlinkat(c->dir, entries[i].name, 0))
			++*count;
		else if (errno != ENOENT)
			err = -errno;
	}
	free(entries);
	return err;
}
