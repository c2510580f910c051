/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_fd(int fd, size_t max, struct strbuf *ret)
{
	enum { BLOCK = 1 << 16 };

	for (;;) {
		if (!strbuf_reserve(ret, BLOCK))
			return -ENOMEM;
		ssize_t n = read(fd, ret->data + ret->len, BLOCK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		ret->len += (size_t)n;
		ret->data[ret->len] = '\0';
		if (n == 0)
			return 0;
		if (max && ret->len > max)
			return -EFBIG;
	}
}

int file_read(const char *path, size_t max, struct strbuf *ret, struct diag *d)
{
	strbuf_free(ret);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return diag_fail(d, errno, "%s: cannot open: %s", path, strerror(errno));

	int err = read_fd(fd, max, ret);
	close(fd);
	if (err) {
		strbuf_free(ret);
		if (err == -EFBIG)
			return diag_fail(d, err, "%s: larger than the limit of %zu bytes", path,
					 max);
		return diag_fail(d, err, "%s: cannot read: %s", path, strerror(-err));
	}
	return 0;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int write_to(int fd, const char *name, const struct strbuf *contents, struct diag *d)
{
	int err = write_all(fd, contents->data, contents->len);

	return err ? diag_fail(d, err, "%s: cannot write: %s", name, strerror(-err)) : 0;
}

static int write_in_place(const char *path, const struct strbuf *contents, struct diag *d)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return diag_fail(d, errno, "%s: cannot open for writing: %s", path,
				 strerror(errno));
	int err = write_to(fd, path, contents, d);
	if (close(fd) < 0 && !err)
		err = diag_fail(d, errno, "%s: cannot write: %s", path, strerror(errno));
	return err;
}

static bool has_contents(const char *path, const struct strbuf *contents)
{
	struct strbuf old = {0};
	bool same = !file_read(path, contents->len, &old, NULL) && old.len == contents->len &&
		    (!old.len || !memcmp(old.data, contents->data, old.len));
	strbuf_free(&old);
	return same;
}

static int write_temporary(const char *tmp, int fd, mode_t mode, const struct strbuf *contents,
			   const char *path, struct diag *d)
{
	int err = write_to(fd, path, contents, d);

	if (!err && fchmod(fd, mode) < 0)
		err = diag_fail(d, errno, "%s: cannot set its mode: %s", path, strerror(errno));
	if (!err && fsync(fd) < 0)
		err = diag_fail(d, errno, "%s: cannot write: %s", path, strerror(errno));
	if (close(fd) < 0 && !err)
		err = diag_fail(d, errno, "%s: cannot write: %s", path, strerror(errno));
	if (!err && rename(tmp, path) < 0)
		err = diag_fail(d, errno, "%s: cannot replace: %s", path, strerror(errno));
	return err;
}

static int write_unwatched(const char *path, mode_t mode, const struct strbuf *contents,
			   struct diag *d)
{
	char *tmp = str_printf("%s.XXXXXX", path);
	if (!tmp)
		return diag_fail(d, ENOMEM, "%s: out of memory", path);

	int err;
	int fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0) {
		err = diag_fail(d, errno, "%s: cannot create: %s", path, strerror(errno));
	} else {
		err = write_temporary(tmp, fd, mode, contents, path, d);
		if (err)
			unlink(tmp);
	}
	free(tmp);
	return err;
}

/* Signals wait while there is a temporary file, which whoever is ended by one would leave. */
static int write_renamed(const char *path, mode_t mode, const struct strbuf *contents,
			 struct diag *d)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int err = write_unwatched(path, mode, contents, d);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err;
}

/* What a path stands for once the symbolic links at its end are followed. */
struct target {
	bool exists;
	struct stat st; /* when it exists */
	char *name;     /* owned; it need not exist, and a link's text may be no name at all */
	int fd;         /* open here already, or -1 */
};

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* What is before the last component: "", or up to the slash. */
static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash + 1 - path) : 0;
}

/*
 * The descriptor that a link is, as /proc/self/fd/1 is one, where /dev/stdout leads to. Opened
 * anew, a file would be written from its start, past what was appended to, and a socket cannot be
 * opened at all.
 */
