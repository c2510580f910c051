// SPDX-License-Identifier: BSD-2-Clause
/* Shows how long threads that could run waited for a CPU, as a histogram. */
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "runqlat.h"
#include "runqlat.skel.h"

#define BAR_WIDTH 40

static struct {
	bool verbose;
	int pid;
	unsigned int interval; /* seconds */
	unsigned int count;    /* histograms to print; 0: no end */
} config = {.interval = 1};

static volatile sig_atomic_t stopping;

static const char description[] =
	"Shows how long threads that could run waited for a CPU, as a histogram, every INTERVAL "
	"seconds (1 unless given), COUNT times (until Ctrl-C unless given).";

static const struct argp_option options[] = {
	{"verbose", 'v', NULL, 0, "Show libbpf's debug output"},
	{"pid", 'p', "PID", 0, "Only threads of this process"},
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
			config.interval = number(arg, state);
		else if (state->arg_num == 1)
			config.count = number(arg, state);
		else
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

/* Adds up each slot over all CPUs. */
static int read_totals(const struct bpf_map *map, unsigned long long totals[SLOTS])
{
	int cpus = libbpf_num_possible_cpus(), err = 0;
	unsigned long long *values;

	if (cpus < 0)
		return cpus;
	values = calloc(cpus, sizeof(*values));
	if (!values)
		return -ENOMEM;
	memset(totals, 0, SLOTS * sizeof(totals[0]));
	for (unsigned int slot = 0; slot < SLOTS && !err; slot++) {
		err = bpf_map__lookup_elem(map, &slot, sizeof(slot), values, cpus * sizeof(*values),
					   0);
		for (int i = 0; i < cpus && !err; i++)
			totals[slot] += values[i];
	}
	free(values);
	return err;
}

static void print_histogram(const unsigned long long counts[SLOTS])
{
	unsigned long long most = 0, sum = 0;
	int last = 0;

	for (int i = 0; i < SLOTS; i++) {
		sum += counts[i];
		if (counts[i])
			last = i;
		if (counts[i] > most)
			most = counts[i];
	}
	printf("%10s    %-10s %8s  distribution\n", "from us", "to us", "count");
	for (int i = 0; i <= last && most; i++) {
		int stars = (int)((counts[i] * BAR_WIDTH + most - 1) / most);

		printf("%10llu -> %-10llu %8llu |%-*.*s|\n", i ? 1ull << i : 0, (2ull << i) - 1,
		       counts[i], BAR_WIDTH, stars, "****************************************");
	}
	printf("Waits: %llu\n\n", sum);
}

static int watch(const struct bpf_map *map)
{
	unsigned long long before[SLOTS] = {0}, now[SLOTS], counts[SLOTS];
	unsigned int printed = 0;

	while (!stopping && (!config.count || printed < config.count)) {
		int err;

		/* A signal ends the sleep early; what was counted is still shown. */
		sleep(config.interval);
		err = read_totals(map, now);
		if (err) {
			fprintf(stderr, "runqlat: reading the histogram: %s\n", strerror(-err));
			return err;
		}
		for (int i = 0; i < SLOTS; i++)
			counts[i] = now[i] - before[i];
		memcpy(before, now, sizeof(before));
		print_histogram(counts);
		printed++;
	}
	printf("Histograms: %u\n", printed);
	return 0;
}

static int run(struct runqlat_bpf *skel)
{
	int err;

	skel->rodata->wanted_tgid = config.pid;
	err = runqlat_bpf__load(skel);
	if (!err)
		err = runqlat_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "runqlat: cannot load or attach: %s\n", strerror(-err));
		return err;
	}
	printf("Measuring waits for a CPU; Ctrl-C ends.\n");
	return watch(skel->maps.histogram);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {.options = options,
					 .parser = parse_option,
					 .args_doc = "[INTERVAL [COUNT]]",
					 .doc = description};
	struct sigaction action = {.sa_handler = on_signal};
	struct runqlat_bpf *skel;
	int err;

	if (argp_parse(&argp, argc, argv, 0, NULL, NULL))
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = runqlat_bpf__open();
	if (!skel) {
		fprintf(stderr, "runqlat: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	runqlat_bpf__destroy(skel);
	return err ? 1 : 0;
}
