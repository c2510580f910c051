/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasi-libc's <sys/resource.h>, which it hides, and resource limits. The limits are the host's:
 * setting one succeeds without effect, as programs raise RLIMIT_MEMLOCK before they load BPF
 * objects and the host has seen to that already.
 */
#ifndef _WASI_EMULATED_PROCESS_CLOCKS
#define _WASI_EMULATED_PROCESS_CLOCKS
#endif
#include_next <sys/resource.h>

#ifndef WBPF_SYS_RESOURCE_H
#define WBPF_SYS_RESOURCE_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef RLIM_INFINITY
typedef unsigned long long rlim_t;

struct rlimit {
	rlim_t rlim_cur;
	rlim_t rlim_max;
};

#define RLIM_INFINITY (~0ULL)
#define RLIMIT_CPU 0
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_RSS 5
#define RLIMIT_NPROC 6
#define RLIMIT_NOFILE 7
#define RLIMIT_MEMLOCK 8
#define RLIMIT_AS 9
#define RLIM_NLIMITS 16
#endif

int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);

#ifdef __cplusplus
}
#endif

#endif
