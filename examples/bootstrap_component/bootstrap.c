// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints each process that starts and each that ends, as a component:
 * bootstrap [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

static struct config config;
static unsigned long long printed;

static int usage(void)
{
	fputs("usage: bootstrap [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]\n", stderr);
	return 1;
}

static bool number(const char *text, unsigned long long *ret)
{
	char *end;

	errno = 0;
	*ret = strtoull(text, &end, 10);
	return !errno && end != text && !*end && *text != '-';
}

static bool parse(int argc, char **argv)
{
	for (int option; (option = getopt(argc, argv, "c:d:n:t:")) != -1;) {
		bool good = option == 'c'   ? strlen(optarg) < NAME_LEN
			    : option == 'd' ? number(optarg, &config.min_duration_ms)
			    : option == 'n' ? number(optarg, &config.max_events)
			    : option == 't' ? number(optarg, &config.seconds)
					    : false;
		if (!good)
			return false;
		if (option == 'c')
			strcpy(config.name, optarg);
	}
	return optind == argc;
}

static void print(const struct process *e)
{
	unsigned int signo = e->exit_code & 0x7f;
	time_t now = time(NULL);
	struct tm tm;
	char when[16];

	strftime(when, sizeof(when), "%H:%M:%S", gmtime_r(&now, &tm));
	printf("%-8s %-5s %-15.*s %7d %7d ", when, e->kind == PROCESS_START ? "EXEC" : "EXIT",
	       e->name_len, e->name, e->pid, e->ppid);
	if (e->kind == PROCESS_START) {
		printf("%.*s\n", e->path_len, e->path);
		return;
	}
	if (signo)
		printf("killed by signal %u", signo);
	else
		printf("exit status %u", e->exit_code >> 8 & 0xff);
	if (e->duration_ns)
		printf(" after %llu ms", e->duration_ns / (1000 * 1000));
	putchar('\n');
}

static bool take(const struct process *p)
{
	print(p);
	return ++printed != config.max_events;
}

static bool watch(void)
{
	time_t end = time(NULL) + (time_t)config.seconds;
	enum polled polled = POLLED_GO_ON;

	printf("Watching processes start and end; Ctrl-C ends.\n");
	printf("%-8s %-5s %-15s %7s %7s %s\n", "UTC", "EVENT", "NAME", "PID", "PARENT", "WHAT");
	while (polled == POLLED_GO_ON && (!config.seconds || time(NULL) < end))
		polled = guest_poll(100 /* ms */, take);
	return polled != POLLED_FAILED;
}

int main(int argc, char **argv)
{
	unsigned long long lost;

	if (!parse(argc, argv))
		return usage();
	bool well = guest_begin(&config) && watch() && guest_lost(&lost);
	if (well)
		printf("Events: %llu, lost: %llu\n", printed, lost);
	guest_end();
	return !well;
}
