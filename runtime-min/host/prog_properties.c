/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/prog_properties.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/btf.h>

#include "host/btf_needs.h"
#include "host/instance.h"
#include "host/kernel_btf.h"
#include "host/log.h"
#include "host/prog_rules.h"

enum { MAX_INSNS = 1 << 22 };

/* --- instructions: the module's have handles where the kernel's have descriptors ------------- */

static bool names_map(const struct bpf_insn *i)
{
	return prog_rule_is_wide(i) &&
	       (i->src_reg == BPF_PSEUDO_MAP_FD || i->src_reg == BPF_PSEUDO_MAP_VALUE);
}

/* The handle of a map of the object's by its descriptor, or 0. */
static wbpf_handle handle_of(const struct instance *in, const struct opened *o, int fd)
{
	for (uint32_t i = 0; fd >= 0 && i < in->handles.count; i++) {
		const struct handle *h = in->handles.entries[i];
		if (h->kind == WBPF_KIND_MAP && h->opened == o && h->fd == fd)
			return h->value;
	}
	return 0;
}

int32_t prog_get_insns(struct instance *in, const struct handle *h, wbpf_addr buf, uint32_t cap)
{
	size_t n = bpf_program__insn_cnt(h->ptr), size = n * sizeof(struct bpf_insn);

	if (!cap)
		return property_give(in, buf, 0, NULL, size);
	struct bpf_insn *copy = malloc(size ? size : 1);
	if (!copy)
		return -ENOMEM;
	if (size)
		memcpy(copy, bpf_program__insns(h->ptr), size);
	for (size_t i = 0; i + 1 < n; i++) {
		if (names_map(&copy[i]))
			copy[i].imm = handle_of(in, h->opened, copy[i].imm);
		if (!prog_rule_is_wide(&copy[i]))
			continue;
		if (copy[i].src_reg == BPF_PSEUDO_BTF_ID) /* a descriptor of libbpf's, or 0 */
			copy[i + 1].imm = 0;
		i++;
	}
	int32_t ret = property_give(in, buf, cap, copy, size);
	free(copy);
	return ret;
}

/*
 * libbpf relocates by the positions that the object has: until that is done the program must not
 * become shorter than they reach.
 */
static int set_insns(struct instance *in, struct handle *h, wbpf_addr buf, uint32_t size)
{
	size_t n = size / sizeof(struct bpf_insn);

	if (size % sizeof(struct bpf_insn) || n > MAX_INSNS)
		return -EINVAL;
	if (!h->opened->prepared && n < h->insn_cnt) {
		log_add(&in->log, WBPF_LOG_WARN,
			"wbpf: prog '%s': its instructions can only become fewer once the object "
			"is prepared\n",
			bpf_program__name(h->ptr));
		return -EOPNOTSUPP;
	}
	struct bpf_insn *copy = calloc(n ? n : 1, sizeof(*copy));
	if (!copy)
		return -ENOMEM;
	int err = size ? memory_copy_in(in->memory, copy, buf, size) : 0;
	/* Of one that begins there libbpf would patch the half behind the end. */
	if (!err && n && prog_rule_is_wide(&copy[n - 1]))
		err = -EINVAL;
	if (!err)
		err = prog_rule_translate(in, copy, n);
	if (!err)
		err = bpf_program__set_insns(h->ptr, copy, n);
	h->own_insns |= !err;
	free(copy);
	return err;
}

/* --- what belongs to the instructions --------------------------------------------------------- */

int32_t prog_get_info(struct instance *in, const struct handle *h, uint32_t key, wbpf_addr buf,
		      uint32_t cap)
{
	const void *info = NULL;
	size_t size = 0;

	if (key == WBPF_KEY_PROG_FUNC_INFO) {
		info = bpf_program__func_info(h->ptr);
		size = bpf_program__func_info_cnt(h->ptr) * sizeof(struct bpf_func_info);
	} else {
		info = bpf_program__line_info(h->ptr);
		size = bpf_program__line_info_cnt(h->ptr) * sizeof(struct bpf_line_info);
	}
	return info ? property_give(in, buf, cap, info, size) : -EOPNOTSUPP;
}

