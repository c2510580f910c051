// SPDX-License-Identifier: BSD-2-Clause
/*
 * One of several modules of a process: group NAME catch|ignore|default|loop|read|trap [STATUS]. The
 * first three wait for SIGTERM in their way, and those that go on end by SIGUSR1.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t last;

static void on_signal(int signo)
{
	last = signo;
}

static void read_input(const char *name)
{
	char line[64];

	while (fgets(line, sizeof(line), stdin))
		printf("%s read %s", name, line);
	printf("%s at the end\n", name);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "", *how = argc > 2 ? argv[2] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!strcmp(how, "trap"))
		__builtin_trap();
	if (!strcmp(how, "read")) {
		read_input(name);
	} else if (*how) {
		if (!strcmp(how, "catch") || !strcmp(how, "loop"))
			signal(SIGTERM, on_signal);
		if (!strcmp(how, "ignore"))
			signal(SIGTERM, SIG_IGN);
		if (strcmp(how, "default"))
			signal(SIGUSR1, on_signal);
		printf("%s ready\n", name);
		if (!strcmp(how, "loop"))
			for (;;)
				;
		while (!last)
			pause();
		printf("%s got %d\n", name, (int)last);
	}
	return argc > 3 ? atoi(argv[3]) : 0;
}
