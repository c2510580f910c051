/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "#line 7 "grammar.y"" in a C header: what is below it is said to be of another file, although it
 * is the header's. No option makes clang overlook it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "btfgen/read.h"
#include "btfgen/read_header.h"

/* Appends a path without what makes no difference: "//" and "/./". */
static void add_plain(struct strbuf *to, const char *path)
{
	for (; *path; path++) {
		bool begins = !to->len || to->data[to->len - 1] == '/';
		if (begins && *path == '.' && path[1] == '/')
			path++;
		else if (*path != '/' || !begins || !to->len)
			strbuf_putc(to, *path);
	}
}

static char *plain_path(const char *folder, const char *path)
{
	struct strbuf b = {0};

	if (*path != '/' && *folder) {
		add_plain(&b, folder);
		if (b.len && b.data[b.len - 1] != '/')
			strbuf_putc(&b, '/');
	}
	add_plain(&b, path);
	return strbuf_detach(&b);
}

static int add_name(struct line_names *names, const char *folder, const char *name)
{
	char *path = plain_path(folder, name);
	char *kept = path ? arena_string(&names->texts, path) : NULL;
	void **value = kept ? strmap_put(&names->known, kept) : NULL;

	free(path);
	if (!value)
		return -ENOMEM;
	*value = kept;
	return 0;
}

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/* What is behind "#line" or, as the preprocessor writes it, "#"; NULL: it is another line. */
static const char *arguments_of(const char *line)
{
	const char *s = skip_blanks(line);

	if (*s != '#')
		return NULL;
	s = skip_blanks(s + 1);
	if (!strncmp(s, "line", 4) && (s[4] == ' ' || s[4] == '\t'))
		return skip_blanks(s + 4);
	return isdigit((unsigned char)*s) ? s : NULL;
}

/* -EINVAL: there may be a name, but it is in a macro. */
static int add_line(struct line_names *names, const char *folder, const char *arguments)
{
	const char *s = arguments + strcspn(arguments, "\"\n");
	struct strbuf name = {0};

	if (*s != '"') {
		s = skip_blanks(arguments + strspn(arguments, "0123456789"));
		return s == arguments || isalpha((unsigned char)*s) || *s == '_' ? -EINVAL : 0;
	}
	for (s++; *s && *s != '"' && *s != '\n'; s++) {
		s += *s == '\\' && s[1];
		strbuf_putc(&name, *s);
	}
	int err = strbuf_error(&name);
	if (!err && name.len)
		err = add_name(names, folder, name.data);
	strbuf_free(&name);
	return err;
}

/* Where the next line begins that is not inside of a comment. */
static const char *next_line(const char *s)
{
	char quote = '\0';

	for (; *s && *s != '\n'; s++) {
		if (*s == '\\' && s[1]) {
			s++;
		} else if (quote) {
			quote = *s == quote ? '\0' : quote;
		} else if (*s == '"' || *s == '\'') {
			quote = *s;
		} else if (*s == '/' && s[1] == '/') {
			return s + strcspn(s, "\n") + !!strchr(s, '\n');
		} else if (*s == '/' && s[1] == '*') {
			s = strstr(s + 2, "*/");
			if (!s)
				return "";
			s++;
		}
	}
	return *s ? s + 1 : s;
}

static size_t line_number(const char *text, const char *at)
{
	size_t n = 1;

	for (; text < at; text++)
		n += *text == '\n';
	return n;
}

int line_names_read(struct line_names *names, const char *path, const char *folder, struct diag *d)
{
	struct strbuf text = {0};

	int err = file_read(path, READ_MAX_FILE, &text, d);
	const char *s = strbuf_str(&text);
	for (; !err && *s; s = next_line(s)) {
		const char *arguments = arguments_of(s);
		if (arguments)
			err = add_line(names, folder, arguments);
		if (err == -EINVAL)
			err = diag_fail(
				d, ENOTSUP,
				"line %zu: the file that #line names is in a macro, so what "
				"it is about cannot be told from what the header includes",
				line_number(strbuf_str(&text), s));
		else if (err)
			err = diag_fail(d, ENOMEM, "out of memory");
	}
	strbuf_free(&text);
	return err;
}

int line_names_have(const struct line_names *names, const char *folder, const char *path, bool *ret)
{
	char *plain = plain_path(folder, path);

	*ret = plain && strmap_find(&names->known, plain);
	free(plain);
	return plain ? 0 : -ENOMEM;
}

void line_names_clear(struct line_names *names)
{
	strmap_free(&names->known);
	arena_free(&names->texts);
}
