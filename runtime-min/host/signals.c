/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/signals.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "abi/wbpf_abi.h"

enum { PATIENCE = 3 };

/*
 * Signals belong to the process, so this state does too. The list is changed with all signals
 * blocked and read by the handler, maybe on another thread at that time: who left the list lives
 * until no handler runs. The lock keeps two threads from changing it at once.
 */
static struct signal_sink *sinks;
static unsigned int handlers; /* that run now */
static pthread_mutex_t sinks_lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t known;     /* signals that a module ever set */
static uint32_t inherited; /* those of them that this process was started with as ignored */
static int told, told_fd;  /* signals_tell() */
static uint32_t ending;    /* signals_end() */

static uint32_t bit_of(int signo)
{
	return 1u << (signo - 1);
}

static uint32_t load(const uint32_t *word)
{
	return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static void store(uint32_t *word, uint32_t value)
{
	__atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

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

/* Whether the signal's default is to end who gets it. */
static bool is_end(int signo)
{
	switch (signo) {
	case SIGCHLD:
	case SIGCONT:
	case SIGURG:
	case SIGWINCH:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return false;
	default:
		return signo != told;
	}
}

/* Which ends a system call of a thread whose module is to end. */
static int wake_signal(void)
{
	return SIGRTMIN;
}

static void do_nothing(int signo)
{
}

static void end(struct signal_sink *s, int signo)
{
	store(&s->ended_by, (uint32_t)signo);
	if (__atomic_load_n(&s->has_thread, __ATOMIC_SEQ_CST))
		pthread_kill(s->thread, wake_signal());
}

/* One module's part of a signal. Whether its patience is at an end. */
static bool give(struct signal_sink *s, int signo)
{
	uint32_t bit = bit_of(signo);
	uint32_t *shared = __atomic_load_n(&s->shared, __ATOMIC_SEQ_CST);
	uint64_t one = 1;

	if (load(&s->caught) & bit) {
		__atomic_or_fetch(&s->pending, bit, __ATOMIC_SEQ_CST);
		if (shared)
			__atomic_or_fetch(shared, bit, __ATOMIC_SEQ_CST);
	} else if (!(load(&s->ignored) & bit) && is_end(signo)) {
		end(s, signo);
	} else {
		return false;
	}
	ssize_t n = write(s->event_fd, &one, sizeof(one));
	(void)n; /* can only fail when the counter is full, and then it is readable */
	return __atomic_add_fetch(&s->untaken[signo], 1, __ATOMIC_SEQ_CST) >= PATIENCE;
}

static void handle(int signo)
{
	int saved_errno = errno;
	bool impatient = false, caught = false;
	uint64_t one = 1;

	__atomic_add_fetch(&handlers, 1, __ATOMIC_SEQ_CST);
	for (struct signal_sink *s = __atomic_load_n(&sinks, __ATOMIC_SEQ_CST); s;
	     s = __atomic_load_n(&s->next, __ATOMIC_SEQ_CST)) {
		caught |= load(&s->caught) & bit_of(signo);
		impatient |= give(s, signo);
	}
	if (signo == told && !caught) {
		ssize_t n = write(told_fd, &one, sizeof(one));
		(void)n;
	}
	if (impatient)
		act_as_if_uncaught(signo);
	__atomic_sub_fetch(&handlers, 1, __ATOMIC_SEQ_CST);
	errno = saved_errno;
}

/* What the process does with a signal, by what its modules do. With the lock held. */
static int apply(int signo)
{
	struct sigaction sa = {.sa_handler = inherited & bit_of(signo) ? SIG_IGN : SIG_DFL};
	bool caught = false, ignored = false, neither = false;

	for (const struct signal_sink *s = sinks; s; s = s->next) {
		bool catches = s->caught & bit_of(signo), ignores = s->ignored & bit_of(signo);
		caught |= catches;
		ignored |= !catches && ignores;
		neither |= !catches && !ignores;
	}
	bool own = signo == told || ending & bit_of(signo);
	if (caught || (ignored && neither) || (own && neither))
		sa.sa_handler = handle;
	else if (ignored)
		sa.sa_handler = SIG_IGN;
	else if (neither)
		sa.sa_handler = SIG_DFL;
	sigemptyset(&sa.sa_mask);
	return sigaction(signo, &sa, NULL) < 0 ? -errno : 0;
}

/* Before a signal is set for the first time. With the lock held. */
static void get_to_know(int signo)
{
	struct sigaction before;

	if (known & bit_of(signo))
		return;
	known |= bit_of(signo);
	if (sigaction(signo, NULL, &before) < 0 || before.sa_handler != SIG_IGN)
		return;
	inherited |= bit_of(signo);
	for (struct signal_sink *s = sinks; s; s = s->next)
		store(&s->ignored, s->ignored | bit_of(signo));
}

int signals_init(struct signal_sink *s)
{
	sigset_t saved;

	*s = (struct signal_sink){.event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	if (s->event_fd < 0)
		return -errno;
	begin_change(&saved);
	s->ignored = inherited;
	s->next = sinks;
	__atomic_store_n(&sinks, s, __ATOMIC_SEQ_CST);
	for (int signo = 1; signo <= SIGNALS_LAST && (told || ending); signo++)
		if (signo == told || ending & bit_of(signo))
			apply(signo);
	end_change(&saved);
	return 0;
}

void signals_destroy(struct signal_sink *s)
{
	sigset_t saved;

	if (s->event_fd < 0)
		return;
	begin_change(&saved);
	for (struct signal_sink **p = &sinks; *p; p = &(*p)->next) {
		if (*p == s) {
			__atomic_store_n(p, s->next, __ATOMIC_SEQ_CST);
			break;
		}
	}
	for (int signo = 1; signo <= SIGNALS_LAST; signo++)
		if (known & bit_of(signo))
			apply(signo);
	while (__atomic_load_n(&handlers,
			       __ATOMIC_SEQ_CST)) /* on another thread: here they are blocked */
		sched_yield();
	end_change(&saved);
	close(s->event_fd);
	s->event_fd = -1;
}

void signals_tell(int signo, int fd)
{
	sigset_t saved;

	begin_change(&saved);
	get_to_know(signo);
	told_fd = fd;
	told = signo;
	apply(signo);
	end_change(&saved);
}

void signals_end(uint32_t mask)
{
	sigset_t saved;

	begin_change(&saved);
	ending = mask;
	for (int signo = 1; signo <= SIGNALS_LAST; signo++)
		if (mask & bit_of(signo))
			get_to_know(signo);
	end_change(&saved);
}

void signals_enter(struct signal_sink *s)
{
	struct sigaction sa = {.sa_handler = do_nothing};

	sigemptyset(&sa.sa_mask);
	sigaction(wake_signal(), &sa, NULL);
	s->thread = pthread_self();
	__atomic_store_n(&s->has_thread, true, __ATOMIC_SEQ_CST);
}

void signals_block(sigset_t *saved)
{
	sigset_t set;

	sigfillset(&set);
	/* Those that a fault raises, and the one that ends system calls. */
	sigdelset(&set, SIGSEGV);
	sigdelset(&set, SIGBUS);
	sigdelset(&set, SIGILL);
	sigdelset(&set, SIGFPE);
	sigdelset(&set, SIGTRAP);
	sigdelset(&set, wake_signal());
	pthread_sigmask(SIG_BLOCK, &set, saved);
}

/* What came while the module's word was away, or was being cleared. */
static void show_pending(struct signal_sink *s)
{
	if (s->shared)
		__atomic_or_fetch(s->shared, load(&s->pending), __ATOMIC_SEQ_CST);
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
	sigset_t saved;

	/* Those that a fault raises belong to the engine. */
	if (signo < 1 || signo > SIGNALS_LAST || signo == SIGKILL || signo == SIGSTOP ||
	    signo == SIGSEGV || signo == SIGBUS || signo == SIGILL || signo == SIGFPE ||
	    how > WBPF_SIGNAL_CATCH)
		return -EINVAL;
	uint32_t bit = bit_of((int)signo);
	begin_change(&saved);
	get_to_know((int)signo);
	store(&s->caught, how == WBPF_SIGNAL_CATCH ? s->caught | bit : s->caught & ~bit);
	store(&s->ignored, how == WBPF_SIGNAL_IGNORE ? s->ignored | bit : s->ignored & ~bit);
	store(&s->untaken[signo], 0);
	int err = apply((int)signo);
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
	for (int signo = 1; signo <= SIGNALS_LAST; signo++)
		if (taken & bit_of(signo))
			store(&s->untaken[signo], 0);
	return taken;
}

int signals_new_thread(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
		       void *arg)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int err = pthread_create(thread, attr, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err;
}
