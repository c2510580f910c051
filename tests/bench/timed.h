/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that are run and timed. Errors are printed. */
#ifndef TIMED_H
#define TIMED_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

struct times {
	double start_ms; /* from exec until the line */
	double stop_ms;  /* from SIGTERM until the process has ended */
};

double now_ms(void);

/* Runs a command with its standard output at out. The process, or a negative number. */
pid_t start(char **argv, int out);

/* usage may be NULL. */
bool wait_for(pid_t pid, int *status, struct rusage *usage);

/*
 * One run of a command until it prints a line that starts so, which it must print at once; it is
 * then ended with SIGTERM. False when the line did not come.
 */
bool run_until_line(char **argv, const char *line, struct times *ret);

#endif
