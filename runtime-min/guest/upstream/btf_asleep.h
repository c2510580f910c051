/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel BTF that lies at the host: a struct btf that knows how many types it has, and gets the
 * rest when a function looks into it. What is only searched stays there.
 */
#ifndef WBPF_GUEST_BTF_ASLEEP_H
#define WBPF_GUEST_BTF_ASLEEP_H

#include <stdbool.h>

#include <bpf/btf.h>

/* One of the kernel's, not read; name is copied. NULL: no memory. */
struct btf *wbpf_btf_asleep(const char *name, __u32 first_id, __u32 types, struct btf *base);
bool wbpf_btf_is_asleep(const struct btf *btf);
const char *wbpf_btf_name(const struct btf *btf);

/* Fills it in with malloc()ed data, which it takes over in any case. 0 or a negative errno. */
int wbpf_btf_fill(struct btf *btf, void *data, __u32 size);

/*
 * kernel_btf.c. Weak: only there when the program loads kernel BTF.
 * wbpf_btf_wake() reads it: 0 or a negative errno. wbpf_btf_find() searches it at the host; kind
 * -1: any.
 */
int wbpf_btf_wake(struct btf *btf) __attribute__((weak));
__s32 wbpf_btf_find(const struct btf *btf, const char *name, __s32 kind) __attribute__((weak));

/* The kernel BTF that a path names, /sys/kernel/btf/NAME; false: it is another file. */
bool wbpf_btf_is_kernels(const char *path);
/* An error as libbpf's pointers have it. */
struct btf *wbpf_btf_load(const char *path, struct btf *base);

#endif
