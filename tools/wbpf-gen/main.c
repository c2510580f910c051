/* SPDX-License-Identifier: BSD-2-Clause */
/* wbpf-gen: writes what the user half of a BPF program needs from the BPF object. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cli.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "btfgen/cheader.h"
#include "btfgen/object.h"
#include "btfgen/select.h"
#include "skelgen/skeleton.h"
#include "witgen/wit.h"

struct options {
	const char *output, *depfile, *name, *base;
	const char **types; /* NULL-ended; owned */
	size_t type_count;
	bool all, no_slim, embed;
};

static int set_output(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->output = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--output: a file name is needed");
}

static int set_depfile(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->depfile = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--depfile: a file name is needed");
}

static int set_name(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->name = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--name: a name is needed");
}

static int set_base(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->base = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--base: a file name is needed");
}

static int add_type(void *to, const char *value, struct diag *d)
{
	struct options *o = to;
	const char **types = realloc(o->types, (o->type_count + 2) * sizeof(*types));

	if (!types)
		return diag_fail(d, ENOMEM, "out of memory");
	o->types = types;
	o->types[o->type_count++] = value;
	o->types[o->type_count] = NULL;
	return 0;
}

static int set_all(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->all = true;
	return 0;
}

static int set_no_slim(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->no_slim = true;
	return 0;
}

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

typedef int emit_fn(const struct object *object, const struct options *o, struct strbuf *out,
		    struct diag *d);

/* The whole output is made before anything is written, so a failure leaves what was there. */
static int generate(const struct options *o, const char *input, emit_fn *emit, struct diag *d)
{
	const struct object_options read = {
		.size = sizeof(read),
		.name = o->name,
		.keep_btf = o->no_slim || !o->embed,
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

static int emit_header(const struct object *object, const struct options *o, struct strbuf *out,
		       struct diag *d)
{
	const struct select_options select = {
		.size = sizeof(select),
		.types = o->types,
		.all = o->all,
	};

	return cheader_emit(object, &select, out, d);
}

static int emit_skeleton(const struct object *object, const struct options *o, struct strbuf *out,
			 struct diag *d)
{
	return skeleton_emit(object, out, d);
}

static int emit_wit(const struct object *object, const struct options *o, struct strbuf *out,
		    struct diag *d)
{
	const struct select_options select = {
		.size = sizeof(select),
		.types = o->types,
		.all = o->all,
	};

	return wit_emit(object, &select, out, d);
}

static int run_header(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_header, d);
}

static int run_skeleton(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	((struct options *)options)->embed = true;
	return generate(options, argv[0], emit_skeleton, d);
}

static int run_wit(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_wit, d);
}

#define OPTION_OUTPUT                                                                              \
	{"output", 'o', "FILE",                                                                    \
	 "Writes to FILE, whole or not at all, instead of standard output. A file that has the "   \
	 "same "                                                                                   \
	 "contents already is left alone.",                                                        \
	 set_output}
#define OPTION_DEPFILE                                                                             \
	{"depfile", 'd', "FILE",                                                                   \
	 "Writes a makefile's rule to FILE: what the output is made from.", set_depfile}
#define OPTION_NAME                                                                                \
	{"name", 'n', "NAME",                                                                      \
	 "The object's name in what is written; otherwise it is made from the file's name "        \
	 "(foo.bpf.o: foo_bpf).",                                                                  \
	 set_name}
#define OPTION_TYPE                                                                                \
	{"type", 't', "TYPE",                                                                      \
	 "Also writes this type (\"event\", \"struct event\") and what it contains. May be "       \
	 "repeated.",                                                                              \
	 add_type}
#define OPTION_ALL {"all", 'a', NULL, "Writes every type of the file that has a name.", set_all}
#define OPTION_BASE                                                                                \
	{"base", 'B', "FILE",                                                                      \
	 "FILE has the BTF of the kernel (/sys/kernel/btf/vmlinux) that the input is a module "    \
	 "of.",                                                                                    \
	 set_base}

static const struct cli_option header_options[] = {
	OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME, OPTION_TYPE, OPTION_ALL, OPTION_BASE, {0},
};

static const struct cli_option skeleton_options[] = {
	OPTION_OUTPUT,
	OPTION_DEPFILE,
	OPTION_NAME,
	{"no-slim", 0, NULL, "Embeds all of the object's BTF, not only what loading it needs.",
	 set_no_slim},
	{0},
};

static const struct cli_option wit_options[] = {
	OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME, OPTION_TYPE, OPTION_ALL, OPTION_BASE, {0},
};

static const struct cli_command commands[] = {
	{
		.name = "header",
		.args = "FILE.bpf.o",
		.summary =
			"Writes a C header of the object's types, laid out as the kernel has them.",
		.help = "Brings the keys and values of maps, the variables of data sections and "
			"what these\n"
			"point to, with an assertion for each size and offset. A type that only "
			"travels\n"
			"through a ring buffer is brought by a line in the BPF source:\n"
			"\n"
			"    const struct event *unused_event __attribute__((unused));\n"
			"\n"
			"With --type or --all FILE can also be raw BTF (/sys/kernel/btf/vmlinux), "
			"a "
			"kernel's\n"
			"image or any other ELF file with BTF, and with --base a kernel's module.",
		.min_args = 1,
		.max_args = 1,
		.options = header_options,
		.run = run_header,
	},
	{
		.name = "skeleton",
		.args = "FILE.bpf.o",
		.summary = "Writes a C skeleton: the object embedded, with functions to open, load "
			   "and attach.",
		.help = "Functions and members are called as in the skeletons of bpftool(8). The "
			"object is\n"
			"embedded without its debug information, and with only the BTF that "
			"loading "
			"it needs.",
		.min_args = 1,
		.max_args = 1,
		.options = skeleton_options,
		.run = run_skeleton,
	},
	{
		.name = "wit",
		.args = "FILE.bpf.o",
		.summary = "Writes the object's types as WIT, for components.",
		.help = "The types are chosen as by the command header.",
		.min_args = 1,
		.max_args = 1,
		.options = wit_options,
		.run = run_wit,
	},
	{0},
};

int main(int argc, char **argv)
{
	struct options options = {0};
	const struct cli_program program = {
		.name = "wbpf-gen",
		.version = WBPF_VERSION,
		.summary = "generates what WebAssembly programs need to use a BPF object",
		.help = "Reads a BPF object file, as clang -target bpf -g -O2 -c makes it, and "
			"writes source\n"
			"text for its user half. Nothing is loaded into the kernel, and no "
			"privilege is needed.",
		.commands = commands,
		.exit_status = "0 when the output was written; 1 when it was not, with the reason "
			       "on standard "
			       "error; 2 for a wrong command line.",
		.see_also = "wbpf-run(1)",
		.options = &options,
	};

	int status = cli_main(&program, argc, argv);
	free(options.types);
	return status;
}
