// SPDX-License-Identifier: BSD-2-Clause
/* Help: usage lines, the list of options, documentation. In the columns that glibc uses. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libc/argp.h"

enum {
	COLUMN_HEADER = 1,
	COLUMN_SHORT = 2,
	COLUMN_DOC_OPTION = 2,
	COLUMN_LONG = 6,
	COLUMN_USAGE = 12,
	COLUMN_DOC = 29,
};

struct help {
	struct argp_text text;
	struct argp_list list;
	const struct argp_state *state;
	bool separate;         /* groups, because a header came */
	bool argument_implied; /* shown at a long name only */
	const struct argp_entry *previous;
	char *changed; /* owned; by a filter, until the next one */
};

/* What the argp's filter makes of a text, good until the next one. */
static const char *filtered(struct help *h, const struct argp *argp, int key, const char *text)
{
	const struct argp_parser *p = h->state ? h->state->pstate : NULL;
	void *input = NULL;
	char *changed;

	free(h->changed);
	h->changed = NULL;
	if (!argp || !argp->help_filter)
		return text;
	for (size_t i = 0; p && i < p->group_count; i++) {
		if (p->groups[i].argp == argp)
			input = p->groups[i].input;
	}
	changed = argp->help_filter(key, text, input);
	if (changed != text)
		h->changed = changed;
	return changed;
}

static void print_header(struct help *h, const char *header, const struct argp *argp)
{
	header = filtered(h, argp, ARGP_KEY_HELP_HEADER, header);
	if (!header)
		return;
	h->separate = true;
	if (!*header)
		return;
	if (h->previous)
		argp_text_puts(&h->text, "\n");
	h->text.margin = COLUMN_HEADER;
	argp_text_puts(&h->text, header);
	argp_text_puts(&h->text, "\n");
	h->text.margin = 0;
}

/* Before each name of an entry: what parts it from what came before. */
static void print_comma(struct help *h, const struct argp_entry *e, bool *first, size_t column)
{
	if (!*first) {
		argp_text_puts(&h->text, ", ");
	} else {
		const struct argp_entry *prev = h->previous;

		if (h->separate && prev && e->group != prev->group)
			argp_text_puts(&h->text, "\n");
		if (e->cluster && e->cluster->header && *e->cluster->header &&
		    (!prev || prev->cluster != e->cluster))
			print_header(h, e->cluster->header, e->cluster->argp);
		*first = false;
	}
	argp_text_indent_to(&h->text, column);
}

static bool shown(const struct help *h, const struct argp_entry *e, const struct argp_option *o,
		  bool by_short)
{
	if (o->flags & OPTION_HIDDEN)
		return false;
	if (by_short ? !option_is_short(o) : !o->name)
		return false;
	return (o->flags & OPTION_DOC) || !by_short || !argp_list_shadowed(&h->list, e, o);
}

static bool has_long(const struct help *h, const struct argp_entry *e)
{
	for (size_t i = 0; i < e->count; i++) {
		if (shown(h, e, &e->option[i], false))
			return true;
	}
	return false;
}

/* "-d", "-d MS", "--duration", "--duration=MS", "--opt[=X]": in pieces. */
enum { PIECES = 5 };

static size_t spell(const struct argp_entry *e, const struct argp_option *o, bool by_short,
		    bool with_argument, const char *pieces[PIECES], char letter[2])
{
	const char *arg = with_argument ? e->option->arg : NULL;
	bool optional = arg && e->option->flags & OPTION_ARG_OPTIONAL;
	size_t len = 0;

	letter[0] = (char)o->key;
	letter[1] = '\0';
	pieces[0] = by_short ? "-" : e->option->flags & OPTION_DOC ? "" : "--";
	pieces[1] = by_short ? letter : o->name;
	pieces[2] = !arg ? "" : optional ? "[=" : by_short ? " " : "=";
	pieces[3] = arg ? arg : "";
	pieces[4] = optional ? "]" : "";
	if (optional && by_short)
		pieces[2] = "[";
	for (int i = 0; i < PIECES; i++)
		len += strlen(pieces[i]);
	return len;
}

