/* SPDX-License-Identifier: BSD-2-Clause */
/* Kernel memory in the module's memory. */
#include <errno.h>
#include <linux/bpf.h>

#include "host/calls.h"
#include "host/instance.h"

int32_t call_memory_map(struct instance *in, wbpf_handle value, uint32_t prot, uint64_t offset,
			wbpf_addr addr, uint32_t len)
{
	const struct handle *h = handle_find(&in->handles, value, 0);

	if (!h)
		return -EBADF;
	if (h->kind != WBPF_KIND_MAP && h->file != WBPF_FILE_PERF_EVENT)
		return -ENODEV;
	if (h->fd < 0)
		return -EBADF;
	if (!(prot & WBPF_PROT_READ) || prot & ~(uint32_t)(WBPF_PROT_READ | WBPF_PROT_WRITE) ||
	    offset > INT64_MAX)
		return -EINVAL;
	if (!in->memory)
		return -EFAULT;
	if (h->kind == WBPF_KIND_MAP && h->map_type == BPF_MAP_TYPE_ARENA)
		return offset ? -EINVAL
			      : memory_map_arena(in->memory, addr, len, prot & WBPF_PROT_WRITE,
						 h->fd);
	return memory_map(in->memory, addr, len, prot & WBPF_PROT_WRITE, h->fd, offset);
}

int32_t call_memory_unmap(struct instance *in, wbpf_addr addr, uint32_t len)
{
	return memory_unmap(in->memory, addr, len);
}

int32_t call_fence(struct instance *in)
{
	(void)in;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return 0;
}
