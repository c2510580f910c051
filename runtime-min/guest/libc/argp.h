/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of argp share. */
#ifndef WBPF_GUEST_ARGP_H
#define WBPF_GUEST_ARGP_H

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>

static inline bool option_is_end(const struct argp_option *o)
{
	return !o->key && !o->name && !o->doc && !o->group;
}

static inline bool option_is_short(const struct argp_option *o)
{
	return !(o->flags & OPTION_DOC) && o->key > 0 && o->key <= 126 && isprint(o->key);
}

/* argp.c: one argp in the tree of them, with what its parser sees in the state. */
struct argp_group {
	const struct argp *argp;
	void *input;
	void **child_inputs; /* owned */
	void *hook;
	unsigned args; /* how many arguments it took */
};

struct argp_parser {
	struct argp_state state;
	struct argp_group *groups; /* parents before their children */
	size_t group_count;
	char *cluster;   /* the rest of a word of short options; NULL: a new word is next */
	int skipped;     /* words before state.next that are no options: where they begin, */
	int skipped_end; /* and end */
	bool options_over;
};

/* argp_scan.c: one option as it was found on the command line. */
struct argp_found {
	const struct argp_option *option; /* of whose key the parser hears */
	size_t group;
	char *arg;
};

enum argp_scan { ARGP_SCAN_OPTION, ARGP_SCAN_ARGUMENT, ARGP_SCAN_END, ARGP_SCAN_ERROR };

/* The next option, or that an argument is next, or that nothing is left. Prints what is wrong. */
enum argp_scan argp_scan(struct argp_parser *p, struct argp_found *ret);

/* argp_text.c: text in lines of at most 79 columns, wrapped between words. */
struct argp_text {
	FILE *stream;
	char *line; /* owned; what was written since the last newline, without its indentation */
	size_t len, cap;
	size_t indent; /* of the current line */
	size_t margin; /* where lines begin, after a newline and after a wrap */
};

void argp_text_puts(struct argp_text *t, const char *s);
void argp_text_add(struct argp_text *t, const char *s, size_t len);
void argp_text_indent_to(struct argp_text *t, size_t column);
size_t argp_text_column(const struct argp_text *t);
void argp_text_end(struct argp_text *t); /* writes what is left and frees */

/* argp_list.c: the options of a tree of argps in the order in which help shows them. */
struct argp_entry {
	const struct argp_option *option; /* its aliases follow in the same array */
	size_t count;                     /* of it and its aliases */
	const struct argp *argp;
	const struct argp_child *cluster; /* the child that it belongs to, when that has a header */
	size_t cluster_depth;
	int group;
	int cluster_group;
};

struct argp_list {
	struct argp_entry *entries; /* owned; as they come */
	struct argp_entry **order;  /* owned; as help shows them */
	size_t count, cap;
};

void argp_list_build(struct argp_list *l, const struct argp *argp);
void argp_list_free(struct argp_list *l);

/* Whether an earlier entry, or an earlier option of this one, has that short name already. */
bool argp_list_shadowed(const struct argp_list *l, const struct argp_entry *e,
			const struct argp_option *o);

#endif
