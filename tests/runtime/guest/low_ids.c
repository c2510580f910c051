// SPDX-License-Identifier: BSD-2-Clause
/* Objects by id, by path in a BPF file system, and by process; the argument is a folder there. */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "insns.h"
#include "say.h"

static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

static int raw_tracepoint(int *prog)
{
	*prog = load_return(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, NULL);
	return bpf_raw_tracepoint_open("sys_enter", *prog);
}

static __u32 map_id(int fd)
{
	struct bpf_map_info info = {0};
	__u32 len = sizeof(info);

	return bpf_map_get_info_by_fd(fd, &info, &len) ? 0 : info.id;
}

static __u32 prog_id(int fd)
{
	struct bpf_prog_info info = {0};
	__u32 len = sizeof(info);

	return bpf_prog_get_info_by_fd(fd, &info, &len) ? 0 : info.id;
}

static __u32 link_id(int fd)
{
	struct bpf_link_info info = {0};
	__u32 len = sizeof(info);

	return bpf_link_get_info_by_fd(fd, &info, &len) ? 0 : info.id;
}

/* Whether counting through all ids of a kind meets this one. */
static int counts(int (*next)(__u32, __u32 *), __u32 wanted)
{
	__u32 id = 0;

	while (!next(id, &id))
		if (id == wanted)
			return 1;
	say_err("the last", -errno);
	return 0;
}

static void ids(void)
{
	LIBBPF_OPTS(bpf_get_fd_by_id_opts, opts);
	int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "by_id", 4, 4, 1, NULL), prog, fd;
	int link = raw_tracepoint(&prog), key = 0, value = 77;
	__u32 last = ~0u;

	printf("counted: map %d, program %d, link %d, types %d\n",
	       counts(bpf_map_get_next_id, map_id(map)),
	       counts(bpf_prog_get_next_id, prog_id(prog)),
	       counts(bpf_link_get_next_id, link_id(link)), counts(bpf_btf_get_next_id, 1));
	say_err("behind the last", bpf_map_get_next_id(last, &last));
	printf("id as before %d\n", last == ~0u);
	bpf_map_update_elem(map, &key, &value, 0);
	value = 0;
	fd = say_fd("map", bpf_map_get_fd_by_id(map_id(map)));
	say_err("lookup", bpf_map_lookup_elem(fd, &key, &value));
	printf("value %d, same map %d\n", value, map_id(map) == map_id(fd));
	close(fd);
	opts.open_flags = BPF_F_RDONLY;
	fd = say_fd("map to read", bpf_map_get_fd_by_id_opts(map_id(map), &opts));
	say_err("update", bpf_map_update_elem(fd, &key, &value, 0));
	close(fd);
	opts.open_flags = 1u << 30;
	say_fd("unknown flags", bpf_map_get_fd_by_id_opts(map_id(map), &opts));
	say_fd("flags for a program", bpf_prog_get_fd_by_id_opts(prog_id(prog), &opts));
	fd = say_fd("program", bpf_prog_get_fd_by_id(prog_id(prog)));
	printf("same program %d\n", prog_id(prog) == prog_id(fd));
	close(fd);
	fd = say_fd("link", bpf_link_get_fd_by_id(link_id(link)));
	printf("same link %d\n", link_id(link) == link_id(fd));
	close(link);
	say_fd("still there", bpf_link_get_fd_by_id(link_id(fd)) < 0 ? -errno : 0);
	close(fd);
	say_fd("no map", bpf_map_get_fd_by_id(~0u));
	say_fd("no program", bpf_prog_get_fd_by_id(~0u));
	say_fd("no link", bpf_link_get_fd_by_id(~0u));
	say_fd("no types", bpf_btf_get_fd_by_id(~0u));
	say_fd("map 0", bpf_map_get_fd_by_id(0));
	opts = (struct bpf_get_fd_by_id_opts){.sz = sizeof(opts), .token_fd = 4000};
	opts.open_flags = BPF_F_TOKEN_FD;
	say_fd("no token", bpf_btf_get_fd_by_id_opts(1, &opts));
	opts.sz = 1;
	say_fd("bad options", bpf_btf_get_fd_by_id_opts(1, &opts));
	close(map), close(prog);
}

