/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints what is made from the definition of the host interface beside C: its reference page
 * (describe markdown), the WIT for components (describe wit), and the imports of Go's and Rust's
 * packages (describe go, describe rust). Run by the build.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "abi/describe.h"
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
	const char *type, *in[3];
} types[] = {
	/* clang-format off */
	{"U32", {"uint32_t", "uint32", "u32"}},
	{"S32", {"int32_t", "int32", "i32"}},
	{"U64", {"uint64_t", "uint64", "u64"}},
	{"ADDR", {"wbpf_addr", "unsafe.Pointer", "*const c_void"}},
	{"HANDLE", {"wbpf_handle", "handle", "Handle"}},
	/* clang-format on */
};

enum language { C, GO, RUST };

static const char *type_name(const char *type, size_t len, enum language l)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strlen(types[i].type) == len && !memcmp(types[i].type, type, len))
			return types[i].in[l];
	return NULL;
}

/* poll_ctl as PollCtl; an initial small letter stays with first = false. */
static void put_camel(const char *s, size_t len, bool first)
{
	bool up = first;

	for (size_t i = 0; i < len; i++) {
		if (s[i] != '_')
			putchar(up ? toupper((unsigned char)s[i]) : s[i]);
		up = s[i] == '_';
	}
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
		if (l == GO) {
			put_camel(name, name_len, false);
			printf(" %s", type);
		} else if (l == RUST) {
			printf("%.*s: %s", (int)name_len, name, type);
		} else {
			printf("%s %.*s", type, (int)name_len, name);
		}
		separator = ", ";
		params = name + name_len + 1;
	}
	return 0;
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

static const char made[] = "// SPDX-License-Identifier: BSD-2-Clause\n"
			   "// Made from wbpf_calls.def by abi-describe. DO NOT EDIT.\n";

static int go(void)
{
	printf("%s\npackage wbpf\n\nimport \"unsafe\"\n", made);
	for (int i = 0; i < NR_CALLS; i++) {
		putchar('\n');
		describe_folded(calls[i].doc, "// ");
		printf("//\n//go:wasmimport %s %s\nfunc host", WBPF_ABI_MODULE, calls[i].name);
		put_camel(calls[i].name, strlen(calls[i].name), true);
		putchar('(');
		if (put_params(calls[i].params, GO))
			return 1;
		puts(") int32");
	}
	return 0;
}

static int rust(void)
{
	printf("%s\nuse core::ffi::c_void;\n\npub type Handle = i32;\n\n"
	       "#[link(wasm_import_module = \"%s\")]\nextern \"C\" {\n",
	       made, WBPF_ABI_MODULE);
	for (int i = 0; i < NR_CALLS; i++) {
		describe_folded(calls[i].doc, "    /// ");
		printf("    pub fn %s(", calls[i].name);
		if (put_params(calls[i].params, RUST))
			return 1;
		puts(") -> i32;");
	}
	puts("}");
	return 0;
}

int main(int argc, char **argv)
{
	int err;

	if (argc == 2 && !strcmp(argv[1], "markdown"))
		err = markdown();
	else if (argc == 2 && !strcmp(argv[1], "wit"))
		err = describe_component();
	else if (argc == 2 && !strcmp(argv[1], "go"))
		err = go();
	else if (argc == 2 && !strcmp(argv[1], "rust"))
		err = rust();
	else
		return fprintf(stderr, "usage: %s markdown|wit|go|rust\n", argv[0]), 2;
	return err || fflush(stdout) || ferror(stdout);
}
