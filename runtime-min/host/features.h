/* SPDX-License-Identifier: BSD-2-Clause */
/* What libbpf wants to know of the kernel before it loads anything, asked while a start waits. */
#ifndef WBPF_HOST_FEATURES_H
#define WBPF_HOST_FEATURES_H

/* Asks the questions that most loads do; libbpf keeps the answers. It makes some twenty system calls;
 * without the right to use BPF it does nothing. */
void features_ask(void);

#endif
