// SPDX-License-Identifier: BSD-2-Clause
#define WBPF_LINKER_MEMORY
#include "guest/elf/linker_memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Neither a handle nor a descriptor that WASI comes to. The linker has one at a time. */
enum { MEMORY = 0x3fffffff };

static char *memory;
static size_t size;

static void forget(void)
{
	free(memory);
	memory = NULL;
	size = 0;
}

long wbpf_linker_memory(long number, ...)
{
	forget();
	return MEMORY;
}

ssize_t wbpf_linker_write(int fd, const void *bytes, size_t len)
{
	char *more;

	if (fd != MEMORY)
		return write(fd, bytes, len);
	more = realloc(memory, size + len);
	if (!more) {
		errno = ENOMEM;
		return -1;
	}
	memory = more;
	memcpy(memory + size, bytes, len);
	size += len;
	return (ssize_t)len;
}

int wbpf_linker_close(int fd)
{
	if (fd != MEMORY)
		return close(fd);
	forget();
	return 0;
}

Elf *wbpf_linker_elf_begin(int fd, Elf_Cmd cmd, Elf *ref)
{
	return fd == MEMORY ? elf_memory(memory, size) : elf_begin(fd, cmd, ref);
}
