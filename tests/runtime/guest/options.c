// SPDX-License-Identifier: BSD-2-Clause
/*
 * Options of opening an object: configuration, folders for pins, files; what is printed and how
 * much of it.
 */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "options.skel.h"
#include "say.h"

static int by_level[3];

static int count(enum libbpf_print_level level, const char *format, va_list args)
{
	by_level[level]++;
	return 0;
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static int run(const struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);

	return err ? err : (int)opts.retval;
}

/* Without its tables of functions. */
static struct options_bpf *open_plain(const char *kconfig, const char *root)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .kconfig = kconfig, .pin_root_path = root);
	struct options_bpf *skel = options_bpf__open_opts(&opts);
	struct bpf_map *map;

	say_ptr("open", skel);
	if (!skel)
		exit(1);
	bpf_object__for_each_map(map, skel->obj)
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS)
			bpf_map__set_autocreate(map, false);
	return skel;
}

static void configured(const char *kconfig)
{
	struct options_bpf *skel = open_plain(kconfig, NULL);

	printf("-- %s\n", kconfig ? kconfig : "none");
	bpf_map__set_pin_path(skel->maps.kept, NULL);
	printf("before load %d\n", skel->kconfig != NULL);
	say_err("load", options_bpf__load(skel));
	if (bpf_program__fd(skel->progs.read_all) >= 0) {
		say_err("run", run(skel->progs.read_all));
		printf("number %d on %d three %d text %s\n", skel->bss->number, skel->bss->on,
		       skel->bss->three, skel->bss->text);
		printf("in the module %d %d %d, version %d\n", skel->kconfig->CONFIG_WBPF_NUMBER,
		       skel->kconfig->CONFIG_WBPF_SWITCH, skel->kconfig->CONFIG_WBPF_THREE,
		       skel->kconfig->LINUX_KERNEL_VERSION == skel->bss->version &&
			       skel->bss->version != 0);
	}
	options_bpf__destroy(skel);
}

static void configurations(void)
{
	configured(NULL);
	configured("CONFIG_WBPF_NUMBER=42\nCONFIG_WBPF_SWITCH=y\nCONFIG_WBPF_TEXT=\"abc\"\n"
		   "CONFIG_WBPF_THREE=m\n");
	configured("CONFIG_WBPF_TEXT=\"much too long for it\"\n");
	configured("CONFIG_WBPF_NUMBER=word\n");
	configured("CONFIG_WBPF_SWITCH=7\n");
	configured("nonsense\n");
	configured("");
}

static void pins(void)
{
	const char *root = "/sys/fs/bpf/wbpf-obj-options";
	struct options_bpf *skel = open_plain(NULL, root), *other;

	printf("path %s\n", bpf_map__pin_path(skel->maps.kept));
	say_err("load", options_bpf__load(skel));
	printf("pinned %d\n", bpf_map__is_pinned(skel->maps.kept));
	say_err("run", run(skel->progs.read_all));
	other = open_plain(NULL, root);
	say_err("load", options_bpf__load(other));
	say_err("the same map", run(other->progs.read_all));
	options_bpf__destroy(other);
	other = open_plain(NULL, root);
	say_err("another size", bpf_map__set_max_entries(other->maps.kept, 2));
	say_err("load", options_bpf__load(other));
	options_bpf__destroy(other);
	other = open_plain(NULL, "/tmp");
	say_err("load outside", options_bpf__load(other));
	options_bpf__destroy(other);
	say_err("unpin", bpf_object__unpin_maps(skel->obj, NULL));
	printf("pinned %d\n", bpf_map__is_pinned(skel->maps.kept));
	options_bpf__destroy(skel);
	rmdir(root);
}

static void show_levels(const char *what)
{
	printf("%s: warnings %d, debugging %d\n", what, by_level[LIBBPF_WARN] > 0,
	       by_level[LIBBPF_DEBUG] > 0);
	memset(by_level, 0, sizeof(by_level));
}

static void messages(void)
{
	static const char junk[64] = "this is no object file";
	libbpf_print_fn_t old = libbpf_set_print(count);

	printf("was silent %d\n", old == silent);
	bpf_object__open_mem(junk, sizeof(junk), NULL);
	show_levels("junk");
	options_bpf__destroy(open_plain(NULL, NULL));
	show_levels("an object");
	old = libbpf_set_print(NULL);
	printf("was counting %d\n", old == count);
	bpf_object__open_mem(junk, sizeof(junk), NULL);
	show_levels("nobody listens");
	old = libbpf_set_print(silent);
	printf("was nobody %d\n", old == NULL);
}

static void files(void)
{
	say_ptr("no path", bpf_object__open_file(NULL, NULL));
	say_ptr("nothing", bpf_object__open_mem(NULL, 5, NULL));
	say_ptr("no bytes", bpf_object__open_mem("x", 0, NULL));
}

int main(void)
{
	libbpf_set_print(silent);
	configurations();
	pins();
	messages();
	files();
	return 0;
}
