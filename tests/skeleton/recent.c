/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of functions through a skeleton: their fields, and their links. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "recent.skel.h"

#define SAY(value) printf("%s = %lld\n", #value, (long long)(value))
#define SAY_TEXT(value) printf("%s = '%s'\n", #value, value)

static void shadow(struct recent_bpf *s)
{
	struct bpf_program **init = &s->struct_ops.control->init;

	SAY(s->struct_ops.control->init == s->progs.control_init);
	SAY(s->struct_ops.control->ssthresh == s->progs.control_ssthresh);
	SAY(s->struct_ops.control->flags);
	SAY(s->struct_ops.control->min_tso_segs == NULL);
	SAY(s->struct_ops.manual->init == NULL);
	*init = s->progs.other_init;
	s->struct_ops.control->flags = 0;
	s->struct_ops.control->key = 0;
	SAY(s->struct_ops.control->init == s->progs.other_init);
	bpf_map__set_autoattach(s->maps.manual, false);
	SAY(bpf_map__autoattach(s->maps.control));
	SAY(bpf_map__autoattach(s->maps.manual));
}

static void attach(struct recent_bpf *s)
{
	SAY(recent_bpf__attach(s));
	SAY(s->links.control != NULL);
	SAY(s->links.manual == NULL);
	SAY(s->links.control_init == NULL);
	s->links.manual = bpf_map__attach_struct_ops(s->maps.manual);
	SAY(s->links.manual != NULL);
	recent_bpf__detach(s);
	SAY(s->links.control == NULL && s->links.manual == NULL);
}

int main(void)
{
	struct recent_bpf *s = recent_bpf__open();

	SAY(s != NULL);
	if (!s)
		return 1;
	SAY(BPF_SKEL_SUPPORTS_MAP_AUTO_ATTACH);
	shadow(s);
	s->bss_more->more = 5;
	s->rodata_more->constant = false;
	int err = recent_bpf__load(s);
	if (err == -EPERM || err == -ENOTSUP)
		return 77;
	SAY(err);
	SAY(s->bss_more->more);
	SAY(s->bss->inits);
	attach(s);
	recent_bpf__destroy(s);
	return 0;
}
