/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/object.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "btfgen/names.h"
#include "btfgen/read.h"

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
	for (size_t i = 0; i < o->macro_count; i++) {
		free((char *)o->macros[i].name);
		free((char *)o->macros[i].value);
	}
	for (size_t i = 0; i < o->source_count; i++)
		free((char *)o->sources[i]);
	free((struct object_macro *)o->macros);
	free((const char **)o->sources);
	free((uint32_t *)o->roots);
	free((char *)o->license);
	free((uint8_t *)o->elf);
	free((char *)o->path);
	free((char *)o->file);
	free((char *)o->name);
	model_free(o->model);
	free(o);
}

/* bpftool's names are no longer, and a user's code calls functions by them. */
enum { MAX_NAME = 63 };

static char *name_from_file(const char *file)
{
	size_t n = strnlen(file, MAX_NAME);
	if (n > 2 && (!strcmp(file + n - 2, ".o") || !strcmp(file + n - 2, ".h")))
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
		o->name = strndup(options->name, MAX_NAME);
	else if (o->file)
		o->name = name_from_file(o->file);
	if (!o->path || !o->file || !o->name) {
		object_free(o);
		return NULL;
	}
	return o;
}

static int read_bpf_file(const struct strbuf *file, const struct object_options *options,
			 struct object *o, struct diag *d)
{
	if (options && options->base)
		return diag_fail(d, EINVAL,
				 "a BPF object needs no --base: that is for a kernel's module");
	int err = read_check_elf(file, d);

	if (!err)
		err = read_bpf(file, options && options->keep_btf, o, d);
	if (!err && options && options->types)
		err = read_dwarf(file, options->types, o->model, d);
	return err;
}

/* libbpf opens objects of this machine's byte order only, but their types can be read. */
static int read_big_endian(struct strbuf *file, const struct object_options *options,
			   struct object *o, struct diag *d)
{
	struct strbuf copy = {0};

	strbuf_add(&copy, file->data, file->len);
	int err = strbuf_error(&copy) ? diag_fail(d, ENOMEM, "%s: out of memory", o->path) : 0;
	if (!err)
		err = read_types(&copy, NULL, o, d);
	strbuf_free(&copy);
	if (err)
		return err;
	err = read_roots(o, d);
	if (!err && options && options->types)
		err = read_dwarf(file, options->types, o->model, d);
	if (err)
		diag_prefix(d, "%s: ", o->path);
	return err;
}

static int read_file(struct strbuf *file, const struct object_options *options, struct object *o,
		     struct diag *d)
{
	bool is_bpf;

	o->first_type = 1;
	int err = read_is_bpf(file, &is_bpf, d);
	if (!err && !is_bpf)
		return read_types(file, options ? options->base : NULL, o, d);
	if (!err && read_is_big_endian(file) && !(options && options->base))
		return read_big_endian(file, options, o, d);
	if (!err)
		err = read_bpf_file(file, options, o, d);
	if (err)
		diag_prefix(d, "%s: ", o->path);
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
	struct object *o = new_object(path, options);
	int err = o ? 0 : diag_fail(d, ENOMEM, "out of memory");
	if (!err && object_is_header(path)) {
		err = read_header(options, o, d);
	} else if (!err) {
		err = file_read(path, READ_MAX_FILE, &file, d);
		if (!err)
			err = read_file(&file, options, o, d);
		strbuf_free(&file);
	}
	if (err) {
		object_free(o);
		return err;
	}
	*ret = o;
	return 0;
}
