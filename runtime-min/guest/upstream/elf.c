// SPDX-License-Identifier: BSD-2-Clause
#include <libelf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct wbpf_elf_section {
	Elf *elf;
	size_t index;
	Elf64_Shdr header;
	Elf_Data data;
};

struct wbpf_elf {
	char *bytes; /* owned */
	size_t len;
	Elf64_Ehdr header;
	struct wbpf_elf_section *sections; /* owned */
};

unsigned int elf_version(unsigned int version)
{
	return EV_CURRENT;
}

static char *read_whole(int fd, size_t *ret)
{
	struct stat st;
	size_t done = 0;
	char *bytes;

	if (fstat(fd, &st) || st.st_size <= 0)
		return NULL;
	bytes = malloc((size_t)st.st_size);
	while (bytes && done < (size_t)st.st_size) {
		ssize_t n = pread(fd, bytes + done, (size_t)st.st_size - done, (off_t)done);

		if (n <= 0) {
			free(bytes);
			return NULL;
		}
		done += (size_t)n;
	}
	*ret = done;
	return bytes;
}

static bool inside(const Elf *elf, uint64_t offset, uint64_t len)
{
	return offset <= elf->len && len <= elf->len - offset;
}

static bool take_header(Elf *elf)
{
	const Elf64_Ehdr *h = &elf->header;

	if (!inside(elf, 0, sizeof(*h)))
		return false;
	memcpy(&elf->header, elf->bytes, sizeof(*h));
	return !memcmp(h->e_ident, ELFMAG, SELFMAG) && h->e_ident[EI_CLASS] == ELFCLASS64 &&
	       h->e_ident[EI_DATA] == ELFDATA2LSB && h->e_shentsize == sizeof(Elf64_Shdr) &&
	       h->e_shstrndx < h->e_shnum &&
	       inside(elf, h->e_shoff, (uint64_t)h->e_shnum * sizeof(Elf64_Shdr));
}

static bool take_sections(Elf *elf)
{
	size_t count = elf->header.e_shnum;

	elf->sections = calloc(count, sizeof(*elf->sections));
	if (!elf->sections)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct wbpf_elf_section *s = &elf->sections[i];

		s->elf = elf;
		s->index = i;
		memcpy(&s->header, elf->bytes + elf->header.e_shoff + i * sizeof(s->header),
		       sizeof(s->header));
		if (s->header.sh_type == SHT_NOBITS || s->header.sh_type == SHT_NULL)
			continue;
		if (!inside(elf, s->header.sh_offset, s->header.sh_size))
			return false;
		s->data.d_buf = elf->bytes + s->header.sh_offset;
		s->data.d_size = (size_t)s->header.sh_size;
	}
	return true;
}

Elf *elf_begin(int fd, Elf_Cmd cmd, Elf *none)
{
	Elf *elf = calloc(1, sizeof(*elf));

	if (!elf)
		return NULL;
	elf->bytes = read_whole(fd, &elf->len);
	if (elf->bytes && take_header(elf) && take_sections(elf))
		return elf;
	elf_end(elf);
	return NULL;
}

int elf_end(Elf *elf)
{
	if (elf) {
		free(elf->sections);
		free(elf->bytes);
		free(elf);
	}
	return 0;
}

int elf_getshdrstrndx(Elf *elf, size_t *ret)
{
	*ret = elf->header.e_shstrndx;
	return 0;
}

Elf_Scn *elf_getscn(Elf *elf, size_t index)
{
	return index < elf->header.e_shnum ? &elf->sections[index] : NULL;
}

Elf_Scn *elf_nextscn(Elf *elf, Elf_Scn *section)
{
	return elf_getscn(elf, section ? section->index + 1 : 1);
}

Elf_Data *elf_getdata(Elf_Scn *section, Elf_Data *none)
{
	return section && !none ? &section->data : NULL;
}

/* NULL unless the string ends inside the section. */
char *elf_strptr(Elf *elf, size_t section, size_t offset)
{
	Elf_Scn *s = elf_getscn(elf, section);

	if (!s || offset >= s->data.d_size)
		return NULL;
	if (!memchr((char *)s->data.d_buf + offset, '\0', s->data.d_size - offset))
		return NULL;
	return (char *)s->data.d_buf + offset;
}

GElf_Ehdr *gelf_getehdr(Elf *elf, GElf_Ehdr *ret)
{
	*ret = elf->header;
	return ret;
}

GElf_Shdr *gelf_getshdr(Elf_Scn *section, GElf_Shdr *ret)
{
	*ret = section->header;
	return ret;
}

int gelf_getclass(Elf *elf)
{
	return elf->header.e_ident[EI_CLASS];
}
