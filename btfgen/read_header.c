/* SPDX-License-Identifier: BSD-2-Clause */
/* C headers: compiled for BPF, and read from the debug information. */
#include "btfgen/read_header.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "btfgen/read.h"

bool object_is_header(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash ? slash + 1 : path;
	size_t n = strlen(file);

	return n > 2 && !strcmp(file + n - 2, ".h");
}

/* The compiler would say it, too, but as an error in what we give it. */
static int check_file(const char *path, struct diag *d)
{
	struct stat st;

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return diag_fail(d, errno, "%s: cannot open: %s", path, strerror(errno));
	int err = fstat(fd, &st) ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
	close(fd);
	if (err)
		return diag_fail(d, err, "%s: cannot read: %s", path, strerror(err));
	if (!S_ISREG(st.st_mode))
		return diag_fail(d, EINVAL, "%s: a C header must be a regular file", path);
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The next file name of a makefile's rule, as make reads it; where it ends. */
static const char *next_file(const char *s, struct strbuf *name)
{
	while (*s && !is_blank(*s)) {
		size_t slashes = strspn(s, "\\");
		char next = s[slashes];
		bool quotes = next == ' ' || next == '\t' || next == '#';
		for (size_t i = 0; i < (quotes ? slashes / 2 : slashes); i++)
			strbuf_putc(name, '\\');
		s += slashes;
		if (quotes && slashes % 2 == 0)
			return s;
		if (!next || (next == '\n' && slashes))
			return s;
		if (next == '$' && s[1] == '$')
			s++;
		if (quotes || !is_blank(*s))
			strbuf_putc(name, *s++);
	}
	return s;
}

static int add_source(struct object *o, const char *name)
{
	char **list = realloc((char **)o->sources, (o->source_count + 1) * sizeof(*list));
	if (!list)
		return -ENOMEM;
	o->sources = (const char *const *)list;
	list[o->source_count] = strdup(name);
	return list[o->source_count++] ? 0 : -ENOMEM;
}

/* Behind the targets of the first rule. Arguments that were handed through the driver (-Wp,-MT,...)
 * can add targets with colons of their own, and more rules. */
static const char *first_list(const char *rule)
{
	const char *s = strchr(rule, ':');

	while (s && s[1] && !is_blank(s[1]))
		s = strchr(s + 1, ':');
	return s ? s + 1 : "";
}

static const char *skip_between(const char *s)
{
	for (;;) {
		if (*s == ' ' || *s == '\t')
			s++;
		else if (*s == '\\' && s[1] == '\n')
			s += 2;
		else
			return s;
	}
}

/* The header itself comes first, even if something else was included in front of it. */
static int read_sources(const struct strbuf *rule, struct object *o, struct diag *d)
{
	const char *s = skip_between(first_list(strbuf_str(rule)));
	int err = add_source(o, o->path);

	for (; !err && *s && *s != '\n'; s = skip_between(s)) {
		struct strbuf name = {0};
		s = next_file(s, &name);
		err = strbuf_error(&name);
		if (!err && name.len && strcmp(name.data, o->path))
			err = add_source(o, name.data);
		strbuf_free(&name);
	}
	return err ? diag_fail(d, ENOMEM, "%s: out of memory", o->path) : 0;
}

static int read_compiled(const struct strbuf *file, const struct object_options *options,
			 struct object *o, struct diag *d)
{
	struct diag unwanted = {0};
	bool is_bpf;

	if (read_is_bpf(file, &is_bpf, &unwanted) || !is_bpf)
		return diag_fail(d, ENOEXEC,
				 "%s: the compiler wrote something else than an object for BPF: "
				 "look at its arguments behind --",
				 o->path);
	int err = read_dwarf_header(file, options, o, d);
	if (err)
		diag_prefix(d, "%s: ", o->path);
	return err;
}

int read_header(const struct object_options *options, struct object *o, struct diag *d)
{
	struct strbuf file = {0}, rule = {0};

	o->is_header = true;
	o->first_type = 1;
	o->license = strdup("");
	int err = o->license ? check_file(o->path, d)
			     : diag_fail(d, ENOMEM, "%s: out of memory", o->path);
	if (!err && options && options->base)
		err = diag_fail(d, EINVAL,
				"%s: a C header needs no --base: that is for a kernel's module",
				o->path);
	if (!err)
		err = read_compile(o->path, options, &file, &rule, d);
	if (!err)
		err = read_compiled(&file, options, o, d);
	if (!err)
		err = read_sources(&rule, o, d);
	strbuf_free(&file);
	strbuf_free(&rule);
	return err;
}
