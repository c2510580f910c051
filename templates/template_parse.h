/* SPDX-License-Identifier: BSD-2-Clause */
/* A template as a tree: what the parser makes and the renderer walks. */
#ifndef WBPF_TEMPLATES_TEMPLATE_PARSE_H
#define WBPF_TEMPLATES_TEMPLATE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

enum template_kind { TEMPLATE_VALUE, TEMPLATE_FLAG, TEMPLATE_LIST };

/* A declared name. Siblings are linked through next. */
struct template_name {
	struct template_name *next;
	struct template_name *members; /* of a list's elements */
	enum template_kind kind;
	bool used;
	char name[];
};

enum template_node_kind {
	TEMPLATE_NODE_TEXT,
	TEMPLATE_NODE_VALUE,
	TEMPLATE_NODE_EACH,
	TEMPLATE_NODE_IF
};

struct template_node {
	struct template_node *next;
	enum template_node_kind kind;
	bool negate;      /* IF: "if !name" */
	const char *text; /* TEXT: what to print; else a name. Lies in the template's text */
	size_t len;       /* of text */
	struct template_node *body;  /* EACH, IF */
	struct template_node *other; /* IF: what stands after "else" */
};

struct template
{
	const char *file; /* what diags call it */
	struct template_name *names;
	struct template_node *nodes;
};

/*
 * Parses a template, whose name and text must outlive the tree, and checks it as template_check()
 * says. The tree must be template_clear()ed, also after a failure. Returns 0, -EINVAL or -ENOMEM.
 */
int template_parse(const char *file, const char *text, size_t len, struct template *ret,
		   struct diag *d);
void template_clear(struct template *t);

const char *template_kind_name(enum template_kind kind);

#endif