static void print_pieces(struct help *h, const char *pieces[PIECES])
{
	for (int i = 0; i < PIECES; i++)
		argp_text_puts(&h->text, pieces[i]);
}

static void print_names(struct help *h, const struct argp_entry *e, bool *first)
{
	bool is_doc = e->option->flags & OPTION_DOC, with_long = has_long(h, e);

	for (int by_short = 1; by_short >= 0; by_short--) {
		for (size_t i = 0; i < e->count; i++) {
			const char *pieces[PIECES];
			char letter[2];

			if (!shown(h, e, &e->option[i], by_short))
				continue;
			print_comma(h, e, first,
				    by_short ? COLUMN_SHORT
				    : is_doc ? COLUMN_DOC_OPTION
					     : COLUMN_LONG);
			if (by_short && with_long && e->option->arg)
				h->argument_implied = true;
			spell(e, &e->option[i], by_short, by_short ? !with_long : !is_doc, pieces,
			      letter);
			print_pieces(h, pieces);
		}
	}
}

static void print_doc(struct help *h, const struct argp_entry *e)
{
	size_t column = argp_text_column(&h->text);
	const char *doc = filtered(h, e->argp, e->option->key, e->option->doc);

	if (doc && *doc) {
		h->text.margin = COLUMN_DOC;
		if (column > COLUMN_DOC + 3)
			argp_text_puts(&h->text, "\n");
		else if (column >= COLUMN_DOC)
			argp_text_puts(&h->text, "   ");
		else
			argp_text_indent_to(&h->text, COLUMN_DOC);
		argp_text_puts(&h->text, doc);
	}
	argp_text_puts(&h->text, "\n");
	h->text.margin = 0;
}

static void print_entry(struct help *h, const struct argp_entry *e)
{
	bool first = true;

	print_names(h, e, &first);
	if (first) {
		/* Nothing to show: a header, or an option that is hidden. */
		if (e->option->name || e->option->key)
			return;
		print_header(h, e->option->doc, e->argp);
	} else {
		print_doc(h, e);
	}
	h->previous = e;
}

static void print_options(struct help *h)
{
	static const char note[] = "Mandatory or optional arguments to long options are also "
				   "mandatory or optional for any corresponding short options.";
	const char *text;

	for (size_t i = 0; i < h->list.count; i++)
		print_entry(h, h->list.order[i]);
	if (!h->argument_implied)
		return;
	text = filtered(h, h->state ? h->state->root_argp : NULL, ARGP_KEY_HELP_DUP_ARGS_NOTE,
			note);
	if (text && *text) {
		argp_text_puts(&h->text, "\n");
		argp_text_puts(&h->text, text);
		argp_text_puts(&h->text, "\n");
	}
}

/*
 * A piece of usage of that length stays whole: it begins a line when it does not fit. Long options
 * may fill the last column, as they do in the GNU C library.
 */
static void begin_piece(struct help *h, size_t len, bool is_long)
{
	size_t column = argp_text_column(&h->text), room = is_long ? 80 : 79;

	if (column + len + 1 < room)
		argp_text_puts(&h->text, " ");
	else
		argp_text_puts(&h->text, column == 79 ? " \n" : "\n");
}

static void print_piece(struct help *h, const char *piece, size_t len)
{
	begin_piece(h, len, false);
	argp_text_add(&h->text, piece, len);
}

static bool in_usage(const struct help *h, const struct argp_entry *e, const struct argp_option *o,
		     bool by_short)
{
	return !((e->option->flags | o->flags) & (OPTION_NO_USAGE | OPTION_DOC)) &&
	       shown(h, e, o, by_short);
}

