// SPDX-License-Identifier: BSD-2-Clause
/* argp_parse(): who hears of what on the command line, and in which order. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/libc/argp.h"

const char *argp_program_version __attribute__((weak));
void (*argp_program_version_hook)(FILE *stream, struct argp_state *state) __attribute__((weak));
const char *argp_program_bug_address __attribute__((weak));
error_t argp_err_exit_status __attribute__((weak)) = 64;

enum { KEY_PROGRAM_NAME = -2, KEY_USAGE = -3 };

static const struct argp_option default_options[] = {
	{"help", '?', NULL, 0, "Give this help list", -1},
	{"usage", KEY_USAGE, NULL, 0, "Give a short usage message", 0},
	{"program-name", KEY_PROGRAM_NAME, "NAME", OPTION_HIDDEN, "Set the program name", 0},
	{0},
};

static error_t default_parser(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case '?':
		argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP);
		return 0;
	case KEY_USAGE:
		argp_state_help(state, state->out_stream, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
		return 0;
	case KEY_PROGRAM_NAME:
		state->name = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp default_argp = {.options = default_options, .parser = default_parser};

static const struct argp_option version_options[] = {
	{"version", 'V', NULL, 0, "Print program version", -1},
	{0},
};

static error_t version_parser(int key, char *arg, struct argp_state *state)
{
	if (key != 'V')
		return ARGP_ERR_UNKNOWN;
	if (argp_program_version_hook)
		argp_program_version_hook(state->out_stream, state);
	else
		fprintf(state->out_stream, "%s\n", argp_program_version);
	if (!(state->flags & ARGP_NO_EXIT))
		exit(0);
	return 0;
}

static const struct argp version_argp = {.options = version_options, .parser = version_parser};

static size_t count_groups(const struct argp *argp)
{
	size_t n = 1;

	for (const struct argp_child *c = argp->children; c && c->argp; c++)
		n += count_groups(c->argp);
	return n;
}

static size_t count_children(const struct argp *argp)
{
	size_t n = 0;

	while (argp->children && argp->children[n].argp)
		n++;
	return n;
}

/* Parents first. The children's inputs are what the parent's parser leaves in child_inputs. */
static error_t add_groups(struct argp_parser *p, const struct argp *argp)
{
	struct argp_group *g = &p->groups[p->group_count++];
	error_t err = 0;

	g->argp = argp;
	if (argp->children) {
		g->child_inputs = calloc(count_children(argp) + 1, sizeof(void *));
		if (!g->child_inputs)
			return ENOMEM;
	}
	for (const struct argp_child *c = argp->children; c && c->argp && !err; c++)
		err = add_groups(p, c->argp);
	return err;
}

static error_t tell(struct argp_parser *p, struct argp_group *g, int key, char *arg)
{
	struct argp_state *s = &p->state;
	error_t err;

	if (!g->argp->parser)
		return ARGP_ERR_UNKNOWN;
	s->hook = g->hook;
	s->input = g->input;
	s->child_inputs = g->child_inputs;
	s->arg_num = g->args;
	err = g->argp->parser(key, arg, s);
	g->hook = s->hook;
	return err;
}

static size_t group_of(const struct argp_parser *p, size_t from, const struct argp *argp)
{
	while (p->groups[from].argp != argp)
		from++;
	return from;
}

/* Every parser hears that it begins; a parent's may have set what its children get. */
static error_t begin(struct argp_parser *p, void *input)
{
	error_t err = 0;

	p->groups[0].input = input;
	for (size_t i = 0; i < p->group_count && (!err || err == ARGP_ERR_UNKNOWN); i++) {
		struct argp_group *g = &p->groups[i];
		size_t at = i + 1;

		/* An argp without a parser passes its own input on to the first child. */
		if (!g->argp->parser && g->child_inputs)
			g->child_inputs[0] = g->input;
		err = tell(p, g, ARGP_KEY_INIT, NULL);
		for (size_t c = 0; g->child_inputs && g->argp->children[c].argp; c++) {
			at = group_of(p, at, g->argp->children[c].argp);
			p->groups[at++].input = g->child_inputs[c];
		}
	}
	return err == ARGP_ERR_UNKNOWN ? 0 : err;
}

/* An argument goes to the first parser that takes it, or the rest of them all. */
static error_t give_argument(struct argp_parser *p, bool *ret_unknown)
{
	int index = p->state.next;
	error_t err = ARGP_ERR_UNKNOWN;
	int key = ARGP_KEY_ARG;
	struct argp_group *g = NULL;

	for (size_t i = 0; i < p->group_count && err == ARGP_ERR_UNKNOWN; i++) {
		g = &p->groups[i];
		key = ARGP_KEY_ARG;
		p->state.next = index + 1;
		err = tell(p, g, key, p->state.argv[index]);
		if (err != ARGP_ERR_UNKNOWN)
			break;
		key = ARGP_KEY_ARGS;
		p->state.next = index;
		err = tell(p, g, key, NULL);
	}
	if (err) {
		*ret_unknown = err == ARGP_ERR_UNKNOWN;
		return err;
	}
	if (key == ARGP_KEY_ARGS)
		p->state.next = p->state.argc;
	if (p->state.next > index)
		g->args += (unsigned)(p->state.next - index);
	else
		p->options_over = false; /* put back, to be looked at once more as an option */
	return 0;
}

