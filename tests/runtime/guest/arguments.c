// SPDX-License-Identifier: BSD-2-Clause
/*
 * argp: what parsers hear, and what help looks like. FLAGS and INDEX are taken from the
 * environment.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "say.h"

const char *argp_program_version = "arguments 1.0";
const char *argp_program_bug_address = "<nobody@example.org>";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Say more"},
	{"duration", 'd', "DURATION-MS", 0, "How long, in milliseconds"},
	{"pid", 'p', "PID", 0,
	 "Process to look at; this text is long enough to be wrapped somewhere near its end"},
	{"a-name-that-leaves-no-room", 1001, "WITHARG", 0, "On a line of its own"},
	{"opt", 'o', "X", OPTION_ARG_OPTIONAL, "With an argument or without"},
	{"only-long", 1002, NULL, 0, "No letter"},
	{NULL, 's', "N", 0, "No name"},
	{NULL, 0, NULL, 0, "A header:"},
	{"Zed", 'Z', NULL, 0, "First line\nSecond line"},
	{"zoo", 'z', NULL, OPTION_HIDDEN, "Nobody sees this"},
	{"first-name", 'B', NULL, 0, "Two names"},
	{"second-name", 'b', NULL, OPTION_ALIAS},
	{NULL, 0, NULL, 0, "Another header:", 5},
	{"five", '5', NULL, 0, "In group five"},
	{"twin", 't', "T", 0, "Two have the long name"},
	{"twin", 'T', NULL, 0,
	 "And text   \twith\t\t       blanks just where the line      ends here"},
	{"xylo", 'x', NULL, 0, "A letter that a long name begins with"},
	{"xenon", 1004, NULL, 0, "Has none"},
	{"fills-the-line", 1005, "ABCDEFGHIJKLMNOPQRSTU", 0, "As others in the usage"},
	{"fills", 1006, "ABCDEFGHIJKLMNOPQRSTUV", 0, "A column more"},
	{0},
};

static const struct argp_option child_options[] = {
	{"child", 'c', "C", 0, "The child's"},
	{"verse", 1003, NULL, 0, "Begins as another one does"},
	{0},
};

static void heard(const char *who, int key, const char *arg, const struct argp_state *state)
{
	printf("%s: key %#x arg %s number %u next %d quoted %d input %s\n", who, key,
	       arg ? arg : "-", state->arg_num, state->next, state->quoted,
	       state->input ? (const char *)state->input : "-");
}

static error_t parse_child(int key, char *arg, struct argp_state *state)
{
	heard("child", key, arg, state);
	return key == 'c' || key == 1003 ? 0 : ARGP_ERR_UNKNOWN;
}

static const struct argp child = {child_options, parse_child, "MORE",
				  "The child.\vThe child's end."};
static const struct argp_child children[] = {{&child, 0, "The child's options:", 7}, {0}};

static error_t argument(char *arg, struct argp_state *state)
{
	if (state->arg_num >= 3)
		argp_usage(state);
	if (!strcmp(arg, "failure"))
		argp_failure(state, 3, ENOENT, "failure %d", 5);
	if (!strcmp(arg, "error"))
		argp_error(state, "error about %s", arg);
	if (!strcmp(arg, "invalid"))
		return EINVAL;
	return strcmp(arg, "unknown") ? 0 : ARGP_ERR_UNKNOWN;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	heard("main", key, arg, state);
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = "child's input";
		return 0;
	case ARGP_KEY_ARG:
		return argument(arg, state);
	case ARGP_KEY_NO_ARGS:
		return 0;
	default:
		return (key > 0 && key < 128 && strchr("vdposZzBb5", key)) || key == 1001 ||
				       key == 1002
			       ? 0
			       : ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options,
	parse,
	"FILE...\n[FOLDER]",
	"Shows what it hears.\n\nA second paragraph that is long enough to be wrapped at the right "
	"margin of the text, which is column 79.\vThe end, which is also long enough to be wrapped "
	"at the right margin of the text.",
	children,
};

int main(int argc, char **argv)
{
	unsigned flags = getenv("FLAGS") ? (unsigned)strtoul(getenv("FLAGS"), NULL, 0) : 0;
	int index = -1, err;

	argv[0] = "/some/where/arguments"; /* what wbpf-run gives differs */
	err = argp_parse(&argp, argc, argv, flags, getenv("INDEX") ? &index : NULL, "main's input");
	printf("%s, index %d", err ? say_name(err) : "ok", index);
	for (int i = 0; i < argc; i++)
		printf(" [%s]", argv[i]);
	printf("\n");
	return 0;
}
