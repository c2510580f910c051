/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Command lines from one table: it drives parsing (through getopt_long), --help and the man page,
 * so that the three cannot disagree.
 */
#ifndef WBPF_BASE_CLI_H
#define WBPF_BASE_CLI_H

#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"

enum { CLI_EXIT_OK = 0, CLI_EXIT_FAILURE = 1, CLI_EXIT_USAGE = 2 };

struct cli_option {
	const char *name; /* long name, without the dashes; NULL ends a table */
	char letter;      /* short name, or 0 */
	const char *arg;  /* what its value is called, or NULL when it takes none */
	const char *help; /* one or more sentences */
	/* Stores the option; value is NULL when it takes none. 0 or a negative errno with d set. */
	int (*store)(void *options, const char *value, struct diag *d);
};

struct cli_command {
	const char *name;       /* NULL ends a table */
	const char *args;       /* "FILE.bpf.o", as the usage line shows it */
	const char *summary;    /* one line */
	const char *help;       /* paragraphs, each line at most 78 characters */
	int min_args, max_args; /* how many positional arguments; max_args -1: any number */
	const struct cli_option *options;
	/* Runs the command. 0 or a negative errno with d set; an exit status in *ret_exit, which
	 * counts for a failure too, unless it is 0. */
	int (*run)(void *options, int argc, char **argv, int *ret_exit, struct diag *d);
	/* Takes what stands behind "--", NULL-ended; NULL: these are positional arguments, too. */
	void (*store_rest)(void *options, char **rest);
	/* Do options and arguments go together? A failure is that of a wrong command line. NULL:
	 * they always do. */
	int (*check)(void *options, int argc, char **argv, struct diag *d);
	/* Told when "--" stands in front of the positional arguments of the command "".
	 * NULL: that makes no difference. */
	void (*store_dashes)(void *options);
};

struct cli_program {
	const char *name;
	const char *version;
	const char *summary;
	const char *help; /* paragraphs for --help and the man page */
	const struct cli_command
		*commands; /* NULL-name ended. One with name "" comes first: what the program does
			    * when its first argument names no command */
	const char *exit_status; /* paragraph */
	int failure_status;      /* when a command fails; 0: CLI_EXIT_FAILURE */
	const char *see_also;    /* "wbpf-run(1)" */
	void *options;           /* given to store() and run() */
};

/*
 * Parses argv, runs the command and prints what it failed with as "NAME: text" on standard error.
 * Options of the command "" end at its first positional argument (what follows belongs to somebody
 * else). Returns the process's exit status.
 */
int cli_main(const struct cli_program *p, int argc, char **argv);

void cli_print_help(const struct cli_program *p, const struct cli_command *c, struct strbuf *out);
void cli_print_man(const struct cli_program *p, struct strbuf *out); /* man(7) source */

#endif
