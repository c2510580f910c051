/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checks templates and writes them as one C file: template-embed OUT.c TEMPLATE... Runs in the
 * build, where a template that uses an unknown name stops it.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "templates/template.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A line of text as a C string literal. */
static void add_literal(struct strbuf *out, const char *s, size_t len)
{
	strbuf_puts(out, "\t \"");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '\n')
			strbuf_puts(out, "\\n");
		else if (c == '\t')
			strbuf_puts(out, "\\t");
		else if (c == '"' || c == '\\' || c == '?')
			strbuf_printf(out, "\\%c", c);
		else if (c < ' ' || c > '~')
			strbuf_printf(out, "\\%03o", c);
		else
			strbuf_putc(out, (char)c);
	}
	strbuf_puts(out, "\"\n");
}

static int embed(const char *path, struct strbuf *out, struct diag *d)
{
	struct strbuf text = {0};
	int err = file_read(path, 1 << 20, &text, d);

	if (!err)
		err = template_check(path, strbuf_str(&text), text.len, d);
	if (!err) {
		const char *s = strbuf_str(&text), *end = s + text.len;

		strbuf_printf(out, "\t{\"%s\",\n\t \"\"\n", base_name(path));
		while (s < end) {
			const char *nl = memchr(s, '\n', (size_t)(end - s));
			const char *next = nl ? nl + 1 : end;
			add_literal(out, s, (size_t)(next - s));
			s = next;
		}
		strbuf_printf(out, "\t , %zu},\n", text.len);
	}
	strbuf_free(&text);
	return err;
}

int main(int argc, char **argv)
{
	struct strbuf out = {0};
	struct diag d = {0};
	int err = 0;

	if (argc < 2) {
		fputs("usage: template-embed OUT.c TEMPLATE...\n", stderr);
		return 2;
	}
	strbuf_puts(&out, "#include \"templates/embedded.h\"\n\n"
			  "const struct template_file template_files[] = {\n");
	for (int i = 2; i < argc && !err; i++)
		err = embed(argv[i], &out, &d);
	strbuf_puts(&out, "\t{NULL, NULL, 0},\n};\n");
	if (!err)
		err = strbuf_error(&out) ? diag_fail(&d, -strbuf_error(&out), "out of memory")
					 : file_write(argv[1], &out, &d);
	if (err)
		fprintf(stderr, "template-embed: %s\n", d.text);
	strbuf_free(&out);
	return err != 0;
}
