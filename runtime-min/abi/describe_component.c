/* SPDX-License-Identifier: BSD-2-Clause */
/* The host interface for components, as WIT. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "abi/describe.h"
#include "abi/wbpf_abi.h"

enum what {
	KIND,
	ERRNO,
	MODE,
	SIGNAL,
	TARGET,
	FIELD,
	RECORD,
	MEMBER,
	RESOURCE,
	METHOD,
	STATIC,
	FUNC
};

/* One entry of the definition. of: the resource, record or interface that it belongs to. */
struct entry {
	enum what what;
	const char *of, *name, *params, *type, *doc;
};

#define TEXT(type, name) #type " " #name ","
#define TEXTS_0() ""
#define TEXTS_1(a) TEXT a
#define TEXTS_2(a, b) TEXT a TEXT b
#define TEXTS_3(a, b, c) TEXT a TEXT b TEXT c

static const struct entry entries[] = {
#define WBPF_KIND(name, doc) {KIND, "", #name, "", "", doc},
#define WBPF_ERRNO(name, kind) {ERRNO, #kind, #name, "", "", ""},
#define WBPF_MODE(name, flag) {MODE, "", #name, "", "", #flag "."},
#define WBPF_SIGNAL(name, number) {SIGNAL, "", #name, "", "", #number "."},
#define WBPF_TARGET(name, kind, fields, doc) {TARGET, "", #name, fields, "", doc},
#define WBPF_FIELD(name, type, doc) {FIELD, "", #name, "", type, doc},
#define WBPF_RECORD(name, doc) {RECORD, "", #name, "", "", doc},
#define WBPF_MEMBER(record, name, type, doc) {MEMBER, #record, #name, "", type, doc},
#define WBPF_RESOURCE(name, doc) {RESOURCE, "", #name, "", "", doc},
#define WBPF_METHOD(resource, name, n, params, result, doc)                                        \
	{METHOD, #resource, #name, TEXTS_##n params, result, doc},
#define WBPF_STATIC(resource, name, n, params, result, doc)                                        \
	{STATIC, #resource, #name, TEXTS_##n params, result, doc},
#define WBPF_FUNC(interface, name, n, params, result, doc)                                         \
	{FUNC, #interface, #name, TEXTS_##n params, result, doc},
#include "abi/wbpf_component.def"
};
enum { NR_ENTRIES = sizeof(entries) / sizeof(*entries) };

/* Types of parameters. */
static const char *const types[][2] = {
	{"U32", "u32"},
	{"S32", "s32"},
	{"U64", "u64"},
	{"BOOL", "bool"},
	{"STRING", "string"},
	{"BYTES", "list<u8>"},
	{"MAYBE_BYTES", "option<list<u8>>"},
	{"MODE", "update-mode"},
	{"SIGNALS", "signal-set"},
	{"TARGET", "attach-target"},
	{"MAP", "borrow<%map>"},
	{"PROGRAM", "borrow<program>"},
};

static bool is(const char *a, const char *b, size_t len)
{
	return strlen(a) == len && !memcmp(a, b, len);
}

static const struct entry *find(enum what what, const char *name, size_t len)
{
	for (int i = 0; i < NR_ENTRIES; i++)
		if (entries[i].what == what && is(entries[i].name, name, len))
			return &entries[i];
	return NULL;
}

void describe_folded(const char *text, const char *prefix)
{
	size_t column = strlen(prefix);

	fputs(prefix, stdout);
	while (*text) {
		size_t len = strcspn(text, " ");
		if (column + len > 96) {
			printf("\n%s", prefix);
			column = strlen(prefix);
		}
		printf("%.*s", (int)len, text);
		column += len;
		text += len;
		if (*text == ' ') {
			text++;
			if (column + 1 + strcspn(text, " ") <= 96)
				putchar(' ');
			column++;
		}
	}
	putchar('\n');
}

static void put_name(const char *s, size_t len)
{
	putchar('%');
	for (size_t i = 0; i < len; i++)
		putchar(s[i] == '_' ? '-' : s[i]);
}

static void put_item(const char *indent, const struct entry *e)
{
	char prefix[16];

	snprintf(prefix, sizeof(prefix), "%s/// ", indent);
	describe_folded(e->doc, prefix);
	fputs(indent, stdout);
	put_name(e->name, strlen(e->name));
}

static int put_params(const char *params)
{
	const char *separator = "";

	while (*params) {
		size_t type_len = strcspn(params, " "),
		       name_len = strcspn(params + type_len + 1, ",");
		const char *name = params + type_len + 1, *type = NULL;
		for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
			if (is(types[i][0], params, type_len))
				type = types[i][1];
		if (!type)
			return fprintf(stderr, "wbpf_component.def: unknown type in %s\n", params),
			       1;
		fputs(separator, stdout);
		put_name(name, name_len);
		printf(": %s", type);
		separator = ", ";
		params = name + name_len + 1;
	}
	return 0;
}

static int put_function(const char *indent, const struct entry *e)
{
	put_item(indent, e);
	fputs(e->what == STATIC ? ": static func(" : ": func(", stdout);
	if (put_params(e->params))
		return 1;
	printf(") -> %s;\n", e->type);
	return 0;
}

/* The cases of an enum, or the like: all entries of a kind. */
static void put_cases(const char *head, enum what what)
{
	printf("%s {\n", head);
	for (int i = 0; i < NR_ENTRIES; i++) {
		if (entries[i].what != what)
			continue;
		put_item("    ", &entries[i]);
		puts(",");
	}
	puts("  }");
}

/* What is said of a kind of errors has the errnos behind it. */
static void put_kinds(void)
{
	puts("\n  /// What kind of error it is.\n  enum error-kind {");
	for (int i = 0; i < NR_ENTRIES; i++) {
		const struct entry *e = &entries[i];
		const char *separator = "    /// ";
		if (e->what != KIND)
			continue;
		describe_folded(e->doc, "    /// ");
		for (int k = 0; k < NR_ENTRIES; k++) {
			if (entries[k].what != ERRNO || strcmp(entries[k].of, e->name) != 0)
				continue;
			printf("%s%s", separator, entries[k].name);
			separator = ", ";
		}
		fputs("\n    ", stdout);
		put_name(e->name, strlen(e->name));
		puts(",");
	}
	puts("  }");
}

static int put_target_record(const struct entry *e)
{
	putchar('\n');
	describe_folded(e->doc, "  /// ");
	fputs("  record ", stdout);
	put_name(e->name, strlen(e->name));
	puts("-target {");
	for (const char *f = e->params; *f; f += strspn(f, " ")) {
		size_t len = strcspn(f, " ");
		const struct entry *field = find(FIELD, f, len);
		if (!field)
			return fprintf(stderr, "wbpf_component.def: unknown field in %s\n", f), 1;
		put_item("    ", field);
		printf(": %s,\n", field->type);
		f += len;
	}
	puts("  }");
	return 0;
}

static int put_targets(void)
{
	for (int i = 0; i < NR_ENTRIES; i++)
		if (entries[i].what == TARGET && *entries[i].params &&
		    put_target_record(&entries[i]))
			return 1;
	puts("\n  /// Where a program is attached.\n  variant attach-target {");
	for (int i = 0; i < NR_ENTRIES; i++) {
		const struct entry *e = &entries[i];
		if (e->what != TARGET)
			continue;
		put_item("    ", e);
		if (*e->params) {
			putchar('(');
			put_name(e->name, strlen(e->name));
			fputs("-target)", stdout);
		}
		puts(",");
	}
	puts("  }");
	return 0;
}

static void put_record(const struct entry *record)
{
	putchar('\n');
	describe_folded(record->doc, "  /// ");
	fputs("  record ", stdout);
	put_name(record->name, strlen(record->name));
	puts(" {");
	for (int i = 0; i < NR_ENTRIES; i++) {
		if (entries[i].what != MEMBER || strcmp(entries[i].of, record->name) != 0)
			continue;
		put_item("    ", &entries[i]);
		printf(": %s,\n", entries[i].type);
	}
	puts("  }");
}

static int put_resource(const struct entry *resource)
{
	putchar('\n');
	describe_folded(resource->doc, "  /// ");
	fputs("  resource ", stdout);
	put_name(resource->name, strlen(resource->name));
	puts(" {");
	for (int i = 0; i < NR_ENTRIES; i++)
		if ((entries[i].what == METHOD || entries[i].what == STATIC) &&
		    !strcmp(entries[i].of, resource->name) && put_function("    ", &entries[i]))
			return 1;
	puts("  }");
	return 0;
}

static int put_functions(const char *interface)
{
	for (int i = 0; i < NR_ENTRIES; i++) {
		if (entries[i].what != FUNC || strcmp(entries[i].of, interface) != 0)
			continue;
		putchar('\n');
		if (put_function("  ", &entries[i]))
			return 1;
	}
	return 0;
}

static int put_all(enum what what)
{
	for (int i = 0; i < NR_ENTRIES; i++) {
		if (entries[i].what != what)
			continue;
		if (what == RECORD)
			put_record(&entries[i]);
		else if (put_resource(&entries[i]))
			return 1;
	}
	return 0;
}

int describe_component(void)
{
	printf("// SPDX-License-Identifier: BSD-2-Clause\n"
	       "// Made from wbpf_component.def by abi-describe. DO NOT EDIT.\n\n"
	       "/// The host interface for components: BPF objects and what is in them. Core "
	       "modules\n"
	       "/// have another one, which does the same with less copying.\n"
	       "package wbpf:host@%d.%d.0;\n\n"
	       "/// BPF objects, their maps and programs, and attaching.\n"
	       "interface %%bpf {",
	       WBPF_ABI_MAJOR, WBPF_ABI_MINOR);
	put_kinds();
	putchar('\n');
	put_cases("  /// What may be there when an element is set.\n  enum update-mode", MODE);
	if (put_targets() || put_all(RECORD) || put_all(RESOURCE) || put_functions("bpf"))
		return 1;
	puts("}\n\n/// Signals of the process, which WASI does not have.\ninterface %signals {\n  "
	     "use %bpf.{error};\n");
	put_cases("  /// Linux's signals.\n  flags signal-set", SIGNAL);
	if (put_functions("signals"))
		return 1;
	puts("}\n\n"
	     "/// What a guest imports: a world includes it beside what else it needs.\n"
	     "world imports {\n  import %bpf;\n  import %signals;\n}");
	return 0;
}
