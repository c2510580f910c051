/* SPDX-License-Identifier: BSD-2-Clause */
/* With an argument the object's file is not there. */
#include <stdio.h>
#include <string.h>

#include "embed_file.skel.h"

int main(int argc, char **argv __attribute__((unused)))
{
	struct embed_file_bpf *skel = embed_file_bpf__open();
	size_t size = 1, again;

	if (argc > 1) {
		int err = errno;
		const void *bytes = embed_file_bpf__elf_bytes(&size);
		return skel || err != ENOENT || bytes || size || errno != ENOENT;
	}
	if (!skel || skel->data->counter != 7 || skel->skeleton->data)
		return 1;
	skel->data->counter = 8;
	if (strcmp(bpf_object__name(skel->obj), "embed_file_bpf"))
		return 2;
	const void *bytes = embed_file_bpf__elf_bytes(&size);
	if (!bytes || memcmp(bytes, "\177ELF", 4) || embed_file_bpf__elf_bytes(&again) != bytes)
		return 3;
	struct bpf_object *obj = bpf_object__open_mem(bytes, size, NULL);
	if (!obj || again != size)
		return 4;
	bpf_object__close(obj);
	embed_file_bpf__destroy(skel);
	return 0;
}
