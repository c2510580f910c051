/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints what is made from the definition of the host interface beside code: its reference page
 * (describe markdown) and its WIT (describe wit). Run by the build.
 */
#include <stdio.h>
#include <string.h>

#include "abi/wbpf_abi.h"

struct call {
	const char *name, *params, *doc;
};

/* The parameters as text: "type name, " each. */
#define TEXT(type, name) #type " " #name ","
#define TEXTS_0() ""
#define TEXTS_1(a) TEXT a
#define TEXTS_2(a, b) TEXT a TEXT b
#define TEXTS_3(a, b, c) TEXT a TEXT b TEXT c
#define TEXTS_4(a, b, c, d) TEXT a TEXT b TEXT c TEXT d
#define TEXTS_5(a, b, c, d, e) TEXT a TEXT b TEXT c TEXT d TEXT e

static const struct call calls[] = {
#define WBPF_CALL(name, n, params, doc) {#name, TEXTS_##n params, doc},
#include "abi/wbpf_calls.def"
#undef WBPF_CALL
};
enum { NR_CALLS = sizeof(calls) / sizeof(*calls) };

static const struct {
	const char *type, *wasm, *wit, *c;
} types[] = {
	{"U32", "i32", "u32", "uint32_t"},          {"S32", "i32", "s32", "int32_t"},
	{"U64", "i64", "u64", "uint64_t"},          {"ADDR", "i32", "addr", "wbpf_addr"},
	{"HANDLE", "i32", "handle", "wbpf_handle"},
};

enum language { WASM, WIT, C };

static const char *type_name(const char *type, size_t len, enum language l)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strlen(types[i].type) == len && !memcmp(types[i].type, type, len))
			return l == WASM ? types[i].wasm : l == WIT ? types[i].wit : types[i].c;
	return NULL;
}

static void put_kebab(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		putchar(s[i] == '_' ? '-' : s[i]);
}

/* Prints each parameter in the language's form, separated by commas. */
static int put_params(const char *params, enum language l)
{
	const char *separator = "";

	while (*params) {
		size_t type_len = strcspn(params, " "),
		       name_len = strcspn(params + type_len + 1, ",");
		const char *type = type_name(params, type_len, l), *name = params + type_len + 1;
		if (!type)
			return 1;
		fputs(separator, stdout);
		if (l == WIT) {
			putchar('%');
			put_kebab(name, name_len);
			printf(": %s", type);
		} else {
			printf("%s %.*s", type, (int)name_len, name);
		}
		separator = ", ";
		params = name + name_len + 1;
	}
	return 0;
}

/* Prints text folded at 96 columns, each line after the prefix. */
static void put_folded(const char *text, const char *prefix)
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

static int markdown(void)
{
	printf("# The host interface, version %d.%d\n\n", WBPF_ABI_MAJOR, WBPF_ABI_MINOR);
	printf("The %d functions that a module imports from `%s`. Every one returns an i32: zero "
	       "or positive on "
	       "success, a negative Linux errno on failure. `wbpf_addr` is an address in the "
	       "module's memory, "
	       "`wbpf_handle` a handle; the structs and constants are those of `wbpf_abi.h`.\n",
	       NR_CALLS, WBPF_ABI_MODULE);
	for (int i = 0; i < NR_CALLS; i++) {
		printf("\n## %s\n\n```c\nint32_t %s(", calls[i].name, calls[i].name);
		if (!*calls[i].params)
			fputs("void", stdout);
		if (put_params(calls[i].params, C))
			return 1;
		printf(");\n```\n\n%s\n", calls[i].doc);
	}
	return 0;
}

static int wit(void)
{
	printf("// SPDX-License-Identifier: BSD-2-Clause\n"
	       "// The host interface as WIT. Core modules import it as \"%s\" with the names in "
	       "snake case.\n"
	       "package wbpf:host@%d.%d.0;\n\n"
	       "interface bpf {\n"
	       "  /// An address in the module's memory.\n"
	       "  type addr = u32;\n"
	       "  /// A handle to an object of the host; positive.\n"
	       "  type handle = s32;\n",
	       WBPF_ABI_MODULE, WBPF_ABI_MAJOR, WBPF_ABI_MINOR);
	for (int i = 0; i < NR_CALLS; i++) {
		putchar('\n');
		put_folded(calls[i].doc, "  /// ");
		fputs("  %", stdout);
		put_kebab(calls[i].name, strlen(calls[i].name));
		fputs(": func(", stdout);
		if (put_params(calls[i].params, WIT))
			return 1;
		puts(") -> s32;");
	}
	puts("}\n\nworld guest {\n  import bpf;\n}");
	return 0;
}

int main(int argc, char **argv)
{
	int err;

	if (argc == 2 && !strcmp(argv[1], "markdown"))
		err = markdown();
	else if (argc == 2 && !strcmp(argv[1], "wit"))
		err = wit();
	else
		return fprintf(stderr, "usage: %s markdown|wit\n", argv[0]), 2;
	return err || fflush(stdout) || ferror(stdout);
}