static error_t give_option(struct argp_parser *p, const struct argp_found *found)
{
	error_t err = tell(p, &p->groups[found->group], found->option->key, found->arg);

	if (err != ARGP_ERR_UNKNOWN)
		return err;
	/* A list of options and its parser do not agree. */
	bool is_short = option_is_short(found->option);
	const char letter[2] = {(char)found->option->key};

	argp_error(&p->state, "%s%s: (PROGRAM ERROR) Option should have been recognized!?",
		   is_short ? "-" : "--", is_short ? letter : found->option->name);
	return ARGP_ERR_UNKNOWN;
}

/* Parsers that begin see 0; the first word is the program's name unless the flags say otherwise. */
static void go_to_first_word(struct argp_parser *p)
{
	if (!p->state.next && !(p->state.flags & ARGP_PARSE_ARGV0) && p->state.argc > 0)
		p->state.next = 1;
	p->skipped = p->skipped_end = p->state.next;
}

/* Until all is taken. *ret_unknown: the failure is an argument that nobody knows. */
static error_t run(struct argp_parser *p, bool *ret_unknown)
{
	struct argp_found found;
	error_t err = 0;

	go_to_first_word(p);
	while (!err) {
		switch (argp_scan(p, &found)) {
		case ARGP_SCAN_OPTION:
			err = give_option(p, &found);
			break;
		case ARGP_SCAN_ARGUMENT:
			if (p->state.flags & ARGP_NO_ARGS) {
				*ret_unknown = true;
				return ARGP_ERR_UNKNOWN;
			}
			err = give_argument(p, ret_unknown);
			break;
		case ARGP_SCAN_ERROR:
			return ARGP_ERR_UNKNOWN;
		case ARGP_SCAN_END:
			return 0;
		}
	}
	return err;
}

/* The end in all its forms: children first. */
static error_t tell_all(struct argp_parser *p, int key)
{
	error_t err = 0;

	for (size_t i = p->group_count; i-- && (!err || err == ARGP_ERR_UNKNOWN);)
		err = tell(p, &p->groups[i], key, NULL);
	return err == ARGP_ERR_UNKNOWN ? 0 : err;
}

/* All words are taken. */
static error_t end_of_arguments(struct argp_parser *p)
{
	error_t err = 0;

	for (size_t i = 0; i < p->group_count && (!err || err == ARGP_ERR_UNKNOWN); i++) {
		if (!p->groups[i].args)
			err = tell(p, &p->groups[i], ARGP_KEY_NO_ARGS, NULL);
	}
	return err && err != ARGP_ERR_UNKNOWN ? err : tell_all(p, ARGP_KEY_END);
}

static error_t finish(struct argp_parser *p, error_t err, bool unknown_argument, int *arg_index)
{
	struct argp_state *s = &p->state;

	if (err == ARGP_ERR_UNKNOWN && unknown_argument)
		err = 0;
	if (!err) {
		if (s->next == s->argc) {
			err = end_of_arguments(p);
		} else if (!arg_index) {
			if (!(s->flags & ARGP_NO_ERRS) && s->err_stream)
				fprintf(s->err_stream, "%s: Too many arguments\n", s->name);
			err = ARGP_ERR_UNKNOWN;
		}
		if (arg_index)
			*arg_index = s->next;
	}
	if (err == ARGP_ERR_UNKNOWN)
		argp_state_help(s, s->err_stream, ARGP_HELP_STD_ERR);
	for (size_t i = 0; err && i < p->group_count; i++)
		tell(p, &p->groups[i], ARGP_KEY_ERROR, NULL);
	if (!err)
		err = tell_all(p, ARGP_KEY_SUCCESS);
	tell_all(p, ARGP_KEY_FINI);
	return err == ARGP_ERR_UNKNOWN ? EINVAL : err;
}

static void set_up(struct argp_parser *p, const struct argp *root, int argc, char **argv,
		   unsigned flags)
{
	const char *slash = argc > 0 && argv[0] ? strrchr(argv[0], '/') : NULL;

	p->state.root_argp = root;
	p->state.argc = argc;
	p->state.argv = argv;
	p->state.flags = flags;
	p->state.err_stream = stderr;
	p->state.out_stream = stdout;
	p->state.pstate = p;
	p->state.name = (char *)"";
	if (!(flags & ARGP_PARSE_ARGV0) && argc > 0 && argv[0])
		p->state.name = slash ? (char *)slash + 1 : argv[0];
}

error_t argp_parse(const struct argp *restrict argp, int argc, char **restrict argv, unsigned flags,
		   int *restrict arg_index, void *restrict input)
{
	struct argp_child children[4] = {{.argp = argp}};
	struct argp top = {.children = children};
	struct argp_parser p = {0};
	bool unknown = false;
	error_t err;

	if (!(flags & ARGP_NO_HELP)) {
		children[1].argp = &default_argp;
		if (argp_program_version || argp_program_version_hook)
			children[2].argp = &version_argp;
		argp = &top;
	}
	set_up(&p, argp, argc, argv, flags);
	p.groups = calloc(count_groups(argp), sizeof(*p.groups));
	err = p.groups ? add_groups(&p, argp) : ENOMEM;
	if (!err)
		err = begin(&p, input);
	if (!err) {
		err = run(&p, &unknown);
		err = finish(&p, err, unknown, arg_index);
	}
	for (size_t i = 0; i < p.group_count; i++)
		free(p.groups[i].child_inputs);
	free(p.groups);
	return err;
}
