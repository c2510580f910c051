// SPDX-License-Identifier: BSD-2-Clause
/*
 * Signals. The host catches them and sets a bit in the shared block; the handlers are the guest's
 * and run in its own flow, from wbpf_signals_deliver(), which every call that talks to the
 * host goes through.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "guest/host.h"

enum { SIGNALS = 31 };

static struct sigaction actions[SIGNALS + 1];
static uint32_t pending; /* bit signo-1: taken from the host or raised here, no handler run yet */
static uint32_t blocked;

unsigned int wbpf_signals_cut;

static uint32_t bit(int sig)
{
	return 1u << (sig - 1);
}

static bool is_caught(int sig)
{
	return actions[sig].sa_handler != SIG_DFL && actions[sig].sa_handler != SIG_IGN;
}

/* What signal() returns and takes as special handlers: wasi-libc's header makes them functions. */
void __SIG_ERR(int sig)
{
}

void __SIG_IGN(int sig)
{
}

static void run_handler(int sig)
{
	struct sigaction act = actions[sig];
	uint32_t before = blocked;
	siginfo_t info = {.si_signo = sig, .si_code = SI_USER};

	if (act.sa_flags & (int)SA_RESETHAND)
		signal(sig, SIG_DFL);
	if (!(act.sa_flags & SA_RESTART))
		wbpf_signals_cut++;
	blocked |= (uint32_t)act.sa_mask.__bits;
	if (!(act.sa_flags & SA_NODEFER))
		blocked |= bit(sig);
	if (act.sa_flags & SA_SIGINFO)
		act.sa_sigaction(sig, &info, NULL);
	else
		act.sa_handler(sig);
	blocked = before;
}

int wbpf_signals_deliver(void)
{
	bool ran = false;
	uint32_t ready;

	if (wbpf_shared.signals)
		pending |= (uint32_t)wbpf_host_signals_take();
	while ((ready = pending & ~blocked)) {
		int sig = __builtin_ctz(ready) + 1;

		pending &= ~bit(sig);
		if (!is_caught(sig))
			continue;
		run_handler(sig);
		ran = true;
	}
	return ran;
}

static int check(int sig)
{
	if (sig >= 1 && sig <= SIGNALS)
		return 0;
	errno = EINVAL;
	return -1;
}

int sigaction(int sig, const struct sigaction *restrict act, struct sigaction *restrict old)
{
	uint32_t how = WBPF_SIGNAL_CATCH;
	int err;

	if (check(sig))
		return -1;
	if (old)
		*old = actions[sig];
	if (!act)
		return 0;
	if (act->sa_handler == SIG_DFL)
		how = WBPF_SIGNAL_DEFAULT;
	else if (act->sa_handler == SIG_IGN)
		how = WBPF_SIGNAL_IGNORE;
	err = wbpf_host_signal(sig, how);
	if (err < 0) {
		errno = wbpf_errno(-err);
		return -1;
	}
	actions[sig] = *act;
	if (how != WBPF_SIGNAL_CATCH)
		pending &= ~bit(sig);
	return 0;
}

void (*signal(int sig, void (*handler)(int)))(int)
{
	struct sigaction act = {.sa_flags = SA_RESTART}, old;

	act.sa_handler = handler;
	if (handler == SIG_ERR || sigaction(sig, &act, &old)) {
		errno = EINVAL;
		return SIG_ERR;
	}
	return old.sa_handler;
}

int siginterrupt(int sig, int flag)
{
	struct sigaction act;

	if (sigaction(sig, NULL, &act))
		return -1;
	act.sa_flags = flag ? act.sa_flags & ~SA_RESTART : act.sa_flags | SA_RESTART;
	return sigaction(sig, &act, NULL);
}

/*
 * The default of most signals is the end; a shell's status for it is all that a module can leave.
 */
static bool ends_process(int sig)
{
	return sig != SIGCHLD && sig != SIGURG && sig != SIGWINCH && sig != SIGCONT;
}

int raise(int sig)
{
	if (check(sig))
		return -1;
	if (is_caught(sig)) {
		pending |= bit(sig);
		wbpf_signals_deliver();
	} else if (actions[sig].sa_handler == SIG_DFL && ends_process(sig)) {
		_Exit(128 + sig);
	}
	return 0;
}

int kill(pid_t pid, int sig)
{
	if (pid != 0 && pid != getpid()) {
		errno = EPERM;
		return -1;
	}
	return sig ? raise(sig) : 0;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	uint32_t mask = blocked;

	if (old)
		old->__bits = blocked;
	if (!set)
		return 0;
	if (how == SIG_BLOCK) {
		mask |= (uint32_t)set->__bits;
	} else if (how == SIG_UNBLOCK) {
		mask &= ~(uint32_t)set->__bits;
	} else if (how == SIG_SETMASK) {
		mask = (uint32_t)set->__bits;
	} else {
		errno = EINVAL;
		return -1;
	}
	blocked = mask & ~(bit(SIGKILL) | bit(SIGSTOP));
	wbpf_signals_deliver();
	return 0;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return sigprocmask(how, set, old) ? errno : 0;
}

int sigpending(sigset_t *set)
{
	if (wbpf_shared.signals)
		pending |= (uint32_t)wbpf_host_signals_take();
	set->__bits = pending;
	return 0;
}

int sigsuspend(const sigset_t *mask)
{
	uint32_t before = blocked;

	blocked = (uint32_t)mask->__bits;
	while (!wbpf_signals_deliver())
		wbpf_host_sleep(UINT64_MAX, NULL);
	blocked = before;
	wbpf_signals_deliver();
	errno = EINTR;
	return -1;
}
