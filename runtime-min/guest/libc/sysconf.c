// SPDX-License-Identifier: BSD-2-Clause
/* In place of wasi-libc's, which knows one processor and WebAssembly's pages. */
#include <errno.h>
#include <limits.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "guest/host.h"

int get_nprocs(void)
{
	uint32_t online = wbpf_shared.online_cpus;

	return (int)(online ? online : wbpf_shared.possible_cpus);
}

int get_nprocs_conf(void)
{
	return (int)wbpf_shared.possible_cpus;
}

long sysconf(int name)
{
	switch (name) {
	case _SC_NPROCESSORS_ONLN:
		return get_nprocs();
	case _SC_NPROCESSORS_CONF:
		return get_nprocs_conf();
	case _SC_PAGESIZE:
		return getpagesize();
	case _SC_CLK_TCK:
		return 100; /* of every kernel */
	case _SC_OPEN_MAX:
	case _SC_CHILD_MAX:
		return -1; /* the host's */
	case _SC_ARG_MAX:
		return 131072;
	case _SC_LINE_MAX:
		return 2048;
	case _SC_IOV_MAX:
		return 1024;
	case _SC_HOST_NAME_MAX:
		return 64;
	case _SC_TTY_NAME_MAX:
		return 32;
	case _SC_NGROUPS_MAX:
		return 65536;
	case _SC_VERSION:
		return _POSIX_VERSION;
	case _SC_MONOTONIC_CLOCK:
	case _SC_REALTIME_SIGNALS:
		return _POSIX_VERSION;
	default:
		errno = EINVAL;
		return -1;
	}
}