/* Short options that take nothing go into one bracket. */
static void usage_cluster(struct help *h)
{
	char letters[128] = "[-";
	size_t n = 2;

	for (size_t i = 0; i < h->list.count; i++) {
		const struct argp_entry *e = h->list.order[i];

		for (size_t j = 0; j < e->count && !e->option->arg; j++) {
			if (in_usage(h, e, &e->option[j], true) && n + 1 < sizeof(letters))
				letters[n++] = (char)e->option[j].key;
		}
	}
	letters[n++] = ']';
	if (n > 3)
		print_piece(h, letters, n);
}

/* Short ones without an argument are in the cluster. */
static void usage_option(struct help *h, const struct argp_entry *e, const struct argp_option *o,
			 bool by_short)
{
	const char *pieces[PIECES];
	char letter[2];

	if (!in_usage(h, e, o, by_short) || (by_short && !e->option->arg))
		return;
	begin_piece(h, spell(e, o, by_short, true, pieces, letter) + 2, !by_short);
	argp_text_puts(&h->text, "[");
	print_pieces(h, pieces);
	argp_text_puts(&h->text, "]");
}

static void print_usage_options(struct help *h)
{
	usage_cluster(h);
	for (int longs = 0; longs < 2; longs++) {
		for (size_t i = 0; i < h->list.count; i++) {
			const struct argp_entry *e = h->list.order[i];

			for (size_t j = 0; j < e->count; j++)
				usage_option(h, e, &e->option[j], !longs);
		}
	}
}

/* The pattern-th line of the argument documentation of each argp; false when none has one left. */
static bool print_arguments(struct help *h, const struct argp *argp, size_t pattern)
{
	const char *doc = filtered(h, argp, ARGP_KEY_HELP_ARGS_DOC, argp->args_doc), *end;
	bool more = false;

	if (doc) {
		for (size_t i = 0; i < pattern && (end = strchr(doc, '\n')); i++)
			doc = end + 1;
		end = strchr(doc, '\n');
		more = end != NULL;
		if (*doc)
			print_piece(h, doc, end ? (size_t)(end - doc) : strlen(doc));
	}
	for (const struct argp_child *c = argp->children; c && c->argp; c++)
		more |= print_arguments(h, c->argp, pattern);
	return more;
}

static void print_usage(struct help *h, const struct argp *argp, const char *name, bool brief)
{
	bool more = true;

	for (size_t pattern = 0; more; pattern++) {
		argp_text_puts(&h->text, pattern ? "  or:  " : "Usage: ");
		argp_text_puts(&h->text, name);
		h->text.margin = COLUMN_USAGE;
		if (!brief)
			print_usage_options(h);
		else if (h->list.count)
			print_piece(h, "[OPTION...]", strlen("[OPTION...]"));
		brief = true; /* the options once are enough */
		more = print_arguments(h, argp, pattern);
		argp_text_puts(&h->text, "\n");
		h->text.margin = 0;
	}
}

/* The part of the documentation before the vertical tab, or behind it. True: printed something. */
static bool print_part(struct help *h, const struct argp *argp, bool post, bool blank)
{
	char *doc = argp->doc ? strdup(argp->doc) : NULL, *part = doc;
	const char *text;
	bool printed;

	if (doc) {
		char *tab = strchrnul(doc, '\v');

		if (post)
			part = *tab ? tab + 1 : NULL;
		else
			*tab = '\0';
	}
	text = filtered(h, argp, post ? ARGP_KEY_HELP_POST_DOC : ARGP_KEY_HELP_PRE_DOC, part);
	printed = text && *text;
	if (printed) {
		if (blank)
			argp_text_puts(&h->text, "\n");
		argp_text_puts(&h->text, text);
		if (argp_text_column(&h->text))
			argp_text_puts(&h->text, "\n");
	}
	free(doc);
	return printed;
}

