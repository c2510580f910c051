// SPDX-License-Identifier: BSD-2-Clause
/* bpf_link: what holds a program to its hook. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

struct bpf_link *wbpf_link_new(wbpf_handle h)
{
	struct bpf_link *link = calloc(1, sizeof(*link));

	if (!link) {
		HOST(close, h);
		return ret_null(-ENOMEM);
	}
	link->handle = h;
	return link;
}

int bpf_link__fd(const struct bpf_link *link)
{
	return link->handle;
}

int bpf_link__detach(struct bpf_link *link)
{
	return bpf_link_detach(link->handle);
}

/* From now on destroy() leaves the attachment, until the module ends. */
void bpf_link__disconnect(struct bpf_link *link)
{
	link->disconnected = true;
}

int bpf_link__destroy(struct bpf_link *link)
{
	int err = 0;

	if (!link)
		return 0;
	if (!link->disconnected) {
		err = HOST(close, link->handle);
		if (link->event)
			HOST(close, link->event);
	}
	free(link->pin_path);
	free(link);
	return ret_err(err < 0 ? err : 0);
}

int bpf_link__update_program(struct bpf_link *link, struct bpf_program *prog)
{
	int fd = bpf_program__fd(prog);

	if (fd < 0) {
		warn("prog '%s': not loaded, a link cannot be updated with it\n", prog->name);
		return ret_err(-EINVAL);
	}
	return ret_err(bpf_link_update(link->handle, fd, NULL));
}

int bpf_link__update_map(struct bpf_link *link, const struct bpf_map *map)
{
	if (map->info.type != BPF_MAP_TYPE_STRUCT_OPS || !(map->info.state & WBPF_MAP_LOADED))
		return ret_err(-EINVAL);
	return wbpf_set_u32(link->handle, WBPF_KEY_LINK_MAP, (uint32_t)map->handle);
}

struct bpf_link *bpf_link__open(const char *path)
{
	struct bpf_link *link;
	int fd = bpf_obj_get(path);

	if (fd < 0) {
		warn("failed to open link at %s: %s\n", path, errstr(-fd));
		return ret_null(fd);
	}
	link = wbpf_link_new(fd);
	if (!link)
		return NULL;
	link->pin_path = strdup(path);
	if (!link->pin_path) {
		bpf_link__destroy(link);
		return ret_null(-ENOMEM);
	}
	return link;
}
