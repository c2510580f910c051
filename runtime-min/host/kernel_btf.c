/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/kernel_btf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <linux/btf.h>

enum { MAX_SIZE = 1 << 30 };

static int read_all(int fd, uint8_t *to, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = read(fd, to + done, len - done);
		if (n < 0)
			return -errno;
		if (!n)
			return -EIO;
		done += (size_t)n;
	}
	return 0;
}

/* Kernels before 6.16 cannot map the file. */
static int take_file(struct kernel_btf *b, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_size <= 0 || st.st_size > MAX_SIZE)
		return -EINVAL;
	b->size = (size_t)st.st_size;
	void *p = mmap(NULL, b->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p != MAP_FAILED) {
		b->data = p;
		b->mapped = true;
		return 0;
	}
	b->data = malloc(b->size);
	return b->data ? read_all(fd, b->data, b->size) : -ENOMEM;
}

/* Without sysfs libbpf knows where else vmlinux may lie. */
static int take_vmlinux(struct kernel_btf *b)
{
	struct btf *btf = btf__load_vmlinux_btf();
	uint32_t size = 0;

	if (!btf)
		return -errno;
	const void *raw = btf__raw_data(btf, &size);
	b->data = raw ? malloc(size) : NULL;
	if (b->data) {
		memcpy(b->data, raw, size);
		b->size = size;
	}
	btf__free(btf);
	return b->data ? 0 : -ENOMEM;
}

static int take_data(struct kernel_btf *b, const char *name)
{
	char path[128];
	int len = snprintf(path, sizeof(path), "/sys/kernel/btf/%s", name);

	if (len < 0 || (size_t)len >= sizeof(path) || strchr(name, '/') || !name[0] ||
	    name[0] == '.')
		return -ENOENT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT && !strcmp(name, KERNEL_BTF_VMLINUX) ? take_vmlinux(b)
									    : -errno;
	int err = take_file(b, fd);
	close(fd);
	return err;
}

static bool inside(uint64_t offset, uint64_t len, uint64_t size)
{
	return offset <= size && len <= size - offset;
}

/*
 * Bytes behind a type's struct btf_type: so many, and so many for each of its vlen. A table, as the
 * kinds follow each other in no order that a processor could guess. UNKNOWN is more than any file.
 */
#define UNKNOWN (UINT64_C(1) << 40)
static const struct {
	uint64_t once, each;
} tails[32] = {
	{UNKNOWN, 0},
	[BTF_KIND_INT] = {sizeof(uint32_t), 0},
	[BTF_KIND_PTR] = {0, 0},
	[BTF_KIND_ARRAY] = {sizeof(struct btf_array), 0},
	[BTF_KIND_STRUCT] = {0, sizeof(struct btf_member)},
	[BTF_KIND_UNION] = {0, sizeof(struct btf_member)},
	[BTF_KIND_ENUM] = {0, sizeof(struct btf_enum)},
	[BTF_KIND_FUNC_PROTO] = {0, sizeof(struct btf_param)},
	[BTF_KIND_VAR] = {sizeof(uint32_t), 0},
	[BTF_KIND_DATASEC] = {0, sizeof(struct btf_var_secinfo)},
	[BTF_KIND_DECL_TAG] = {sizeof(uint32_t), 0},
	[BTF_KIND_ENUM64] = {0, sizeof(struct btf_enum64)},
	[BTF_KIND_MAX + 1 ... 31] = {UNKNOWN, 0},
};

const struct btf_type *kernel_btf_next(const struct kernel_btf *b, uint32_t *offset)
{
	const struct btf_type *t = (const void *)(b->types + *offset);

	if (!inside(*offset, sizeof(*t), b->types_len))
		return NULL;
	uint32_t kind = BTF_INFO_KIND(t->info);
	uint64_t tail = tails[kind].once + tails[kind].each * BTF_INFO_VLEN(t->info);
	if (tail > b->types_len - *offset - sizeof(*t))
		return NULL;
	*offset += (uint32_t)(sizeof(*t) + tail);
	return t;
}

