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

/* An included file that is gone is nothing that cannot be made ("x.h:"): the output is made again,
 * and from what is there then. */
static void add_missing(const struct object *object, struct strbuf *out)
{
	for (size_t i = 1; i < object->source_count; i++) {
		add_file(object->sources[i], out);
		strbuf_puts(out, ":\n");
	}
}

static int write_depfile(const struct options *o, const char *input, const struct object *object,
			 struct diag *d)
{
	struct strbuf text = {0};

	add_file(o->output, &text);
	strbuf_putc(&text, ':');
	if (!object->source_count) {
		strbuf_putc(&text, ' ');
		add_file(input, &text);
	}
	for (size_t i = 0; i < object->source_count; i++) {
		strbuf_puts(&text, i ? " \\\n  " : " ");
		add_file(object->sources[i], &text);
	}
	if (o->base) {
		strbuf_putc(&text, ' ');
		add_file(o->base, &text);
	}
	strbuf_putc(&text, '\n');
	add_missing(object, &text);
	int err = file_write(o->depfile, &text, d);
	strbuf_free(&text);
	return err;
}

int generate_depfile(const char *depfile, const char *output, const char *const *inputs,
		     size_t count, struct diag *d)
{
	struct strbuf text = {0};

	add_file(output, &text);
	strbuf_putc(&text, ':');
	for (size_t i = 0; i < count; i++) {
		strbuf_puts(&text, i ? " \\\n  " : " ");
		add_file(inputs[i], &text);
	}
	strbuf_putc(&text, '\n');
	int err = file_write(depfile, &text, d);
	strbuf_free(&text);
	return err;
}

static bool writes_over(const char *output, const char *file)
{
	return output && strcmp(output, "-") && file && file_is_same(output, file);
}

/* What is read is not written over: it is a source, and may be the only copy. */
int generate_check_input(const struct options *o, const char *file, struct diag *d)
{
	const char *option = writes_over(o->output, file)    ? "--output"
			     : writes_over(o->depfile, file) ? "--depfile"
							     : NULL;

	return option ? diag_fail(d, EINVAL, "%s would write over %s, which is read", option, file)
		      : 0;
}

static int check_files(const struct options *o, const char *input, struct diag *d)
{
	int err = generate_check_input(o, input, d);

	if (!err)
		err = generate_check_input(o, o->base, d);
	if (!err && writes_over(o->depfile, o->output))
		err = diag_fail(d, EINVAL, "--depfile would write over the --output, %s",
				o->output);
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
		.all = o->all,
		.clang = clang_of(o),
		.clang_args = o->clang_args,
	};
	struct object *object = NULL;
	struct strbuf out = {0};

	int err = check_files(o, input, d);
	if (!err)
		err = object_read(input, &read, &object, d);
	for (size_t i = 1; !err && i < object->source_count; i++)
		err = generate_check_input(o, object->sources[i], d);
	if (!err)
		err = emit(object, o, &out, d);
	if (!err && o->depfile)
		err = write_depfile(o, input, object, d);
	if (!err)
		err = file_write(o->output, &out, d);
	strbuf_free(&out);
	object_free(object);
	return err;
}
