// SPDX-License-Identifier: BSD-2-Clause
/*
 * Calls functions that have nothing to do, all the time. Prints its process id and where in the
 * file each function and the counter that uprobes count themselves in are.
 */
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#define TARGET(n)                                                                                  \
	unsigned long target_##n(unsigned long number);                                            \
	__attribute__((noinline)) unsigned long target_##n(unsigned long number)                   \
	{                                                                                          \
		__asm__ volatile("" : "+r"(number));                                               \
		return number + 100;                                                               \
	}
TARGET(0)
TARGET(1)
TARGET(2)
TARGET(3)

unsigned short counter __attribute__((section(".probes"))) = 0;

struct search {
	uintptr_t address;
	unsigned long offset;
};

static int find(struct dl_phdr_info *object, size_t size, void *data)
{
	struct search *s = data;

	(void)size;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &object->dlpi_phdr[i];
		uintptr_t start = object->dlpi_addr + p->p_vaddr;

		if (p->p_type == PT_LOAD && s->address >= start && s->address < start + p->p_filesz)
			s->offset = s->address - start + p->p_offset;
	}
	return 1; /* the program itself comes first */
}

static unsigned long offset_of(const volatile void *address)
{
	struct search s = {.address = (uintptr_t)address};

	dl_iterate_phdr(find, &s);
	return s.offset;
}

int main(void)
{
	printf("%d %lu %lu %lu %lu %lu\n", getpid(), offset_of((void *)target_0),
	       offset_of((void *)target_1), offset_of((void *)target_2),
	       offset_of((void *)target_3), offset_of(&counter));
	fflush(stdout);
	for (;;) {
		target_0(0);
		target_1(1);
		target_2(2);
		target_3(3);
		usleep(2000);
	}
}
