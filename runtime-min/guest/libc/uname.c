// SPDX-License-Identifier: BSD-2-Clause
/* The kernel under the host, which programs ask in order to see what it can do. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "guest/host.h"

int uname(struct utsname *u)
{
	uint32_t v = wbpf_shared.kernel_version;

	memset(u, 0, sizeof(*u));
	strcpy(u->sysname, "Linux");
	strcpy(u->nodename, "localhost");
	snprintf(u->release, sizeof(u->release), "%u.%u.%u", v >> 16, v >> 8 & 255, v & 255);
	strcpy(u->version, "wbpf");
	strcpy(u->machine, "wasm32");
	return 0;
}
