/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
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

static int write_in_place(const char *target, const struct strbuf *contents, const char *path,
			  struct diag *d)
{
	int fd = open(target, O_WRONLY | O_CLOEXEC);
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

static int write_renamed(const char *path, mode_t mode, const struct strbuf *contents,
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

int file_write(const char *path, const struct strbuf *contents, struct diag *d)
{
	if (contents->failed)
		return diag_fail(d, ENOMEM, "%s: out of memory", path ? path : "standard output");
	if (!path || !strcmp(path, "-"))
		return write_to(STDOUT_FILENO, "standard output", contents, d);

	/* A symbolic link is followed, so that the file behind it is replaced and not the link. */
	char *target = realpath(path, NULL);
	struct stat st;
	int err;
	if (target && !stat(target, &st)) {
		if (!S_ISREG(st.st_mode))
			err = write_in_place(target, contents, path, d);
		else if (has_contents(target, contents))
			err = 0;
		else
			err = write_renamed(target, st.st_mode & 07777, contents, d);
	} else {
		mode_t mask = umask(0);
		umask(mask);
		err = write_renamed(path, 0666 & ~mask, contents, d);
	}
	free(target);
	return err;
}
