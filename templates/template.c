/* SPDX-License-Identifier: BSD-2-Clause */
#include "templates/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "templates/template_parse.h"

struct entry {
	struct entry *next;
	enum template_kind kind;
	bool on; /* FLAG */
	const char *name;
	size_t name_len;
	const char *value; /* VALUE, never NULL */
	size_t value_len;
	struct template_data *first; /* LIST */
	struct template_data *last;
};

struct template_data {
	struct template_tree *tree; /* that it is part of */
	struct template_data *next; /* element of the same list */
	struct entry *entries;
};

/* The outermost names, and what the whole tree has once. */
struct template_tree {
	struct template_data top; /* first, so that its address is that of the tree */
	struct arena memory;      /* all that is not the tree itself */
	struct strbuf text;       /* of a value that is being set */
	bool failed;              /* memory ran out */
	const char *wrong_kind;   /* a name that was set as two kinds of thing */
};

struct template_data *template_data_new(void)
{
	struct template_tree *tree = calloc(1, sizeof(*tree));

	if (!tree)
		return NULL;
	tree->top.tree = tree;
	return &tree->top;
}

void template_data_free(struct template_data *data)
{
	if (!data)
		return;
	arena_free(&data->tree->memory);
	strbuf_free(&data->tree->text);
	free(data->tree);
}

static struct entry *find_entry(const struct template_data *data, const char *name, size_t len)
{
	for (struct entry *e = data->entries; e; e = e->next)
		if (e->name_len == len && !memcmp(e->name, name, len))
			return e;
	return NULL;
}

/* Memory that lives as long as the tree. NULL after noting that there is none. */
static void *alloc(struct template_data *data, size_t size)
{
	void *p = arena_alloc(&data->tree->memory, 1, size);

	if (!p)
		data->tree->failed = true;
	return p;
}

static const char *copy_text(struct template_data *data, const char *text, size_t len)
{
	const char *p = arena_text(&data->tree->memory, text, len);

	if (!p)
		data->tree->failed = true;
	return p;
}

/* The entry of that name, made when there is none; NULL after noting why it cannot be had. */
static struct entry *get_entry(struct template_data *data, const char *name,
			       enum template_kind kind)
{
	if (!data || data->tree->failed)
		return NULL;
	size_t len = strlen(name);
	struct entry *e = find_entry(data, name, len);
	if (e && e->kind != kind) {
		data->tree->wrong_kind = e->name;
		return NULL;
	}
	if (e)
		return e;
	e = alloc(data, sizeof(*e));
	if (!e)
		return NULL;
	*e = (struct entry){
		.next = data->entries,
		.kind = kind,
		.name = copy_text(data, name, len),
		.name_len = len,
		.value = "",
	};
	if (!e->name)
		return NULL;
	data->entries = e;
	return e;
}

static void set_value(struct template_data *data, const char *name, const char *value, size_t len)
{
	struct entry *e = get_entry(data, name, TEMPLATE_VALUE);

	if (!e)
		return;
	const char *copy = copy_text(data, value, len);
	if (!copy)
		return;
	e->value = copy;
	e->value_len = len;
}

void template_set(struct template_data *data, const char *name, const char *value)
{
	if (data && !value)
		data->tree->failed = true;
	else if (data)
		set_value(data, name, value, strlen(value));
}

/* What has been put into the tree's text. */
static void set_text(struct template_data *data, const char *name)
{
	struct strbuf *text = &data->tree->text;

	if (strbuf_error(text))
		data->tree->failed = true;
	else
		set_value(data, name, strbuf_str(text), text->len);
}

void template_setf(struct template_data *data, const char *name, const char *fmt, ...)
{
	va_list ap;

	if (!data)
		return;
	data->tree->text.len = 0;
	va_start(ap, fmt);
	strbuf_vprintf(&data->tree->text, fmt, ap);
	va_end(ap);
	set_text(data, name);
}

void template_set_number(struct template_data *data, const char *name, uint64_t value)
{
	if (!data)
		return;
	data->tree->text.len = 0;
	strbuf_number(&data->tree->text, value);
	set_text(data, name);
}

void template_refer(struct template_data *data, const char *name, const struct strbuf *value)
{
	struct entry *e = get_entry(data, name, TEMPLATE_VALUE);

	if (data && strbuf_error(value))
		data->tree->failed = true;
	if (!e)
		return;
	e->value = strbuf_str(value);
	e->value_len = value->len;
}

