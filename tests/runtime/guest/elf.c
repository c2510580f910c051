// SPDX-License-Identifier: BSD-2-Clause
/* libelf: what is in an object file (argv[1]), compressed and back, and in memory. */
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <unistd.h>

#include "say.h"

static void symbols(Elf *elf, Elf_Scn *scn, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Sym sym;

	for (int i = 0; data && gelf_getsym(data, i, &sym); i++)
		printf("  symbol '%s' at %llu, %llu bytes, type %d\n",
		       elf_strptr(elf, header->sh_link, sym.st_name),
		       (unsigned long long)sym.st_value, (unsigned long long)sym.st_size,
		       GELF_ST_TYPE(sym.st_info));
}

static void relocations(Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Rel rel;

	for (int i = 0; data && gelf_getrel(data, i, &rel); i++)
		printf("  at %llu: %llx\n", (unsigned long long)rel.r_offset,
		       (unsigned long long)rel.r_info);
}

/* There and back, and a way of compressing that nobody has. */
static void compress(Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t size = data->d_size;
	char *copy = malloc(size);
	GElf_Chdr header;

	memcpy(copy, data->d_buf, size);
	printf("  compressed: %d\n", elf_compress(scn, ELFCOMPRESS_ZLIB, ELF_CHF_FORCE));
	if (gelf_getchdr(scn, &header))
		printf("  type %u, %llu bytes\n", header.ch_type,
		       (unsigned long long)header.ch_size);
	printf("  decompressed: %d\n", elf_compress(scn, 0, 0));
	data = elf_getdata(scn, NULL);
	printf("  the same: %d\n", data->d_size == size && !memcmp(data->d_buf, copy, size));
	printf("  unknown: %d\n", elf_compress(scn, 77, 0));
	free(copy);
}

static void look(Elf *elf)
{
	GElf_Ehdr ehdr;
	GElf_Shdr header;
	Elf_Scn *scn = NULL;
	size_t names = 0, count = 0;

	printf("kind %d, class %d\n", elf_kind(elf), gelf_getclass(elf));
	if (!gelf_getehdr(elf, &ehdr)) {
		printf("no header: %s\n", elf_errmsg(-1));
		return;
	}
	printf("machine %d, type %d\n", ehdr.e_machine, ehdr.e_type);
	printf("%d", elf_getshdrstrndx(elf, &names));
	printf(" %d", elf_getshdrnum(elf, &count));
	printf(": %zu sections\n", count);
	while ((scn = elf_nextscn(elf, scn)) && gelf_getshdr(scn, &header)) {
		const char *name = elf_strptr(elf, names, header.sh_name);

		printf("%zu %s: type %u, %llu bytes\n", elf_ndxscn(scn), name, header.sh_type,
		       (unsigned long long)header.sh_size);
		if (header.sh_type == SHT_SYMTAB)
			symbols(elf, scn, &header);
		else if (header.sh_type == SHT_REL)
			relocations(scn);
		else if (!strcmp(name, ".BTF"))
			compress(scn);
	}
}

static void in_memory(int fd)
{
	static char bytes[1 << 16];
	ssize_t n = pread(fd, bytes, sizeof(bytes), 0);
	Elf *elf = n > 0 ? elf_memory(bytes, (size_t)n) : NULL;

	say_ptr("in memory", elf);
	if (elf)
		look(elf);
	elf_end(elf);
	elf = elf_memory(bytes + 1, 100);
	printf("no object: kind %d\n", elf ? (int)elf_kind(elf) : -1);
	elf_end(elf);
}

int main(int argc, char **argv)
{
	int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
	Elf *elf;

	if (fd < 0)
		return 2;
	printf("before elf_version(): %d\n", elf_begin(fd, ELF_C_READ, NULL) != NULL);
	printf("%s\n", elf_errmsg(-1));
	printf("version %u\n", elf_version(EV_CURRENT));
	elf = elf_begin(fd, ELF_C_READ, NULL);
	say_ptr("begin", elf);
	if (elf)
		look(elf);
	elf_end(elf);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	say_ptr("begin with mmap", elf);
	if (elf)
		look(elf);
	elf_end(elf);
	in_memory(fd);
	close(fd);
	printf("closed: %d\n", elf_begin(fd, ELF_C_READ, NULL) != NULL);
	printf("%s\n", elf_errmsg(-1));
	return 0;
}
