/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals for a module. A module that catches a signal gets a bit in its shared block and its
 * waits end; the guest library then runs the module's handler, in the module's own context.
 * A signal that no module catches does to the process what it always does.
 *
 * A module that catches a signal but never looks (an endless loop) must still be stoppable from the
 * keyboard: when the same signal comes a third time without having been taken, it acts as if nobody
 * caught it.
 */
#ifndef WBPF_HOST_SIGNALS_H
#define WBPF_HOST_SIGNALS_H

#include <stdint.h>

struct signal_sink {
	int event_fd;     /* readable while caught signals wait; -1 before init */
	uint32_t caught;  /* bit signo-1 */
	uint32_t pending; /* bit signo-1, written by the handler */
	uint32_t *shared; /* the word in the module's shared block, or NULL */
	struct signal_sink *next;
};

int signals_init(struct signal_sink *s);
void signals_destroy(struct signal_sink *s); /* gives the caught signals back */

/* Where the module sees its caught signals; NULL: nowhere. */
void signals_set_shared(struct signal_sink *s, uint32_t *word);

/* how: enum wbpf_signal_how. 0; -EINVAL for a signal that cannot be caught or is no signal. */
int signals_set(struct signal_sink *s, uint32_t signo, uint32_t how);

/* The caught signals, which are cleared. */
uint32_t signals_take(struct signal_sink *s);

#endif
