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

/* By other symbols, as <fcntl.h> does; stat() also of /proc/PID/ns/NAME, and with the kernel's
 * device and inode, where fstat(), lstat() and a folder's descriptor give WASI's. */
int stat(const char *path, struct stat *st) __asm__("wbpf_stat");
int fstatat(int dir, const char *path, struct stat *st, int flags) __asm__("wbpf_fstatat");
int mkdirat(int dir, const char *path, mode_t mode) __asm__("wbpf_mkdirat");
int utimensat(int dir, const char *path, const struct timespec times[2],
	      int flags) __asm__("wbpf_utimensat");

/* Remembered, without effect. */
mode_t umask(mode_t mask);

#ifdef __cplusplus
}
#endif

#endif
