// SPDX-License-Identifier: BSD-2-Clause
/* Tables of functions for the kernel (struct_ops), with links and without. */
#include <stdlib.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "options.skel.h"
#include "say.h"

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

/* Skeletons of old know nothing of tables with links. */
static struct bpf_map *map_of(const struct options_bpf *skel, const char *name)
{
	return bpf_object__find_map_by_name(skel->obj, name);
}

int main(void)
{
	/* So that the kernel's own configuration, which may be nowhere, is not looked for. */
	LIBBPF_OPTS(bpf_object_open_opts, opts,
		    .kconfig = "CONFIG_WBPF_NUMBER=1\nCONFIG_WBPF_SWITCH=y\n"
			       "CONFIG_WBPF_TEXT=\"a\"\nCONFIG_WBPF_THREE=y\n");
	struct options_bpf *skel = options_bpf__open_opts(&opts);
	struct bpf_link *link, *plain;

	libbpf_set_print(quiet);
	if (!skel)
		return 1;
	bpf_map__set_pin_path(skel->maps.kept, NULL);
	printf("autoattach %d %d\n", bpf_map__autoattach(map_of(skel, "linked")),
	       bpf_map__autoattach(map_of(skel, "plain")));
	say_err("autoattach", bpf_map__set_autoattach(map_of(skel, "successor"), false));
	say_ptr("attach early", bpf_map__attach_struct_ops(map_of(skel, "linked")));
	say_ptr("attach a hash", bpf_map__attach_struct_ops(skel->maps.kept));
	say_err("load", options_bpf__load(skel));
	link = bpf_map__attach_struct_ops(map_of(skel, "linked"));
	say_ptr("attach", link);
	say_ptr("its name is taken", bpf_map__attach_struct_ops(map_of(skel, "successor")));
	plain = bpf_map__attach_struct_ops(map_of(skel, "plain"));
	say_ptr("attach the old way", plain);
	if (link) {
		say_err("update", bpf_link__update_map(link, map_of(skel, "successor")));
		say_err("update to no table", bpf_link__update_map(link, skel->maps.kept));
		say_err("update to another name",
			bpf_link__update_map(link, map_of(skel, "plain")));
	}
	if (plain) {
		say_err("update the old way",
			bpf_link__update_map(plain, map_of(skel, "successor")));
		printf("fd of the map %d\n",
		       bpf_link__fd(plain) == bpf_map__fd(map_of(skel, "plain")) ||
			       bpf_link__fd(plain) >= 0);
		say_err("destroy", bpf_link__destroy(plain));
	}
	say_err("destroy", bpf_link__destroy(link));
	say_err("associate",
		bpf_program__assoc_struct_ops(skel->progs.read_all, skel->maps.kept, NULL));
	say_err("associate itself",
		bpf_program__assoc_struct_ops(skel->progs.avoid, map_of(skel, "linked"), NULL));
	options_bpf__destroy(skel);
	return 0;
}
