/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/ident.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "btfgen/names.h"

char *ident_make(const char *name)
{
	bool digit = *name >= '0' && *name <= '9';
	char *ident = str_printf("%s%s", digit || !*name ? "_" : "", name);

	if (!ident)
		return NULL;
	name_sanitize(ident);
	if (!name_is_c_keyword(ident))
		return ident;
	char *longer = str_printf("%s_", ident);
	free(ident);
	return longer;
}

static bool has(const struct ident_scope *scope, const char *ident)
{
	for (size_t i = 0; i < scope->count; i++)
		if (!strcmp(scope->idents[i], ident))
			return true;
	return false;
}

const char *ident_add(struct ident_scope *scope, const char *name)
{
	char *base = ident_make(name);
	char *ident = base ? strdup(base) : NULL;

	for (unsigned n = 2; ident && has(scope, ident); n++) {
		free(ident);
		ident = str_printf("%s_%u", base, n);
	}
	free(base);
	char **idents = ident ? realloc(scope->idents, (scope->count + 1) * sizeof(*idents)) : NULL;
	if (!idents) {
		free(ident);
		return NULL;
	}
	scope->idents = idents;
	idents[scope->count++] = ident;
	return ident;
}

void ident_scope_clear(struct ident_scope *scope)
{
	for (size_t i = 0; i < scope->count; i++)
		free(scope->idents[i]);
	free(scope->idents);
	*scope = (struct ident_scope){0};
}
