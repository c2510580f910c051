// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <net/if.h>

#include "guest/host.h"

unsigned int if_nametoindex(const char *name)
{
	struct wbpf_net net = {.size = sizeof(net), .name = wbpf_str(name)};
	int err = HOST(net, WBPF_NET_IF_INDEX, &net, sizeof(net));

	if (!err)
		return (unsigned int)net.ifindex;
	errno = -err;
	return 0;
}

char *if_indextoname(unsigned int index, char *name)
{
	struct wbpf_net net = {.size = sizeof(net), .ifindex = (int32_t)index};
	int err;

	net.name.addr = (wbpf_addr)(uintptr_t)name;
	net.name.len = IF_NAMESIZE;
	err = HOST(net, WBPF_NET_IF_NAME, &net, sizeof(net));
	if (!err)
		return name;
	errno = -err;
	return NULL;
}
