// SPDX-License-Identifier: BSD-2-Clause
/*
 * The value of a struct_ops map through <bpf/bpf.h> alone: a congestion control of TCP, put
 * together by hand. It is never registered: kernels have been seen to stop when that goes wrong.
 */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "insns.h"
#include "say.h"

static const char type_name[] = "tcp_congestion_ops";

static struct btf *kernel;

static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

/* The place of a member in the kernel's struct; its index too. */
static size_t place(const struct btf_type *t, const char *name, __u32 *index)
{
	for (__u16 i = 0; i < btf_vlen(t); i++)
		if (!strcmp(btf__name_by_offset(kernel, btf_members(t)[i].name_off), name)) {
			*index = i;
			return btf_member_bit_offset(t, i) / 8;
		}
	*index = 0;
	return 0;
}

static int load_function(int type, __u32 index)
{
	struct bpf_insn insns[] = {MOV_IMM(BPF_REG_0, 2), EXIT()};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = index,
		    .attach_btf_id = (__u32)type);

	return bpf_prog_load(BPF_PROG_TYPE_STRUCT_OPS, "function", "GPL", insns, 2, &opts);
}

static void put(unsigned char *value, size_t at, const void *from, size_t len)
{
	memcpy(value + at, from, len);
}

int main(void)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_LINK);
	const char *functions[] = {"ssthresh", "undo_cwnd", "cong_avoid"};
	long long fds[3], wrong[] = {-1, 4000, 0x7fffffff, 1LL << 40 | 4000};
	int key = 0, other = 1;
	__u32 index;

	kernel = btf__load_from_kernel_by_id(1);
	int type = btf__find_by_name_kind(kernel, type_name, BTF_KIND_STRUCT);
	int wrapper = btf__find_by_name_kind(kernel, "bpf_struct_ops_tcp_congestion_ops",
					     BTF_KIND_STRUCT);
	if (type < 0 || wrapper < 0) {
		puts("no such types");
		return 0;
	}
	const struct btf_type *t = btf__type_by_id(kernel, (__u32)type);
	const struct btf_type *w = btf__type_by_id(kernel, (__u32)wrapper);
	size_t data = place(w, "data", &index), size = w->size;
	unsigned char *value = calloc(1, size), *got = calloc(1, size);

	struct btf *own = btf__new_empty(); /* which the kernel wants to see, but does not use */
	btf__add_int(own, "int", 4, BTF_INT_SIGNED);
	say_err("types", btf__load_into_kernel(own));
	opts.btf_vmlinux_value_type_id = (__u32)wrapper;
	say_fd("create without types",
	       bpf_map_create(BPF_MAP_TYPE_STRUCT_OPS, "low", 4, (__u32)size, 1, &opts));
	opts.btf_fd = (__u32)btf__fd(own);
	int map = say_fd("create",
			 bpf_map_create(BPF_MAP_TYPE_STRUCT_OPS, "low", 4, (__u32)size, 1, &opts));
	for (int i = 0; i < 3; i++) {
		size_t at = place(t, functions[i], &index);

		fds[i] = say_fd(functions[i], load_function(type, index));
		put(value, data + at, &fds[i], 8);
	}
	put(value, data + place(t, "name", &index), "wbpf_low", 9);
	say_err("lookup", bpf_map_lookup_elem(map, &key, got));
	say_err("another key", bpf_map_update_elem(map, &other, value, 0));
	say_err("with flags", bpf_map_update_elem(map, &key, value, BPF_NOEXIST));
	for (size_t i = 0; i < COUNT(wrong); i++) {
		put(value, data + place(t, "ssthresh", &index), &wrong[i], 8);
		say_err("no program", bpf_map_update_elem(map, &key, value, 0));
	}
	long long swapped = fds[1];
	put(value, data + place(t, "ssthresh", &index), &swapped, 8);
	say_err("another function", bpf_map_update_elem(map, &key, value, 0));
	put(value, data + place(t, "ssthresh", &index), &fds[0], 8);
	say_err("update", bpf_map_update_elem(map, &key, value, 0));
	say_err("update again", bpf_map_update_elem(map, &key, value, 0));
	say_err("lookup", bpf_map_lookup_elem(map, &key, got));
	printf("name %s\n", (char *)got + data + place(t, "name", &index));
	say_err("delete", bpf_map_delete_elem(map, &key));
	for (int i = 0; i < 3; i++)
		close((int)fds[i]);
	close(map);
	free(value), free(got);
	btf__free(own);
	btf__free(kernel);
	return 0;
}
