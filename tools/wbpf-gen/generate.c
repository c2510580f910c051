/* SPDX-License-Identifier: BSD-2-Clause */
#include "generate.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

/* A file name in a makefile's rule. */
static void add_file(const char *file, struct strbuf *out)
{
	for (; *file; file++) {
		if (*file == ' ' || *file == '\t' || *file == '#' || *file == '\\')
			strbuf_putc(out, '\\');
		else if (*file == '$')
			strbuf_putc(out, '$');
		strbuf_putc(out, *file);
	}
}

static int write_depfile(const struct options *o, const char *input, struct diag *d)
{
	struct strbuf text = {0};

	add_file(o->output, &text);
	strbuf_puts(&text, ": ");
	add_file(input, &text);
	if (o->base) {
		strbuf_putc(&text, ' ');
		add_file(o->base, &text);
	}
	strbuf_putc(&text, '\n');
	int err = file_write(o->depfile, &text, d);
	strbuf_free(&text);
	return err;
}

int generate(const struct options *o, const char *input, emit_fn *emit, struct diag *d)
{
	const struct object_options read = {
		.size = sizeof(read),
		.name = o->name,
		.keep_btf = o->no_slim || !o->embed,
		.types = o->types,
		.base = o->base,
	};
	struct object *object = NULL;
	struct strbuf out = {0};

	if (o->depfile && (!o->output || !strcmp(o->output, "-")))
		return diag_fail(d, EINVAL, "--depfile needs --output: it names what depends on %s",
				 input);
	int err = object_read(input, &read, &object, d);
	if (!err)
		err = emit(object, o, &out, d);
	if (!err && o->depfile)
		err = write_depfile(o, input, d);
	if (!err)
		err = file_write(o->output, &out, d);
	strbuf_free(&out);
	object_free(object);
	return err;
}
