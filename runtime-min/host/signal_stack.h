/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread's stack for signals, while it runs a module. The engine handles a module that has used
 * up its stack there. It takes a stack that is large enough; where it has to get one itself and
 * there is no memory, it ends the process.
 */
#ifndef WBPF_HOST_SIGNAL_STACK_H
#define WBPF_HOST_SIGNAL_STACK_H

#include <signal.h>

#include "base/diag.h"

struct signal_stack {
	void *memory;
	stack_t before;
};

/* For this thread. 0, or a negative errno with d set, which names the module. */
int signal_stack_set(struct signal_stack *s, const char *module, struct diag *d);

/* The one that the thread had before. */
void signal_stack_restore(struct signal_stack *s);

#endif
