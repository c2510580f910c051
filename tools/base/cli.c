/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/cli.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_BASE = 0x1000, VALUE_HELP = 0x2000, VALUE_VERSION, MAX_OPTIONS = 62 };

/* What every command has beside its own options. */
static const struct cli_option standard_options[] = {
	{"help", 'h', NULL, "Prints this help.", NULL},
	{"version", 'V', NULL, "Prints the version.", NULL},
	{0},
};

static bool has_default(const struct cli_program *p)
{
	return p->commands[0].name && !*p->commands[0].name;
}

static bool is_single(const struct cli_program *p)
{
	return has_default(p) && !p->commands[1].name;
}

enum { WIDTH = 78, HELP_COLUMN = 26 };

/*
 * Text folded at WIDTH, from the given column on; further lines are indented as far. A single line
 * break in it is a space, an empty line stays, and so does a line that begins with a space.
 */
static void put_folded(const char *text, size_t indent, struct strbuf *out)
{
	size_t column = indent;

	for (const char *p = text; *p;) {
		bool verbatim = *p == ' ' && (p == text || p[-1] == '\n');
		size_t n = strcspn(p, verbatim ? "\n" : " \n");

		if (column > indent && column + 1 + n > WIDTH) {
			strbuf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			strbuf_putc(out, ' ');
			column++;
		}
		strbuf_add(out, p, n);
		column += n;
		p += n;
		if (*p == '\n' && (verbatim || p[1] == '\n' || p[1] == ' ')) {
			strbuf_printf(out, "%s%*s", p[1] == '\n' ? "\n\n" : "\n", (int)indent, "");
			column = indent;
			p += p[1] == '\n' ? 2 : 1;
		} else if (*p) {
			p++;
		}
	}
	strbuf_putc(out, '\n');
}

static void print_option(const struct cli_option *o, struct strbuf *out)
{
	struct strbuf left = {0};

	if (o->letter)
		strbuf_printf(&left, "-%c, --%s", o->letter, o->name);
	else
		strbuf_printf(&left, "    --%s", o->name);
	if (o->arg)
		strbuf_printf(&left, " %s", o->arg);
	strbuf_printf(out, "  %-24s", strbuf_str(&left));
	if (left.len > HELP_COLUMN - 3)
		strbuf_printf(out, "\n%*s", HELP_COLUMN, "");
	put_folded(o->help, HELP_COLUMN, out);
	strbuf_free(&left);
}

static void print_options(const struct cli_option *own, struct strbuf *out)
{
	strbuf_puts(out, "\nOptions:\n");
	for (const struct cli_option *o = own; o && o->name; o++)
		print_option(o, out);
	for (const struct cli_option *o = standard_options; o->name; o++)
		print_option(o, out);
}

static void print_command_help(const struct cli_program *p, const struct cli_command *c,
			       struct strbuf *out)
{
	const char *help = *c->name ? c->help : p->help;

	strbuf_printf(out, "Usage: %s%s%s [options]%s%s\n\n", p->name, *c->name ? " " : "", c->name,
		      *c->args ? " " : "", c->args);
	put_folded(c->summary, 0, out);
	if (help && *help) {
		strbuf_putc(out, '\n');
		put_folded(help, 0, out);
	}
	print_options(c->options, out);
}

static void print_commands(const struct cli_program *p, struct strbuf *out)
{
	strbuf_puts(out, "\nCommands:\n");
	for (const struct cli_command *c = p->commands; c->name; c++) {
		if (!*c->name)
			continue;
		strbuf_printf(out, "  %-10s ", c->name);
		put_folded(c->summary, 13, out);
	}
}

void cli_print_help(const struct cli_program *p, const struct cli_command *c, struct strbuf *out)
{
	bool all = !c || !*c->name;

	if (!c && has_default(p))
		c = &p->commands[0];
	if (c) {
		print_command_help(p, c, out);
		if (all && !is_single(p))
			print_commands(p, out);
	} else {
		strbuf_printf(out, "Usage: %s COMMAND [options] ...\n", p->name);
		print_commands(p, out);
		strbuf_putc(out, '\n');
		put_folded(p->help, 0, out);
		print_options(NULL, out);
	}
	if (all && !is_single(p))
		strbuf_printf(out, "\nEach command has its own: %s COMMAND --help\n", p->name);
	strbuf_puts(out, "\nExit status:\n  ");
	put_folded(p->exit_status, 2, out);
}

