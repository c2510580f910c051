/* SPDX-License-Identifier: BSD-2-Clause */
#include "templates/template_parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The names that a block sees: its own, then those around it. */
struct scope {
	struct template_name *names;
	const struct scope *around;
};

struct parser {
	const char *file;
	const char *at, *end; /* what is left of the text */
	int line;             /* that at is in */
	struct template *tmpl;
	struct diag *d;
};

enum directive { D_EACH, D_IF, D_ELSE, D_END, D_EOF };

/* One "%%" line in the middle of the text. */
struct line {
	enum directive what;
	int number;
	bool negate;
	const char *name;
	size_t len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static size_t name_length(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && is_name_char(*p))
		p++;
	return (size_t)(p - s);
}

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && is_blank(*s))
		s++;
	return s;
}

static const char *line_end(const char *s, const char *end)
{
	const char *nl = memchr(s, '\n', (size_t)(end - s));

	return nl ? nl : end;
}

const char *template_kind_name(enum template_kind kind)
{
	static const char *const names[] = {"a value", "a flag", "a list"};

	return names[kind];
}

/* Whether a "%%" line begins at s; *ret is then what follows the mark. */
static bool at_directive(const char *s, const char *end, const char **ret)
{
	s = skip_blanks(s, end);
	if (end - s < 2 || s[0] != '%' || s[1] != '%')
		return false;
	*ret = skip_blanks(s + 2, end);
	return true;
}

static bool starts_with_word(const char *s, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - s) >= len && !memcmp(s, word, len) &&
	       ((size_t)(end - s) == len || is_blank(s[len]) || s[len] == '\n');
}

static struct template_name *find_in(struct template_name *names, const char *name, size_t len)
{
	for (struct template_name *n = names; n; n = n->next)
		if (!strncmp(n->name, name, len) && !n->name[len])
			return n;
	return NULL;
}

static struct template_name *find(const struct scope *scope, const char *name, size_t len)
{
	for (; scope; scope = scope->around) {
		struct template_name *n = find_in(scope->names, name, len);
		if (n)
			return n;
	}
	return NULL;
}

/* The declared names of one level, up to a ']' or the end of the line. */
static int parse_names(struct parser *p, const char **at, const char *end,
		       struct template_name **list, int depth)
{
	const char *s = *at;

	while (*list)
		list = &(*list)->next;
	struct template_name **first = list;

	for (s = skip_blanks(s, end); s < end && *s != ']'; s = skip_blanks(s, end)) {
		size_t len = name_length(s, end);
		if (!len)
			return diag_fail(p->d, EINVAL, "%s:%d: '%c' in a list of names", p->file,
					 p->line, *s);
		if (find_in(*first, s, len) || (!depth && find_in(p->tmpl->names, s, len)))
			return diag_fail(p->d, EINVAL, "%s:%d: '%.*s' is declared twice", p->file,
					 p->line, (int)len, s);
		struct template_name *n = calloc(1, sizeof(*n) + len + 1);
		if (!n)
			return diag_fail(p->d, ENOMEM, "%s: out of memory", p->file);
		memcpy(n->name, s, len);
		*list = n;
		list = &n->next;
		s += len;
		if (s < end && *s == '?') {
			n->kind = TEMPLATE_FLAG;
			s++;
		} else if (s < end && *s == '[') {
			n->kind = TEMPLATE_LIST;
			s++;
			int err = parse_names(p, &s, end, &n->members, depth + 1);
			if (err)
				return err;
			if (s == end)
				return diag_fail(p->d, EINVAL, "%s:%d: the list '%s' lacks its ']'",
						 p->file, p->line, n->name);
			s++;
		}
	}
	if (s < end && !depth)
		return diag_fail(p->d, EINVAL, "%s:%d: a ']' too many", p->file, p->line);
	*at = s;
	return 0;
}

/* The "%% #" and "%% names" lines that a template begins with. */
static int parse_head(struct parser *p)
{
	while (p->at < p->end) {
		const char *eol = line_end(p->at, p->end), *s;

		if (!at_directive(p->at, eol, &s))
			return 0;
		if (starts_with_word(s, eol, "names")) {
			s += strlen("names");
			int err = parse_names(p, &s, eol, &p->tmpl->names, 0);
			if (err)
				return err;
		} else if (s == eol || *s != '#') {
			return 0;
		}
		p->at = eol < p->end ? eol + 1 : eol;
		p->line++;
	}
	return 0;
}

