/* SPDX-License-Identifier: BSD-2-Clause */
/* Attaches what no process end undoes, and traps. Run twice: the second run must find nothing. */
#include <linux/bpf.h>
#include <linux/if_link.h>

#include "host.h"

enum { LOOPBACK = 1, INGRESS = 1 /* BPF_TC_INGRESS */ };

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed HOSTILE_FILE
};

static int32_t child_of(int32_t object, uint32_t kind, const char *name)
{
	char got[64];
	int32_t h, wanted = (int32_t)strlen(name);

	for (uint32_t i = 0; (h = h_object_child(object, kind, i)) > 0; i++)
		if (h_get(h, WBPF_KEY_NAME, A(got), sizeof(got)) == wanted &&
		    !memcmp(got, name, (size_t)wanted))
			return h;
	return h;
}

static int32_t net(uint32_t op, struct wbpf_net *n)
{
	n->size = sizeof(*n);
	n->ifindex = LOOPBACK;
	return h_net(op, A(n), sizeof(*n));
}

int main(void)
{
	static const uint32_t off;
	struct wbpf_net hook = {.attach_point = INGRESS},
			filter = {.attach_point = INGRESS, .tc_handle = 1, .priority = 1},
			query = {0}, xdp = {.flags = XDP_FLAGS_SKB_MODE};

	begin();
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);
	/* Not used here, and not every kernel has them, or lets root load them. */
	EQ(h_set(child_of(object, WBPF_KIND_PROG, "elements"), WBPF_KEY_PROG_AUTOLOAD, A(&off),
		 sizeof(off)),
	   0);
	EQ(h_set(child_of(object, WBPF_KIND_PROG, "in_arena"), WBPF_KEY_PROG_AUTOLOAD, A(&off),
		 sizeof(off)),
	   0);
	EQ(h_set(child_of(object, WBPF_KIND_MAP, "arena"), WBPF_KEY_MAP_AUTOCREATE, A(&off),
		 sizeof(off)),
	   0);
	int32_t err = h_object_load(object);
	if (err == L_EPERM)
		return 77;
	EQ(err, 0);
	EQ(net(WBPF_NET_XDP_QUERY, &query), 0);
	EQ(query.prog_id, 0);
	err = net(WBPF_NET_TC_HOOK_CREATE, &hook);
	EQ(err == 0 || err == L_EEXIST, 1); /* hooks stay */
	query = filter;
	BAD(net(WBPF_NET_TC_QUERY, &query));
	OK(filter.prog = child_of(object, WBPF_KIND_PROG, "classify"));
	EQ(net(WBPF_NET_TC_ATTACH, &filter), 0);
	OK(xdp.prog = child_of(object, WBPF_KIND_PROG, "pass"));
	EQ(net(WBPF_NET_XDP_ATTACH, &xdp), 0);
	query = (struct wbpf_net){0};
	EQ(net(WBPF_NET_XDP_QUERY, &query), 0);
	EQ(query.prog_id != 0, 1);
	if (end())
		return 1;
	fflush(stdout);
	__builtin_trap();
}