void template_set_comment(struct template_data *data, const char *name, const char *text)
{
	struct strbuf clean = {0};

	for (const char *p = text; p && *p; p++)
		strbuf_putc(&clean, *p < ' ' || *p > '~' || *p == '*' || *p == '\\' ? '?' : *p);
	template_set(data, name, text && !strbuf_error(&clean) ? strbuf_str(&clean) : NULL);
	strbuf_free(&clean);
}

void template_flag(struct template_data *data, const char *name, bool on)
{
	struct entry *e = get_entry(data, name, TEMPLATE_FLAG);

	if (e)
		e->on = on;
}

void template_list(struct template_data *data, const char *name)
{
	get_entry(data, name, TEMPLATE_LIST);
}

struct template_data *template_add(struct template_data *data, const char *list)
{
	struct entry *e = get_entry(data, list, TEMPLATE_LIST);
	struct template_data *element = e ? alloc(data, sizeof(*element)) : NULL;

	if (!element)
		return NULL;
	element->tree = data->tree;
	if (e->last)
		e->last->next = element;
	else
		e->first = element;
	e->last = element;
	return element;
}

/* Whether data has exactly the names that the template declares, as what it declares them. */
static int check_data(const char *file, const struct template_name *names,
		      const struct template_data *data, struct diag *d)
{
	for (const struct entry *e = data->entries; e; e = e->next) {
		const struct template_name *n = names;
		while (n && strcmp(n->name, e->name))
			n = n->next;
		if (!n)
			return diag_fail(d, EINVAL, "%s: unknown name '%s'", file, e->name);
		if (n->kind != e->kind)
			return diag_fail(d, EINVAL, "%s: '%s' is %s, but was set as %s", file,
					 n->name, template_kind_name(n->kind),
					 template_kind_name(e->kind));
		for (const struct template_data *x = e->first; x; x = x->next) {
			int err = check_data(file, n->members, x, d);
			if (err)
				return err;
		}
	}
	for (const struct template_name *n = names; n; n = n->next)
		if (!find_entry(data, n->name, strlen(n->name)))
			return diag_fail(d, EINVAL, "%s: the name '%s' was not set", file, n->name);
	return 0;
}

struct scope {
	const struct template_data *data;
	const struct scope *around;
};

/* check_data() and the parser have made sure that the name is there. */
static const struct entry *look_up(const struct scope *scope, const struct template_node *node)
{
	const struct entry *e = NULL;

	for (; scope && !e; scope = scope->around)
		e = find_entry(scope->data, node->text, node->len);
	return e;
}

static bool is_true(const struct entry *e)
{
	return e->on || e->value_len || e->first;
}

static void render(const struct template_node *nodes, const struct scope *scope, struct strbuf *out)
{
	for (const struct template_node *n = nodes; n; n = n->next) {
		if (n->kind == TEMPLATE_NODE_TEXT) {
			strbuf_add(out, n->text, n->len);
			continue;
		}
		const struct entry *e = look_up(scope, n);
		if (n->kind == TEMPLATE_NODE_VALUE) {
			strbuf_add(out, e->value, e->value_len);
		} else if (n->kind == TEMPLATE_NODE_IF) {
			render(is_true(e) != n->negate ? n->body : n->other, scope, out);
		} else {
			for (const struct template_data *x = e->first; x; x = x->next) {
				struct scope inner = {x, scope};
				render(n->body, &inner, out);
			}
		}
	}
}

static int fill(const struct template *t, const struct template_data *data, struct strbuf *out,
		struct diag *d)
{
	if (!data || data->tree->failed)
		return diag_fail(d, ENOMEM, "%s: out of memory", t->file);
	if (data->tree->wrong_kind)
		return diag_fail(d, EINVAL, "%s: '%s' was set as two kinds of thing", t->file,
				 data->tree->wrong_kind);
	int err = check_data(t->file, t->names, data, d);
	if (err)
		return err;
	struct scope top = {data, NULL};
	render(t->nodes, &top, out);
	return strbuf_error(out) ? diag_fail(d, ENOMEM, "%s: out of memory", t->file) : 0;
}

int template_render_text(const char *name, const char *text, size_t len,
			 const struct template_data *data, struct strbuf *out, struct diag *d)
{
	struct template t = {0};

	int err = template_parse(name, text, len, &t, d);
	if (!err)
		err = fill(&t, data, out, d);
	template_clear(&t);
	return err;
}

int template_check(const char *name, const char *text, size_t len, struct diag *d)
{
	struct template t = {0};
	int err = template_parse(name, text, len, &t, d);

	template_clear(&t);
	return err;
}