static struct template_node *add_node(struct parser *p, struct template_node ***tail,
				      enum template_node_kind kind, const char *text, size_t len)
{
	struct template_node *n = calloc(1, sizeof(*n));

	if (!n) {
		diag_fail(p->d, ENOMEM, "%s: out of memory", p->file);
		return NULL;
	}
	n->kind = kind;
	n->text = text;
	n->len = len;
	**tail = n;
	*tail = &n->next;
	return n;
}

/* Checks that name is declared as what the text uses it as. */
static struct template_name *use(struct parser *p, int line, const struct scope *scope,
				 const char *name, size_t len)
{
	struct template_name *n = find(scope, name, len);

	if (!n)
		diag_fail(p->d, EINVAL, "%s:%d: unknown name '%.*s'", p->file, line, (int)len,
			  name);
	else
		n->used = true;
	return n;
}

/* Text with values in it, from p->at to eol. */
static int parse_text(struct parser *p, const char *eol, const struct scope *scope,
		      struct template_node ***tail)
{
	const char *s = p->at;

	while (s < eol) {
		const char *open = memmem(s, (size_t)(eol - s), "{{", 2);
		const char *stop = open ? open : eol;

		if (stop > s && !add_node(p, tail, TEMPLATE_NODE_TEXT, s, (size_t)(stop - s)))
			return -ENOMEM;
		if (!open)
			break;
		size_t len = name_length(open + 2, eol);
		const char *close = open + 2 + len;
		if (!len || eol - close < 2 || close[0] != '}' || close[1] != '}')
			return diag_fail(p->d, EINVAL,
					 "%s:%d: '{{' without a name and '}}' after it", p->file,
					 p->line);
		struct template_name *n = use(p, p->line, scope, open + 2, len);
		if (!n)
			return -EINVAL;
		if (n->kind != TEMPLATE_VALUE)
			return diag_fail(p->d, EINVAL, "%s:%d: '%s' is %s and cannot be printed",
					 p->file, p->line, n->name, template_kind_name(n->kind));
		if (!add_node(p, tail, TEMPLATE_NODE_VALUE, open + 2, len))
			return -ENOMEM;
		s = close + 2;
	}
	return 0;
}

/* Reads the "%%" line whose words begin at s. */
static int parse_line(struct parser *p, const char *s, const char *eol, struct line *ret)
{
	static const char *const words[] = {"each", "if", "else", "end"};

	*ret = (struct line){.what = D_EOF, .number = p->line};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (starts_with_word(s, eol, words[i])) {
			ret->what = (enum directive)i;
			s = skip_blanks(s + strlen(words[i]), eol);
		}
	if (ret->what == D_EOF)
		return diag_fail(p->d, EINVAL, "%s:%d: '%%%% %.*s' means nothing", p->file, p->line,
				 (int)(eol - s), s);
	if (ret->what == D_IF && s < eol && *s == '!') {
		ret->negate = true;
		s = skip_blanks(s + 1, eol);
	}
	if (ret->what == D_IF || ret->what == D_EACH) {
		ret->name = s;
		ret->len = name_length(s, eol);
		if (!ret->len)
			return diag_fail(p->d, EINVAL, "%s:%d: a name is missing", p->file,
					 p->line);
		s = skip_blanks(s + ret->len, eol);
	}
	if (s < eol)
		return diag_fail(p->d, EINVAL, "%s:%d: '%.*s' is too much", p->file, p->line,
				 (int)(eol - s), s);
	return 0;
}

static int parse_block(struct parser *p, const struct scope *scope, struct template_node **list,
		       struct line *ret_stop);

static int expect_end(struct parser *p, const struct line *open, const struct line *stop)
{
	if (stop->what == D_END)
		return 0;
	return diag_fail(p->d, EINVAL, "%s:%d: '%%%% %s %.*s' lacks its '%%%% end'", p->file,
			 open->number, open->what == D_EACH ? "each" : "if", (int)open->len,
			 open->name);
}

