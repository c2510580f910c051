// SPDX-License-Identifier: BSD-2-Clause
/* Prints each process that starts and each that ends. */
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bpf/libbpf.h>

#include "bootstrap.h"
#include "bootstrap.skel.h"

static struct {
	bool verbose;
	unsigned long long min_duration_ms;
	unsigned long long max_events;
	long seconds;
	const char *name;
} config;

static volatile sig_atomic_t stopping;
static unsigned long long printed;

const char *argp_program_version = "bootstrap 1.0";
static const char description[] =
	"Prints each process that starts and each that ends.\v"
	"With --duration only ends are printed, of processes that ran at least that long.";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"duration", 'd', "MS", 0, "Only processes that ran this many milliseconds"},
	{"name", 'c', "NAME", 0, "Only processes of this name (at most 15 bytes)"},
	{"events", 'n', "COUNT", 0, "End after this many events"},
	{"time", 't', "SECONDS", 0, "End after this many seconds"},
	{0},
};

static unsigned long long number(const char *arg, unsigned long long max, struct argp_state *state)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(arg, &end, 10);
	if (errno || end == arg || *end || *arg == '-' || n > max)
		argp_error(state, "not a number in range: %s", arg);
	return n;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case 'v':
		config.verbose = true;
		return 0;
	case 'd':
		config.min_duration_ms = number(arg, 1000ull * 1000 * 1000, state);
		return 0;
	case 'c':
		if (strlen(arg) >= NAME_LEN)
			argp_error(state, "the name is longer than %d bytes: %s", NAME_LEN - 1,
				   arg);
		config.name = arg;
		return 0;
	case 'n':
		config.max_events = number(arg, ~0ull, state);
		return 0;
	case 't':
		config.seconds = (long)number(arg, 1000 * 1000, state);
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

static void print_exit(const struct event *e)
{
	unsigned int signo = e->exit_code & 0x7f;

	if (signo)
		printf("killed by signal %u", signo);
	else
		printf("exit status %u", e->exit_code >> 8 & 0xff);
	if (e->duration_ns)
		printf(" after %llu ms", e->duration_ns / (1000 * 1000));
	putchar('\n');
}

static int on_event(void *ctx, void *data, size_t size)
{
	const struct event *e = data;
	time_t now = time(NULL);
	struct tm tm;
	char when[16];

	/* UTC: the same on every machine. */
	strftime(when, sizeof(when), "%H:%M:%S", gmtime_r(&now, &tm));
	printf("%-8s %-5s %-15s %7d %7d ", when, e->kind == PROCESS_START ? "EXEC" : "EXIT",
	       e->name, e->pid, e->ppid);
	if (e->kind == PROCESS_START)
		printf("%s\n", e->path);
	else
		print_exit(e);

	printed++;
	if (config.max_events && printed >= config.max_events) {
		stopping = 1;
		return -ECANCELED; /* ends the poll with events still waiting */
	}
	return 0;
}

static int watch(struct ring_buffer *events)
{
	time_t end = time(NULL) + config.seconds;

	printf("Watching processes start and end; Ctrl-C ends.\n");
	printf("%-8s %-5s %-15s %7s %7s %s\n", "UTC", "EVENT", "NAME", "PID", "PARENT", "WHAT");
	while (!stopping && (!config.seconds || time(NULL) < end)) {
		int err = ring_buffer__poll(events, 100 /* ms */);

		if (err < 0 && err != -EINTR && err != -ECANCELED) {
			fprintf(stderr, "bootstrap: reading events: %s\n", strerror(-err));
			return err;
		}
	}
	return 0;
}

static int run(struct bootstrap_bpf *skel)
{
	struct ring_buffer *events;
	int err;

	skel->rodata->min_duration_ns = config.min_duration_ms * 1000 * 1000;
	if (config.name)
		strcpy(skel->rodata->only_name, config.name);

	err = bootstrap_bpf__load(skel);
	if (err) {
		fprintf(stderr, "bootstrap: cannot load the BPF object: %s\n", strerror(-err));
		return err;
	}
	events = ring_buffer__new(bpf_map__fd(skel->maps.events), on_event, NULL, NULL);
	if (!events) {
		err = -errno;
		fprintf(stderr, "bootstrap: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	err = bootstrap_bpf__attach(skel);
	if (err)
		fprintf(stderr, "bootstrap: cannot attach: %s\n", strerror(-err));
	else
		err = watch(events);
	ring_buffer__free(events);
	if (err)
		return err;

	printf("Events: %llu, lost: %llu\n", printed, (unsigned long long)skel->bss->lost);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options, .parser = parse_option, .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct bootstrap_bpf *skel;
	int err;

	err = argp_parse(&argp, argc, argv, 0, NULL, NULL);
	if (err)
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = bootstrap_bpf__open();
	if (!skel) {
		fprintf(stderr, "bootstrap: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	bootstrap_bpf__destroy(skel);
	return err ? 1 : 0;
}
