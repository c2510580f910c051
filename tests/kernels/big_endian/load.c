/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads a BPF object: load FILE. */
#include <bpf/libbpf.h>

int main(int argc, char **argv)
{
	struct bpf_object *object = argc == 2 ? bpf_object__open_file(argv[1], NULL) : NULL;

	return !object || bpf_object__load(object);
}
