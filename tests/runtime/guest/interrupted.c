// SPDX-License-Identifier: BSD-2-Clause
/*
 * Signals from outside end what waits: SIGUSR1, whose handler restarts nothing, everything;
 * SIGUSR2, whose handler restarts, only what cannot be restarted.
 */
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "reports.h"
#include "reports.skel.h"
#include "say.h"

static volatile sig_atomic_t ended, restarted;

static void end(int sig)
{
	ended++;
	/* Without stdio: it may be within printf(). */
	if (write(1, "USR1\n", 5) != 5)
		_exit(1);
}

static void restart(int sig)
{
	restarted++;
	if (write(1, "USR2\n", 5) != 5)
		_exit(1);
}

static void now(const char *what)
{
	printf("now %s\n", what);
	fflush(stdout);
}

static void say(const char *what, long ret)
{
	printf("%s: %d %s, ended %d, restarted %d\n", what, ret < 0 ? -1 : 0,
	       ret < 0 ? say_name(errno) : "", (int)ended, (int)restarted);
	fflush(stdout);
	ended = restarted = 0;
}

static void ignore(void *ctx, int cpu, void *data, __u32 size)
{
}

static void perf(struct reports_bpf *skel)
{
	struct perf_buffer *pb =
		perf_buffer__new(bpf_map__fd(skel->maps.events), 1, ignore, NULL, NULL, NULL);

	now("perf");
	say("perf", perf_buffer__poll(pb, -1));
	now("perf again");
	say("perf again", perf_buffer__poll(pb, -1));
	perf_buffer__free(pb);
}

static void letters(struct reports_bpf *skel)
{
	struct user_ring_buffer *rb = user_ring_buffer__new(bpf_map__fd(skel->maps.letters), NULL);

	user_ring_buffer__submit(rb, user_ring_buffer__reserve(rb, 4088));
	now("letters");
	say("letters", user_ring_buffer__reserve_blocking(rb, 8, -1) ? 0 : -1);
	now("letters again");
	say("letters again", user_ring_buffer__reserve_blocking(rb, 8, 60000) ? 0 : -1);
	user_ring_buffer__free(rb);
}

static void sockets(void)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), listener = socket(AF_INET, SOCK_STREAM, 0);
	char text[8];

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(fd, (struct sockaddr *)&addr, sizeof(addr));
	bind(listener, (struct sockaddr *)&addr, sizeof(addr));
	listen(listener, 1);
	now("read");
	say("read", read(fd, text, sizeof(text)));
	now("recv");
	say("recv", recv(fd, text, sizeof(text), 0));
	now("accept");
	say("accept", accept(listener, NULL, NULL));
	close(listener);
	close(fd);
}

int main(void)
{
	struct reports_bpf *skel = reports_bpf__open_and_load();
	struct sigaction act = {.sa_handler = end};

	if (!skel)
		return 1;
	sigaction(SIGUSR1, &act, NULL);
	signal(SIGUSR2, restart);
	perf(skel);
	letters(skel);
	sockets();
	reports_bpf__destroy(skel);
	return 0;
}
