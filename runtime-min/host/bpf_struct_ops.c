/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The value of a struct_ops map that no object has: the kernel's struct, with the descriptor of a
 * program where a function is. Where these are says the kernel's type of the map. Whatever else
 * could be a pointer must be zero, for the kernel. And the test run of such a program.
 *
 * Source: bpf_struct_ops_map_update_elem() in kernel/bpf/bpf_struct_ops.c;
 * bpf_struct_ops_test_run() in net/bpf/bpf_dummy_struct_ops.c.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>

#include "host/bpf_run.h"
#include "host/struct_ops.h"

/* Whether the id is that of the kernel's own types, not of a module's. */
static bool is_vmlinux(uint32_t id)
{
	char name[16] = "";
	struct bpf_btf_info info = {.name = (uintptr_t)name, .name_len = sizeof(name)};
	uint32_t len = sizeof(info);
	int fd = bpf_btf_get_fd_by_id(id);
	bool is = fd >= 0 && !bpf_btf_get_info_by_fd(fd, &info, &len) && !strcmp(name, "vmlinux");

	if (fd >= 0)
		close(fd);
	return is;
}

/* The types that the map's is among. Older kernels have none but their own for it. */
static struct btf *types_of(uint32_t id, struct btf **base)
{
	*base = btf__load_vmlinux_btf();
	if (!*base || !id || is_vmlinux(id))
		return *base;
	return btf__load_from_kernel_by_id_split(id, *base);
}

/* The member that has the struct itself, behind what the kernel counts in. */
static const struct btf_type *data_of(const struct btf *btf, const struct btf_type *value,
				      uint32_t *at)
{
	for (uint16_t i = 0; value && btf_is_struct(value) && i < btf_vlen(value); i++) {
		const struct btf_member *m = &btf_members(value)[i];
		const char *name = btf__name_by_offset(btf, m->name_off);
		if (!name || strcmp(name, "data"))
			continue;
		const struct btf_type *t = btf__type_by_id(btf, m->type);
		*at = btf_member_bit_offset(value, i) / 8;
		return t && btf_is_struct(t) ? t : NULL;
	}
	return NULL;
}

static int translate(const struct run *r, const struct btf *btf, uint32_t type, uint8_t *value)
{
	uint32_t start = 0, size = r->map->value_size;
	const struct btf_type *t = data_of(btf, btf__type_by_id(btf, type), &start);

	if (!t)
		return -EOPNOTSUPP;
	for (uint16_t i = 0; i < btf_vlen(t); i++) {
		uint32_t at = start + btf_member_bit_offset(t, i) / 8;
		wbpf_handle handle;
		if (!struct_ops_is_function(btf, btf_members(t)[i].type) || at > size ||
		    size - at < sizeof(uint64_t))
			continue;
		memcpy(&handle, value + at, sizeof(handle)); /* the kernel reads no more of it */
		if (!handle)
			continue;
		int fd = instance_descriptor(r->in, handle);
		memcpy(value + at, &fd, sizeof(fd));
	}
	return 0;
}

int run_struct_ops(struct run *r)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	uint64_t host = r->attr.value;
	uint8_t *copy = host ? run_alloc(r, r->map->value_size) : NULL;
	struct btf *base = NULL;

	if (!copy)
		return host ? -ENOMEM : 0;
	memcpy(copy, (const void *)(uintptr_t)host, r->map->value_size);
	if (bpf_map_get_info_by_fd(r->map->fd, &info, &len))
		return -errno;
	struct btf *btf = types_of(info.btf_vmlinux_id, &base);
	int err = btf ? translate(r, btf, info.btf_vmlinux_value_type_id, copy) : -errno;
	if (btf != base)
		btf__free(btf);
	btf__free(base);
	r->attr.value = (uint64_t)(uintptr_t)copy;
	return err;
}

/* --- BPF_PROG_TEST_RUN ----------------------------------------------------------------------- */

/* The arguments of a function of the kernel's struct bpf_dummy_ops, the only one that can be run.
 * The first is the address of a state, an int, which the kernel reads and writes: it gets one of
 * the host's, with room for a state that has grown. */
enum { STATE_BYTES = 4, STATE_ROOM = 256, MAX_ARGUMENTS = 12 };

struct dummy_run {
	uint64_t args[MAX_ARGUMENTS];
	uint8_t state[STATE_ROOM];
	uint64_t addr; /* of the module's state; 0: none */
};

/* Asked once for a program that is loaded, whose type then stays: test runs are done in loops. */
static bool is_struct_ops_prog(const struct run *r)
{
	struct handle *h = handle_find(&r->in->handles, r->first, WBPF_KIND_PROG);
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);

	if (!h)
		return false;
	if (!h->type_known && !bpf_prog_get_info_by_fd(h->fd, &info, &len)) {
		h->type_known = true;
		h->struct_ops = info.type == BPF_PROG_TYPE_STRUCT_OPS;
	}
	return h->struct_ops;
}

int run_test(struct run *r)
{
	uint32_t size = r->attr.test.ctx_size_in;
	const void *from = (const void *)(uintptr_t)r->attr.test.ctx_in;
	uint64_t host;

	if (!from || !is_struct_ops_prog(r))
		return 0;
	struct dummy_run *d = run_alloc(r, sizeof(*d));
	if (!d)
		return -ENOMEM;
	if (size > sizeof(d->args))
		return -EINVAL; /* no function has so many */
	memcpy(d->args, from, size);
	d->addr = d->args[0];
	int err = run_span(r, d->addr, STATE_BYTES, &host);
	if (err)
		return err;
	if (d->addr) {
		memcpy(d->state, (const void *)(uintptr_t)host, STATE_BYTES);
		d->args[0] = (uint64_t)(uintptr_t)d->state;
		r->state = d;
	}
	r->attr.test.ctx_in = (uint64_t)(uintptr_t)d->args;
	return 0;
}

int32_t run_tested(struct run *r, long ret)
{
	const struct dummy_run *d = r->state;

	if (ret < 0 || !d)
		return (int32_t)ret;
	int err = memory_copy_out(r->in->memory, (wbpf_addr)d->addr, d->state, STATE_BYTES);
	return err ? err : (int32_t)ret;
}
