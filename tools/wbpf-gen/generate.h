/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of wbpf-gen share: the options, and the way from an input to an output. */
#ifndef WBPF_GEN_GENERATE_H
#define WBPF_GEN_GENERATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "bindgen/bindings.h"
#include "btfgen/object.h"
#include "skelgen/skeleton.h"

struct options {
	const char *output, *depfile, *name, *base, *clang;
	const char *format;            /* of layouts: "text", "json", or NULL */
	const char *const *clang_args; /* NULL-ended; NULL: none */
	const char **types;            /* NULL-ended; owned */
	size_t type_count;
	bool all, no_slim, slim, embed, bytes, skeleton;
	enum binding_language language;
	const char *package;
	enum skeleton_embed embed_how;
	const char *embed_given,
		*embed_where; /* of --embed: all of it, and what is behind the '=' */
};

int set_output(void *to, const char *value, struct diag *d);
int set_depfile(void *to, const char *value, struct diag *d);
int set_name(void *to, const char *value, struct diag *d);
int set_base(void *to, const char *value, struct diag *d);
int set_format(void *to, const char *value, struct diag *d);
int set_clang(void *to, const char *value, struct diag *d);
void set_clang_args(void *to, char **rest);
int add_type(void *to, const char *value, struct diag *d);
int set_all(void *to, const char *value, struct diag *d);
int set_bytes(void *to, const char *value, struct diag *d);
int set_skeleton(void *to, const char *value, struct diag *d);
int set_package(void *to, const char *value, struct diag *d);
int set_no_slim(void *to, const char *value, struct diag *d);
int set_slim(void *to, const char *value, struct diag *d);
int set_embed(void *to, const char *value, struct diag *d);

#define OPTION_OUTPUT                                                                              \
	{"output", 'o', "FILE",                                                                    \
	 "Writes to FILE, whole or not at all, instead of standard output. A file that has the "   \
	 "same "                                                                                   \
	 "contents already is left alone.",                                                        \
	 set_output}
#define OPTION_DEPFILE                                                                             \
	{"depfile", 'd', "FILE",                                                                   \
	 "Writes a makefile's rule to FILE: what the output is made from.", set_depfile}
#define OPTION_NAME                                                                                \
	{"name", 'n', "NAME",                                                                      \
	 "The object's name in what is written; otherwise it is made from the file's name "        \
	 "(foo.bpf.o: foo_bpf).",                                                                  \
	 set_name}
#define OPTION_TYPE                                                                                \
	{"type", 't', "TYPE",                                                                      \
	 "Also writes this type (\"event\", \"struct event\") and what it contains, from the "     \
	 "object's debug information if its BTF lacks it. May be repeated.",                       \
	 add_type}
#define OPTION_ALL {"all", 'a', NULL, "Writes every type of the file that has a name.", set_all}
#define OPTION_BASE                                                                                \
	{"base", 'B', "FILE",                                                                      \
	 "FILE has the BTF of the kernel (/sys/kernel/btf/vmlinux) that the input is a module "    \
	 "of.",                                                                                    \
	 set_base}

#define OPTION_CLANG                                                                               \
	{"clang", 'c', "PROGRAM",                                                                  \
	 "Compiles a C header; otherwise the environment variable CLANG says what does, or it is " \
	 "clang-19 or clang.",                                                                     \
	 set_clang}

/* How the usage line shows the arguments of commands that read a C header. */
#define CLANG_ARGS " [-- CLANG-ARGUMENT...]"

/* The compiler that the options or the environment name, or NULL. */
const char *clang_of(const struct options *o);

/* Do the options go together, and with these inputs? For struct cli_command. */
int check_options(void *options, int argc, char **argv, struct diag *d);

/* Appends what a command makes of the object. */
typedef int emit_fn(const struct object *object, const struct options *o, struct strbuf *out,
		    struct diag *d);

/* Reads input, and writes what emit makes of it as the options say. The whole output is made before
 * anything is written, so a failure leaves what was there. */
int generate(const struct options *o, const char *input, emit_fn *emit, struct diag *d);

/* Writes a makefile's rule: the output is made from the inputs. */
int generate_depfile(const char *depfile, const char *output, const char *const *inputs,
		     size_t count, struct diag *d);
/* Would the output or the depfile of these options write over an input? -EINVAL. */
int generate_check_input(const struct options *o, const char *input, struct diag *d);

/* The commands that are about skeletons and objects, skeleton.c. */
extern const struct cli_option skeleton_options[], subskeleton_options[], object_options[];
int run_skeleton(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int run_subskeleton(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int run_object(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int check_skeleton(void *options, int argc, char **argv, struct diag *d);
int check_object(void *options, int argc, char **argv, struct diag *d);

/* The commands that are about layouts, layout.c. */
extern const struct cli_option layout_options[], assert_options[], check_command_options[],
	diff_options[];
int run_layout(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int run_assert(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int run_check(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
int run_diff(void *options, int argc, char **argv, int *ret_exit, struct diag *d);

#endif
