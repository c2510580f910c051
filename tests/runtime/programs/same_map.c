// SPDX-License-Identifier: BSD-2-Clause
/*
 * A struct_ops link and the map that it has: the host does not let it have that once more, as the
 * kernel stops then. So there is no native variant of this.
 */
#include <errno.h>
#include <stdio.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "same_map.skel.h"

static void say(const char *what, int ret)
{
	printf("%s: %s\n", what, !ret ? "0" : ret == -EINVAL ? "-EINVAL" : "another error");
}

int main(void)
{
	struct same_map_bpf *skel = same_map_bpf__open_and_load();
	struct bpf_link *link = skel ? bpf_map__attach_struct_ops(skel->maps.first) : NULL;

	if (!link)
		return 1;
	say("the same", bpf_link__update_map(link, skel->maps.first));
	say("the same, by bpf(2)",
	    bpf_link_update(bpf_link__fd(link), bpf_map__fd(skel->maps.first), NULL));
	say("another", bpf_link__update_map(link, skel->maps.second));
	say("that once more", bpf_link__update_map(link, skel->maps.second));
	say("back", bpf_link__update_map(link, skel->maps.first));
	say("destroy", bpf_link__destroy(link));
	same_map_bpf__destroy(skel);
	return 0;
}
