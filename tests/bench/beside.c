// SPDX-License-Identifier: BSD-2-Clause
/*
 * Times commands beside each other: runs them in turn, one run of each a round, and prints for each
 * the median, the extremes, and its ratio to the first (of each round, because what else the
 * machine does meets all of a round).
 *
 *   beside RUNS LINE -- COMMAND [ARG...] -- COMMAND [ARG...] ...
 *
 * With a LINE, a run is from exec until the command prints a line that starts so (it must print it
 * at once); it is then ended with SIGTERM. With the LINE "" it is until the command ends, which
 * must be with status 0; then the processor's time, which other programs disturb less, the peak of
 * memory and the size of its standard output, which goes to a file, are printed as well.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "timed.h"

#define MAX_COMMANDS 8
#define MAX_RUNS 1000

struct command {
	char **argv;
	double ms[MAX_RUNS];
	double cpu_ms[MAX_RUNS];
	double ratio[MAX_RUNS], cpu_ratio[MAX_RUNS]; /* to the first command in the same round */
	long peak_kb;                                /* the most of all runs */
	long out_bytes, out_lines;
};

static void measure_output(struct command *c, FILE *out)
{
	static char block[1 << 16];
	size_t n;

	c->out_bytes = c->out_lines = 0;
	rewind(out);
	while ((n = fread(block, 1, sizeof(block), out)) > 0) {
		c->out_bytes += (long)n;
		for (size_t i = 0; i < n; i++)
			c->out_lines += block[i] == '\n';
	}
}

static double cpu_ms(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1e3 +
	       (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e3;
}

/* One run until the end. Returns the time, or a negative number when it failed. */
static double run_until_end(struct command *c, double *ret_cpu_ms)
{
	struct rusage usage;
	double begin, end;
	FILE *out = tmpfile();
	int status;
	bool ok;

	if (!out)
		return -1;
	begin = now_ms();
	pid_t pid = start(c->argv, fileno(out));
	ok = pid > 0 && wait_for(pid, &status, &usage) && WIFEXITED(status) && !WEXITSTATUS(status);
	end = now_ms();
	if (ok) {
		*ret_cpu_ms = cpu_ms(&usage);
		if (usage.ru_maxrss > c->peak_kb)
			c->peak_kb = usage.ru_maxrss;
		measure_output(c, out);
	} else {
		fprintf(stderr, "beside: %s: failed\n", c->argv[0]);
	}
	fclose(out);
	return ok ? end - begin : -1;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts them. */
static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof(*values), compare);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void report(struct command *commands, int nr, int runs, bool until_end)
{
	printf("%10s %8s %8s %6s %13s", "median ms", "least", "most", "ratio", "least..most");
	if (until_end)
		printf(" %7s %6s %13s %8s %9s %8s", "cpu ms", "ratio", "least..most", "peak MB",
		       "output B", "lines");
	printf("  command\n");
	for (int i = 0; i < nr; i++) {
		struct command *c = &commands[i];
		double ms = median(c->ms, runs), ratio = median(c->ratio, runs);

		printf("%10.1f %8.1f %8.1f %6.2f %6.2f..%-5.2f", ms, c->ms[0], c->ms[runs - 1],
		       ratio, c->ratio[0], c->ratio[runs - 1]);
		if (until_end) {
			ms = median(c->cpu_ms, runs);
			ratio = median(c->cpu_ratio, runs);
			printf(" %7.1f %6.2f %6.2f..%-5.2f %8.1f %9ld %8ld", ms, ratio,
			       c->cpu_ratio[0], c->cpu_ratio[runs - 1], (double)c->peak_kb / 1024,
			       c->out_bytes, c->out_lines);
		}
		putchar(' ');
		for (char **arg = c->argv; *arg; arg++)
			printf(" %s", *arg);
		putchar('\n');
	}
}

static double time_to_line(struct command *c, const char *line)
{
	struct times t;

	return run_until_line(c->argv, line, &t) ? t.start_ms : -1;
}

/* In turn, so that whatever else the machine does meets all of them; the first round warms. */
static bool run_all(struct command *commands, int nr, int runs, const char *line)
{
	for (int r = -1; r < runs; r++) {
		for (int i = 0; i < nr; i++) {
			double cpu = 0, ms = *line ? time_to_line(&commands[i], line)
						   : run_until_end(&commands[i], &cpu);

			if (ms < 0)
				return false;
			if (r < 0)
				continue;
			commands[i].ms[r] = ms;
			commands[i].ratio[r] = ms / commands[0].ms[r];
			commands[i].cpu_ms[r] = cpu;
			commands[i].cpu_ratio[r] = cpu / commands[0].cpu_ms[r];
		}
	}
	return true;
}

int main(int argc, char **argv)
{
	static struct command commands[MAX_COMMANDS];
	int nr = 0, runs = argc > 1 ? atoi(argv[1]) : 0;

	for (int i = 3; i < argc; i++) {
		if (strcmp(argv[i], "--"))
			continue;
		argv[i] = NULL; /* ends the command before it */
		if (nr == MAX_COMMANDS || i + 1 == argc)
			break;
		commands[nr++].argv = argv + i + 1;
	}
	if (runs < 1 || runs > MAX_RUNS || !nr) {
		fprintf(stderr,
			"Usage: beside RUNS LINE -- COMMAND [ARG...] [-- COMMAND [ARG...]]...\n");
		return 2;
	}
	if (!run_all(commands, nr, runs, argv[2]))
		return 1;
	report(commands, nr, runs, !*argv[2]);
	return 0;
}
