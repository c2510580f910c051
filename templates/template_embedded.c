/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <string.h>

#include "templates/embedded.h"
#include "templates/template.h"

int template_render(const char *name, const struct template_data *data, struct strbuf *out,
		    struct diag *d)
{
	for (const struct template_file *f = template_files; f->name; f++)
		if (!strcmp(f->name, name))
			return template_render_text(name, f->text, f->len, data, out, d);
	return diag_fail(d, ENOENT, "no template is called '%s'", name);
}
