/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/signals.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "abi/wbpf_abi.h"

enum { SIGNALS = 31, PATIENCE = 3 };

/*
 * Signals belong to the process, so this state does too. The list is changed with all signals
 * blocked and read by the handler, maybe on another thread at that time (the engine has some): who
 * left the list lives until no handler runs. The lock keeps two threads from changing it at once.
 */
static struct signal_sink *sinks;
static unsigned int handlers; /* that run now */
static pthread_mutex_t sinks_lock = PTHREAD_MUTEX_INITIALIZER;
static volatile sig_atomic_t untaken[SIGNALS + 1];

static void begin_change(sigset_t *saved)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, saved);
	pthread_mutex_lock(&sinks_lock);
}

static void end_change(const sigset_t *saved)
{
	pthread_mutex_unlock(&sinks_lock);
	pthread_sigmask(SIG_SETMASK, saved, NULL);
}

static void act_as_if_uncaught(int signo)
{
	signal(signo, SIG_DFL);
	raise(signo); /* delivered when the handler returns */
}

static void handle(int signo)
{
	int saved_errno = errno;
	uint32_t bit = 1u << (signo - 1);
	uint64_t one = 1;

	__atomic_add_fetch(&handlers, 1, __ATOMIC_SEQ_CST);
	if (++untaken[signo] >= PATIENCE)
		act_as_if_uncaught(signo);
	for (struct signal_sink *s = __atomic_load_n(&sinks, __ATOMIC_SEQ_CST); s;
	     s = __atomic_load_n(&s->next, __ATOMIC_SEQ_CST)) {
		uint32_t *shared = __atomic_load_n(&s->shared, __ATOMIC_SEQ_CST);
		if (!(s->caught & bit))
			continue;
		__atomic_or_fetch(&s->pending, bit, __ATOMIC_SEQ_CST);
		if (shared)
			__atomic_or_fetch(shared, bit, __ATOMIC_SEQ_CST);
		ssize_t n = write(s->event_fd, &one, sizeof(one));
		(void)n; /* can only fail when the counter is full, and then it is readable */
	}
	__atomic_sub_fetch(&handlers, 1, __ATOMIC_SEQ_CST);
	errno = saved_errno;
}

int signals_init(struct signal_sink *s)
{
	sigset_t saved;

	*s = (struct signal_sink){.event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	if (s->event_fd < 0)
		return -errno;
	begin_change(&saved);
	s->next = sinks;
	__atomic_store_n(&sinks, s, __ATOMIC_SEQ_CST);
	end_change(&saved);
	return 0;
}

static uint32_t caught_by_others(const struct signal_sink *s)
{
	uint32_t caught = 0;

	for (const struct signal_sink *o = sinks; o; o = o->next)
		if (o != s)
			caught |= o->caught;
	return caught;
}

void signals_destroy(struct signal_sink *s)
{
	sigset_t saved;

	if (s->event_fd < 0)
		return;
	begin_change(&saved);
	uint32_t mine = s->caught & ~caught_by_others(s);
	for (int signo = 1; signo <= SIGNALS; signo++)
		if (mine & 1u << (signo - 1))
			signal(signo, SIG_DFL);
	for (struct signal_sink **p = &sinks; *p; p = &(*p)->next) {
		if (*p == s) {
			__atomic_store_n(p, s->next, __ATOMIC_SEQ_CST);
			break;
		}
	}
	while (__atomic_load_n(&handlers,
			       __ATOMIC_SEQ_CST)) /* on another thread: here they are blocked */
		sched_yield();
	end_change(&saved);
	close(s->event_fd);
	s->event_fd = -1;
}

/* What came while the module's word was away, or was being cleared. */
static void show_pending(struct signal_sink *s)
{
	if (s->shared)
		__atomic_or_fetch(s->shared, __atomic_load_n(&s->pending, __ATOMIC_SEQ_CST),
				  __ATOMIC_SEQ_CST);
}

void signals_set_shared(struct signal_sink *s, uint32_t *word)
{
	sigset_t saved;

	begin_change(&saved);
	__atomic_store_n(&s->shared, word, __ATOMIC_SEQ_CST);
	show_pending(s);
	end_change(&saved);
}

int signals_set(struct signal_sink *s, uint32_t signo, uint32_t how)
{
	struct sigaction sa = {.sa_handler = how == WBPF_SIGNAL_CATCH    ? handle
					     : how == WBPF_SIGNAL_IGNORE ? SIG_IGN
									 : SIG_DFL};
	sigset_t saved;
	int err = 0;

	/* Those that a fault raises belong to the engine. */
	if (signo < 1 || signo > SIGNALS || signo == SIGKILL || signo == SIGSTOP ||
	    signo == SIGSEGV || signo == SIGBUS || signo == SIGILL || signo == SIGFPE ||
	    how > WBPF_SIGNAL_CATCH)
		return -EINVAL;
	sigemptyset(&sa.sa_mask);
	begin_change(&saved);
	if (how == WBPF_SIGNAL_CATCH)
		s->caught |= 1u << (signo - 1);
	else
		s->caught &= ~(1u << (signo - 1));
	untaken[signo] = 0;
	if (how == WBPF_SIGNAL_CATCH || !(caught_by_others(s) & 1u << (signo - 1)))
		err = sigaction((int)signo, &sa, NULL) < 0 ? -errno : 0;
	end_change(&saved);
	return err;
}

uint32_t signals_take(struct signal_sink *s)
{
	uint64_t count;
	ssize_t n =
		read(s->event_fd, &count, sizeof(count)); /* first: a signal after it shows again */
	(void)n;
	uint32_t taken = __atomic_exchange_n(&s->pending, 0, __ATOMIC_SEQ_CST);

	if (s->shared)
		__atomic_and_fetch(s->shared, ~taken, __ATOMIC_SEQ_CST);
	show_pending(s); /* one that came between the two */
	for (int signo = 1; signo <= SIGNALS; signo++)
		if (taken & 1u << (signo - 1))
			untaken[signo] = 0;
	return taken;
}
