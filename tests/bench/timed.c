// SPDX-License-Identifier: BSD-2-Clause
#include "timed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TIMEOUT_MS 60000

double now_ms(void)
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

pid_t start(char **argv, int out)
{
	pid_t pid = fork();

	if (pid == 0) {
		dup2(out, STDOUT_FILENO);
		execvp(argv[0], argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	return pid;
}

bool wait_for(pid_t pid, int *status, struct rusage *usage)
{
	pid_t ended;

	do
		ended = wait4(pid, status, 0, usage);
	while (ended < 0 && errno == EINTR);
	return ended == pid;
}

bool run_until_line(char **argv, const char *line, struct times *ret)
{
	double begin;
	int out[2], status;
	bool seen;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) < 0)
		return false;
	begin = now_ms();
	pid = start(argv, out[1]);
	close(out[1]);
	if (pid < 0) {
		close(out[0]);
		return false;
	}
	seen = read_until(out[0], line);
	ret->start_ms = now_ms() - begin;
	begin = now_ms();
	kill(pid, SIGTERM);
	wait_for(pid, &status, NULL);
	ret->stop_ms = now_ms() - begin;
	close(out[0]);
	if (!seen)
		fprintf(stderr, "%s: no line starts with '%s'\n", argv[0], line);
	return seen;
}
