// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "lsm.h"

#define EPERM 1

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Keeps struct refusal in the object's type information. */
const struct refusal *refusal_type __attribute__((unused));

/* The path that must stay: its folder, and its name in there. */
const volatile unsigned long long folder_inode;
const volatile unsigned int folder_device;
const volatile char file[FILE_LEN];

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} refusals SEC(".maps");

static bool is_protected(const struct path *dir, struct dentry *entry)
{
	const struct inode *folder = dir->dentry->d_inode;
	char name[FILE_LEN];

	if (!entry->d_inode)
		return false; /* nothing has that name yet */
	if (folder->i_ino != folder_inode || folder->i_sb->s_dev != folder_device)
		return false;
	return bpf_probe_read_kernel_str(name, sizeof(name), entry->d_name.name) > 0 &&
	       !bpf_strncmp(name, sizeof(name), (const char *)file);
}

/* A refusal stands whether or not there is room to report it. */
static int refuse(enum how how)
{
	struct refusal *r = bpf_ringbuf_reserve(&refusals, sizeof(*r), 0);

	if (r) {
		r->pid = bpf_get_current_pid_tgid() >> 32;
		r->how = how;
		bpf_get_current_comm(r->name, sizeof(r->name));
		bpf_ringbuf_submit(r, 0);
	}
	return -EPERM;
}

SEC("lsm/path_unlink")
int BPF_PROG(on_unlink, const struct path *dir, struct dentry *entry)
{
	return is_protected(dir, entry) ? refuse(BY_UNLINK) : 0;
}

SEC("lsm/path_rmdir")
int BPF_PROG(on_rmdir, const struct path *dir, struct dentry *entry)
{
	return is_protected(dir, entry) ? refuse(BY_RMDIR) : 0;
}

/* To another name, or another file to this one. */
SEC("lsm/path_rename")
int BPF_PROG(on_rename, const struct path *old_dir, struct dentry *old, const struct path *new_dir,
	     struct dentry *new)
{
	return is_protected(old_dir, old) || is_protected(new_dir, new) ? refuse(BY_RENAME) : 0;
}
