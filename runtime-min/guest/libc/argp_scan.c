// SPDX-License-Identifier: BSD-2-Clause
/*
 * The words of a command line, in the manner of GNU getopt_long, whose messages programs are known
 * by.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libc/argp.h"

__attribute__((format(printf, 2, 3))) static enum argp_scan complain(const struct argp_parser *p,
								     const char *format, ...)
{
	va_list args;

	if (!(p->state.flags & ARGP_NO_ERRS) && p->state.err_stream) {
		fprintf(p->state.err_stream,
			"%s: ", p->state.argc > 0 && p->state.argv[0] ? p->state.argv[0] : "");
		va_start(args, format);
		vfprintf(p->state.err_stream, format, args);
		va_end(args);
		fputc('\n', p->state.err_stream);
	}
	return ARGP_SCAN_ERROR;
}

/* An alias stands for the option before it that is none. */
static const struct argp_option *real_option(const struct argp_option *o)
{
	while (o->flags & OPTION_ALIAS)
		o--;
	return o;
}

/* Goes through the options of all groups; begins with o NULL and *group -1, and ends with NULL. */
static const struct argp_option *next_option(const struct argp_parser *p, size_t *group,
					     const struct argp_option *o)
{
	if (o)
		o++;
	while (!o || option_is_end(o)) {
		if (++*group >= p->group_count)
			return NULL;
		o = p->groups[*group].argp->options;
	}
	return o;
}

#define FOR_EACH_OPTION(p, g, o) for (size_t g = (size_t)-1; (o = next_option((p), &g, o));)

static bool find_short(const struct argp_parser *p, char c, struct argp_found *ret)
{
	const struct argp_option *o = NULL;

	FOR_EACH_OPTION(p, g, o)
	{
		if (option_is_short(o) && o->key == c) {
			*ret = (struct argp_found){.option = o, .group = g};
			return true;
		}
	}
	return false;
}

/* Calls it a match when the name begins with the word; ret_exact: it is all of it. */
static bool names(const struct argp_option *o, const char *word, size_t len, bool *ret_exact)
{
	if (!o->name || (o->flags & OPTION_DOC) || strncmp(o->name, word, len))
		return false;
	*ret_exact = !o->name[len];
	return true;
}

/* 1: found; 0: no option begins so; 2: more than one does. */
static int find_long(const struct argp_parser *p, const char *word, size_t len,
		     struct argp_found *ret)
{
	const struct argp_option *o = NULL;
	int found = 0;

	FOR_EACH_OPTION(p, g, o)
	{
		bool exact;

		if (!names(o, word, len, &exact))
			continue;
		if (exact || !found)
			*ret = (struct argp_found){.option = o, .group = g};
		else if (real_option(ret->option) != real_option(o))
			found = 2;
		if (exact)
			return 1;
		if (!found)
			found = 1;
	}
	return found;
}

static enum argp_scan ambiguous(const struct argp_parser *p, const char *word, size_t len)
{
	const struct argp_option *o = NULL;
	FILE *f = p->state.err_stream;
	bool exact;

	if ((p->state.flags & ARGP_NO_ERRS) || !f)
		return ARGP_SCAN_ERROR;
	fprintf(f, "%s: option '--%.*s' is ambiguous; possibilities:", p->state.argv[0], (int)len,
		word);
	FOR_EACH_OPTION(p, g, o)
	{
		if (names(o, word, len, &exact))
			fprintf(f, " '--%s'", o->name);
	}
	fputc('\n', f);
	return ARGP_SCAN_ERROR;
}

/* A word with this many dashes, "=value" in it or not. */
static enum argp_scan take_long(struct argp_parser *p, char *word, int dashes,
				struct argp_found *ret)
{
	char *whole = word;
	size_t len;
	const struct argp_option *real;

