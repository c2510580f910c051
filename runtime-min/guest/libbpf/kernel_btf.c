// SPDX-License-Identifier: BSD-2-Clause
/* The types of the kernel and its modules. The host searches them; whoever wants more gets them. */
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf_legacy.h>

#include "guest/libbpf/object.h"
#include "guest/upstream/btf_asleep.h"

static const char folder[] = "/sys/kernel/btf/";

static int ask(enum wbpf_btf_op op, const char *of, struct wbpf_btf *q)
{
	q->size = sizeof(*q);
	q->of = wbpf_str(of);
	return HOST(btf, op, q, sizeof(*q));
}

static int read_data(const char *name, void **ret, __u32 *size)
{
	struct wbpf_btf q = {0};
	int err = ask(WBPF_BTF_SIZE, name, &q);

	if (err)
		return err;
	*size = (__u32)q.bytes;
	*ret = malloc(*size);
	if (!*ret)
		return -ENOMEM;
	q.to = (struct wbpf_str){.addr = (wbpf_addr)(uintptr_t)*ret, .len = *size};
	err = ask(WBPF_BTF_READ, name, &q);
	if (!err)
		return 0;
	free(*ret);
	return err;
}

int wbpf_btf_wake(struct btf *btf)
{
	struct btf *base = (struct btf *)btf__base_btf(btf);
	void *data;
	__u32 size;
	int err = 0;

	if (base && wbpf_btf_is_asleep(base))
		err = wbpf_btf_wake(base);
	if (!err)
		err = read_data(wbpf_btf_name(btf), &data, &size);
	return err ? err : wbpf_btf_fill(btf, data, size);
}

/* libbpf's rules: void and no kind at all are type 0, and what is in the base comes first. */
__s32 wbpf_btf_find(const struct btf *btf, const char *name, __s32 kind)
{
	const struct btf *base = btf__base_btf(btf);
	struct wbpf_btf q = {.kind = kind, .name = wbpf_str(name)};
	__s32 id = -ENOENT;
	int err;

	if (!kind || !strcmp(name, "void"))
		return 0;
	if (base)
		id = kind < 0 ? btf__find_by_name(base, name)
			      : btf__find_by_name_kind(base, name, (__u32)kind);
	if (id >= 0)
		return id;
	err = ask(WBPF_BTF_FIND, wbpf_btf_name(btf), &q);
	return err ? err : (__s32)q.id;
}

bool wbpf_btf_is_kernels(const char *path)
{
	return !strncmp(path, folder, sizeof(folder) - 1) && path[sizeof(folder) - 1] &&
	       !strchr(path + sizeof(folder) - 1, '/');
}

static void *error(int err)
{
	return (void *)(intptr_t)err;
}

static struct btf *load(const char *name, struct btf *base)
{
	struct wbpf_btf q = {0};
	struct btf *btf;
	int err = ask(WBPF_BTF_SIZE, name, &q);

	if (err)
		return error(err);
	/* On another base than its own nothing in it means what it says. */
	if (q.first_id != (base ? btf__type_cnt(base) : 1))
		return error(-EINVAL);
	btf = wbpf_btf_asleep(name, q.first_id, q.types, base);
	return btf ? btf : error(-ENOMEM);
}

struct btf *wbpf_btf_load(const char *path, struct btf *base)
{
	return load(path + sizeof(folder) - 1, base);
}

static struct btf *load_public(const char *name, struct btf *base)
{
	struct btf *btf = load(name, base);
	intptr_t err = (intptr_t)btf;

	return err < 0 && err >= -4095 ? ret_null((int)err) : btf;
}

struct btf *btf__load_vmlinux_btf(void)
{
	return load_public("vmlinux", NULL);
}

struct btf *btf__load_module_btf(const char *name, struct btf *vmlinux)
{
	return load_public(name, vmlinux);
}

struct btf *libbpf_find_kernel_btf(void)
{
	return btf__load_vmlinux_btf();
}
