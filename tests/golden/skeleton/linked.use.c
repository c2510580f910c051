/* SPDX-License-Identifier: BSD-2-Clause */
/* What the library sees and changes is what the object's owner sees, and the other way round. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "linked.skel.h"
#include "linked.subskel.h"

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                    \
			return 1;                                                                  \
		}                                                                                  \
	} while (0)

static int print_nothing(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	return (int)level * !fmt * !ap;
}

int main(void)
{
	struct linked_bpf *skel = linked_bpf__open();
	CHECK(skel);
	struct linked_lib *lib = linked_lib__open(skel->obj);
	CHECK(lib);

	CHECK(*lib->data.library_first == 'f' && *lib->data.library_total == 3);
	CHECK(lib->data.library_total == &skel->data->library_total);
	CHECK(lib->rodata.library_step == &skel->rodata->library_step);
	CHECK(*lib->data_library.library_extra == 4);
	*lib->rodata.library_step = 20;
	(*lib->bss.library_longs)[2] = -1;
	lib->bss.library_record->a = 7;
	strcpy(lib->bss.library_record->text, "text");
	CHECK(skel->rodata->library_step == 20 && skel->bss->library_longs[2] == -1);
	CHECK(skel->bss->library_record.a == 7 && !strcmp(skel->bss->library_record.text, "text"));
	skel->data->library_total = 30;
	CHECK(*lib->data.library_total == 30 && skel->data->own_total == 5);

	*lib->bss.library_pointer = (struct unknown *)skel;
	CHECK(skel->bss->library_pointer == (struct unknown *)skel);
	CHECK(skel->bss->__library_pointer_room == (uintptr_t)skel);

	CHECK(lib->maps.library_map == skel->maps.library_map);
	CHECK(lib->maps.bss == skel->maps.bss && lib->maps.kconfig == skel->maps.kconfig);
	CHECK(lib->progs.library_prog == skel->progs.library_prog);
	linked_lib__destroy(lib);
	linked_lib__destroy(NULL);
	CHECK(skel->data->library_total == 30);

	/* The object without the library. */
	libbpf_set_print(print_nothing);
	struct bpf_object *other = bpf_object__open_file("other.bpf.o", NULL);
	CHECK(other);
	errno = 0;
	CHECK(!linked_lib__open(other) && errno);
	printf("another object: %s\n", strerror(errno));
	CHECK(!linked_lib__open(NULL) && errno == EINVAL);
	bpf_object__close(other);
	linked_bpf__destroy(skel);
	return 0;
}