	word += dashes;
	len = (size_t)(strchrnul(word, '=') - word);
	p->state.next++;
	switch (find_long(p, word, len, ret)) {
	case 0:
		return complain(p, "unrecognized option '%s'", whole);
	case 2:
		return ambiguous(p, word, len);
	}
	real = real_option(ret->option);
	ret->arg = word[len] ? word + len + 1 : NULL;
	if (ret->arg && !real->arg)
		return complain(p, "option '--%s' doesn't allow an argument", ret->option->name);
	if (real->arg && !ret->arg && !(real->flags & OPTION_ARG_OPTIONAL)) {
		if (p->state.next >= p->state.argc)
			return complain(p, "option '--%s' requires an argument", ret->option->name);
		ret->arg = p->state.argv[p->state.next++];
	}
	/* The parser hears an alias's key when it has one of its own, as in glibc. */
	if (!ret->option->key)
		ret->option = real;
	return ARGP_SCAN_OPTION;
}

static enum argp_scan take_short(struct argp_parser *p, struct argp_found *ret)
{
	char c = *p->cluster++;
	const struct argp_option *real;

	if (!*p->cluster) {
		p->cluster = NULL;
		p->state.next++;
	}
	if (!find_short(p, c, ret))
		return complain(p, "invalid option -- '%c'", c);
	real = real_option(ret->option);
	ret->arg = NULL;
	if (!real->arg)
		return ARGP_SCAN_OPTION;
	if (p->cluster) {
		ret->arg = p->cluster;
		p->cluster = NULL;
		p->state.next++;
	} else if (!(real->flags & OPTION_ARG_OPTIONAL)) {
		if (p->state.next >= p->state.argc)
			return complain(p, "option requires an argument -- '%c'", c);
		ret->arg = p->state.argv[p->state.next++];
	}
	return ARGP_SCAN_OPTION;
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1];
}

static void reverse(char **words, int from, int to)
{
	while (from < --to) {
		char *word = words[from];

		words[from++] = words[to];
		words[to] = word;
	}
}

/* Options that were taken since go before the arguments that were skipped. */
static void move_skipped(struct argp_parser *p)
{
	int taken = p->state.next - p->skipped_end;

	if (p->skipped == p->skipped_end || taken <= 0) {
		if (p->skipped == p->skipped_end)
			p->skipped = p->skipped_end = p->state.next;
		return;
	}
	reverse(p->state.argv, p->skipped, p->skipped_end);
	reverse(p->state.argv, p->skipped_end, p->state.next);
	reverse(p->state.argv, p->skipped, p->state.next);
	p->skipped += taken;
	p->skipped_end += taken;
}

/* From here on there are only arguments: those that were skipped, and what is left. */
static enum argp_scan options_end(struct argp_parser *p)
{
	p->options_over = true;
	p->state.next = p->skipped;
	p->skipped_end = p->skipped;
	return p->state.next < p->state.argc ? ARGP_SCAN_ARGUMENT : ARGP_SCAN_END;
}

enum argp_scan argp_scan(struct argp_parser *p, struct argp_found *ret)
{
	struct argp_state *s = &p->state;
	char *word;

	if (p->cluster)
		return take_short(p, ret);
	if (p->options_over)
		return s->next < s->argc ? ARGP_SCAN_ARGUMENT : ARGP_SCAN_END;
	move_skipped(p);
	if (!(s->flags & ARGP_IN_ORDER)) {
		while (s->next < s->argc && !is_option(s->argv[s->next]))
			p->skipped_end = ++s->next;
	}
	if (s->next >= s->argc)
		return options_end(p);
	word = s->argv[s->next];
	if (!is_option(word))
		return ARGP_SCAN_ARGUMENT;
	if (!strcmp(word, "--")) {
		s->next++;
		move_skipped(p);
		s->quoted = p->skipped;
		return options_end(p);
	}
	if (word[1] == '-')
		return take_long(p, word, 2, ret);
	if ((s->flags & ARGP_LONG_ONLY) && (word[2] || !find_short(p, word[1], ret)) &&
	    (find_long(p, word + 1, (size_t)(strchrnul(word + 1, '=') - word - 1), ret) ||
	     !find_short(p, word[1], ret)))
		return take_long(p, word, 1, ret);
	p->cluster = word + 1;
	return take_short(p, ret);
}
