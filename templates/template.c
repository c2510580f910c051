/* SPDX-License-Identifier: BSD-2-Clause */
#include "templates/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "templates/template_parse.h"

struct entry {
	struct entry *next;
	enum template_kind kind;
	bool on;                     /* FLAG */
	char *value;                 /* VALUE */
	struct template_data *first; /* LIST */
	struct template_data *last;
	char name[];
};

struct template_data {
	struct template_data *root; /* of the tree: it keeps what went wrong */
	struct template_data *next; /* element of the same list */
	struct entry *entries;
	bool failed;            /* root only: memory ran out */
	const char *wrong_kind; /* root only: a name that was set as two kinds of thing */
};

struct template_data *template_data_new(void)
{
	struct template_data *data = calloc(1, sizeof(*data));

	if (data)
		data->root = data;
	return data;
}

static void free_entry(struct entry *e)
{
	while (e->first) {
		struct template_data *next = e->first->next;
		template_data_free(e->first);
		e->first = next;
	}
	free(e->value);
	free(e);
}

void template_data_free(struct template_data *data)
{
	if (!data)
		return;
	while (data->entries) {
		struct entry *next = data->entries->next;
		free_entry(data->entries);
		data->entries = next;
	}
	free(data);
}

static struct entry *find_entry(const struct template_data *data, const char *name, size_t len)
{
	for (struct entry *e = data->entries; e; e = e->next)
		if (!strncmp(e->name, name, len) && !e->name[len])
			return e;
	return NULL;
}

/* The entry of that name, made when there is none; NULL after noting why it cannot be had. */
static struct entry *get_entry(struct template_data *data, const char *name,
			       enum template_kind kind)
{
	if (!data || data->root->failed)
		return NULL;
	size_t len = strlen(name);
	struct entry *e = find_entry(data, name, len);
	if (e && e->kind != kind) {
		data->root->wrong_kind = e->name;
		return NULL;
	}
	if (!e) {
		e = calloc(1, sizeof(*e) + len + 1);
		if (!e) {
			data->root->failed = true;
			return NULL;
		}
		memcpy(e->name, name, len);
		e->kind = kind;
		e->next = data->entries;
		data->entries = e;
	}
	return e;
}

/* Takes value over. */
static void set_owned(struct template_data *data, const char *name, char *value)
{
	struct entry *e = get_entry(data, name, TEMPLATE_VALUE);

	if (data && !value)
		data->root->failed = true;
	if (!e) {
		free(value);
		return;
	}
	free(e->value);
	e->value = value;
}

void template_set(struct template_data *data, const char *name, const char *value)
{
	if (data)
		set_owned(data, name, value ? strdup(value) : NULL);
}

void template_setf(struct template_data *data, const char *name, const char *fmt, ...)
{
	struct strbuf b = {0};
	va_list ap;

	if (!data)
		return;
	va_start(ap, fmt);
	strbuf_vprintf(&b, fmt, ap);
	va_end(ap);
	set_owned(data, name, strbuf_detach(&b));
}

void template_set_comment(struct template_data *data, const char *name, const char *text)
{
	struct strbuf clean = {0};

	if (!data)
		return;
	for (const char *p = text; p && *p; p++)
		strbuf_putc(&clean, *p < ' ' || *p > '~' || *p == '*' || *p == '\\' ? '?' : *p);
	set_owned(data, name, text ? strbuf_detach(&clean) : NULL);
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

	if (!e)
		return NULL;
	struct template_data *element = template_data_new();
	if (!element) {
		data->root->failed = true;
		return NULL;
	}
	element->root = data->root;
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
	return e->on || (e->value && *e->value) || e->first;
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
			strbuf_puts(out, e->value);
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

int template_render_text(const char *name, const char *text, size_t len,
			 const struct template_data *data, struct strbuf *out, struct diag *d)
{
	struct template t;

	if (!data || data->root->failed)
		return diag_fail(d, ENOMEM, "%s: out of memory", name);
	if (data->root->wrong_kind)
		return diag_fail(d, EINVAL, "%s: '%s' was set as two kinds of thing", name,
				 data->root->wrong_kind);
	int err = template_parse(name, text, len, &t, d);
	if (!err)
		err = check_data(name, t.names, data, d);
	if (!err) {
		struct scope top = {data, NULL};
		render(t.nodes, &top, out);
		if (strbuf_error(out))
			err = diag_fail(d, ENOMEM, "%s: out of memory", name);
	}
	template_clear(&t);
	return err;
}

int template_check(const char *name, const char *text, size_t len, struct diag *d)
{
	struct template t;
	int err = template_parse(name, text, len, &t, d);

	template_clear(&t);
	return err;
}
