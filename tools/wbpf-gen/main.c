/* SPDX-License-Identifier: BSD-2-Clause */
/* wbpf-gen: writes what the user half of a BPF program needs from the BPF object. */
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/strbuf.h"
#include "btfgen/cheader.h"
#include "btfgen/object.h"
#include "btfgen/select.h"
#include "generate.h"
#include "witgen/wit.h"

static struct select_options selection(const struct options *o)
{
	return (struct select_options){
		.size = sizeof(struct select_options),
		.types = o->types,
		.all = o->all,
	};
}

static int emit_header(const struct object *object, const struct options *o, struct strbuf *out,
		       struct diag *d)
{
	const struct select_options select = selection(o);

	return cheader_emit(object, &select, out, d);
}

static struct wit_options wit_selection(const struct options *o)
{
	return (struct wit_options){
		.size = sizeof(struct wit_options),
		.select = selection(o),
		.bytes = o->bytes,
	};
}

static int emit_wit(const struct object *object, const struct options *o, struct strbuf *out,
		    struct diag *d)
{
	const struct wit_options options = wit_selection(o);

	return wit_emit(object, &options, out, d);
}

static int emit_decoder(const struct object *object, const struct options *o, struct strbuf *out,
			struct diag *d)
{
	const struct wit_options options = wit_selection(o);

	return wit_decoder_emit(object, &options, out, d);
}

static int emit_bindings(const struct object *object, const struct options *o, struct strbuf *out,
			 struct diag *d)
{
	const struct bindings_options options = {
		.size = sizeof(options),
		.select = selection(o),
		.language = o->language,
		.package = o->package,
		.skeleton = o->skeleton,
	};

	return bindings_emit(object, &options, out, d);
}

static int run_header(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_header, d);
}

static int run_wit(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_wit, d);
}

static int run_decoder(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate(options, argv[0], emit_decoder, d);
}

static int generate_bindings(struct options *o, enum binding_language language, const char *input,
			     struct diag *d)
{
	o->language = language;
	o->embed = o->skeleton;
	return generate(o, input, emit_bindings, d);
}

static int run_rust(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate_bindings(options, BINDINGS_RUST, argv[0], d);
}

static int run_go(void *options, int argc, char **argv, int *ret_exit, struct diag *d)
{
	return generate_bindings(options, BINDINGS_GO, argv[0], d);
}

static const struct cli_option header_options[] = {
	OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME,  OPTION_TYPE,
	OPTION_ALL,    OPTION_BASE,    OPTION_CLANG, {0},
};

static const struct cli_option wit_options[] = {
	OPTION_OUTPUT,
	OPTION_DEPFILE,
	OPTION_NAME,
	OPTION_TYPE,
	OPTION_ALL,
	{"bytes", 'b', NULL, "Arrays of char become list<u8>; otherwise they are strings.",
	 set_bytes},
	OPTION_BASE,
	OPTION_CLANG,
	{0},
};

#define OPTION_SKELETON(package)                                                                   \
	{"skeleton", 's', NULL,                                                                    \
	 "Also writes the object itself, with its maps, programs and data sections, for "          \
	 "the " package " wbpf.",                                                                  \
	 set_skeleton}

static const struct cli_option rust_options[] = {
	OPTION_OUTPUT, OPTION_DEPFILE, OPTION_NAME,
	OPTION_TYPE,   OPTION_ALL,     OPTION_SKELETON("crate"),
	OPTION_BASE,   OPTION_CLANG,   {0},
};

static const struct cli_option go_options[] = {
	OPTION_OUTPUT,
	OPTION_DEPFILE,
	OPTION_NAME,
	OPTION_TYPE,
	OPTION_ALL,
	OPTION_SKELETON("package"),
	{"package", 'p', "NAME",
	 "The package; otherwise it has the object's name, without \"_bpf\".", set_package},
	OPTION_BASE,
	OPTION_CLANG,
	{0},
};