/* Text as troff wants it: a backslash and a leading dot or quote have a meaning there. */
static void man_text(const char *s, struct strbuf *out)
{
	bool start = true;

	for (; *s; s++) {
		if (start && (*s == '.' || *s == '\''))
			strbuf_puts(out, "\\&");
		if (*s == '\\')
			strbuf_puts(out, "\\e");
		else if (*s == '-')
			strbuf_puts(out, "\\-");
		else if (*s == '\n' && s[1] == '\n')
			strbuf_puts(out, "\n.PP"), start = true;
		else
			strbuf_putc(out, *s);
		start = *s == '\n';
	}
	strbuf_putc(out, '\n');
}

static void man_options(const struct cli_option *options, struct strbuf *out)
{
	for (const struct cli_option *o = options; o && o->name; o++) {
		strbuf_puts(out, ".TP\n");
		if (o->letter)
			strbuf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
		strbuf_puts(out, "\\fB\\-\\-");
		for (const char *s = o->name; *s; s++)
			strbuf_puts(out, *s == '-' ? "\\-" : (char[]){*s, 0});
		strbuf_puts(out, "\\fR");
		if (o->arg)
			strbuf_printf(out, " \\fI%s\\fR", o->arg);
		strbuf_putc(out, '\n');
		man_text(o->help, out);
	}
}

void cli_print_man(const struct cli_program *p, struct strbuf *out)
{
	strbuf_puts(out, ".TH ");
	for (const char *s = p->name; *s; s++)
		strbuf_putc(out, (char)toupper((unsigned char)*s));
	strbuf_printf(out, " 1 \"\" \"wbpf %s\"\n.SH NAME\n%s \\- ", p->version, p->name);
	man_text(p->summary, out);
	strbuf_puts(out, ".SH SYNOPSIS\n");
	for (const struct cli_command *c = p->commands; c->name; c++)
		strbuf_printf(out, "%s\\fB%s%s%s\\fR [\\fIoptions\\fR] \\fI%s\\fR\n",
			      c == p->commands ? "" : ".br\n", p->name, *c->name ? " " : "",
			      c->name, c->args);
	strbuf_puts(out, ".SH DESCRIPTION\n");
	man_text(p->help, out);
	for (const struct cli_command *c = p->commands; c->name; c++) {
		if (*c->name) {
			strbuf_printf(out, ".SH %s %s\n", p->name, c->name);
			man_text(c->summary, out);
		} else {
			strbuf_puts(out, ".SH OPTIONS\n");
		}
		if (c->help && *c->help) {
			strbuf_puts(out, ".PP\n");
			man_text(c->help, out);
		}
		man_options(c->options, out);
	}
	if (!is_single(p))
		strbuf_puts(out, ".SH OPTIONS\n");
	man_options(standard_options, out);
	strbuf_puts(out, ".SH EXIT STATUS\n");
	man_text(p->exit_status, out);
	strbuf_puts(out, ".SH SEE ALSO\n");
	man_text(p->see_also, out);
}

static int print_and_free(const struct cli_program *p, struct strbuf *b)
{
	int ok =
		!b->failed && fwrite(strbuf_str(b), 1, b->len, stdout) == b->len && !fflush(stdout);

	if (!ok)
		fprintf(stderr, "%s: standard output: cannot write: %s\n", p->name,
			b->failed ? "out of memory" : strerror(errno));
	strbuf_free(b);
	return ok ? CLI_EXIT_OK : CLI_EXIT_FAILURE;
}

static int usage_error(const struct cli_program *p, const struct cli_command *c, const char *text,
		       const char *what)
{
	fprintf(stderr, "%s: %s%s (try %s%s%s --help)\n", p->name, text, what, p->name,
		c && *c->name ? " " : "", c ? c->name : "");
	return CLI_EXIT_USAGE;
}

static int print_version(const struct cli_program *p)
{
	struct strbuf out = {0};

	strbuf_printf(&out, "%s %s\n", p->name, p->version);
	return print_and_free(p, &out);
}

static int print_help(const struct cli_program *p, const struct cli_command *c)
{
	struct strbuf out = {0};

	cli_print_help(p, c, &out);
	return print_and_free(p, &out);
}

/* Not in the help: what the build makes the man page with. */
static int print_man(const struct cli_program *p)
{
	struct strbuf out = {0};

	cli_print_man(p, &out);
	return print_and_free(p, &out);
}

static int report(const struct cli_program *p, const struct diag *d)
{
	fprintf(stderr, "%s: %s\n", p->name, d->text);
	return p->failure_status ? p->failure_status : CLI_EXIT_FAILURE;
}

