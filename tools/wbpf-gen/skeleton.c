/* SPDX-License-Identifier: BSD-2-Clause */
/* skeleton, subskeleton, object. */
#include "skelgen/skeleton.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "btfgen/link.h"
#include "generate.h"
#include "skelgen/subskeleton.h"

const struct cli_option skeleton_options[] = {
	OPTION_OUTPUT,
	OPTION_DEPFILE,
	OPTION_NAME,
	{"embed", 'e', "HOW",
	 "Where the skeleton has the object: \"array\", in itself; \"file[=PATH]\", in a file that "
	 "is "
	 "read when the object is opened (PATH, or FILE.bpf.o in the current folder); "
	 "\"section[=NAME]\", in the module's custom section wbpf.bpf.NAME (or the object's name), "
	 "and "
	 "natively as with array. Default: array.",
	 set_embed},
	{"no-slim", 0, NULL, "Embeds all of the object's BTF, not only what loading it needs.",
	 set_no_slim},
	{0},
};

const struct cli_option subskeleton_options[] = {OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME, {0}};

const struct cli_option object_options[] = {
	OPTION_DEPFILE,
	{"slim", 0, NULL,
	 "Leaves only the BTF that loading the output needs, as skeletons embed it. Types of the "
	 "output can "
	 "then not be read.",
	 set_slim},
	{0},
};

static int emit_skeleton(const struct object *object, const struct options *o, struct strbuf *out,
			 struct diag *d)
{
	const struct skeleton_options options = {
		.size = sizeof(options),
		.embed = o->embed_how,
		.where = o->embed_where,
	};

	return skeleton_emit(object, &options, out, d);
}

static int emit_subskeleton(const struct object *object, const struct options *o,
			    struct strbuf *out, struct diag *d)
{
	return subskeleton_emit(object, out, d);
}

int run_skeleton(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	((struct options *)options)->embed = true;
	return generate(options, argv[0], emit_skeleton, d);
}

int run_subskeleton(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_subskeleton, d);
}

/* bpftool's way to give the name stands behind the file. */
int check_skeleton(void *options, int argc, char **argv, struct diag *d)
{
	if (argc > 1) {
		if (argc != 3 || strcmp(argv[1], "name"))
			return diag_fail(d, EINVAL,
					 "what is '%s'? Behind %s there can only be: name NAME",
					 argv[1], argv[0]);
		int err = set_name(options, argv[2], d);
		if (err)
			return err;
	}
	return check_options(options, argc, argv, d);
}

int check_object(void *options, int argc, char **argv, struct diag *d)
{
	struct options *o = options;

	if (o->depfile && !strcmp(argv[0], "-"))
		return diag_fail(d, EINVAL,
				 "--depfile needs an output file: it names what "
				 "depends on %s",
				 argv[1]);
	return 0;
}

int run_object(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	struct options *o = options;
	const char *const *inputs = (const char *const *)argv + 1;
	size_t count = (size_t)argc - 1;
	const struct link_options link = {.size = sizeof(link), .slim = o->slim};
	struct strbuf out = {0};
	int err = 0;

	o->output = argv[0];
	for (size_t i = 0; i < count && !err; i++)
		err = generate_check_input(o, inputs[i], d);
	if (!err && o->depfile && file_is_same(o->depfile, o->output))
		err = diag_fail(d, EINVAL, "--depfile would write over the output, %s", o->output);
	if (!err)
		err = link_objects(inputs, count, &link, &out, d);
	if (!err && o->depfile)
		err = generate_depfile(o->depfile, o->output, inputs, count, d);
	if (!err)
		err = file_write(o->output, &out, d);
	strbuf_free(&out);
	return err;
}