static int parse_each(struct parser *p, const struct scope *scope, const struct line *open,
		      struct template_node *node)
{
	struct template_name *n = use(p, open->number, scope, open->name, open->len);
	struct line stop;

	if (!n)
		return -EINVAL;
	if (n->kind != TEMPLATE_LIST)
		return diag_fail(p->d, EINVAL, "%s:%d: '%s' is %s, not a list", p->file,
				 open->number, n->name, template_kind_name(n->kind));
	struct scope inner = {n->members, scope};
	int err = parse_block(p, &inner, &node->body, &stop);
	return err ? err : expect_end(p, open, &stop);
}

static int parse_if(struct parser *p, const struct scope *scope, const struct line *open,
		    struct template_node *node)
{
	struct line stop;

	if (!use(p, open->number, scope, open->name, open->len))
		return -EINVAL;
	node->negate = open->negate;
	int err = parse_block(p, scope, &node->body, &stop);
	if (!err && stop.what == D_ELSE)
		err = parse_block(p, scope, &node->other, &stop);
	return err ? err : expect_end(p, open, &stop);
}

/* Everything up to an "else", an "end" or the end of the text. */
static int parse_block(struct parser *p, const struct scope *scope, struct template_node **list,
		       struct line *ret_stop)
{
	struct template_node **tail = list;

	while (p->at < p->end) {
		const char *eol = line_end(p->at, p->end), *s;
		const char *next = eol < p->end ? eol + 1 : eol;
		int err = 0;

		if (!at_directive(p->at, eol, &s)) {
			err = parse_text(p, next, scope, &tail);
			p->at = next;
			p->line++;
		} else if (s < eol && *s == '#') {
			p->at = next;
			p->line++;
		} else {
			struct line line;
			err = parse_line(p, s, eol, &line);
			p->at = next;
			p->line++;
			if (!err && (line.what == D_END || line.what == D_ELSE)) {
				*ret_stop = line;
				return 0;
			}
			bool each = line.what == D_EACH;
			struct template_node *n =
				err ? NULL
				    : add_node(p, &tail,
					       each ? TEMPLATE_NODE_EACH : TEMPLATE_NODE_IF,
					       line.name, line.len);
			if (!err && !n)
				err = -ENOMEM;
			if (!err)
				err = each ? parse_each(p, scope, &line, n)
					   : parse_if(p, scope, &line, n);
		}
		if (err)
			return err;
	}
	*ret_stop = (struct line){.what = D_EOF};
	return 0;
}

static int check_used(struct parser *p, const struct template_name *names)
{
	for (const struct template_name *n = names; n; n = n->next) {
		if (!n->used)
			return diag_fail(p->d, EINVAL, "%s: declares '%s' and does not use it",
					 p->file, n->name);
		int err = check_used(p, n->members);
		if (err)
			return err;
	}
	return 0;
}

int template_parse(const char *file, const char *text, size_t len, struct template *ret,
		   struct diag *d)
{
	struct parser p = {
		.file = file, .at = text, .end = text + len, .line = 1, .tmpl = ret, .d = d};
	struct line stop;

	*ret = (struct template){.file = file};
	int err = parse_head(&p);
	if (err)
		return err;
	struct scope top = {ret->names, NULL};
	err = parse_block(&p, &top, &ret->nodes, &stop);
	if (!err && stop.what != D_EOF)
		err = diag_fail(d, EINVAL, "%s:%d: '%%%% %s' without an 'if' or 'each'", file,
				stop.number, stop.what == D_ELSE ? "else" : "end");
	return err ? err : check_used(&p, ret->names);
}

static void free_names(struct template_name *n)
{
	while (n) {
		struct template_name *next = n->next;
		free_names(n->members);
		free(n);
		n = next;
	}
}

static void free_nodes(struct template_node *n)
{
	while (n) {
		struct template_node *next = n->next;
		free_nodes(n->body);
		free_nodes(n->other);
		free(n);
		n = next;
	}
}

void template_clear(struct template *t)
{
	free_names(t->names);
	free_nodes(t->nodes);
	*t = (struct template){0};
}
