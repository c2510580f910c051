// SPDX-License-Identifier: BSD-2-Clause
/* Signals: handlers, masks, waits that end early. With an argument, signals come from outside. */
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "say.h"
#include "things.h"
#include "things.skel.h"

static volatile sig_atomic_t last, count, depth, deepest;

static void handle(int sig)
{
	last = sig;
	count++;
}

static void handle_info(int sig, siginfo_t *info, void *context)
{
	last = info->si_signo + 100;
	count++;
}

static void handle_again(int sig)
{
	if (++depth > deepest)
		deepest = depth;
	count++;
	if (count < 3)
		raise(sig);
	depth--;
}

static void show(const char *what)
{
	printf("%s: last %d count %d\n", what, (int)last, (int)count);
	last = count = 0;
}

static void handlers(void)
{
	struct sigaction act = {.sa_handler = handle}, old;

	printf("first %d\n", signal(SIGUSR1, handle) == SIG_DFL);
	raise(SIGUSR1);
	show("raise");
	kill(getpid(), SIGUSR1);
	show("kill");
	say_err("sigaction", sigaction(SIGUSR1, NULL, &old));
	printf("old %d\n", old.sa_handler == handle);
	act.sa_flags = SA_RESETHAND;
	say_err("sigaction", sigaction(SIGUSR2, &act, NULL));
	raise(SIGUSR2);
	show("once");
	sigaction(SIGUSR2, NULL, &old);
	printf("reset %d\n", old.sa_handler == SIG_DFL);
	act.sa_flags = SA_SIGINFO;
	act.sa_sigaction = handle_info;
	sigaction(SIGUSR2, &act, NULL);
	raise(SIGUSR2);
	show("info");
	signal(SIGUSR1, SIG_IGN);
	raise(SIGUSR1);
	show("ignored");
	printf("previous %d\n", signal(SIGUSR1, handle) == SIG_IGN);
	printf("KILL %d", signal(SIGKILL, handle) == SIG_ERR);
	printf(" %s\n", say_name(errno));
	printf("0 %d", signal(0, handle) == SIG_ERR);
	printf(" %s\n", say_name(errno));
	printf("%s, %s\n", strsignal(SIGINT), strsignal(SIGTERM));
}

static void nested(void)
{
	struct sigaction act = {.sa_handler = handle_again};

	sigaction(SIGUSR1, &act, NULL);
	raise(SIGUSR1);
	printf("deepest %d\n", (int)deepest);
	show("blocked in its handler");
	act.sa_flags = SA_NODEFER;
	deepest = 0;
	sigaction(SIGUSR1, &act, NULL);
	raise(SIGUSR1);
	printf("deepest %d\n", (int)deepest);
	show("not deferred");
	signal(SIGUSR1, handle);
}

static void masks(void)
{
	sigset_t set, old, now;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	printf("member %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));
	say_err("block", sigprocmask(SIG_BLOCK, &set, &old));
	raise(SIGUSR1);
	raise(SIGUSR1);
	show("blocked");
	sigpending(&now);
	printf("pending %d\n", sigismember(&now, SIGUSR1));
	say_err("unblock", sigprocmask(SIG_SETMASK, &old, NULL));
	show("unblocked");
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	printf("suspend %d", sigsuspend(&old));
	printf(" %s\n", say_name(errno));
	show("suspended");
	sigprocmask(SIG_SETMASK, &old, NULL);
	sigfillset(&set);
	sigdelset(&set, SIGHUP);
	printf("full %d %d\n", sigismember(&set, SIGTERM), sigismember(&set, SIGHUP));
}

static void sleeps(void)
{
	struct timespec a, b, ms = {.tv_nsec = 30000000}, bad = {.tv_nsec = 1000000000};
	long long took;

	clock_gettime(CLOCK_MONOTONIC, &a);
	say_err("nanosleep", nanosleep(&ms, NULL));
	say_err("usleep", usleep(30000));
	clock_gettime(CLOCK_MONOTONIC, &b);
	took = (b.tv_sec - a.tv_sec) * 1000LL + (b.tv_nsec - a.tv_nsec) / 1000000;
	printf("slept %d\n", took >= 59);
	printf("bad %d", nanosleep(&bad, NULL));
	printf(" %s\n", say_name(errno));
	say_err("sleep 0", sleep(0));
}

static int take(void *ctx, void *data, size_t size)
{
	return 0;
}

/* The script sends a signal each time that it reads "now". */
static void now(const char *what)
{
	printf("now %s\n", what);
	fflush(stdout);
}

static void from_outside(void)
{
	struct things_bpf *skel = things_bpf__open_and_load();
	struct timespec hour = {.tv_sec = 3600}, left = {0};
	struct epoll_event e;
	struct ring_buffer *rb;
	int ep = epoll_create1(0), ret;

	if (!skel)
		exit(1);
	rb = ring_buffer__new(bpf_map__fd(skel->maps.ring0), take, NULL, NULL);
	now("nanosleep");
	ret = nanosleep(&hour, &left);
	printf("nanosleep %d %s left %d\n", ret, say_name(errno),
	       left.tv_sec > 3000 && left.tv_sec <= 3600);
	show("nanosleep");
	now("sleep");
	printf("sleep %d\n", sleep(3600) > 3000);
	show("sleep");
	now("pause");
	ret = pause();
	printf("pause %d %s\n", ret, say_name(errno));
	show("pause");
	now("poll");
	ret = ring_buffer__poll(rb, -1);
	printf("poll %s\n", say_name(ret));
	show("poll");
	now("epoll");
	ret = epoll_wait(ep, &e, 1, 100000);
	printf("epoll %d %s\n", ret, say_name(errno));
	show("epoll");
	ring_buffer__free(rb);
	things_bpf__destroy(skel);
	signal(SIGUSR1, SIG_DFL);
	now("the end");
	sleep(3600);
	printf("not reached\n");
}

int main(int argc, char **argv)
{
	signal(SIGUSR1, handle);
	if (argc > 1) {
		from_outside();
		return 0;
	}
	handlers();
	nested();
	masks();
	sleeps();
	return 0;
}