static const struct cli_command commands[] = {
	{
		.name = "header",
		.args = "FILE" CLANG_ARGS,
		.summary =
			"Writes a C header of the object's types, laid out as the kernel has them.",
		.help = "Brings the keys and values of maps, the variables of data sections and "
			"what these\n"
			"point to, with an assertion for each size and offset. A type that only "
			"travels\n"
			"through a ring buffer is brought by a line in the BPF source:\n"
			"\n"
			"    const struct event *unused_event __attribute__((unused));\n"
			"\n"
			"With --type or --all FILE can also be raw BTF (/sys/kernel/btf/vmlinux), "
			"a "
			"kernel's\n"
			"image or any other ELF file with BTF, and with --base a kernel's module.\n"
			"\n"
			"A FILE whose name ends in .h is a C header that both halves share. clang "
			"compiles it\n"
			"for BPF, with the arguments behind --; <stdint.h> and <linux/types.h> "
			"need none:\n"
			"\n"
			"    wbpf-gen header event.h -- -I. -include vmlinux.h\n"
			"\n"
			"Brings the types that it declares itself, in its order, and what these "
			"contain; with\n"
			"--all also those that its includes declare. Its macros come along when "
			"they are one\n"
			"integer or one text; expressions, macros with parameters and functions do "
			"not.\n"
			"\n"
			"Names that the C library has get ___bpf behind them (struct "
			"timespec___bpf,\n"
			"e->errno___bpf), the second of different types of one name gets ___2. "
			"Fields "
			"of more\n"
			"than a byte of a big-endian FILE are read with wbpf_get(e->pid) and "
			"written "
			"with\n"
			"wbpf_set(e->pid, 1); a plain read does not compile.",
		.min_args = 1,
		.max_args = 1,
		.options = header_options,
		.run = run_header,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "skeleton",
		.args = "FILE.bpf.o [name NAME]",
		.summary = "Writes a C skeleton: the object embedded, with functions to open, load "
			   "and attach.",
		.help = "Functions and members are called as in the skeletons of bpftool(8), and "
			"\"name NAME\"\n"
			"is --name. The object is embedded without its debug information, and with "
			"only the\n"
			"BTF that loading it needs.\n"
			"\n"
			"With --embed file the skeleton reads the object from a file when it is "
			"opened; a module\n"
			"sees the files that \"wbpf-run --dir\" gives it. With --embed section the "
			"object is a\n"
			"custom section of the module, which takes no memory of it: the host opens "
			"it there.\n"
			"NAME__elf_bytes() then gives a copy.",
		.min_args = 1,
		.max_args = 3,
		.options = skeleton_options,
		.run = run_skeleton,
		.check = check_skeleton,
	},
	{
		.name = "subskeleton",
		.args = "FILE.bpf.o [name NAME]",
		.summary = "Writes a C subskeleton: a library's view of objects that others open.",
		.help = "Functions and members are called as in the subskeletons of bpftool(8). "
			"NAME__open()\n"
			"finds the maps, programs and variables of FILE.bpf.o, by name, in an "
			"object that it was\n"
			"linked into; variables are reached through pointers.",
		.min_args = 1,
		.max_args = 3,
		.options = subskeleton_options,
		.run = run_subskeleton,
		.check = check_skeleton,
	},
	{
		.name = "object",
		.args = "OUTPUT.bpf.o INPUT.bpf.o...",
		.summary = "Links BPF objects to one.",
		.help = "Takes its arguments as \"bpftool gen object\" does. The output has no "
			"debug information.",
		.min_args = 2,
		.max_args = -1,
		.options = object_options,
		.run = run_object,
		.check = check_object,
	},
	{
		.name = "wit",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes the object's types as WIT, for components.",
		.help = "The types are chosen as by the command header. The package is bpf:NAME, "
			"its "
			"interface\n"
			"types, and its world has the name of the package. A union is its bytes, "
			"unless the BPF\n"
			"source says which field tells the member, and each member's values, "
			"numbers or\n"
			"enumerators; then it is a variant:\n"
			"\n"
			"    #define tag(text) __attribute__((btf_decl_tag(text)))\n"
			"    struct event {\n"
			"        enum kind kind;\n"
			"        union {\n"
			"            struct exec exec tag(\"wit:case=EXEC,EXEC_AT\");\n"
			"            int status tag(\"wit:case=3\");\n"
			"        } u tag(\"wit:variant=kind\");\n"
			"    };\n"
			"\n"
			"A union without a name has the tag behind the word union. An array of "
			"char "
			"with the tag\n"
			"wit:bytes is list<u8>.",
		.min_args = 1,
		.max_args = 1,
		.options = wit_options,
		.run = run_wit,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "wit-decoder",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes C functions from the object's types to their WIT.",
		.help = "For each record of \"wbpf-gen wit\" with the same options "
			"NAME__decode_RECORD(), which\n"
			"fills the struct that wit-bindgen's C generator makes of it. The output "
			"says how it is\n"
			"used, and what the values point to. What wit-bindgen 0.63 writes is what "
			"it fits.",
		.min_args = 1,
		.max_args = 1,
		.options = wit_options,
		.run = run_decoder,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "rust",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes the object's types for Rust, laid out as the kernel has them.",
		.help = "The types are chosen as by the command header. Each is repr(C) without "
			"hidden "
			"padding; its\n"
			"size and the place of each field are checked when it is compiled. view() "
			"gives the "
			"bytes\n"
			"of a record as a reference to its type, or None. Bitfields, members of "
			"unions and "
			"packed\n"
			"fields have functions, enums are integers with constants. The output "
			"needs no "
			"other crate\n"
			"and no std; with --skeleton it needs the crate wbpf:\n"
			"\n"
			"    mod foo;    // wbpf-gen rust --skeleton -o src/foo.rs foo.bpf.o\n"
			"    let mut skel = foo::FooBpf::open()?;\n"
			"    skel.load()?;\n"
			"    let links = skel.attach()?;",
		.min_args = 1,
		.max_args = 1,
		.options = rust_options,
		.run = run_rust,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "go",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes the object's types for Go, laid out as the kernel has them.",
		.help = "The types are chosen as by the command header. Each is a struct without "
			"hidden "
			"padding; its\n"
			"size and the place of each field are checked when it is compiled. "
			"ViewEvent() "
			"gives the\n"
			"bytes of a record as a pointer to their type, or nil. Bitfields, members "
			"of unions "
			"and\n"
			"packed fields have methods, enums are integers with constants. With "
			"--skeleton the "
			"output\n"
			"needs the package wbpf:\n"
			"\n"
			"    // wbpf-gen go --skeleton -o foo/foo.go foo.bpf.o\n"
			"    skel, err := foo.OpenFooBpf(nil)\n"
			"    err = skel.Load()\n"
			"    links, err := skel.Attach()",
		.min_args = 1,
		.max_args = 1,
		.options = go_options,
		.run = run_go,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "layout",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes the layout of types, for people or as JSON.",
		.help = "The text has each field's offset and size, and the holes. With --format "
			"json it is\n"
			"what check and diff read; keep it beside the source, and a test sees when "
			"it changes.\n"
			"FILE can be a C header, as of the command header.",
		.min_args = 1,
		.max_args = 1,
		.options = layout_options,
		.run = run_layout,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "check",
		.args = "LAYOUT.json FILE" CLANG_ARGS,
		.summary = "Compares an object or a C header with a layout that was written.",
		.help = "Prints what differs of the types that the layout has. What else FILE has "
			"is "
			"not looked\n"
			"at. The exit status is 0 when nothing differs, 1 when something does, and "
			"3 "
			"when they\n"
			"could not be compared.",
		.min_args = 2,
		.max_args = 2,
		.options = check_command_options,
		.run = run_check,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "diff",
		.args = "OLD NEW" CLANG_ARGS,
		.summary = "Says which types changed, and whether old readers still read them.",
		.help = "OLD and NEW are objects, C headers or layouts in JSON; of an object "
			"against a layout\n"
			"or a header the types that these have are compared. A reader that was "
			"built for "
			"the "
			"old\n"
			"layout still reads the new one when all that it knows is where it was: "
			"what "
			"is added\n"
			"at the end or in a hole does not harm it, what is moved, resized, retyped "
			"or "
			"removed\n"
			"does. (A map's value that grew is looked up with its new size only.) The "
			"exit status\n"
			"is 0 when old readers still read all, 1 when they do not, and 3 when the "
			"two "
			"could not\n"
			"be compared.",
		.min_args = 2,
		.max_args = 2,
		.options = diff_options,
		.run = run_diff,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{
		.name = "assert",
		.args = "FILE" CLANG_ARGS,
		.summary = "Writes only assertions, for types that a header of your own defines.",
		.help = "Include the output behind that header, in the user half: it compiles "
			"where "
			"sizes,\n"
			"offsets and enumerators are those of the object, for wasm32 and natively, "
			"as C and\n"
			"C++. FILE can be that header itself, as of the command header: the "
			"assertions are\n"
			"what it says when it is compiled for BPF. Of an object, name the types "
			"with --type.",
		.min_args = 1,
		.max_args = 1,
		.options = assert_options,
		.run = run_assert,
		.store_rest = set_clang_args,
		.check = check_options,
	},
	{0},
};

/*
 * A kernel's types and what is written of them take tens of megabytes once, and faults for pages of
 * 4 KiB take a fifth of that time. So the heap is one piece, and the kernel may use large pages for
 * it. It is no error where that is not possible.
 */
static void use_large_pages(void)
{
	enum { LARGE = 2 << 20, ROOM = 64 << 20 };

	mallopt(M_TOP_PAD, ROOM);
	mallopt(M_TRIM_THRESHOLD, 2 * ROOM);
	mallopt(M_MMAP_THRESHOLD, ROOM / 2); /* the most that it takes */
	char *first = malloc(LARGE / 2);     /* more than there is at the start */
	char *end = sbrk(0);
	if (first && end - first >= ROOM)
		madvise(first + (-(uintptr_t)first & (LARGE - 1)), ROOM - LARGE, MADV_HUGEPAGE);
	free(first);
}

int main(int argc, char **argv)
{
	struct options options = {0};
	const struct cli_program program = {
		.name = "wbpf-gen",
		.version = WBPF_VERSION,
		.summary = "generates what WebAssembly programs need to use a BPF object",
		.help = "Reads a BPF object file, as clang -target bpf -g -O2 -c makes it, or a C "
			"header that\n"
			"both halves share, and writes source text for the user half. Nothing is "
			"loaded into the kernel, and no "
			"privilege is needed.",
		.commands = commands,
		.exit_status =
			"0 when the output was written; 1 when it was not, with the reason on "
			"standard error; 2 for a wrong command line. check and diff: 0, 1 for what "
			"they found, and 3 when they could not compare.",
		.see_also = "wbpf-run(1)",
		.options = &options,
	};

	/* At a limit on the size of files a write is to fail, and not to end the process. */
	signal(SIGXFSZ, SIG_IGN);
	use_large_pages();
	int status = cli_main(&program, argc, argv);
	free(options.types);
	return status;
}
