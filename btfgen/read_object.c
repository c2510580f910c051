/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/object.h"

#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "btfgen/names.h"
#include "btfgen/read.h"

/* The largest kernel's BTF has a few megabytes, the largest objects with debug information some
 * tens; what is beyond this was not meant. */
enum { MAX_FILE = 512 << 20 };

void object_free(struct object *o)
{
	if (!o)
		return;
	for (size_t i = 0; i < o->map_count; i++) {
		free((char *)o->maps[i].name);
		free((char *)o->maps[i].ident);
		free((char *)o->maps[i].section);
		free((void *)o->maps[i].initial);
	}
	for (size_t i = 0; i < o->prog_count; i++) {
		free((char *)o->progs[i].name);
		free((char *)o->progs[i].section);
	}
	free(o->maps);
	free(o->progs);
	free((char *)o->license);
	free((uint8_t *)o->elf);
	free((char *)o->path);
	free((char *)o->file);
	free((char *)o->name);
	model_free(o->model);
	free(o);
}

static char *name_from_file(const char *file)
{
	size_t n = strlen(file);
	if (n > 2 && !strcmp(file + n - 2, ".o"))
		n -= 2;

	struct strbuf name = {0};
	if (isdigit((unsigned char)*file))
		strbuf_putc(&name, '_');
	strbuf_add(&name, file, n);
	char *ret = strbuf_detach(&name);
	if (ret)
		name_sanitize(ret);
	return ret;
}

static struct object *new_object(const char *path, const struct object_options *options)
{
	struct object *o = calloc(1, sizeof(*o));
	if (!o)
		return NULL;

	const char *slash = strrchr(path, '/');
	o->path = strdup(path);
	o->file = strdup(slash ? slash + 1 : path);
	if (options && options->name)
		o->name = strdup(options->name);
	else if (o->file)
		o->name = name_from_file(o->file);
	if (!o->path || !o->file || !o->name) {
		object_free(o);
		return NULL;
	}
	return o;
}

static int read_raw_btf(const struct strbuf *file, struct object *o, struct diag *d)
{
	if (file->len > UINT32_MAX)
		return diag_fail(d, EFBIG, "too large for BTF");

	read_warnings_begin();
	struct btf *btf = btf__new(file->data, (uint32_t)file->len);
	int err = btf ? 0 : -errno;
	char *warnings = read_warnings_end();
	if (err)
		diag_fail(d, EINVAL,
			  "damaged BTF, or a module's that needs the kernel's beside it%s%s",
			  warnings && *warnings ? ": " : "", warnings ? warnings : "");
	free(warnings);
	if (err)
		return -EINVAL;

	o->license = strdup("");
	if (!o->license)
		err = diag_fail(d, ENOMEM, "out of memory");
	else if (btf__endianness(btf) == BTF_BIG_ENDIAN)
		err = diag_fail(d, ENOTSUP, "big-endian BTF: WebAssembly is little-endian");
	else
		err = read_model(btf, &o->model, d);
	btf__free(btf);
	return err;
}

int object_read(const char *path, const struct object_options *options, struct object **ret,
		struct diag *d)
{
	struct strbuf file = {0};

	*ret = NULL;
	if (options && options->name && !name_is_identifier(options->name))
		return diag_fail(d, EINVAL, "%s: the name \"%s\" is no C identifier", path,
				 options->name);
	int err = file_read(path, MAX_FILE, &file, d);
	if (err)
		return err;
	struct object *o = new_object(path, options);
	if (!o) {
		err = diag_fail(d, ENOMEM, "out of memory");
	} else if (read_is_raw_btf(&file)) {
		err = read_raw_btf(&file, o, d);
	} else {
		err = read_check_elf(&file, d);
		if (!err)
			err = read_bpf(&file, options && options->keep_btf, o, d);
	}
	strbuf_free(&file);
	if (err) {
		diag_prefix(d, "%s: ", path);
		object_free(o);
		return err;
	}
	*ret = o;
	return 0;
}