static void types(void)
{
	struct bpf_btf_info info = {0};
	__u32 len = sizeof(info);
	char name[64] = "", bytes[24] = "", log[512] = "";
	int fd = say_fd("kernel's types", bpf_btf_get_fd_by_id(1));
	LIBBPF_OPTS(bpf_btf_load_opts, opts, .log_buf = log, .log_size = sizeof(log));

	say_err("info", bpf_btf_get_info_by_fd(fd, &info, &len));
	printf("id %u kernel %u, name's length %u, size %d\n", info.id, info.kernel_btf,
	       info.name_len, info.btf_size > 100000);
	info.name = (unsigned long)name, info.name_len = sizeof(name);
	info.btf = (unsigned long)bytes, info.btf_size = sizeof(bytes);
	say_err("info", bpf_btf_get_info_by_fd(fd, &info, &len));
	printf("%s, magic %d, size %d\n", name, bytes[0] == (char)0x9f, info.btf_size > 100000);
	info.name_len = 3, info.btf = 0, info.btf_size = 0;
	say_err("short name", bpf_btf_get_info_by_fd(fd, &info, &len));
	printf("%s\n", name);
	close(fd);
	say_fd("junk", bpf_btf_load(bytes, sizeof(bytes), &opts));
	printf("log: %s\n", log);
	say_fd("none", bpf_btf_load(bytes, 0, NULL));
	say_fd("nowhere", bpf_btf_load(NULL, 24, NULL));
	opts.log_buf = NULL;
	say_fd("log nowhere", bpf_btf_load(bytes, sizeof(bytes), &opts));
	opts = (struct bpf_btf_load_opts){.sz = sizeof(opts), .token_fd = 4000};
	opts.btf_flags = BPF_F_TOKEN_FD;
	say_fd("no token", bpf_btf_load(bytes, sizeof(bytes), &opts));

	struct btf *base = btf__load_from_kernel_by_id(1), *made = btf__new_empty();
	say_ptr("whole", base);
	printf("task_struct %d\n",
	       btf__find_by_name_kind(base, "task_struct", BTF_KIND_STRUCT) > 0);
	say_ptr("none", btf__load_from_kernel_by_id(~0u));
	btf__add_int(made, "number", 8, 0);
	say_err("load", btf__load_into_kernel(made));
	say_err("load again", btf__load_into_kernel(made));
	fd = btf__fd(made);
	len = sizeof(info);
	info = (struct bpf_btf_info){0};
	say_err("info", bpf_btf_get_info_by_fd(fd, &info, &len));
	struct btf *again = btf__load_from_kernel_by_id(info.id);
	struct btf *split = btf__load_from_kernel_by_id_split(info.id, base);
	printf("again: %u types, %s\n", btf__type_cnt(again),
	       btf__name_by_offset(again, btf__type_by_id(again, 1)->name_off));
	printf("split: %d\n", split != NULL);
	btf__free(split), btf__free(again), btf__free(made), btf__free(base);
}

