/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Iterators: which descriptors their link's information has depends on what they go through. The
 * kernel reads the information of those listed here and ignores that of all others.
 *
 * Source: attach_target functions of the kernel's bpf_iter_reg structs.
 */
#include "host/attach_iter.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/instance.h"
#include "host/kernel_btf.h"

/* Where the union has a descriptor; whether 0 is none. */
struct target {
	const char *name;
	uint32_t fd_at;
	bool needed;
};

#define FD(member) offsetof(union bpf_iter_link_info, member)

static const struct target targets[] = {
	{"bpf_map_elem", FD(map.map_fd), true}, {"bpf_sk_storage_map", FD(map.map_fd), true},
	{"sockmap", FD(map.map_fd), true},      {"cgroup", FD(cgroup.cgroup_fd), false},
	{"task", FD(task.pid_fd), false},       {"task_file", FD(task.pid_fd), false},
	{"task_vma", FD(task.pid_fd), false},
};

/* The kernel's function that a loaded program is for: "bpf_iter_task". NULL: not known. */
static const char *function_of(struct instance *in, const struct bpf_program *p)
{
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);
	const struct kernel_btf *btf;

	if (bpf_prog_get_info_by_fd(bpf_program__fd(p), &info, &len) || !info.attach_btf_id ||
	    kernel_btf_get(&in->btfs, KERNEL_BTF_VMLINUX, &btf))
		return NULL;
	return kernel_btf_name(btf, info.attach_btf_id, NULL);
}

/* What the section names ("iter/task"), else what the program was loaded for. */
static const char *target_name(struct instance *in, const struct bpf_program *p)
{
	static const char prefix[] = "bpf_iter_";
	const char *name = strchr(bpf_program__section_name(p), '/');

	if (name)
		return name + 1;
	name = function_of(in, p);
	return name && !strncmp(name, prefix, sizeof(prefix) - 1) ? name + sizeof(prefix) - 1
								  : NULL;
}

static const struct target *find_target(const char *name)
{
	for (size_t i = 0; name && i < sizeof(targets) / sizeof(*targets); i++)
		if (!strcmp(name, targets[i].name))
			return &targets[i];
	return NULL;
}

static int translate(struct instance *in, const struct target *t, struct wbpf_str info,
		     union bpf_iter_link_info *ret)
{
	wbpf_handle value;

	if (memory_copy_in(in->memory, ret, info.addr, info.len))
		return -EFAULT;
	if (!t) { /* read by nobody */
		memset(ret, 0, sizeof(*ret));
		return 0;
	}
	memcpy(&value, (uint8_t *)ret + t->fd_at, sizeof(value));
	if (!value && !t->needed)
		return 0;
	int fd = instance_descriptor(in, value);
	memcpy((uint8_t *)ret + t->fd_at, &fd, sizeof(fd));
	return 0;
}

/* Whether the kernel read the information as the target that it was translated for. */
static bool iterates(const struct bpf_link *link, const struct target *t)
{
	char name[64] = "";
	struct bpf_link_info info = {.iter.target_name = (uintptr_t)name,
				     .iter.target_name_len = sizeof(name)};
	uint32_t len = sizeof(info);

	if (bpf_link_get_info_by_fd(bpf_link__fd(link), &info, &len))
		return false;
	return t ? !strcmp(name, t->name) : !find_target(name);
}

struct bpf_link *attach_iter(struct instance *in, struct bpf_program *p, struct wbpf_str info)
{
	union bpf_iter_link_info linfo = {0};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts);
	const struct target *t = NULL;

	if (info.addr && bpf_program__fd(p) >= 0) {
		int err = info.len > sizeof(linfo) ? -E2BIG : 0;
		if (!err) {
			t = find_target(target_name(in, p));
			err = translate(in, t, info, &linfo);
		}
		if (err) {
			errno = -err;
			return NULL;
		}
		opts.link_info = &linfo;
		opts.link_info_len = info.len;
	}
	struct bpf_link *link = bpf_program__attach_iter(p, &opts);
	if (link && info.addr && !iterates(link, t)) {
		bpf_link__destroy(link);
		errno = EINVAL;
		return NULL;
	}
	return link;
}