static int descriptor_of(const char *link, const struct stat *st)
{
	const char *digits = link + folder_len(link);
	struct stat open_file;
	char *end;
	long fd = strtol(digits, &end, 10);

	return *digits >= '0' && *digits <= '9' && !*end && fd <= INT_MAX &&
			       !fstat((int)fd, &open_file) && is_same(&open_file, st)
		       ? (int)fd
		       : -1;
}

/* Replaces the name of a link by what it says. 0 or a negative errno. */
static int follow(char **name)
{
	char text[PATH_MAX];
	ssize_t n = readlink(*name, text, sizeof(text) - 1);

	if (n < 0)
		return -errno;
	text[n] = '\0';
	char *next = str_printf("%.*s%s", text[0] == '/' ? 0 : (int)folder_len(*name), *name, text);
	if (!next)
		return -ENOMEM;
	free(*name);
	*name = next;
	return 0;
}

/* free() ret->name in any case. 0 or a negative errno. */
static int find_target(const char *path, struct target *ret)
{
	enum { MAX_LINKS = 40 }; /* as the kernel */
	struct stat st;
	int err = 0;

	*ret = (struct target){.name = strdup(path), .fd = -1};
	if (!ret->name)
		return -ENOMEM;
	ret->exists = !stat(path, &ret->st);
	for (int i = 0; !err; i++) {
		if (lstat(ret->name, &st) < 0 || !S_ISLNK(st.st_mode))
			return 0;
		if (ret->exists && (ret->fd = descriptor_of(ret->name, &ret->st)) >= 0)
			return 0;
		err = i < MAX_LINKS ? follow(&ret->name) : -ELOOP;
	}
	return err;
}

static int write_target(const struct target *t, const char *path, const struct strbuf *contents,
			struct diag *d)
{
	struct stat st;

	if (t->fd >= 0)
		return write_to(t->fd, path, contents, d);
	if (t->exists && !S_ISREG(t->st.st_mode))
		return write_in_place(path, contents, d);
	/* The link to a deleted file in another process's /proc/PID/fd. */
	if (t->exists && strcmp(path, t->name) && lstat(t->name, &st) < 0)
		return diag_fail(d, ENOENT, "%s: cannot replace: the file behind it has no name",
				 path);
	if (t->exists && has_contents(t->name, contents))
		return 0;

	mode_t mask = umask(0);
	umask(mask);
	int err = write_renamed(t->name, t->exists ? t->st.st_mode & 07777 : 0666 & ~mask, contents,
				d);
	if (err && strcmp(path, t->name))
		diag_prefix(d, "%s: ", path);
	return err;
}

static int write_path(const char *path, const struct strbuf *contents, struct diag *d)
{
	struct target t;

	int err = find_target(path, &t);
	err = err ? diag_fail(d, err, "%s: cannot write: %s", path, strerror(-err))
		  : write_target(&t, path, contents, d);
	free(t.name);
	return err;
}

int file_write(const char *path, const struct strbuf *contents, struct diag *d)
{
	if (contents->failed)
		return diag_fail(d, ENOMEM, "%s: out of memory", path ? path : "standard output");
	return path && strcmp(path, "-") ? write_path(path, contents, d)
					 : write_to(STDOUT_FILENO, "standard output", contents, d);
}

/* The same name in the same folder, of two that do not exist. */
static bool is_same_name(const char *a, const char *b)
{
	size_t a_len = folder_len(a), b_len = folder_len(b);
	struct stat a_st, b_st;

	if (strcmp(a + a_len, b + b_len))
		return false;
	char *a_folder = str_printf("%.*s.", (int)a_len, a);
	char *b_folder = str_printf("%.*s.", (int)b_len, b);
	bool same = a_folder && b_folder && !stat(a_folder, &a_st) && !stat(b_folder, &b_st) &&
		    is_same(&a_st, &b_st);
	free(a_folder);
	free(b_folder);
	return same;
}

bool file_is_same(const char *a, const char *b)
{
	struct target a_target, b_target;

	int a_err = find_target(a, &a_target), b_err = find_target(b, &b_target);
	bool same = !a_err && !b_err && a_target.exists == b_target.exists;
	if (same && a_target.exists)
		same = S_ISREG(a_target.st.st_mode) && is_same(&a_target.st, &b_target.st);
	else if (same)
		same = is_same_name(a_target.name, b_target.name);
	free(a_target.name);
	free(b_target.name);
	return same;
}
