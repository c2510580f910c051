/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's <sys/stat.h>, and what it leaves out. */
#include_next <sys/stat.h>

#ifndef WBPF_SYS_STAT_H
#define WBPF_SYS_STAT_H

#ifdef __cplusplus
extern "C" {
#endif

/* WASI's files have no permissions: always -1 with ENOSYS. */
int chmod(const char *path, mode_t mode);
int fchmod(int fd, mode_t mode);

/* Remembered, without effect. */
mode_t umask(mode_t mask);

#ifdef __cplusplus
}
#endif

#endif
