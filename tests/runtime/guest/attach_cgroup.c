// SPDX-License-Identifier: BSD-2-Clause
/* Each section for cgroups, in one where the actor is: attach_cgroup FOLDER SECTION... */
#include <fcntl.h>

#include "attach_cgroup.h"
#include "attach_cgroup.skel.h"
#include "kinds.h"

static int folder;

static struct bpf_link *attach(struct bpf_program *prog)
{
	return bpf_program__attach_cgroup(prog, folder);
}

int main(int argc, char **argv)
{
	static const struct kind kinds[] = {
#define K(name, section, context, ret, action)                                                     \
	{section, "on_" #name, KIND_##name, action, attach, NULL, 0},
		CGROUP_KINDS(K)};
	size_t size;
	const void *elf = attach_cgroup_bpf__elf_bytes(&size);

	meet_actor();
	if (argc < 2)
		return 2;
	folder = open(argv[1], O_RDONLY | O_DIRECTORY);
	say_err("cgroup", folder < 0 ? -errno : 0);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (is_wanted(kinds[i].section, argv + 2))
			try_kind(&kinds[i], elf, size);
	return 0;
}
