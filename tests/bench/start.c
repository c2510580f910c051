// SPDX-License-Identifier: BSD-2-Clause
/*
 * How long from exec to attached: runs several commands in turn, each until it prints a line that
 * starts with a given text (which it must do after it has attached), ends it with SIGTERM, and
 * prints for each the median, the extremes, and the ratio to the first.
 *
 *   start RUNS LINE -- COMMAND [ARG...] -- COMMAND [ARG...] ...
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_COMMANDS 8
#define MAX_RUNS 1000
#define TIMEOUT_MS 60000

struct command {
	char **argv;
	double ms[MAX_RUNS];
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Reads from fd until a line starts with the text. The output before it is small. */
static bool read_until(int fd, const char *line)
{
	char text[65536] = "\n";
	size_t len = 1, want = strlen(line);

	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		ssize_t n;

		if (poll(&p, 1, TIMEOUT_MS) <= 0 || len == sizeof(text) - 1)
			return false;
		n = read(fd, text + len, sizeof(text) - 1 - len);
		if (n <= 0)
			return false;
		len += (size_t)n;
		text[len] = 0;
		for (const char *at = text; (at = strchr(at, '\n')); at++) {
			if (!strncmp(at + 1, line, want))
				return true;
		}
	}
}

/* One run. Returns the time, or a negative number when the line did not come. */
static double run(char **argv, const char *line)
{
	double start, end;
	int out[2];
	bool seen;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) < 0)
		return -1;
	start = now_ms();
	pid = fork();
	if (pid < 0)
		return -1;
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		execvp(argv[0], argv);
		fprintf(stderr, "start: %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	close(out[1]);
	seen = read_until(out[0], line);
	end = now_ms();
	kill(pid, SIGTERM);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(out[0]);
	return seen ? end - start : -1;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(const double *sorted, int n)
{
	return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void report(struct command *commands, int nr, int runs)
{
	double first = 0;

	printf("%10s %10s %10s %8s  %s\n", "median ms", "least", "most", "ratio", "command");
	for (int i = 0; i < nr; i++) {
		double *ms = commands[i].ms, m;

		qsort(ms, (size_t)runs, sizeof(*ms), compare);
		m = median(ms, runs);
		if (i == 0)
			first = m;
		printf("%10.1f %10.1f %10.1f %8.2f ", m, ms[0], ms[runs - 1], m / first);
		for (char **arg = commands[i].argv; *arg; arg++)
			printf(" %s", *arg);
		putchar('\n');
	}
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
			"Usage: start RUNS LINE -- COMMAND [ARG...] [-- COMMAND [ARG...]]...\n");
		return 2;
	}
	/* In turn, so that whatever else the machine does meets all of them; the first round warms.
	 */
	for (int r = -1; r < runs; r++) {
		for (int i = 0; i < nr; i++) {
			double ms = run(commands[i].argv, argv[2]);

			if (ms < 0) {
				fprintf(stderr, "start: %s: no line starts with '%s'\n",
					commands[i].argv[0], argv[2]);
				return 1;
			}
			if (r >= 0)
				commands[i].ms[r] = ms;
		}
	}
	report(commands, nr, runs);
	return 0;
}
