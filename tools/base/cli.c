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

static bool is_single(const struct cli_program *p)
{
	return p->commands[0].name && !*p->commands[0].name;
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
	if (left.len > 23)
		strbuf_printf(out, "\n%26s", "");

	/* The help text, folded so that no line passes column 78. */
	size_t column = 26;
	for (const char *w = o->help; *w;) {
		size_t n = strcspn(w, " ");
		if (column + n > 78) {
			strbuf_printf(out, "\n%26s", "");
			column = 26;
		} else if (w != o->help) {
			strbuf_putc(out, ' ');
			column++;
		}
		strbuf_add(out, w, n);
		column += n;
		w += n;
		while (*w == ' ')
			w++;
	}
	strbuf_putc(out, '\n');
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

void cli_print_help(const struct cli_program *p, const struct cli_command *c, struct strbuf *out)
{
	if (!c && is_single(p))
		c = &p->commands[0];
	if (c) {
		strbuf_printf(out, "Usage: %s%s%s [options] %s\n\n%s\n", p->name,
			      *c->name ? " " : "", c->name, c->args, c->summary);
		if (c->help && *c->help)
			strbuf_printf(out, "\n%s\n", c->help);
		print_options(c->options, out);
		return;
	}
	strbuf_printf(out, "Usage: %s COMMAND [options] ...\n\n%s\n\nCommands:\n", p->name,
		      p->summary);
	for (c = p->commands; c->name; c++)
		strbuf_printf(out, "  %-12s %s\n", c->name, c->summary);
	strbuf_printf(out, "\n%s\n", p->help);
	print_options(NULL, out);
	strbuf_printf(out, "\nEach command has its own: %s COMMAND --help\n", p->name);
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

static int run_command(const struct cli_program *p, const struct cli_command *c, int argc,
		       char **argv)
{
	struct option longs[MAX_OPTIONS + 3] = {0};
	char shorts[2 * MAX_OPTIONS + 8];
	struct diag d = {0};
	int opt;

	/* '+': stop at the first positional argument, which a single command's program needs; '-h'
	 * after a file name works too for those that have commands. */
	shorts[0] = is_single(p) ? '+' : ':';
	shorts[1] = ':';
	fill_getopt(c, longs, shorts + (is_single(p) ? 2 : 1));
	opterr = 0;
	optind = 0; /* glibc: begin anew, the order of arguments included */
	while ((opt = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (opt == 'h' || opt == VALUE_HELP)
			return print_help(p, c);
		if (opt == 'V' || opt == VALUE_VERSION)
			return print_version(p);
		if (opt == ':' || opt == '?')
			return bad_option(p, c, opt, argv[optind - 1]);
		if (c->options[option_index(c, opt)].store(p->options, optarg, &d))
			return usage_error(p, c, "", d.text);
	}
	argc -= optind;
	argv += optind;
	if (argc < c->min_args)
		return usage_error(p, c, "missing: ", c->args);
	if (c->max_args >= 0 && argc > c->max_args)
		return usage_error(p, c, "too many arguments, beginning with ", argv[c->max_args]);

	int status = CLI_EXIT_OK;
	if (c->run(p->options, argc, argv, &status, &d))
		return report(p, &d);
	return status;
}

int cli_main(const struct cli_program *p, int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--man"))
		return print_man(p);
	if (is_single(p))
		return run_command(p, &p->commands[0], argc, argv);
	if (argc < 2)
		return usage_error(p, NULL, "missing: COMMAND", "");

	const char *word = argv[1];
	if (!strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help"))
		return print_help(p, NULL);
	if (!strcmp(word, "--version") || !strcmp(word, "-V"))
		return print_version(p);
	for (const struct cli_command *c = p->commands; c->name; c++)
		if (!strcmp(word, c->name))
			return run_command(p, c, argc - 1, argv + 1);
	return usage_error(p, NULL, *word == '-' ? "unknown option " : "unknown command ", word);
}
