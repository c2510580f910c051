/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BPF objects in custom sections of the module itself, as "wbpf-gen skeleton --embed section" puts
 * them there. The sections' names begin with "wbpf.". They take no memory of the module.
 */
#ifndef WBPF_SECTION_H
#define WBPF_SECTION_H

#include <stddef.h>

#include <bpf/libbpf.h>

#ifdef __cplusplus
extern "C" {
#endif

/* bpf_object__open_mem() of a section. NULL with errno; ENOENT: there is no such section. */
struct bpf_object *wbpf_section__open(const char *section, const struct bpf_object_open_opts *opts);

/* bpf_object__open_skeleton() of one whose object is in a section. 0 or a negative errno. */
int wbpf_section__open_skeleton(const char *section, struct bpf_object_skeleton *s,
				const struct bpf_object_open_opts *opts);

/* A copy of a section, which the caller frees. NULL with errno. */
void *wbpf_section__read(const char *section, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
