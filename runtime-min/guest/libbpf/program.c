// SPDX-License-Identifier: BSD-2-Clause
/* bpf_program: what it is, and what may be changed before it is loaded. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

int wbpf_prog_refresh(struct bpf_program *prog)
{
	int ret = HOST(get, prog->handle, WBPF_KEY_INFO, &prog->info, sizeof(prog->info));

	return ret < 0 ? ret : 0;
}

int wbpf_prog_init(struct bpf_program *prog, struct bpf_object *obj, wbpf_handle h)
{
	prog->obj = obj;
	prog->handle = h;
	prog->name = wbpf_get_string(h, WBPF_KEY_NAME);
	prog->section = wbpf_get_string(h, WBPF_KEY_PROG_SECTION);
	if (!prog->name || !prog->section)
		return -errno;
	return wbpf_prog_refresh(prog);
}

void wbpf_prog_free(struct bpf_program *prog)
{
	free(prog->name);
	free(prog->section);
	free(prog->handler);
	wbpf_prog_forget(prog);
}

void wbpf_prog_forget(struct bpf_program *prog)
{
	free(prog->insns);
	free(prog->func_info);
	free(prog->line_info);
	prog->insns = NULL;
	prog->func_info = prog->line_info = NULL;
}

int bpf_program__fd(const struct bpf_program *prog)
{
	if (!prog)
		return ret_err(-EINVAL);
	return prog->info.state & WBPF_PROG_LOADED ? prog->handle : ret_err(-ENOENT);
}

const char *bpf_program__name(const struct bpf_program *prog)
{
	return prog->name;
}

const char *bpf_program__section_name(const struct bpf_program *prog)
{
	return prog->section;
}

enum bpf_prog_type bpf_program__type(const struct bpf_program *prog)
{
	return (enum bpf_prog_type)prog->info.type;
}

enum bpf_prog_type bpf_program__get_type(const struct bpf_program *prog)
{
	return bpf_program__type(prog);
}

enum bpf_attach_type bpf_program__expected_attach_type(const struct bpf_program *prog)
{
	return (enum bpf_attach_type)prog->info.expected_attach_type;
}

enum bpf_attach_type bpf_program__get_expected_attach_type(const struct bpf_program *prog)
{
	return bpf_program__expected_attach_type(prog);
}

__u32 bpf_program__flags(const struct bpf_program *prog)
{
	return prog->info.flags;
}

__u32 bpf_program__log_level(const struct bpf_program *prog)
{
	return prog->info.log_level;
}

bool bpf_program__autoload(const struct bpf_program *prog)
{
	return prog->info.state & WBPF_PROG_AUTOLOAD;
}

bool bpf_program__autoattach(const struct bpf_program *prog)
{
	return prog->info.state & WBPF_PROG_AUTOATTACH;
}

static int set_u32(struct bpf_program *prog, enum wbpf_key key, uint32_t value)
{
	int err = HOST(set, prog->handle, key, &value, sizeof(value));

	return ret_err(err < 0 ? err : wbpf_prog_refresh(prog));
}

int bpf_program__set_type(struct bpf_program *prog, enum bpf_prog_type type)
{
	bool same = prog->info.type == (uint32_t)type;
	int err = set_u32(prog, WBPF_KEY_PROG_TYPE, type);

	if (!err && !same && wbpf_handler_retype)
		wbpf_handler_retype(prog);
	return err;
}

int bpf_program__set_expected_attach_type(struct bpf_program *prog, enum bpf_attach_type type)
{
	return set_u32(prog, WBPF_KEY_PROG_EXPECTED_ATTACH_TYPE, type);
}

int bpf_program__set_flags(struct bpf_program *prog, __u32 flags)
{
	return set_u32(prog, WBPF_KEY_PROG_FLAGS, flags);
}

int bpf_program__set_log_level(struct bpf_program *prog, __u32 level)
{
	return set_u32(prog, WBPF_KEY_LOG_LEVEL, level);
}

int bpf_program__set_autoload(struct bpf_program *prog, bool autoload)
{
	return set_u32(prog, WBPF_KEY_PROG_AUTOLOAD, autoload);
}

void bpf_program__set_autoattach(struct bpf_program *prog, bool autoattach)
{
	set_u32(prog, WBPF_KEY_AUTOATTACH, autoattach);
}

void bpf_program__set_ifindex(struct bpf_program *prog, __u32 ifindex)
{
	set_u32(prog, WBPF_KEY_PROG_IFINDEX, ifindex);
}

int bpf_program__set_attach_target(struct bpf_program *prog, int target, const char *func)
{
	struct wbpf_attach_target t = {
		.size = sizeof(t),
		.prog = target,
		.func = wbpf_str(func),
	};
	int err;

	if (!prog || target < 0)
		return ret_err(-EINVAL);
	err = HOST(set, prog->handle, WBPF_KEY_PROG_ATTACH_TARGET, &t, sizeof(t));
	return ret_err(err < 0 ? err : wbpf_prog_refresh(prog));
}

/* Filled when the object is loaded. */
int bpf_program__set_log_buf(struct bpf_program *prog, char *buf, size_t size)
{
	int err;

	if (size && !buf)
		return ret_err(-EINVAL);
	err = wbpf_set_u32(prog->handle, WBPF_KEY_PROG_LOG, size);
	if (err)
		return err;
	prog->log_buf = buf;
	prog->log_size = size;
	return 0;
}

const char *bpf_program__log_buf(const struct bpf_program *prog, size_t *size)
{
	*size = prog->log_size;
	return prog->log_buf;
}

size_t bpf_program__insn_cnt(const struct bpf_program *prog)
{
	return prog->info.insn_cnt;
}