static bool print_documentation(struct help *h, const struct argp *argp, bool post, bool blank,
				bool only_first)
{
	bool any = print_part(h, argp, post, blank);

	for (const struct argp_child *c = argp->children; c && c->argp; c++) {
		if (any && only_first)
			break;
		any |= print_documentation(h, c->argp, post, any || blank, only_first);
	}
	return any;
}

static void print_help(const struct argp *argp, const struct argp_state *state, FILE *stream,
		       unsigned flags, const char *name)
{
	struct help h = {.text = {.stream = stream}, .state = state};
	bool any = false;

	argp_list_build(&h.list, argp);
	if (flags & (ARGP_HELP_USAGE | ARGP_HELP_SHORT_USAGE)) {
		print_usage(&h, argp, name, flags & ARGP_HELP_SHORT_USAGE);
		any = true;
	}
	if (flags & ARGP_HELP_PRE_DOC)
		any |= print_documentation(&h, argp, false, false, true);
	if (flags & ARGP_HELP_SEE) {
		argp_text_puts(&h.text, "Try `");
		argp_text_puts(&h.text, name);
		argp_text_puts(&h.text, " --help' or `");
		argp_text_puts(&h.text, name);
		argp_text_puts(&h.text, " --usage' for more information.\n");
		any = true;
	}
	if ((flags & ARGP_HELP_LONG) && h.list.count) {
		if (any)
			argp_text_puts(&h.text, "\n");
		print_options(&h);
		any = true;
	}
	if (flags & ARGP_HELP_POST_DOC)
		any |= print_documentation(&h, argp, true, any, false);
	if ((flags & ARGP_HELP_BUG_ADDR) && argp_program_bug_address) {
		argp_text_puts(&h.text, any ? "\nReport bugs to " : "Report bugs to ");
		argp_text_puts(&h.text, argp_program_bug_address);
		argp_text_puts(&h.text, ".\n");
	}
	argp_text_end(&h.text);
	free(h.changed);
	argp_list_free(&h.list);
}

void argp_help(const struct argp *restrict argp, FILE *restrict stream, unsigned flags,
	       char *restrict name)
{
	print_help(argp, NULL, stream, flags, name);
}

void argp_state_help(const struct argp_state *restrict state, FILE *restrict stream, unsigned flags)
{
	static const struct argp none;

	if ((state && (state->flags & ARGP_NO_ERRS)) || !stream)
		return;
	print_help(state ? state->root_argp : &none, state, stream, flags,
		   state ? state->name : "");
	if (state && (state->flags & ARGP_NO_EXIT))
		return;
	if (flags & ARGP_HELP_EXIT_ERR)
		exit(argp_err_exit_status);
	if (flags & ARGP_HELP_EXIT_OK)
		exit(0);
}

void argp_usage(const struct argp_state *state)
{
	argp_state_help(state, stderr, ARGP_HELP_STD_USAGE);
}

static void message(const struct argp_state *state, int errnum, const char *format, va_list args)
{
	FILE *stream = state ? state->err_stream : stderr;

	if (!stream)
		return;
	if (state)
		fprintf(stream, "%s: ", state->name);
	vfprintf(stream, format, args);
	if (errnum)
		fprintf(stream, ": %s", strerror(errnum));
	fputc('\n', stream);
}

void argp_error(const struct argp_state *restrict state, const char *restrict format, ...)
{
	va_list args;

	if (state && (state->flags & ARGP_NO_ERRS))
		return;
	va_start(args, format);
	message(state, 0, format, args);
	va_end(args);
	argp_state_help(state, state ? state->err_stream : stderr, ARGP_HELP_STD_ERR);
}

void argp_failure(const struct argp_state *restrict state, int status, int errnum,
		  const char *restrict format, ...)
{
	va_list args;

	if (state && (state->flags & ARGP_NO_ERRS))
		return;
	va_start(args, format);
	message(state, errnum, format, args);
	va_end(args);
	if (status && !(state && (state->flags & ARGP_NO_EXIT)))
		exit(status);
}
