// SPDX-License-Identifier: BSD-2-Clause
/* Attaches ten programs, says so, and waits for a signal; then detaches them as programs do. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "stop.skel.h"

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

int main(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct stop_bpf *skel = stop_bpf__open_and_load();
	sigset_t term, before;

	if (!skel || stop_bpf__attach(skel)) {
		fprintf(stderr, "stop: cannot load and attach: %s\n", strerror(errno));
		stop_bpf__destroy(skel);
		return 1;
	}
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &before);
	sigaction(SIGTERM, &action, NULL);
	printf("Attached\n");
	fflush(stdout);
	while (!stopping)
		sigsuspend(&before);
	stop_bpf__destroy(skel);
	return 0;
}
