/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of union bpf_attr, from the module's to the kernel's: handles and addresses. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/bpf_run.h"

/* What the kernel takes: kprobe and uprobe links have at most a million places. */
enum { MAX_STRING = 4096, MAX_RECORD = 4096, MAX_PLACES = 1 << 20 };

void *run_alloc(struct run *r, size_t size)
{
	if (r->nr_owned == MAX_OWNED)
		return NULL;
	void *p = calloc(size ? size : 1, 1);
	if (p)
		r->owned[r->nr_owned++] = p;
	return p;
}

uint32_t run_u32(const struct run *r, size_t off)
{
	uint32_t v;

	memcpy(&v, (const uint8_t *)&r->attr + off, sizeof(v));
	return v;
}

uint64_t run_u64(const struct run *r, size_t off)
{
	uint64_t v;

	memcpy(&v, (const uint8_t *)&r->attr + off, sizeof(v));
	return v;
}

void run_set(struct run *r, size_t off, uint64_t value)
{
	memcpy((uint8_t *)&r->attr + off, &value, sizeof(value));
}

int run_span(const struct run *r, uint64_t addr, uint64_t len, uint64_t *ret)
{
	/* The kernel itself checks that what it writes is writable. */
	const void *p = addr > UINT32_MAX ? NULL : memory_read(r->in->memory, (uint32_t)addr, len);

	*ret = addr ? (uint64_t)(uintptr_t)p : 0;
	return p || !addr ? 0 : -EFAULT;
}

static void translate_handle(struct run *r, const struct field *f)
{
	wbpf_handle value = (wbpf_handle)run_u32(r, f->off);

	if (!value && f->what != HANDLE)
		return;
	if (f->what == RELATIVE_HANDLE && run_u32(r, f->count_off) & BPF_F_ID)
		return;
	int fd = instance_descriptor(r->in, value);
	memcpy((uint8_t *)&r->attr + f->off, &fd, sizeof(fd));
}

/* A copy that ends: longer ones are cut where the kernel stops to read. */
static int copy_string(struct run *r, uint64_t addr, uint64_t *ret)
{
	const struct memory *m = r->in->memory;
	int err = run_span(r, addr, 1, ret);

	if (err || !addr)
		return err;
	size_t left = m->size - (size_t)addr, max = left < MAX_STRING ? left : MAX_STRING;
	char *copy = run_alloc(r, max + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, (const void *)(uintptr_t)*ret, max);
	*ret = (uint64_t)(uintptr_t)copy;
	return max < MAX_STRING && strlen(copy) == max ? -EFAULT : 0;
}

/*
 * An array of 32-bit words becomes one of 64-bit ones. A kernel's addresses have all upper bits set
 * in the machines whose text lies in the topmost 2 GiB (x86-64): there the low half says all.
 */
static int widen(struct run *r, const struct field *f, uint64_t addr, uint64_t *ret)
{
	uint32_t count = run_u32(r, f->count_off);
	int err = count > MAX_PLACES ? -E2BIG : run_span(r, addr, count * UINT64_C(4), ret);

	if (err || !addr)
		return err;
	const uint8_t *from = (const uint8_t *)(uintptr_t)*ret;
	uint64_t *to = run_alloc(r, count * sizeof(*to));
	if (!to)
		return -ENOMEM;
	for (uint32_t i = 0; i < count && !err; i++) {
		uint32_t word;
		memcpy(&word, from + i * sizeof(word), sizeof(word));
		if (f->what == STRINGS)
			/* Read by the kernel only, and not further than a symbol's name is long:
			 * at the end of memory into the guard. */
			err = run_span(r, word, 1, &to[i]);
		else
			to[i] = f->what == KERNEL_ADDRESSES ? (uint64_t)(int32_t)word : word;
	}
	*ret = (uint64_t)(uintptr_t)to;
	return err;
}

/* How many bytes the pointer of a field names. */
static uint64_t pointer_bytes(const struct run *r, const struct field *f)
{
	switch (f->what) {
	case BYTES:
		return run_u32(r, f->count_off);
	case NUMBERS:
		return run_u32(r, f->count_off) * (uint64_t)f->unit;
	case RECORDS:
		return run_u32(r, f->count_off) * (uint64_t)run_u32(r, f->unit);
	default:
		return run_element_bytes(r, f->what);
	}
}

static int translate_pointer(struct run *r, const struct field *f)
{
	uint64_t addr = run_u64(r, f->off), host = 0;
	int err;

	if (!addr) /* none: a queue's key, the first key's predecessor, an output not wanted */
		return 0;
	switch (f->what) {
	case STRING:
		err = copy_string(r, addr, &host);
		break;
	case STRINGS:
	case LONGS:
	case KERNEL_ADDRESSES:
		err = widen(r, f, addr, &host);
		break;
	case RECORDS:
		if (run_u32(r, f->unit) > MAX_RECORD)
			return -EINVAL; /* as the kernel says, before it looks at the records */
					/* fall through */
	default:
		err = run_span(r, addr, pointer_bytes(r, f), &host);
	}
	if (!err)
		run_set(r, f->off, host);
	return err;
}

int run_translate(struct run *r, const struct field *fields)
{
	int err = 0;

	for (const struct field *f = fields; f < fields + MAX_FIELDS && f->what && !err; f++)
		if (f->what <= RELATIVE_HANDLE)
			translate_handle(r, f);
		else
			err = translate_pointer(r, f);
	return err;
}