static int find_types(struct kernel_btf *b)
{
	const size_t most = b->types_len / sizeof(struct btf_type);
	uint32_t offset = 0, next = 0;

	b->offsets = malloc((most ? most : 1) * sizeof(*b->offsets));
	if (!b->offsets)
		return -ENOMEM;
	for (; kernel_btf_next(b, &next); offset = next)
		b->offsets[b->count++] = offset;
	return offset == b->types_len ? 0 : -EINVAL;
}

static int take_header(struct kernel_btf *b)
{
	struct btf_header h;

	if (b->size < sizeof(h))
		return -EINVAL;
	memcpy(&h, b->data, sizeof(h));
	if (h.magic != BTF_MAGIC || h.hdr_len < sizeof(h) || h.hdr_len > b->size)
		return -EINVAL;
	size_t left = b->size - h.hdr_len;
	if (!inside(h.type_off, h.type_len, left) || !inside(h.str_off, h.str_len, left) ||
	    (h.hdr_len + h.type_off) % 4)
		return -EINVAL;
	b->types = b->data + h.hdr_len + h.type_off;
	b->types_len = h.type_len;
	b->strs = (const char *)b->data + h.hdr_len + h.str_off;
	b->strs_len = h.str_len;
	/* So that every string ends. */
	if (b->strs_len && b->strs[b->strs_len - 1])
		return -EINVAL;
	return find_types(b);
}

static void free_one(struct kernel_btf *b)
{
	if (b->mapped)
		munmap(b->data, b->size);
	else
		free(b->data);
	free(b->offsets);
	free(b->name);
	free(b);
}

static int load(struct kernel_btf **list, const char *name, struct kernel_btf *b)
{
	int err = 0;

	b->first_id = 1;
	if (strcmp(name, KERNEL_BTF_VMLINUX)) {
		err = kernel_btf_get(list, KERNEL_BTF_VMLINUX, &b->base);
		if (!err)
			b->first_id = b->base->first_id + b->base->count;
	}
	if (!err)
		err = take_data(b, name);
	return err ? err : take_header(b);
}

int kernel_btf_get(struct kernel_btf **list, const char *name, const struct kernel_btf **ret)
{
	for (struct kernel_btf *b = *list; b; b = b->next) {
		if (!strcmp(b->name, name)) {
			*ret = b;
			return 0;
		}
	}
	struct kernel_btf *b = calloc(1, sizeof(*b));
	if (!b)
		return -ENOMEM;
	b->name = strdup(name);
	int err = b->name ? load(list, name, b) : -ENOMEM;
	if (err) {
		free_one(b);
		return err;
	}
	b->next = *list;
	*list = b;
	*ret = b;
	return 0;
}

/* A module's strings continue those of vmlinux. */
static const char *string_at(const struct kernel_btf *b, uint32_t offset)
{
	uint32_t before = b->base ? b->base->strs_len : 0;

	if (offset < before)
		return string_at(b->base, offset);
	return offset - before < b->strs_len ? b->strs + (offset - before) : "";
}

int32_t kernel_btf_find(const struct kernel_btf *b, const char *name, int32_t kind)
{
	for (uint32_t i = 0; i < b->count; i++) {
		const struct btf_type *t = kernel_btf_type(b, i);
		if (kind >= 0 && BTF_INFO_KIND(t->info) != (uint32_t)kind)
			continue;
		if (!strcmp(string_at(b, t->name_off), name))
			return (int32_t)(b->first_id + i);
	}
	return -ENOENT;
}

const char *kernel_btf_name(const struct kernel_btf *b, uint32_t id, uint32_t *kind)
{
	if (b->base && id < b->first_id)
		return kernel_btf_name(b->base, id, kind);
	if (id < b->first_id || id - b->first_id >= b->count)
		return NULL;
	const struct btf_type *t = kernel_btf_type(b, id - b->first_id);
	if (kind)
		*kind = BTF_INFO_KIND(t->info);
	return string_at(b, t->name_off);
}

void kernel_btf_free(struct kernel_btf *list)
{
	while (list) {
		struct kernel_btf *next = list->next;
		free_one(list);
		list = next;
	}
}
