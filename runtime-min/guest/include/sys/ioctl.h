/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl(2) on handles: perf events (<linux/perf_event.h>), FIONREAD and FIONBIO of those and of
 * sockets. On other descriptors the two that WASI can do, by the kernel's numbers; else ENOTTY.
 */
#ifndef WBPF_SYS_IOCTL_H
#define WBPF_SYS_IOCTL_H

#include <linux/ioctl.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TIOCGWINSZ 0x5413
#define FIONREAD 0x541b
#define FIONBIO 0x5421

struct winsize {
	unsigned short ws_row;
	unsigned short ws_col;
	unsigned short ws_xpixel;
	unsigned short ws_ypixel;
};

/* By another symbol, as wasi-libc's own has other numbers. */
int ioctl(int fd, unsigned long request, ...) __asm__("wbpf_ioctl");

#ifdef __cplusplus
}
#endif

#endif
