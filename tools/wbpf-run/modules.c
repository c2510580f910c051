/* SPDX-License-Identifier: BSD-2-Clause */
#include "modules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

static int out_of_memory(struct diag *d)
{
	return diag_fail(d, ENOMEM, "out of memory");
}

static int add(struct modules *m, struct module_words words, struct diag *d)
{
	if (m->count == MODULES_LIMIT)
		return diag_fail(d, E2BIG, "more than %d modules", MODULES_LIMIT);
	struct module_words *list = realloc(m->list, (m->count + 1) * sizeof(*list));
	if (!list)
		return out_of_memory(d);
	m->list = list;
	list[m->count++] = words;
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/*
 * Takes the word at *from, which moves behind it, to *to, which moves behind its NUL: what is
 * quoted, and the character behind a backslash, is as it is. False: a quote does not end.
 */
static bool take_word(const char **from, char **to)
{
	const char *p = *from;
	char *out = *to, quote = '\0';

	for (; *p && (quote || !is_blank(*p)); p++) {
		if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? '\0' : *p;
		else if (*p == '\\' && quote != '\'' && p[1])
			*out++ = *++p;
		else
			*out++ = *p;
	}
	*out++ = '\0';
	*from = p;
	*to = out;
	return !quote;
}

/* The words of a text: a NULL-ended array that points into *text. */
static int split(const char *words, struct module_words *w)
{
	size_t len = strlen(words);
	char *out = w->text = malloc(len + 1);

	w->argv =
		calloc(len / 2 + 2, sizeof(*w->argv)); /* a word and a blank have two characters */
	if (!w->text || !w->argv)
		return -ENOMEM;
	for (;;) {
		while (is_blank(*words))
			words++;
		if (!*words)
			return 0;
		w->argv[w->argc++] = out;
		if (!take_word(&words, &out))
			return -EINVAL;
	}
}

static void free_words(struct module_words *w)
{
	if (w->text)
		free(w->argv);
	free(w->text);
	free(w->name);
}

int modules_add_words(struct modules *m, const char *words, struct diag *d)
{
	struct module_words w = {0};
	int err = split(words, &w);

	if (err == -EINVAL)
		diag_fail(d, err, "--module %s: a quote that does not end", words);
	else if (err)
		out_of_memory(d);
	else if (!w.argc || !*w.argv[0])
		err = diag_fail(d, EINVAL, "--module '%s': names no module", words);
	else
		err = add(m, w, d);
	if (err)
		free_words(&w);
	return err;
}

static bool is_module(const char *word)
{
	size_t len = strlen(word), n = strlen(".wasm");

	return len >= n && !strcmp(word + len - n, ".wasm");
}

int modules_add_arguments(struct modules *m, int argc, char **argv, bool single, struct diag *d)
{
	int nr = argc > 0, err = 0;

	while (!single && nr < argc && is_module(argv[0]) && is_module(argv[nr]))
		nr++;
	if (nr > 1 && nr < argc)
		return diag_fail(
			d, EINVAL,
			"%s: an argument of which of the %d modules before it? Name each with "
			"its arguments by --module, or put -- in front of the one module",
			argv[nr], nr);
	for (int i = 0; i < nr && !err; i++)
		err = add(m,
			  (struct module_words){
				  .argc = nr > 1 ? 1 : (size_t)argc,
				  .argv = &argv[i],
			  },
			  d);
	return err;
}

int modules_name(struct modules *m, struct diag *d)
{
	for (size_t i = 0; i < m->count; i++) {
		const char *path = m->list[i].argv[0];
		size_t same = 1;
		for (size_t k = 0; k < i; k++)
			same += !strcmp(m->list[k].argv[0], path);
		m->list[i].name = same > 1 ? str_printf("%s#%zu", path, same) : strdup(path);
		if (!m->list[i].name)
			return out_of_memory(d);
	}
	return 0;
}

void modules_free(struct modules *m)
{
	for (size_t i = 0; i < m->count; i++)
		free_words(&m->list[i]);
	free(m->list);
	*m = (struct modules){0};
}
