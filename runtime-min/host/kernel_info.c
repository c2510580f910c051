/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/kernel_info.h"

#include <errno.h>
#include <string.h>

#include <bpf/bpf.h>

#include "host/instance.h"
#include "host/prog_properties.h"

int32_t kernel_info_map(const struct instance *in, const struct handle *h, uint32_t key,
			wbpf_addr buf, uint32_t cap)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);

	if (key != WBPF_KEY_NAME && key != WBPF_KEY_INFO)
		return -EINVAL;
	if (bpf_map_get_info_by_fd(h->fd, &info, &len))
		return -errno;
	if (key == WBPF_KEY_NAME)
		return property_give(in, buf, cap, info.name,
				     strnlen(info.name, sizeof(info.name)));
	struct wbpf_map_info ret = {
		.size = sizeof(ret),
		.type = info.type,
		.key_size = info.key_size,
		.value_size = info.value_size,
		.max_entries = info.max_entries,
		.flags = info.map_flags,
		.extra = info.type == BPF_MAP_TYPE_ARENA
				 ? memory_module_address(in->memory, info.map_extra)
				 : info.map_extra,
		.ifindex = info.ifindex,
		.btf_key_type_id = info.btf_key_type_id,
		.btf_value_type_id = info.btf_value_type_id,
		.state = WBPF_MAP_LOADED,
	};
	return property_give(in, buf, cap, &ret, sizeof(ret));
}

int32_t kernel_info_prog(const struct instance *in, const struct handle *h, uint32_t key,
			 wbpf_addr buf, uint32_t cap)
{
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);

	if (key != WBPF_KEY_NAME && key != WBPF_KEY_INFO)
		return -EINVAL;
	if (bpf_prog_get_info_by_fd(h->fd, &info, &len))
		return -errno;
	if (key == WBPF_KEY_NAME)
		return property_give(in, buf, cap, info.name,
				     strnlen(info.name, sizeof(info.name)));
	struct wbpf_prog_info ret = {
		.size = sizeof(ret),
		.type = info.type,
		.insn_cnt = info.xlated_prog_len / (uint32_t)sizeof(struct bpf_insn),
		.state = WBPF_PROG_LOADED,
	};
	return property_give(in, buf, cap, &ret, sizeof(ret));
}
