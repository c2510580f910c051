/* SPDX-License-Identifier: BSD-2-Clause */
/* A module has no child processes: waiting for one fails with ECHILD. */
#ifndef WBPF_SYS_WAIT_H
#define WBPF_SYS_WAIT_H

#include <__wait_status.h>
#include <sys/types.h>

#define WCOREDUMP(s) ((s) & 0x80)

#ifdef __cplusplus
extern "C" {
#endif

pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);

#ifdef __cplusplus
}
#endif

#endif
