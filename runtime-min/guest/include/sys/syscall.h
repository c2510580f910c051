/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers for syscall(2), those of the kernel's asm-generic table whatever the machine is. Of these
 * dup3 and memfd_create, and any other number, give ENOSYS.
 */
#ifndef WBPF_SYS_SYSCALL_H
#define WBPF_SYS_SYSCALL_H

#define __NR_dup3 24
#define __NR_getpid 172
#define __NR_getppid 173
#define __NR_gettid 178
#define __NR_perf_event_open 241
#define __NR_memfd_create 279
#define __NR_bpf 280
#define __NR_pidfd_open 434

#define SYS_dup3 __NR_dup3
#define SYS_getpid __NR_getpid
#define SYS_getppid __NR_getppid
#define SYS_gettid __NR_gettid
#define SYS_perf_event_open __NR_perf_event_open
#define SYS_memfd_create __NR_memfd_create
#define SYS_bpf __NR_bpf
#define SYS_pidfd_open __NR_pidfd_open

#endif
