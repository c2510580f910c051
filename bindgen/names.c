/* SPDX-License-Identifier: BSD-2-Clause */
#include "bindgen/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

/* Rust's, of all editions, in lower case; "Self" is the one type among them. Go has none that
 * begins with a capital, as all of our names there do. */
static const char *const keywords[] = {
	"abstract", "as",    "async",  "await",  "become", "box",    "break",    "const",
	"continue", "crate", "do",     "dyn",    "else",   "enum",   "extern",   "false",
	"final",    "fn",    "for",    "gen",    "if",     "impl",   "in",       "let",
	"loop",     "macro", "match",  "mod",    "move",   "mut",    "override", "priv",
	"pub",      "ref",   "return", "self",   "static", "struct", "super",    "trait",
	"true",     "try",   "type",   "typeof", "union",  "unsafe", "unsized",  "use",
	"virtual",  "where", "while",  "yield",  "Self",
};

static bool is_keyword(const char *name)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (!strcmp(name, keywords[i]))
			return true;
	return false;
}

/* The words of a C name: parted by underscores, and where a capital stands behind a small letter.
 */
static size_t word_length(const char *s)
{
	size_t n = 1;

	while (isalnum((unsigned char)s[n]) &&
	       !(isupper((unsigned char)s[n]) && islower((unsigned char)s[n - 1])))
		n++;
	return n;
}

static bool has_small(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (islower((unsigned char)word[i]))
			return true;
	return false;
}

static void add_word(const char *word, size_t n, enum name_style style, struct strbuf *out)
{
	bool shout = !has_small(word, n);

	for (size_t i = 0; i < n; i++) {
		int c = (unsigned char)word[i];
		if (style == NAME_CONSTANT || (style == NAME_TYPE && !i))
			c = toupper(c);
		else if (style == NAME_FIELD || shout)
			c = tolower(c);
		strbuf_putc(out, (char)c);
	}
}

static bool is_digit_at(const struct strbuf *b, size_t at)
{
	return at < b->len && isdigit((unsigned char)b->data[at]);
}

char *name_make(enum binding_language language, enum name_style style, const char *name)
{
	struct strbuf out = {0};

	if (language == BINDINGS_GO)
		style = NAME_TYPE;
	for (const char *s = name; *s;) {
		if (!isalnum((unsigned char)*s)) { /* sections' names have dots */
			s++;
			continue;
		}
		size_t n = word_length(s);
		bool join = style == NAME_TYPE &&
			    !(is_digit_at(&out, out.len - 1) && isdigit((unsigned char)*s));
		if (out.len && !join)
			strbuf_putc(&out, '_');
		add_word(s, n, style, &out);
		s += n;
	}
	if (!out.len || is_digit_at(&out, 0)) {
		char *rest = strbuf_detach(&out);
		strbuf_puts(&out, style == NAME_FIELD ? "x" : "X");
		strbuf_puts(&out, rest ? rest : "");
		free(rest);
	}
	if (language == BINDINGS_RUST && is_keyword(strbuf_str(&out)))
		strbuf_putc(&out, '_');
	return strbuf_detach(&out);
}

static const char *keep(struct name_scope *scope, const char *name)
{
	char *copy = arena_string(&scope->texts, name);
	void **place = copy ? strmap_put(&scope->taken, copy) : NULL;

	if (!place)
		return NULL;
	*place = copy;
	return copy;
}

bool name_reserve(struct name_scope *scope, const char *name)
{
	return keep(scope, name);
}

/* Rust's words are parted by underscores, but for types. */
static char *numbered(enum binding_language language, enum name_style style, const char *name,
		      unsigned number)
{
	size_t n = strlen(name);
	bool part = name[n - 1] != '_' && ((language == BINDINGS_RUST && style != NAME_TYPE) ||
					   isdigit((unsigned char)name[n - 1]));

	return number > 1 ? str_printf("%s%s%u", name, part ? "_" : "", number) : strdup(name);
}

const char *name_add_pair(struct name_scope *scope, enum binding_language language,
			  enum name_style style, const char *name, const char *prefix,
			  const char **ret_other)
{
	char *plain = name_make(language, style, name);
	const char *kept = NULL;

	for (unsigned number = 1; plain && !kept; number++) {
		char *candidate = numbered(language, style, plain, number);
		char *joined = str_printf("%s_%s", prefix, candidate ? candidate : "");
		char *other = joined ? name_make(language, style, joined) : NULL;
		bool failed = !candidate || !other;
		if (!failed && !strmap_find(&scope->taken, candidate) &&
		    !(*prefix && strmap_find(&scope->taken, other))) {
			kept = keep(scope, candidate);
			*ret_other = *prefix ? keep(scope, other) : kept;
			failed = !kept || !*ret_other;
		}
		free(candidate);
		free(joined);
		free(other);
		if (failed) {
			kept = NULL;
			break;
		}
	}
	free(plain);
	return kept;
}

const char *name_add(struct name_scope *scope, enum binding_language language,
		     enum name_style style, const char *name)
{
	const char *other;

	return name_add_pair(scope, language, style, name, "", &other);
}

void name_scope_clear(struct name_scope *scope)
{
	strmap_free(&scope->taken);
	arena_free(&scope->texts);
}
