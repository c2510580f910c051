/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects that a module reaches by id, path or process instead of by a handle it holds.
 *
 * Ids are small numbers that anyone can count through, so that maps, programs and links are for
 * those who made or opened them. Type information holds nothing but types. A path in a BPF file
 * system is made to be shared, and has an owner and a mode.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "host/bpf_run.h"
#include "host/ids.h"

/* What a descriptor is of, by the name that the kernel gives to its kind. */
static enum wbpf_kind kind_of(int fd)
{
	static const struct {
		const char *name;
		enum wbpf_kind kind;
	} kinds[] = {
		{"anon_inode:bpf-map", WBPF_KIND_MAP},   {"anon_inode:bpf-prog", WBPF_KIND_PROG},
		{"anon_inode:bpf_link", WBPF_KIND_LINK}, {"anon_inode:bpf-link", WBPF_KIND_LINK},
		{"anon_inode:btf", WBPF_KIND_BTF},
	};
	char path[32], name[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ssize_t len = readlink(path, name, sizeof(name));
	for (size_t i = 0; len > 0 && i < sizeof(kinds) / sizeof(*kinds); i++)
		if ((size_t)len == strlen(kinds[i].name) && !memcmp(name, kinds[i].name, len))
			return kinds[i].kind;
	return 0;
}

static int learn_map(struct handle *h)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);

	if (bpf_map_get_info_by_fd(h->fd, &info, &len))
		return -errno;
	h->map_type = info.type;
	h->key_size = info.key_size;
	h->value_size = info.value_size;
	return 0;
}

wbpf_handle run_add(struct run *r, enum wbpf_kind kind, int fd)
{
	wbpf_handle value = instance_add_fd(r->in, kind, fd);
	struct handle *h = value < 0 ? NULL : handle_find(&r->in->handles, value, WBPF_KIND_MAP);
	int err = h ? learn_map(h) : 0;

	if (err)
		instance_close(r->in, h);
	return err ? err : value;
}

int32_t run_got_by_path(struct run *r, long ret)
{
	enum wbpf_kind kind = ret < 0 ? 0 : kind_of((int)ret);

	if (ret >= 0 && !kind) {
		close((int)ret);
		return -EOPNOTSUPP;
	}
	return ret < 0 ? (int32_t)ret : run_add(r, kind, (int)ret);
}

/* The kernel was asked before, so that a number that is no id gives what it gives everywhere. */
int32_t run_got_by_id(struct run *r, long ret)
{
	static const struct {
		enum wbpf_kind kind;
		const char *name;
	} kinds[] = {
		[BPF_MAP_GET_FD_BY_ID] = {WBPF_KIND_MAP, "map"},
		[BPF_PROG_GET_FD_BY_ID] = {WBPF_KIND_PROG, "program"},
		[BPF_LINK_GET_FD_BY_ID] = {WBPF_KIND_LINK, "link"},
	};
	enum wbpf_kind kind = kinds[r->cmd].kind;
	uint32_t id = (uint32_t)r->first;

	if (ret < 0)
		return (int32_t)ret;
	if (ids_known(r->in, kind, id))
		return run_add(r, kind, (int)ret);
	close((int)ret);
	log_add(&r->in->log, WBPF_LOG_WARN,
		"wbpf: the %s with id %u: a module reaches by their ids only those that it made or "
		"opened itself: not allowed\n",
		kinds[r->cmd].name, id);
	instance_update_shared(r->in);
	return -EPERM;
}

/* The descriptor is one of the process that is asked about. */
int run_task_query(struct run *r)
{
	if (r->attr.task_fd_query.pid == (uint32_t)getpid())
		return 0;
	log_add(&r->in->log, WBPF_LOG_WARN,
		"wbpf: descriptors of process %u: a module may ask about its own: not allowed\n",
		r->attr.task_fd_query.pid);
	instance_update_shared(r->in);
	return -EPERM;
}
