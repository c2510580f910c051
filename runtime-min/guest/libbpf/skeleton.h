/* SPDX-License-Identifier: BSD-2-Clause */
/* What skeletons and subskeletons share. */
#ifndef WBPF_GUEST_SKELETON_H
#define WBPF_GUEST_SKELETON_H

#include "guest/libbpf/object.h"

/* Fill in the object's maps and programs by name. size: of an entry, in bytes. Negative errno. */
int wbpf_skeleton_maps(const struct bpf_object *obj, struct bpf_map_skeleton *maps, int count,
		       int size);
int wbpf_skeleton_progs(const struct bpf_object *obj, struct bpf_prog_skeleton *progs, int count,
			int size);

/* The options with which a skeleton's object is opened: the caller's, and its name. -EINVAL. */
int wbpf_skeleton_opts(const struct bpf_object_skeleton *s, const struct bpf_object_open_opts *opts,
		       struct bpf_object_open_opts *ret);

/* Fills in the maps and programs of the object that was opened. Negative errno. */
int wbpf_skeleton_take(struct bpf_object_skeleton *s);

#endif
