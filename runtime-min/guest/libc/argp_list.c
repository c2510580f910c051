// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "guest/libc/argp.h"

static struct argp_entry *add_entry(struct argp_list *l)
{
	if (l->count == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 32;
		struct argp_entry *entries = realloc(l->entries, cap * sizeof(*entries));

		if (!entries)
			return NULL;
		l->entries = entries;
		l->cap = cap;
	}
	return &l->entries[l->count++];
}

static void collect(struct argp_list *l, const struct argp *argp, const struct argp_child *cluster,
		    size_t depth)
{
	const struct argp_option *o = argp->options;
	int group = 0;

	while (o && !option_is_end(o)) {
		struct argp_entry *e = add_entry(l);

		if (!e)
			return;
		if (o->group)
			group = o->group;
		else if (!o->name && !o->key)
			group++; /* a header begins a new one */
		*e = (struct argp_entry){
			.option = o,
			.argp = argp,
			.cluster = cluster,
			.cluster_depth = depth,
			.cluster_group = cluster ? cluster->group : 0,
			.group = group,
		};
		do {
			e->count++;
			o++;
		} while (!option_is_end(o) && (o->flags & OPTION_ALIAS));
	}
	for (const struct argp_child *c = argp->children; c && c->argp; c++) {
		bool apart = c->group || c->header;

		collect(l, c->argp, apart ? c : cluster, apart ? depth + 1 : depth);
	}
}

/* 0, 1, ..., -2, -1. */
static int compare_groups(int a, int b)
{
	if (a == b)
		return 0;
	if ((a < 0) == (b < 0))
		return a < b ? -1 : 1;
	return a < 0 ? 1 : -1;
}

static int first_short(const struct argp_entry *e)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct argp_option *o = &e->option[i];

		if (option_is_short(o) && !(o->flags & OPTION_HIDDEN))
			return o->key;
	}
	return 0;
}

static const char *first_long(const struct argp_entry *e)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct argp_option *o = &e->option[i];

		if (o->name && !(o->flags & OPTION_HIDDEN))
			return o->name;
	}
	return NULL;
}

/* Documentation comes behind options, unless it looks like one. */
static bool is_doc(const struct argp_entry *e, const char **name)
{
	if (!(e->option->flags & OPTION_DOC) || !*name)
		return false;
	if (**name != '-')
		return true;
	while (**name == '-')
		++*name;
	return false;
}

static int compare_names(const struct argp_entry *a, const struct argp_entry *b)
{
	const char *long_a = first_long(a), *long_b = first_long(b);
	int doc_a = is_doc(a, &long_a), doc_b = is_doc(b, &long_b);
	int short_a = first_short(a), short_b = first_short(b);
	int lower;

	if (doc_a != doc_b)
		return doc_a - doc_b;
	if (!short_a && !short_b && long_a && long_b)
		return strcasecmp(long_a, long_b);
	if (!short_a)
		short_a = long_a ? (unsigned char)*long_a : 0;
	if (!short_b)
		short_b = long_b ? (unsigned char)*long_b : 0;
	lower = tolower(short_a) - tolower(short_b);
	/* The one with only a long name comes first. */
	if (!lower && short_a == short_b && first_short(a) != first_short(b))
		return first_short(a) ? 1 : -1;
	return lower ? lower : short_b - short_a;
}

static int compare(const struct argp_entry *a, const struct argp_entry *b)
{
	int order = 0;

	if (a->cluster != b->cluster) {
		int group_a = a->cluster ? a->cluster_group : a->group;
		int group_b = b->cluster ? b->cluster_group : b->group;

		order = compare_groups(group_a, group_b);
		/* Options that stand apart follow the others of their group. */
		if (!order && a->cluster_depth != b->cluster_depth)
			order = a->cluster_depth < b->cluster_depth ? -1 : 1;
	} else {
		order = compare_groups(a->group, b->group);
		if (!order)
			order = compare_names(a, b);
	}
	return order;
}

void argp_list_build(struct argp_list *l, const struct argp *argp)
{
	collect(l, argp, NULL, 0);
	l->order = malloc((l->count + 1) * sizeof(*l->order));
	if (!l->order)
		l->count = 0;
	/* Few, nearly in order, and equal ones stay as they came. */
	for (size_t i = 0, j; i < l->count; i++) {
		struct argp_entry *e = &l->entries[i];

		for (j = i; j && compare(e, l->order[j - 1]) < 0; j--)
			l->order[j] = l->order[j - 1];
		l->order[j] = e;
	}
}

void argp_list_free(struct argp_list *l)
{
	free(l->entries);
	free(l->order);
}

bool argp_list_shadowed(const struct argp_list *l, const struct argp_entry *e,
			const struct argp_option *o)
{
	/* The one that comes first in the tree is the one that is parsed. */
	for (const struct argp_entry *other = l->entries; other <= e; other++) {
		for (size_t i = 0; i < other->count; i++) {
			const struct argp_option *p = &other->option[i];

			if (p == o)
				break;
			if (option_is_short(p) && p->key == o->key)
				return true;
		}
	}
	return false;
}
