// SPDX-License-Identifier: BSD-2-Clause
/* Objects linked by the program: argv[1] and argv[2], to argv[3] and argv[4]. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "say.h"

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static char *read_file(const char *path, size_t *ret)
{
	FILE *f = fopen(path, "rb");
	char *bytes = malloc(1 << 20);

	*ret = f && bytes ? fread(bytes, 1, 1 << 20, f) : 0;
	if (f)
		fclose(f);
	return bytes;
}

static void hash(const char *what, const char *path)
{
	size_t len;
	unsigned int sum = 2166136261u;
	char *bytes = read_file(path, &len);

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * 16777619u;
	printf("%s: %zu bytes, %08x\n", what, len, sum);
	free(bytes);
}

static void run(struct bpf_object *obj, const char *name)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));
	struct bpf_program *prog = bpf_object__find_program_by_name(obj, name);

	say_ptr(name, prog);
	say_err("its run", bpf_prog_test_run_opts(bpf_program__fd(prog), &opts));
	printf("it returned %u\n", opts.retval);
}

static void use(const char *path)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);
	const struct btf *btf;
	struct bpf_program *prog;
	struct bpf_map *map;

	say_ptr("open", obj);
	if (!obj)
		return;
	bpf_object__for_each_map(map, obj)
		printf("map %s: %u\n", bpf_map__name(map), bpf_map__value_size(map));
	bpf_object__for_each_program(prog, obj)
		printf("program %s in %s\n", bpf_program__name(prog),
		       bpf_program__section_name(prog));
	btf = bpf_object__btf(obj);
	printf("types: %u, 'calls' is one: %d\n", btf__type_cnt(btf),
	       btf__find_by_name_kind(btf, "calls", BTF_KIND_VAR) > 0);
	say_err("load", bpf_object__load(obj));
	run(obj, "first");
	run(obj, "second");
	bpf_object__close(obj);
}

static void link_files(char **argv)
{
	struct bpf_linker *l = bpf_linker__new(argv[3], NULL);
	char none[300];

	say_ptr("new", l);
	snprintf(none, sizeof(none), "%s.none", argv[1]);
	say_err("a file that is not there", bpf_linker__add_file(l, none, NULL));
	say_err("the first", bpf_linker__add_file(l, argv[1], NULL));
	say_err("the second", bpf_linker__add_file(l, argv[2], NULL));
	say_err("finalize", bpf_linker__finalize(l));
	say_err("add when it is final", bpf_linker__add_file(l, argv[1], NULL));
	say_err("finalize again", bpf_linker__finalize(l));
	bpf_linker__free(l);
	hash("linked", argv[3]);
	use(argv[3]);
}

static void link_memory(char **argv)
{
	int out = open(argv[4], O_RDWR | O_CREAT | O_TRUNC, 0600), in;
	struct bpf_linker *l = bpf_linker__new_fd(out, NULL);
	size_t len;
	char *bytes;

	say_ptr("new of a descriptor", l);
	bytes = read_file(argv[1], &len);
	say_err("bytes", bpf_linker__add_buf(l, bytes, len, NULL));
	free(bytes);
	in = open(argv[2], O_RDONLY);
	say_err("a descriptor", bpf_linker__add_fd(l, in, NULL));
	say_err("a bad descriptor", bpf_linker__add_fd(l, -1, NULL));
	say_err("finalize", bpf_linker__finalize(l));
	bpf_linker__free(l);
	say_err("its descriptor is still open", close(out));
	close(in);
	hash("linked", argv[4]);
	use(argv[4]);
}

static void refused(char **argv)
{
	struct bpf_linker *l = bpf_linker__new(argv[4], NULL);
	char bytes[64] = "no object", none[300];

	say_err("no object", bpf_linker__add_buf(l, bytes, sizeof(bytes), NULL));
	bpf_linker__free(l);
	l = bpf_linker__new(argv[4], NULL);
	say_err("defined twice: once", bpf_linker__add_file(l, argv[1], NULL));
	say_err("defined twice", bpf_linker__add_file(l, argv[1], NULL));
	bpf_linker__free(l);
	l = bpf_linker__new(argv[4], NULL);
	say_err("nothing", bpf_linker__finalize(l));
	bpf_linker__free(l);
	snprintf(none, sizeof(none), "%s.none/linked.o", argv[4]);
	say_ptr("no folder", bpf_linker__new(none, NULL));
	say_ptr("bad descriptor", bpf_linker__new_fd(-1, NULL));
	bpf_linker__free(NULL);
	say_err("unlink", unlink(argv[4]) ? -errno : 0);
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	libbpf_set_print(quiet);
	link_files(argv);
	link_memory(argv);
	refused(argv);
	return 0;
}
