/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/signal_stack.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Wasmtime demands as much (MIN_STACK_SIZE in its vm/sys/unix/signals.rs). */
enum { SIZE = 64 * 4096 };

static size_t guard_size(void)
{
	return sysconf(_SC_PAGESIZE);
}

int signal_stack_set(struct signal_stack *s, const char *module, struct diag *d)
{
	size_t guard = guard_size();
	char *memory = mmap(NULL, guard + SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	stack_t stack = {.ss_size = SIZE};

	if (memory == MAP_FAILED)
		return diag_fail(d, errno, "%s: cannot have a stack for signals: %s", module,
				 strerror(errno));
	stack.ss_sp = memory + guard;
	if (mprotect(stack.ss_sp, SIZE, PROT_READ | PROT_WRITE) ||
	    sigaltstack(&stack, &s->before)) {
		int err = diag_fail(d, errno, "%s: cannot set up a stack for signals: %s", module,
				    strerror(errno));
		munmap(memory, guard + SIZE);
		return err;
	}
	s->memory = memory;
	return 0;
}

void signal_stack_restore(struct signal_stack *s)
{
	sigaltstack(&s->before, NULL);
	munmap(s->memory, guard_size() + SIZE);
}
