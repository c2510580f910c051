/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <string.h>

#include "templates/embedded.h"
#include "templates/template.h"

int template_open(const char *name, struct template **ret, struct diag *d)
{
	*ret = NULL;
	for (const struct template_file *f = template_files; f->name; f++)
		if (!strcmp(f->name, name))
			return template_open_text(name, f->text, f->len, ret, d);
	return diag_fail(d, ENOENT, "no template is called '%s'", name);
}

int template_render(const char *name, const struct template_data *data, struct strbuf *out,
		    struct diag *d)
{
	struct template *t;

	int err = template_open(name, &t, d);
	if (!err)
		err = template_fill(t, data, out, d);
	template_close(t);
	return err;
}
