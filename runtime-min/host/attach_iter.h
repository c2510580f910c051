/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_HOST_ATTACH_ITER_H
#define WBPF_HOST_ATTACH_ITER_H

#include <linux/bpf.h>
#include <stdbool.h>

#include "abi/wbpf_abi.h"

struct bpf_link;
struct bpf_program;
struct instance;
struct iter_target;

/*
 * bpf_program__attach_iter(), with info the kernel's union bpf_iter_link_info in the module's
 * memory (addr 0: none), in which descriptors are handles. NULL with errno set.
 */
struct bpf_link *attach_iter(struct instance *in, struct bpf_program *p, struct wbpf_str info);

/* What a loaded program goes through, if that is listed here; NULL: its information is ignored. */
const struct iter_target *iter_target_of(struct instance *in, int prog_fd);

/* Puts the descriptor in place of the handle; clears all that is ignored. */
void iter_translate(const struct instance *in, const struct iter_target *t,
		    union bpf_iter_link_info *info);

/* Whether the kernel read the information as the target that it was translated for. */
bool iter_is(int link_fd, const struct iter_target *t);

#endif
