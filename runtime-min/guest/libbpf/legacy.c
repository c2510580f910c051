// SPDX-License-Identifier: BSD-2-Clause
/* libbpf's small questions about itself and the machine. */
#include <errno.h>
#include <stdbool.h>

#include <bpf/libbpf.h>

#include "guest/host.h"

#define STRING_(x) #x
#define STRING(x) STRING_(x)

__u32 libbpf_major_version(void)
{
	return LIBBPF_MAJOR_VERSION;
}

__u32 libbpf_minor_version(void)
{
	return LIBBPF_MINOR_VERSION;
}

const char *libbpf_version_string(void)
{
	return "v" STRING(LIBBPF_MAJOR_VERSION) "." STRING(LIBBPF_MINOR_VERSION);
}

/* Without effect since libbpf 1.0. */
int libbpf_set_strict_mode(enum libbpf_strict_mode mode)
{
	return 0;
}

long libbpf_get_error(const void *ptr)
{
	return ptr ? 0 : -errno;
}

int libbpf_num_possible_cpus(void)
{
	return (int)wbpf_shared.possible_cpus;
}
