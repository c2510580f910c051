// SPDX-License-Identifier: BSD-2-Clause
/* bpf_set_prog_attach_target() of <libbpf-wasm.h>. */
#include <fcntl.h>
#include <libbpf-wasm.h>
#include <net/if.h>
#include <unistd.h>

#include "guest/libbpf/object.h"

static struct bpf_link *attach_to_cgroup(struct bpf_program *prog, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY);
	struct bpf_link *link = fd < 0 ? NULL : bpf_program__attach_cgroup(prog, fd);
	int err = errno;

	if (fd >= 0)
		close(fd);
	errno = err;
	return link;
}

static struct bpf_link *attach_to_interface(struct bpf_program *prog, const char *name)
{
	int index = (int)if_nametoindex(name);

	if (!index)
		return NULL;
	return bpf_program__type(prog) == BPF_PROG_TYPE_XDP
		       ? bpf_program__attach_xdp(prog, index)
		       : bpf_program__attach_tcx(prog, index, NULL);
}

void bpf_set_prog_attach_target(struct bpf_program *prog, const char *target)
{
	enum bpf_prog_type type = bpf_program__type(prog);
	struct bpf_link *link = type == BPF_PROG_TYPE_XDP || type == BPF_PROG_TYPE_SCHED_CLS
					? attach_to_interface(prog, target)
					: attach_to_cgroup(prog, target);

	/* The link is nobody's: the program stays attached until the module ends. */
	if (!link)
		warn("prog '%s': cannot be attached to %s: %s\n", bpf_program__name(prog), target,
		     errstr(errno));
}
