/* SPDX-License-Identifier: BSD-2-Clause */
/* How options are stored. */
#include <errno.h>
#include <stdlib.h>

#include "generate.h"

int set_output(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->output = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--output: a file name is needed");
}

int set_depfile(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->depfile = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--depfile: a file name is needed");
}

int set_name(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->name = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--name: a name is needed");
}

int set_base(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->base = value;
	return *value ? 0 : diag_fail(d, EINVAL, "--base: a file name is needed");
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

int set_no_slim(void *to, const char *value, struct diag *d)
{
	((struct options *)to)->no_slim = true;
	return 0;
}
