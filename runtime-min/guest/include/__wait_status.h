/* SPDX-License-Identifier: BSD-2-Clause */
/* The status of a process that ended: <sys/wait.h> and <stdlib.h> both have it. */
#ifndef WBPF_WAIT_STATUS_H
#define WBPF_WAIT_STATUS_H

#define WNOHANG 1
#define WUNTRACED 2

#define WEXITSTATUS(s) (((s) & 0xff00) >> 8)
#define WTERMSIG(s) ((s) & 0x7f)
#define WSTOPSIG(s) WEXITSTATUS(s)
#define WIFEXITED(s) (!WTERMSIG(s))
#define WIFSTOPPED(s) (((s) & 0xff) == 0x7f)
#define WIFSIGNALED(s) (((s) & 0x7f) != 0 && ((s) & 0x7f) != 0x7f)

#endif
