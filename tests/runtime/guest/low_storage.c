// SPDX-License-Identifier: BSD-2-Clause
/*
 * Maps whose keys or values are descriptors of processes, cgroups, sockets and events: what they
 * hold, and what they refuse.
 */
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "descriptors.h"
#include "insns.h"
#include "say.h"

static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

static int open_task(void)
{
	return (int)syscall(__NR_pidfd_open, getpid(), 0);
}

static int open_socket(int type)
{
	return socket(AF_INET, type, 0);
}

/* Keys are descriptors. */
static void storage(const char *kind, enum bpf_map_type type, int right, int wrong)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_NO_PREALLOC,
		    .btf_key_type_id = (__u32)number, .btf_value_type_id = (__u32)number);
	int keys[] = {right, wrong, -1, 0, 4000, 0x7fffffff}, map, value, next;
	__u32 count = 1, position;

	printf("-- %s\n", kind);
	say_fd("key", right);
	say_err("types", btf__load_into_kernel(btf));
	say_fd("without types", bpf_map_create(type, "store", 4, 4, 0, NULL));
	opts.btf_fd = (__u32)btf__fd(btf);
	map = say_fd("create", bpf_map_create(type, "store", 4, 4, 0, &opts));
	for (size_t i = 0; i < COUNT(keys); i++) {
		value = 5 + (int)i;
		say_err("lookup", bpf_map_lookup_elem(map, &keys[i], &value));
		say_err("update", bpf_map_update_elem(map, &keys[i], &value, BPF_NOEXIST));
		value = 0;
		say_err("lookup", bpf_map_lookup_elem(map, &keys[i], &value));
		printf("value %d\n", value);
		say_err("update", bpf_map_update_elem(map, &keys[i], &value, BPF_NOEXIST));
		say_err("delete", bpf_map_delete_elem(map, &keys[i]));
		say_err("delete", bpf_map_delete_elem(map, &keys[i]));
	}
	say_err("no key", bpf_map_lookup_elem(map, NULL, &value));
	say_err("next", bpf_map_get_next_key(map, NULL, &next));
	say_err("take", bpf_map_lookup_and_delete_elem(map, &keys[0], &value));
	say_err("batch", bpf_map_lookup_batch(map, NULL, &position, keys, &value, &count, NULL));
	say_err("batch", bpf_map_update_batch(map, keys, &value, &count, NULL));
	close(map);
	btf__free(btf);
}

/* Values are descriptors, keys are numbers. */
static void slots(const char *kind, enum bpf_map_type type, int value_size, int right, int wrong)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts);
	int map = bpf_map_create(type, "slots", 4, (__u32)value_size, 2, &opts), key = 0;
	long long values[] = {right, wrong, -1, 4000}, got = 0;

	printf("-- %s\n", kind);
	say_fd("create", map);
	say_fd("value", right);
	for (size_t i = 0; i < COUNT(values); i++) {
		say_err("update", bpf_map_update_elem(map, &key, &values[i], BPF_ANY));
		got = 0;
		say_err("lookup", bpf_map_lookup_elem(map, &key, &got));
		printf("value %d\n", got != 0);
	}
	say_err("update", bpf_map_update_elem(map, &key, &values[0], BPF_NOEXIST));
	key = 7;
	say_err("behind", bpf_map_update_elem(map, &key, &values[0], BPF_ANY));
	key = 0;
	say_err("delete", bpf_map_delete_elem(map, &key));
	say_err("delete", bpf_map_delete_elem(map, &key));
	close(map);
}

/* A connection of this program with itself. */
static void connection(int *client, int *server)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(at);
	int listener = open_socket(SOCK_DGRAM);

	*server = listener;
	*client = open_socket(SOCK_DGRAM);
	say_err("bind", bind(listener, (struct sockaddr *)&at, sizeof(at)));
	say_err("name", getsockname(listener, (struct sockaddr *)&at, &len));
	say_err("connect", connect(*client, (struct sockaddr *)&at, len));
	len = sizeof(at);
	say_err("name", getsockname(*client, (struct sockaddr *)&at, &len));
	say_err("connect", connect(*server, (struct sockaddr *)&at, len));
}

static void iterator(int task)
{
	struct btf *kernel = btf__load_from_kernel_by_id(1);
	LIBBPF_OPTS(bpf_prog_load_opts, load, .expected_attach_type = BPF_TRACE_ITER);
	union bpf_iter_link_info where = {.task.pid_fd = (__u32)task};
	LIBBPF_OPTS(bpf_link_create_opts, opts, .iter_info = &where,
		    .iter_info_len = sizeof(where));
	struct bpf_link_info info = {0};
	__u32 len = sizeof(info);

	printf("-- iterator by pidfd\n");
	load.attach_btf_id = (__u32)btf__find_by_name_kind(kernel, "bpf_iter_task", BTF_KIND_FUNC);
	int prog = say_fd("load", load_return(BPF_PROG_TYPE_TRACING, 0, &load));
	int link = say_fd("create", bpf_link_create(prog, 0, BPF_TRACE_ITER, &opts));
	say_err("info", bpf_link_get_info_by_fd(link, &info, &len));
	printf("this process %d\n", info.iter.task.pid == (__u32)getpid());
	where.task.pid_fd = (__u32)prog;
	say_fd("a program", bpf_link_create(prog, 0, BPF_TRACE_ITER, &opts));
	close(link);
	close(prog);
	btf__free(kernel);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(void)
{
	int task = open_task(), cgroup = open_cgroup(), event = open_event(), client, server;

	libbpf_set_print(quiet);
	connection(&client, &server);
	storage("tasks", BPF_MAP_TYPE_TASK_STORAGE, task, cgroup);
	storage("cgroups", BPF_MAP_TYPE_CGRP_STORAGE, cgroup, task);
	storage("sockets", BPF_MAP_TYPE_SK_STORAGE, client, event);
	storage("files", BPF_MAP_TYPE_INODE_STORAGE, cgroup, task);
	slots("events", BPF_MAP_TYPE_PERF_EVENT_ARRAY, 4, event, cgroup);
	slots("cgroups", BPF_MAP_TYPE_CGROUP_ARRAY, 4, cgroup, event);
	slots("sockmap", BPF_MAP_TYPE_SOCKMAP, 4, client, event);
	slots("sockmap of cookies", BPF_MAP_TYPE_SOCKMAP, 8, client, event);
	slots("sockhash", BPF_MAP_TYPE_SOCKHASH, 8, server, event);
	slots("xskmap", BPF_MAP_TYPE_XSKMAP, 4, client, event);
	iterator(task);
	close(task), close(cgroup), close(event), close(client), close(server);
	return 0;
}
