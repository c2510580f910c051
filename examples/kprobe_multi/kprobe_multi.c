// SPDX-License-Identifier: BSD-2-Clause
/* Counts the calls of all functions of the kernel whose names match a pattern. */
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "kprobe_multi.h"
#include "kprobe_multi.skel.h"

static struct {
	bool verbose;
	int pid;
	const char *pattern;
	unsigned int duration; /* seconds; 0: until a signal */
} config;

static volatile sig_atomic_t stopping;

static const char description[] =
	"Counts the calls of the kernel's functions whose names match PATTERN (* is any text, ? "
	"any "
	"character), for DURATION seconds or until Ctrl-C, and prints them with their counts.";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"pid", 'p', "PID", 0, "Only calls by this process"},
	{0},
};

static int number(const char *arg, struct argp_state *state)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(arg, &end, 10);
	if (errno || end == arg || *end || n < 1 || n > 1000 * 1000 * 1000)
		argp_error(state, "not a positive number: %s", arg);
	return (int)n;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case 'v':
		config.verbose = true;
		return 0;
	case 'p':
		config.pid = number(arg, state);
		return 0;
	case ARGP_KEY_ARG:
		if (state->arg_num == 0)
			config.pattern = arg;
		else if (state->arg_num == 1)
			config.duration = number(arg, state);
		else
			argp_usage(state);
		return 0;
	case ARGP_KEY_END:
		if (!config.pattern)
			argp_usage(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	if (level == LIBBPF_DEBUG && !config.verbose)
		return 0;
	return vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

/* The most often called first, and functions called equally often by their names. */
static int compare(const void *a, const void *b)
{
	const struct function *f = a, *g = b;

	if (f->calls != g->calls)
		return f->calls < g->calls ? 1 : -1;
	return strcmp(f->symbol, g->symbol);
}

static int read_functions(const struct bpf_map *map, struct function *functions, size_t *count)
{
	unsigned long long address, *previous = NULL;
	int err;

	for (*count = 0; *count < MAX_FUNCTIONS; ++*count) {
		err = bpf_map__get_next_key(map, previous, &address, sizeof(address));
		if (err)
			return err == -ENOENT ? 0 : err;
		err = bpf_map__lookup_elem(map, &address, sizeof(address), &functions[*count],
					   sizeof(*functions), 0);
		if (err)
			return err;
		previous = &address;
	}
	return 0;
}

static int print_functions(const struct bpf_map *map)
{
	struct function *functions = calloc(MAX_FUNCTIONS, sizeof(*functions));
	unsigned long long calls = 0;
	size_t count;
	int err;

	if (!functions)
		return -ENOMEM;
	err = read_functions(map, functions, &count);
	if (err) {
		fprintf(stderr, "kprobe_multi: reading the counts: %s\n", strerror(-err));
		goto out;
	}
	qsort(functions, count, sizeof(*functions), compare);
	printf("%10s  %s\n", "CALLS", "FUNCTION");
	for (size_t i = 0; i < count; i++) {
		printf("%10llu  %s\n", functions[i].calls, functions[i].symbol);
		calls += functions[i].calls;
	}
	printf("Functions: %zu, calls: %llu\n", count, calls);
out:
	free(functions);
	return err;
}

static int run(struct kprobe_multi_bpf *skel)
{
	struct bpf_link *link;
	int err;

	skel->rodata->wanted_pid = config.pid;
	err = kprobe_multi_bpf__load(skel);
	if (err) {
		fprintf(stderr, "kprobe_multi: cannot load the BPF object: %s\n", strerror(-err));
		return err;
	}
	link = bpf_program__attach_kprobe_multi_opts(skel->progs.on_call, config.pattern, NULL);
	if (!link) {
		err = -errno;
		fprintf(stderr, "kprobe_multi: cannot attach to %s: %s\n", config.pattern,
			strerror(errno));
		return err;
	}
	printf("Counting calls of %s; Ctrl-C ends.\n", config.pattern);
	/* A signal ends the sleep. */
	do
		sleep(config.duration ? config.duration : 1);
	while (!stopping && !config.duration);
	bpf_link__destroy(link);
	return print_functions(skel->maps.functions);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {.options = options,
					 .parser = parse_option,
					 .args_doc = "PATTERN [DURATION]",
					 .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct kprobe_multi_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = kprobe_multi_bpf__open();
	if (!skel) {
		fprintf(stderr, "kprobe_multi: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	kprobe_multi_bpf__destroy(skel);
	return err ? 1 : 0;
}
