/* SPDX-License-Identifier: BSD-2-Clause */
/* The object's bytes are where the section is: natively in the program, in a module at the host. */
#include <stdio.h>
#include <string.h>

#include "embed_section.skel.h"

#ifdef WITH_BTF
#include <bpf/btf.h>

/* Another source that includes the skeleton. */
struct embed_section_bpf *open_elsewhere(void);
#endif

int main(void)
{
	struct embed_section_bpf *skel = embed_section_bpf__open();
	size_t size = 1, other __attribute__((unused)) = 2;

	if (!skel || skel->data->counter != 7)
		return 1;
	skel->data->counter = 8;
	if (strcmp(bpf_object__name(skel->obj), "embed_section_b"))
		return 2;
	const void *bytes = embed_section_bpf__elf_bytes(&size);
	if (!bytes || memcmp(bytes, "\177ELF", 4))
		return 3;
	struct bpf_object *obj = bpf_object__open_mem(bytes, size, NULL);
	if (!obj)
		return 4;
	bpf_object__close(obj);
#ifdef __wasm__
	void *copy = wbpf_section__read("wbpf.bpf.in_module.1", &other);
	if (!copy || other != size || memcmp(copy, bytes, size))
		return 5;
	free(copy);
	obj = wbpf_section__open("wbpf.bpf.in_module.1", NULL);
	if (!obj || !bpf_object__find_program_by_name(obj, "count"))
		return 6;
	bpf_object__close(obj);
	libbpf_set_print(NULL);
	if (wbpf_section__open("wbpf.bpf.in_module", NULL) || errno != ENOENT ||
	    wbpf_section__open("name", NULL) || errno != ENOENT || wbpf_section__open(NULL, NULL) ||
	    errno != EINVAL || wbpf_section__read("", &other) || errno != ENOENT)
		return 7;
#endif
#ifdef WITH_BTF
	if (!bpf_object__btf(skel->obj) || btf__type_cnt(bpf_object__btf(skel->obj)) < 2)
		return 8;
	embed_section_bpf__destroy(open_elsewhere());
#endif
	embed_section_bpf__destroy(skel);
	return 0;
}
