/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Iterators: which descriptors their link's information has depends on what they go through. The
 * kernel reads the information of those listed here and ignores that of all others.
 *
 * Source: attach_target functions of the kernel's bpf_iter_reg structs.
 */
#include "host/attach_iter.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/instance.h"
#include "host/kernel_btf.h"

/* Where the union has a descriptor; the kernel takes 0 for none. */
struct iter_target {
	const char *name;
	uint32_t fd_at;
};

#define FD(member) offsetof(union bpf_iter_link_info, member)

static const struct iter_target targets[] = {
	{"bpf_map_elem", FD(map.map_fd)}, {"bpf_sk_storage_map", FD(map.map_fd)},
	{"sockmap", FD(map.map_fd)},      {"cgroup", FD(cgroup.cgroup_fd)},
	{"task", FD(task.pid_fd)},        {"task_file", FD(task.pid_fd)},
	{"task_vma", FD(task.pid_fd)},
};

/* The kernel's function that a loaded program is for: "bpf_iter_task". NULL: not known. */
static const char *function_of(struct instance *in, int prog_fd)
{
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);
	const struct kernel_btf *btf;

	if (bpf_prog_get_info_by_fd(prog_fd, &info, &len) || !info.attach_btf_id ||
	    kernel_btf_get(&in->btfs, KERNEL_BTF_VMLINUX, &btf))
		return NULL;
	return kernel_btf_name(btf, info.attach_btf_id, NULL);
}

static const struct iter_target *find_target(const char *name)
{
	for (size_t i = 0; name && i < sizeof(targets) / sizeof(*targets); i++)
		if (!strcmp(name, targets[i].name))
			return &targets[i];
	return NULL;
}

const struct iter_target *iter_target_of(struct instance *in, int prog_fd)
{
	static const char prefix[] = "bpf_iter_";
	const char *name = function_of(in, prog_fd);

	return name && !strncmp(name, prefix, sizeof(prefix) - 1)
		       ? find_target(name + sizeof(prefix) - 1)
		       : NULL;
}

/* What the section names ("iter/task"), else what the program was loaded for. */
static const struct iter_target *target_of(struct instance *in, const struct bpf_program *p)
{
	const char *name = strchr(bpf_program__section_name(p), '/');

	return name ? find_target(name + 1) : iter_target_of(in, bpf_program__fd(p));
}

void iter_translate(const struct instance *in, const struct iter_target *t,
		    union bpf_iter_link_info *info)
{
	wbpf_handle value;

	if (!t) { /* read by nobody */
		memset(info, 0, sizeof(*info));
		return;
	}
	memcpy(&value, (uint8_t *)info + t->fd_at, sizeof(value));
	if (!value)
		return;
	int fd = instance_descriptor(in, value);
	memcpy((uint8_t *)info + t->fd_at, &fd, sizeof(fd));
}

bool iter_is(int link_fd, const struct iter_target *t)
{
	char name[64] = "";
	struct bpf_link_info info = {.iter.target_name = (uintptr_t)name,
				     .iter.target_name_len = sizeof(name)};
	uint32_t len = sizeof(info);

	if (bpf_link_get_info_by_fd(link_fd, &info, &len))
		return false;
	return t ? !strcmp(name, t->name) : !find_target(name);
}

struct bpf_link *attach_iter(struct instance *in, struct bpf_program *p, struct wbpf_str info)
{
	union bpf_iter_link_info linfo = {0};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts);
	const struct iter_target *t = NULL;

	if (info.addr && bpf_program__fd(p) >= 0) {
		int err = info.len > sizeof(linfo)
				  ? -E2BIG
				  : memory_copy_in(in->memory, &linfo, info.addr, info.len);
		if (err) {
			errno = -err;
			return NULL;
		}
		t = target_of(in, p);
		iter_translate(in, t, &linfo);
		opts.link_info = &linfo;
		opts.link_info_len = info.len;
	}
	struct bpf_link *link = bpf_program__attach_iter(p, &opts);
	if (link && info.addr && !iter_is(bpf_link__fd(link), t)) {
		bpf_link__destroy(link);
		errno = EINVAL;
		return NULL;
	}
	return link;
}
