/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/ids.h"

#include <stdlib.h>

#include <bpf/bpf.h>

#include "host/instance.h"

/* The id of a map, program or link; 0: none. */
static uint32_t id_of(const struct handle *h)
{
	struct bpf_map_info map = {0};
	struct bpf_prog_info prog = {0};
	struct bpf_link_info link = {0};
	uint32_t len;

	if (h->fd < 0)
		return 0;
	switch (h->kind) {
	case WBPF_KIND_MAP:
		len = sizeof(map);
		return bpf_map_get_info_by_fd(h->fd, &map, &len) ? 0 : map.id;
	case WBPF_KIND_PROG:
		len = sizeof(prog);
		return bpf_prog_get_info_by_fd(h->fd, &prog, &len) ? 0 : prog.id;
	case WBPF_KIND_LINK:
		len = sizeof(link);
		return bpf_link_get_info_by_fd(h->fd, &link, &len) ? 0 : link.id;
	default:
		return 0;
	}
}

bool ids_known(const struct instance *in, enum wbpf_kind kind, uint32_t id)
{
	for (uint32_t i = 0; i < in->ids.count; i++)
		if (in->ids.entries[i].kind == kind && in->ids.entries[i].id == id)
			return true;
	for (uint32_t i = 0; i < in->handles.count; i++)
		if (in->handles.entries[i]->kind == kind && id_of(in->handles.entries[i]) == id)
			return true;
	return false;
}

void ids_remember(struct instance *in, const struct handle *h)
{
	uint32_t id = id_of(h);

	if (!id)
		return;
	if (!in->ids.entries)
		in->ids.entries = calloc(IDS_LIMIT, sizeof(*in->ids.entries));
	if (!in->ids.entries)
		return;
	in->ids.entries[in->ids.next] = (struct known_id){h->kind, id};
	in->ids.next = (in->ids.next + 1) % IDS_LIMIT;
	if (in->ids.count < IDS_LIMIT)
		in->ids.count++;
}

void ids_free(struct instance *in)
{
	free(in->ids.entries);
	in->ids = (struct ids){0};
}
