/* SPDX-License-Identifier: BSD-2-Clause */
/* How options are stored. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"

/* A second value would silently win over the first, which was meant as well. */
static int set_once(const char **value, const char *given, const char *option, const char *needed,
		    struct diag *d)
{
	if (*value)
		return diag_fail(d, EINVAL, "%s is given more than once: %s, %s", option, *value,
				 given);
	*value = given;
	return *given ? 0 : diag_fail(d, EINVAL, "%s: %s is needed", option, needed);
}

int set_output(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->output, value, "--output", "a file name", d);
}

int set_depfile(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->depfile, value, "--depfile", "a file name", d);
}

int set_name(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->name, value, "--name", "a name", d);
}

int set_base(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->base, value, "--base", "a file name", d);
}

int set_format(void *to, const char *value, struct diag *d)
{
	struct options *o = to;

	if (strcmp(value, "text") && strcmp(value, "json"))
		return diag_fail(d, EINVAL, "--format: text or json, not %s", value);
	return set_once(&o->format, value, "--format", "text or json", d);
}

int set_clang(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->clang, value, "--clang", "a program", d);
}

void set_clang_args(void *to, char **rest)
{
	if (*rest)
		((struct options *)to)->clang_args = (const char *const *)rest;
}

const char *clang_of(const struct options *o)
{
	const char *named = getenv("CLANG");

	return o->clang ? o->clang : named && *named ? named : NULL;
}

static bool any_header(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (object_is_header(argv[i]))
			return true;
	return false;
}

int check_options(void *options, int argc, char **argv, struct diag *d)
{
	const struct options *o = options;

	if (o->depfile && (!o->output || !strcmp(o->output, "-")))
		return diag_fail(d, EINVAL, "--depfile needs --output: it names what depends on %s",
				 argv[0]);
	if (o->clang_args && !any_header(argc, argv))
		return diag_fail(d, EINVAL,
				 "what is behind -- is for the compiler of a C header, and %s is "
				 "none (its name does not end in .h)",
				 argv[argc - 1]);
	for (const char *const *arg = o->clang_args; arg && *arg; arg++)
		if (!strcmp(*arg, "--"))
			return diag_fail(d, EINVAL,
					 "what is behind -- goes to the compiler, which needs no "
					 "other --");
	if (o->clang && !any_header(argc, argv))
		return diag_fail(d, EINVAL,
				 "--clang compiles a C header, and %s is none (its name does not "
				 "end in .h)",
				 argv[argc - 1]);
	return 0;
}

int add_type(void *to, const char *value, struct diag *d)
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

int set_all(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->all = true;
	return 0;
}

int set_bytes(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->bytes = true;
	return 0;
}

int set_skeleton(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->skeleton = true;
	return 0;
}

int set_package(void *to, const char *value, struct diag *d)
{
	return set_once(&((struct options *)to)->package, value, "--package", "a name", d);
}

int set_no_slim(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->no_slim = true;
	return 0;
}

int set_slim(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->slim = true;
	return 0;
}

/* HOW[=WHERE] */
int set_embed(void *to, const char *value, struct diag *d)
{
	static const char *const hows[] = {
		[SKELETON_ARRAY] = "array",
		[SKELETON_FILE] = "file",
		[SKELETON_SECTION] = "section",
	};
	struct options *o = to;
	size_t n = strcspn(value, "="), how = 0;

	while (how < sizeof(hows) / sizeof(*hows) &&
	       (strlen(hows[how]) != n || strncmp(value, hows[how], n) != 0))
		how++;
	const char *where = value[n] ? value + n + 1 : NULL;
	if (how == sizeof(hows) / sizeof(*hows) || (how == SKELETON_ARRAY && where))
		return diag_fail(d, EINVAL, "--embed: array, file[=PATH] or section[=NAME], not %s",
				 value);
	if (how == SKELETON_FILE && where && !*where)
		return diag_fail(d, EINVAL, "--embed: a path is needed behind %s", value);
	if (how == SKELETON_SECTION && where && !skeleton_is_section(where))
		return diag_fail(d, EINVAL,
				 "--embed: '%s' cannot name a section: letters, digits, '_' and "
				 "'.' can",
				 where);
	o->embed_how = (enum skeleton_embed)how;
	o->embed_where = where;
	return set_once(&o->embed_given, value, "--embed", "a place", d);
}
