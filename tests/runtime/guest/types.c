// SPDX-License-Identifier: BSD-2-Clause
/* BTF of an object, libbpf's names, subskeletons: what is computed in the module. */
#include <stdarg.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "say.h"
#include "things.h"
#include "things.skel.h"

static void print(void *ctx, const char *format, va_list args)
{
	vprintf(format, args);
}

static void dump(const struct btf *btf)
{
	struct btf_dump *d = btf_dump__new(btf, print, NULL, NULL);
	int pair = btf__find_by_name_kind(btf, "pair", BTF_KIND_STRUCT);
	struct pair value = {.a = 1LL << 33, .b = -2, .c = 'c'};

	/* The embedded object has less than the one on disk: only what both have is shown. */
	printf("types %d\n", (int)btf__type_cnt(btf) > 10);
	btf_dump__dump_type(d, pair);
	printf("pair has %lld bytes\n", (long long)btf__resolve_size(btf, pair));
	say_err("dump", btf_dump__dump_type_data(d, pair, &value, sizeof(value), NULL) > 0);
	say_err("none", btf__find_by_name(btf, "nothing"));
	btf_dump__free(d);
}

static void made(void)
{
	struct btf *btf = btf__new_empty();
	const void *raw;
	__u32 size;

	say_err("int", btf__add_int(btf, "int", 4, BTF_INT_SIGNED));
	say_err("struct", btf__add_struct(btf, "made", 8));
	say_err("field", btf__add_field(btf, "x", 1, 0, 0));
	say_err("field", btf__add_field(btf, "y", 1, 32, 0));
	say_err("bad", btf__add_int(btf, "", 3, 0));
	raw = btf__raw_data(btf, &size);
	printf("raw %d of %u\n", raw != NULL, size);
	btf__free(btf);
}

static void names(void)
{
	char buf[80];

	for (int i = 0; i < 80; i++) {
		const char *attach = libbpf_bpf_attach_type_str(i);
		const char *link = libbpf_bpf_link_type_str(i);
		const char *map = libbpf_bpf_map_type_str(i);
		const char *prog = libbpf_bpf_prog_type_str(i);

		printf("%d: %s %s %s %s\n", i, attach ? attach : "-", link ? link : "-",
		       map ? map : "-", prog ? prog : "-");
	}
	for (int i = 4000; i < 4016; i++) {
		buf[0] = '\0';
		printf("%d: %d %s\n", i, libbpf_strerror(i, buf, sizeof(buf)) == 0, buf);
	}
	say_err("no buffer", libbpf_strerror(4000, NULL, 0));
}

static void subskeleton(struct things_bpf *skel)
{
	struct bpf_object_subskeleton *s = calloc(1, sizeof(*s));
	struct bpf_map *map;
	int *zero = NULL;
	long long *counters = NULL;

	s->sz = sizeof(*s);
	s->obj = skel->obj;
	s->map_cnt = 1;
	s->map_skel_sz = sizeof(*s->maps);
	s->maps = calloc(1, sizeof(*s->maps));
	s->maps[0].name = "things_b.bss";
	s->maps[0].map = &map;
	s->var_cnt = 2;
	s->var_skel_sz = sizeof(*s->vars);
	s->vars = calloc(2, sizeof(*s->vars));
	s->vars[0] = (struct bpf_var_skeleton){"zero", &map, (void **)&zero};
	s->vars[1] = (struct bpf_var_skeleton){"counters", &map, (void **)&counters};
	say_err("subskeleton", bpf_object__open_subskeleton(s));
	printf("same %d %d\n", zero == &skel->bss->zero, counters == skel->bss->counters);
	bpf_object__destroy_subskeleton(s);
}

int main(void)
{
	struct things_bpf *skel = things_bpf__open();
	struct utsname u;

	if (!skel)
		return 1;
	names();
	dump(bpf_object__btf(skel->obj));
	made();
	subskeleton(skel);
	uname(&u);
	printf("%s\n", u.sysname);
	printf("hash maps %d, arrays of maps %d\n",
	       libbpf_probe_bpf_map_type(BPF_MAP_TYPE_HASH, NULL),
	       libbpf_probe_bpf_map_type(BPF_MAP_TYPE_ARRAY_OF_MAPS, NULL));
	things_bpf__destroy(skel);
	return 0;
}
