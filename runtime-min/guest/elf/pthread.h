/* SPDX-License-Identifier: BSD-2-Clause */
/* A module has one thread. */
#ifndef WBPF_ELF_PTHREAD_H
#define WBPF_ELF_PTHREAD_H

typedef int pthread_once_t;
#define PTHREAD_ONCE_INIT 0

static inline int pthread_once(pthread_once_t *once, void (*init)(void))
{
	if (!*once) {
		*once = 1;
		init();
	}
	return 0;
}

#endif
