/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * argp, the command-line interface of the GNU C library, which wasi-libc does not have: the same
 * names, numbers and structs, and help text of the same look.
 */
#ifndef WBPF_ARGP_H
#define WBPF_ARGP_H

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef __error_t_defined
#define __error_t_defined 1
typedef int error_t;
#endif

struct argp;
struct argp_state;
struct argp_child;

/*
 * One option, a header (only doc), or with OPTION_DOC a line of documentation. A zeroed one ends
 * the list.
 */
struct argp_option {
	const char *name; /* long name, or NULL */
	int key;          /* the parser's; a printable character is the short name too */
	const char *arg;  /* what the argument is called, or NULL for none */
	int flags;        /* OPTION_* */
	const char *doc;
	int group; /* help is sorted by it: 0, 1, ..., -2, -1; 0: as the one before */
};

#define OPTION_ARG_OPTIONAL 0x1
#define OPTION_HIDDEN 0x2
#define OPTION_ALIAS 0x4
#define OPTION_DOC 0x8
#define OPTION_NO_USAGE 0x10

/* 0, an errno value that ends the parsing, or ARGP_ERR_UNKNOWN for a key that it does not know. */
typedef error_t (*argp_parser_t)(int key, char *arg, struct argp_state *state);
#define ARGP_ERR_UNKNOWN E2BIG

#define ARGP_KEY_ARG 0
#define ARGP_KEY_END 0x1000001
#define ARGP_KEY_NO_ARGS 0x1000002
#define ARGP_KEY_INIT 0x1000003
#define ARGP_KEY_SUCCESS 0x1000004
#define ARGP_KEY_ERROR 0x1000005
#define ARGP_KEY_ARGS 0x1000006
#define ARGP_KEY_FINI 0x1000007

struct argp {
	const struct argp_option *options;
	argp_parser_t parser;
	const char *args_doc; /* what follows the options; a line for each alternative */
	const char *doc;      /* before the options; after '\v' behind them */
	const struct argp_child *children;
	/* Returns text, or what shall stand for it in memory from malloc(), or NULL for nothing. */
	char *(*help_filter)(int key, const char *text, void *input);
	const char *argp_domain; /* no translations here */
};

#define ARGP_KEY_HELP_PRE_DOC 0x2000001
#define ARGP_KEY_HELP_POST_DOC 0x2000002
#define ARGP_KEY_HELP_HEADER 0x2000003
#define ARGP_KEY_HELP_EXTRA 0x2000004
#define ARGP_KEY_HELP_DUP_ARGS_NOTE 0x2000005
#define ARGP_KEY_HELP_ARGS_DOC 0x2000006

struct argp_child {
	const struct argp *argp; /* NULL ends the list */
	int flags;
	const char *header; /* "": its options stand apart, without a header */
	int group;
};

struct argp_state {
	const struct argp *root_argp;
	int argc;
	char **argv;
	int next; /* index of the next argument; a parser may change it */
	unsigned flags;
	unsigned arg_num;
	int quoted; /* index behind "--", or 0 */
	void *input;
	void **child_inputs;
	void *hook;
	char *name;
	FILE *err_stream;
	FILE *out_stream;
	void *pstate;
};

#define ARGP_PARSE_ARGV0 0x01
#define ARGP_NO_ERRS 0x02
#define ARGP_NO_ARGS 0x04
#define ARGP_IN_ORDER 0x08
#define ARGP_NO_HELP 0x10
#define ARGP_NO_EXIT 0x20
#define ARGP_LONG_ONLY 0x40
#define ARGP_SILENT (ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP)

/*
 * Parses argv, which it may reorder so that options come first. Returns 0, what a parser returned,
 * or EINVAL. arg_index: where the first argument that no parser took goes; NULL: such arguments are
 * an error.
 */
error_t argp_parse(const struct argp *__restrict argp, int argc, char **__restrict argv,
		   unsigned flags, int *__restrict arg_index, void *__restrict input);

/* The program may define these; --version exists when one of the first two is set. */
extern const char *argp_program_version;
extern void (*argp_program_version_hook)(FILE *stream, struct argp_state *state);
extern const char *argp_program_bug_address;
extern error_t argp_err_exit_status; /* 64 unless set */

#define ARGP_HELP_USAGE 0x01
#define ARGP_HELP_SHORT_USAGE 0x02
#define ARGP_HELP_SEE 0x04
#define ARGP_HELP_LONG 0x08
#define ARGP_HELP_PRE_DOC 0x10
#define ARGP_HELP_POST_DOC 0x20
#define ARGP_HELP_DOC (ARGP_HELP_PRE_DOC | ARGP_HELP_POST_DOC)
#define ARGP_HELP_BUG_ADDR 0x40
#define ARGP_HELP_LONG_ONLY 0x80
#define ARGP_HELP_EXIT_ERR 0x100
#define ARGP_HELP_EXIT_OK 0x200
#define ARGP_HELP_STD_ERR (ARGP_HELP_SEE | ARGP_HELP_EXIT_ERR)
#define ARGP_HELP_STD_USAGE (ARGP_HELP_SHORT_USAGE | ARGP_HELP_SEE | ARGP_HELP_EXIT_ERR)
#define ARGP_HELP_STD_HELP                                                                         \
	(ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_EXIT_OK | ARGP_HELP_DOC |              \
	 ARGP_HELP_BUG_ADDR)

void argp_help(const struct argp *__restrict argp, FILE *__restrict stream, unsigned flags,
	       char *__restrict name);
void argp_state_help(const struct argp_state *__restrict state, FILE *__restrict stream,
		     unsigned flags);
void argp_usage(const struct argp_state *state);
void argp_error(const struct argp_state *__restrict state, const char *__restrict format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
void argp_failure(const struct argp_state *__restrict state, int status, int errnum,
		  const char *__restrict format, ...) __attribute__((__format__(__printf__, 4, 5)));

#ifdef __cplusplus
}
#endif

#endif
