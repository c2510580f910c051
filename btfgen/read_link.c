/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libbpf's static linker. It keeps what libbpf needs, BTF with section offsets filled in among it,
 * and leaves debug information behind.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "btfgen/link.h"
#include "btfgen/read.h"

int read_libbpf_fail(struct diag *d, const char *what, int err)
{
	char *warnings = read_warnings_end();
	char text[128];

	/* Its own error numbers begin above the system's. */
	libbpf_strerror(err, text, sizeof(text));
	int code = err == -ENOMEM ? ENOMEM : EINVAL;
	if (warnings && *warnings)
		diag_fail(d, code, "%s: %s (libbpf: %s)", what, text, warnings);
	else
		diag_fail(d, code, "%s: %s", what, text);
	free(warnings);
	return -code;
}

int read_back(int fd, uint8_t **ret, size_t *ret_size, struct diag *d)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return diag_fail(d, errno, "cannot read the linked object: %s", strerror(errno));

	size_t size = (size_t)st.st_size;
	uint8_t *bytes = malloc(size ? size : 1);
	if (!bytes)
		return diag_fail(d, ENOMEM, "out of memory");
	for (size_t done = 0; done < size;) {
		ssize_t n = pread(fd, bytes + done, size - done, (off_t)done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			free(bytes);
			return diag_fail(d, EIO, "cannot read the linked object");
		}
		done += (size_t)n;
	}
	*ret = bytes;
	*ret_size = size;
	return 0;
}

int read_link_alone(const struct strbuf *file, int fd, struct diag *d)
{
	static const char what[] = "cannot strip the object with libbpf's linker";

	read_warnings_begin();
	struct bpf_linker *linker = bpf_linker__new_fd(fd, NULL);
	if (!linker)
		return read_libbpf_fail(d, what, -errno);
	int err = bpf_linker__add_buf(linker, file->data, file->len, NULL);
	if (!err)
		err = bpf_linker__finalize(linker);
	bpf_linker__free(linker);
	if (err)
		return read_libbpf_fail(d, what, err);
	free(read_warnings_end());
	return 0;
}

/* libbpf knows a file that it gets as bytes by a name of its own, with their address. */
static void name_file(struct diag *d, const struct strbuf *file, const char *path)
{
	char name[32];
	struct strbuf text = {0};

	snprintf(name, sizeof(name), "mem:%p+%zu", (void *)file->data, file->len);
	const char *rest = d ? d->text : "";
	for (const char *at; (at = strstr(rest, name)); rest = at + strlen(name)) {
		strbuf_add(&text, rest, (size_t)(at - rest));
		strbuf_puts(&text, path);
	}
	strbuf_puts(&text, rest);
	if (d && !strbuf_error(&text)) {
		struct diag named = {0};
		diag_fail(&named, d->err, "%s", strbuf_str(&text));
		*d = named;
	}
	strbuf_free(&text);
}

static int add_file(struct bpf_linker *linker, const char *path, struct diag *d)
{
	struct strbuf file = {0};
	int err = file_read(path, READ_MAX_FILE, &file, d);

	if (err)
		return err;
	err = read_check_linkable(&file, d);
	if (!err) {
		read_warnings_begin();
		err = bpf_linker__add_buf(linker, file.data, file.len, NULL);
		if (err) {
			err = read_libbpf_fail(d, "cannot be linked", err);
			name_file(d, &file, path);
		} else {
			free(read_warnings_end());
		}
	}
	strbuf_free(&file);
	if (err)
		diag_prefix(d, "%s: ", path);
	return err;
}

static int link_to(int fd, const char *const *paths, size_t count, struct diag *d)
{
	int err = 0;

	read_warnings_begin();
	struct bpf_linker *linker = bpf_linker__new_fd(fd, NULL);
	if (!linker)
		return read_libbpf_fail(d, "cannot start libbpf's linker", -errno);
	free(read_warnings_end());
	for (size_t i = 0; i < count && !err; i++)
		err = add_file(linker, paths[i], d);
	if (!err) {
		read_warnings_begin();
		err = bpf_linker__finalize(linker);
		if (err)
			err = read_libbpf_fail(d, "cannot link the objects", err);
		else
			free(read_warnings_end());
	}
	bpf_linker__free(linker);
	return err;
}

int link_objects(const char *const *paths, size_t count, const struct link_options *options,
		 struct strbuf *out, struct diag *d)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	int fd = memfd_create("wbpf-link", MFD_CLOEXEC);

	if (fd < 0)
		return diag_fail(d, errno, "cannot create a memory file: %s", strerror(errno));
	int err = link_to(fd, paths, count, d);
	if (!err)
		err = read_back(fd, &bytes, &size, d);
	close(fd);
	if (!err && options && options->slim)
		err = read_slim(&bytes, &size, d);
	if (!err)
		strbuf_add(out, bytes, size);
	free(bytes);
	return err ? err : strbuf_error(out) ? diag_fail(d, ENOMEM, "out of memory") : 0;
}