static const char *in(const char *folder, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void paths(const char *folder)
{
	LIBBPF_OPTS(bpf_obj_pin_opts, pin);
	LIBBPF_OPTS(bpf_obj_get_opts, get);
	int map = bpf_map_create(BPF_MAP_TYPE_PERCPU_ARRAY, "pinned", 4, 4, 1, NULL), prog, fd;
	int link = raw_tracepoint(&prog), key = 0;
	long long *values = calloc((size_t)libbpf_num_possible_cpus() + 1, 8);
	struct btf *made = btf__new_empty();

	printf("-- paths\n");
	say_err("pin map", bpf_obj_pin(map, in(folder, "map")));
	say_err("pin it again", bpf_obj_pin(map, in(folder, "map")));
	say_err("pin program", bpf_obj_pin(prog, in(folder, "prog")));
	say_err("pin link", bpf_obj_pin(link, in(folder, "link")));
	btf__load_into_kernel(made);
	say_err("pin types", bpf_obj_pin(btf__fd(made), in(folder, "types")));
	say_err("pin nothing", bpf_obj_pin(-1, in(folder, "nothing")));
	say_err("pin stdin", bpf_obj_pin(0, in(folder, "nothing")));
	say_err("pin nowhere", bpf_obj_pin(map, NULL));
	say_err("pin at no path", bpf_obj_pin(map, ""));
	say_err("pin in no folder", bpf_obj_pin(map, in(folder, "no/such")));
	say_err("pin elsewhere", bpf_obj_pin(map, "/tmp/wbpf-low-ids"));
	say_err("pin with a dot", bpf_obj_pin(map, in(folder, "a.b")));
	close(link);
	fd = say_fd("get map", bpf_obj_get(in(folder, "map")));
	values[libbpf_num_possible_cpus()] = 55;
	say_err("lookup", bpf_map_lookup_elem(fd, &key, values));
	printf("behind it %lld, same map %d\n", values[libbpf_num_possible_cpus()],
	       map_id(fd) == map_id(map));
	close(fd);
	fd = say_fd("get program", bpf_obj_get(in(folder, "prog")));
	printf("same program %d\n", prog_id(fd) == prog_id(prog));
	close(fd);
	fd = say_fd("get link", bpf_obj_get(in(folder, "link")));
	printf("a link %d\n", link_id(fd) != 0);
	say_err("update", bpf_link_update(fd, prog, NULL));
	close(fd);
	say_fd("get nothing", bpf_obj_get(in(folder, "nothing")));
	say_fd("get a folder", bpf_obj_get(folder));
	say_fd("get elsewhere", bpf_obj_get("/etc/passwd"));
	say_fd("get nowhere", bpf_obj_get(NULL));
	get.file_flags = BPF_F_RDONLY;
	fd = say_fd("get to read", bpf_obj_get_opts(in(folder, "map"), &get));
	say_err("update", bpf_map_update_elem(fd, &key, values, 0));
	close(fd);
	get.file_flags = 1u << 30;
	say_fd("unknown flags", bpf_obj_get_opts(in(folder, "map"), &get));
	pin.path_fd = get.path_fd = 4000;
	get.file_flags = 0;
	say_fd("without its flag", bpf_obj_get_opts("map", &get));
	pin.file_flags = get.file_flags = BPF_F_PATH_FD;
	say_fd("get in nothing", bpf_obj_get_opts("map", &get));
	say_err("pin in nothing", bpf_obj_pin_opts(map, "map", &pin));
	get.sz = 1;
	say_fd("bad options", bpf_obj_get_opts("map", &get));
	close(map), close(prog);
	free(values);
	btf__free(made);
}

/* Paths from a folder, and tokens, for which a file system must have been mounted. */
static void folders(const char *folder)
{
	LIBBPF_OPTS(bpf_obj_pin_opts, pin, .file_flags = BPF_F_PATH_FD);
	LIBBPF_OPTS(bpf_obj_get_opts, get, .file_flags = BPF_F_PATH_FD);
	LIBBPF_OPTS(bpf_token_create_opts, token);
	int dir = say_fd("folder", open(folder, O_RDONLY | O_DIRECTORY));
	int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "beside", 4, 4, 1, NULL), fd;

	pin.path_fd = get.path_fd = dir;
	say_err("pin in it", bpf_obj_pin_opts(map, "beside", &pin));
	fd = say_fd("get from it", bpf_obj_get_opts("beside", &get));
	printf("same map %d\n", map_id(fd) == map_id(map));
	close(fd);
	fd = say_fd("get by path", bpf_obj_get(in(folder, "beside")));
	printf("same map %d\n", map_id(fd) == map_id(map));
	close(fd);
	get.path_fd = map;
	say_fd("from a map", bpf_obj_get_opts("beside", &get));
	say_fd("token", bpf_token_create(dir, NULL));
	say_fd("token of a map", bpf_token_create(map, NULL));
	say_fd("token of nothing", bpf_token_create(-1, NULL));
	token.flags = 1;
	say_fd("token with flags", bpf_token_create(dir, &token));
	close(map), close(dir);
}

static void tasks(void)
{
	char name[32] = "", tiny[4] = "";
	__u32 len = sizeof(name), id = 0, type = 99;
	__u64 offset = 0, address = 0;
	int prog, link = raw_tracepoint(&prog), pid = getpid();

	printf("-- processes\n");
	say_err("query",
		bpf_task_fd_query(pid, link, 0, name, &len, &id, &type, &offset, &address));
	printf("%s, length %u, type %u, program %d\n", name, len, type, id == prog_id(prog));
	len = sizeof(tiny);
	say_err("tiny", bpf_task_fd_query(pid, link, 0, tiny, &len, &id, &type, &offset, &address));
	printf("%.4s, length %u\n", tiny, len);
	len = 0;
	say_err("no name",
		bpf_task_fd_query(pid, link, 0, NULL, &len, &id, &type, &offset, &address));
	printf("length %u\n", len);
	len = sizeof(name);
	say_err("flags",
		bpf_task_fd_query(pid, link, 1, name, &len, &id, &type, &offset, &address));
	say_err("program",
		bpf_task_fd_query(pid, prog, 0, name, &len, &id, &type, &offset, &address));
	say_err("nothing",
		bpf_task_fd_query(pid, 4000, 0, name, &len, &id, &type, &offset, &address));
	say_err("-1", bpf_task_fd_query(pid, -1, 0, name, &len, &id, &type, &offset, &address));
	close(link), close(prog);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	libbpf_set_print(quiet);
	ids();
	types();
	paths(argv[1]);
	folders(argv[1]);
	tasks();
	return 0;
}