/* --- the verifier's log ------------------------------------------------------------------------
 */

static int set_log(struct instance *in, const struct handle *h, wbpf_addr buf, uint32_t size)
{
	uint32_t log_size;
	char *log = NULL;

	int err = property_read_u32(in, buf, size, &log_size);
	if (!err)
		err = bpf_program__set_log_buf(h->ptr, NULL, 0);
	if (err)
		return err; /* too late */
	if (!log_size) {
		opened_drop_log(h->opened, h->ptr);
		return 0;
	}
	log = opened_add_log(h->opened, h->ptr, &log_size);
	return log ? bpf_program__set_log_buf(h->ptr, log, log_size) : -ENOMEM;
}

/* --- the target ---------------------------------------------------------------------------------
 */

/*
 * libbpf takes a target by name and looks for the type itself. What it finds must be the type that
 * the module means, which it is not when several have the name.
 */
static char *name_in_kernel(struct instance *in, const struct bpf_program *p, uint32_t id)
{
	const struct kernel_btf *btf;
	const char *prefix = btf_target_prefix(p);
	uint32_t kind = 0;

	if (kernel_btf_get(&in->btfs, KERNEL_BTF_VMLINUX, &btf))
		return NULL;
	const char *name = kernel_btf_name(btf, id, &kind);
	if (!name || kernel_btf_find(btf, name, (int32_t)kind) != (int32_t)id)
		return NULL;
	size_t len = strlen(prefix);
	return strncmp(name, prefix, len) ? NULL : strdup(name + len);
}

static char *name_in_program(int fd, uint32_t id)
{
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);
	char *copy = NULL;

	if (bpf_prog_get_info_by_fd(fd, &info, &len) || !info.btf_id)
		return NULL;
	struct btf *btf = btf__load_from_kernel_by_id(info.btf_id);
	const struct btf_type *t = btf ? btf__type_by_id(btf, id) : NULL;
	const char *name = t && btf_is_func(t) ? btf__name_by_offset(btf, t->name_off) : NULL;
	if (name && btf__find_by_name_kind(btf, name, BTF_KIND_FUNC) == (int)id)
		copy = strdup(name);
	btf__free(btf);
	return copy;
}

static char *function_name(struct instance *in, const struct bpf_program *p, int fd, uint32_t id)
{
	return fd ? name_in_program(fd, id) : name_in_kernel(in, p, id);
}

static int set_attach_target(struct instance *in, const struct handle *h, wbpf_addr buf,
			     uint32_t size)
{
	struct bpf_program *p = h->ptr;
	struct wbpf_attach_target t;
	int err = instance_struct(in, &t, sizeof(t), offsetof(struct wbpf_attach_target, btf_id),
				  buf, size);

	if (err)
		return err;
	int fd = t.prog ? instance_descriptor(in, t.prog) : 0;
	char *func = t.btf_id ? function_name(in, p, fd, t.btf_id)
			      : instance_string(in, t.func, PATH_MAX, &err);
	if (t.btf_id && !func)
		err = -EOPNOTSUPP;
	if (!err && fd > 0)
		err = opened_keep(h->opened, &fd);
	btf_view_enter(&h->opened->view);
	if (!err)
		err = bpf_program__set_attach_target(p, fd, func);
	btf_view_leave();
	free(func);
	return err;
}

int prog_set(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf, uint32_t size)
{
	switch (key) {
	case WBPF_KEY_PROG_ATTACH_TARGET:
		return set_attach_target(in, h, buf, size);
	case WBPF_KEY_PROG_INSNS:
		return set_insns(in, h, buf, size);
	case WBPF_KEY_PROG_LOG:
		return set_log(in, h, buf, size);
	case WBPF_KEY_PROG_UNLOAD:
		bpf_program__unload(h->ptr);
		h->fd = -1;
		h->shared = false;
		return 0;
	default:
		return -EINVAL;
	}
}
