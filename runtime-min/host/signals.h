/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals for modules. A module that catches a signal gets a bit in its shared block and its
 * waits end; the guest library then runs the module's handler, in the module's own context.
 *
 * The modules of a process are to a signal what the processes of a group are: each one that catches
 * it gets it, one that ignores it goes on, and one that does neither ends, at its next call. When
 * no module catches or ignores it, it does to the process what it always does.
 *
 * A module that catches a signal but never looks (an endless loop) must still be stoppable from the
 * keyboard: when the same signal comes a third time without a module having taken it, it acts as if
 * nobody caught it.
 */
#ifndef WBPF_HOST_SIGNALS_H
#define WBPF_HOST_SIGNALS_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum { SIGNALS_LAST = 31 };

struct signal_sink {
	int event_fd;      /* readable while caught signals wait; -1 before init */
	uint32_t caught;   /* bit signo-1, as in the next two; neither: the signal's default */
	uint32_t ignored;  /* those that this process was started with, too */
	uint32_t pending;  /* written by the handler */
	uint32_t ended_by; /* the signal that ends this module, written by the handler; 0: none */
	uint32_t *shared;  /* the word in the module's shared block, or NULL */
	uint32_t untaken[SIGNALS_LAST + 1]; /* how often each came and the module did not look */
	pthread_t thread;                   /* that runs the module, once has_thread is set */
	bool has_thread;
	struct signal_sink *next;
};

int signals_init(struct signal_sink *s);
void signals_destroy(
	struct signal_sink *s); /* gives the signals back; s may be destroyed already */

/* The calling thread runs the module from now on: its system call ends when the module is to. */
void signals_enter(struct signal_sink *s);

/* Blocks all signals that can wait on the calling thread, those of threads that it makes too: for
 * threads that run modules beside each other. *saved: what to give back to pthread_sigmask(). */
void signals_block(sigset_t *saved);

/* pthread_create() for the host's own work: the thread takes no signal. */
int signals_new_thread(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
		       void *arg);

/*
 * For who runs modules: what signals do that no module catches, in place of their defaults.
 * tell: signo adds to the eventfd fd, as long as the process lives. end: those of the mask (bit
 * signo-1) end the modules, as if another one caught them, and not the process.
 */
void signals_tell(int signo, int fd);
void signals_end(uint32_t mask);

/* Where the module sees its caught signals; NULL: nowhere. */
void signals_set_shared(struct signal_sink *s, uint32_t *word);

/* how: enum wbpf_signal_how. 0; -EINVAL for a signal that cannot be caught or is no signal. */
int signals_set(struct signal_sink *s, uint32_t signo, uint32_t how);

/* The caught signals, which are cleared. */
uint32_t signals_take(struct signal_sink *s);

#endif
