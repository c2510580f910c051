/* SPDX-License-Identifier: BSD-2-Clause */
/* btf(): the kernel's types, and what libbpf makes of section names. */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "host/calls.h"
#include "host/instance.h"
#include "host/kernel_btf.h"

enum { MAX_NAME = 4096 };

/* The arguments, with the strings copied out of the module's memory. */
struct question {
	struct wbpf_btf q;
	char *of, *name;
};

static int size_of(struct instance *in, struct question *a, const struct kernel_btf *b)
{
	a->q.bytes = b->size;
	a->q.first_id = b->first_id;
	a->q.types = b->count;
	return 0;
}

static int find(struct instance *in, struct question *a, const struct kernel_btf *b)
{
	int32_t id = a->name ? kernel_btf_find(b, a->name, a->q.kind) : -EINVAL;

	if (id < 0)
		return id;
	a->q.id = (uint32_t)id;
	return 0;
}

static int read_part(struct instance *in, struct question *a, const struct kernel_btf *b)
{
	uint64_t left = a->q.offset < b->size ? b->size - a->q.offset : 0;
	uint32_t n = left < a->q.to.len ? (uint32_t)left : a->q.to.len;

	a->q.bytes = n;
	return n ? memory_copy_out(in->memory, a->q.to.addr, b->data + a->q.offset, n) : 0;
}

static int section(struct question *a)
{
	enum bpf_prog_type prog_type;
	enum bpf_attach_type attach_type, ignored;
	int err = a->name ? libbpf_prog_type_by_name(a->name, &prog_type, &attach_type) : -EINVAL;

	if (err)
		return err;
	a->q.prog_type = prog_type;
	a->q.attach_type = attach_type;
	a->q.flags = libbpf_attach_type_by_name(a->name, &ignored) ? 0 : WBPF_SECTION_ATTACHABLE;
	return 0;
}

static int answer(struct instance *in, uint32_t op, struct question *a)
{
	static int (*const ops[])(struct instance *, struct question *,
				  const struct kernel_btf *) = {
		[WBPF_BTF_SIZE] = size_of,
		[WBPF_BTF_FIND] = find,
		[WBPF_BTF_READ] = read_part,
	};
	const struct kernel_btf *b;

	if (op == WBPF_BTF_SECTION)
		return section(a);
	if (op >= sizeof(ops) / sizeof(*ops) || !ops[op])
		return -EOPNOTSUPP;
	int err = a->of ? kernel_btf_get(&in->btfs, a->of, &b) : -EINVAL;
	return err ? err : ops[op](in, a, b);
}

int32_t call_btf(struct instance *in, uint32_t op, wbpf_addr args, uint32_t size)
{
	struct question a = {0};
	int err = instance_struct(in, &a.q, sizeof(a.q), sizeof(a.q), args, size);

	if (err)
		return err;
	if (!memory_write(in->memory, args, sizeof(a.q)))
		return -EFAULT;
	log_capture(&in->log);
	a.of = instance_string(in, a.q.of, MAX_NAME, &err);
	if (!err)
		a.name = instance_string(in, a.q.name, MAX_NAME, &err);
	if (!err)
		err = answer(in, op, &a);
	if (!err)
		err = memory_copy_out(in->memory, args, &a.q, sizeof(a.q));
	log_capture(NULL);
	free(a.of);
	free(a.name);
	instance_update_shared(in);
	return err;
}