/* getopt's own tables from the command's. Returns the number of options. */
static int fill_getopt(const struct cli_command *c, struct option *longs, char *shorts)
{
	int n = 0;

	for (const struct cli_option *o = c->options; o && o->name && n < MAX_OPTIONS; o++, n++) {
		longs[n] = (struct option){o->name, o->arg ? required_argument : no_argument, NULL,
					   VALUE_BASE + n};
		if (o->letter)
			*shorts++ = o->letter;
		if (o->letter && o->arg)
			*shorts++ = ':';
	}
	longs[n] = (struct option){"help", no_argument, NULL, VALUE_HELP};
	longs[n + 1] = (struct option){"version", no_argument, NULL, VALUE_VERSION};
	*shorts++ = 'h';
	*shorts++ = 'V';
	*shorts = '\0';
	return n;
}

static int option_index(const struct cli_command *c, int opt)
{
	if (opt >= VALUE_BASE)
		return opt - VALUE_BASE;
	for (int i = 0; c->options && c->options[i].name; i++)
		if (c->options[i].letter == opt)
			return i;
	return -1;
}

/* getopt's answers to what it does not understand: optopt is the letter, 0 for a long option that
 * does not exist, or the number of one that takes no value. */
static int bad_option(const struct cli_program *p, const struct cli_command *c, int opt, char *word)
{
	char letter[] = {'-', (char)optopt, '\0'};
	const char *what = optopt > 0 && optopt < VALUE_BASE ? letter : word;

	if (opt == ':')
		return usage_error(p, c, "a value is missing after ", what);
	return usage_error(
		p, c, optopt >= VALUE_BASE ? "no value is wanted by " : "unknown option ", what);
}

/* The positional arguments and what is behind "--" of a command, which is taken off *argc. */
static void take_rest(const struct cli_program *p, const struct cli_command *c, int *argc,
		      char **argv)
{
	if (!c->store_rest) {
		while (argv[optind])
			argv[(*argc)++] = argv[optind++];
		return;
	}
	c->store_rest(p->options, argv + optind);
}

static int run_command(const struct cli_program *p, const struct cli_command *c, int argc,
		       char **argv)
{
	struct option longs[MAX_OPTIONS + 3] = {0};
	char shorts[2 * MAX_OPTIONS + 8];
	struct diag d = {0};
	int opt, count = 0, behind = 1; /* the options so far */

	/* '+': stop at the first positional argument, which the default command needs. '-':
	 * hand out positional arguments like options, so that '-h' behind a file name works for
	 * those that have commands, and what is behind "--" stays apart. */
	shorts[0] = *c->name ? '-' : '+';
	shorts[1] = ':';
	fill_getopt(c, longs, shorts + 2);
	opterr = 0;
	optind = 0; /* glibc: begin anew, the order of arguments included */
	while ((opt = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (opt == 1)
			argv[count++] = optarg; /* getopt is past these places */
		else if (opt == 'h' || opt == VALUE_HELP)
			return print_help(p, c);
		else if (opt == 'V' || opt == VALUE_VERSION)
			return print_version(p);
		else if (opt == ':' || opt == '?')
			return bad_option(p, c, opt, argv[optind - 1]);
		else if (c->options[option_index(c, opt)].store(p->options, optarg, &d))
			return usage_error(p, c, "", d.text);
		behind = optind;
	}
	if (c->store_dashes && optind > behind && !strcmp(argv[optind - 1], "--"))
		c->store_dashes(p->options);
	take_rest(p, c, &count, argv);
	argv[count] = NULL;
	if (count < c->min_args)
		return usage_error(p, c, "missing: ", c->args);
	if (c->max_args >= 0 && count > c->max_args)
		return usage_error(p, c, "too many arguments, beginning with ", argv[c->max_args]);
	if (c->check && c->check(p->options, count, argv, &d))
		return usage_error(p, c, "", d.text);

	int status = CLI_EXIT_OK;
	if (c->run(p->options, count, argv, &status, &d)) {
		int failure = report(p, &d);
		return status ? status : failure;
	}
	return status;
}

int cli_main(const struct cli_program *p, int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--man"))
		return print_man(p);
	if (is_single(p))
		return run_command(p, &p->commands[0], argc, argv);
	if (argc < 2)
		return has_default(p) ? run_command(p, &p->commands[0], argc, argv)
				      : usage_error(p, NULL, "missing: COMMAND", "");

	const char *word = argv[1];
	if (!strcmp(word, "--help") || !strcmp(word, "-h") ||
	    (!has_default(p) && !strcmp(word, "help")))
		return print_help(p, NULL);
	if (!strcmp(word, "--version") || !strcmp(word, "-V"))
		return print_version(p);
	for (const struct cli_command *c = p->commands; c->name; c++)
		if (!strcmp(word, c->name))
			return run_command(p, c, argc - 1, argv + 1);
	if (has_default(p))
		return run_command(p, &p->commands[0], argc, argv);
	return usage_error(p, NULL, *word == '-' ? "unknown option " : "unknown command ", word);
}
