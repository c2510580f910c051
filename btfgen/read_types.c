/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that have types and nothing else for us: raw BTF, a kernel's image, a kernel's module. */
#include "btfgen/read.h"

#include <bpf/btf.h>
#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* One file's BTF, as it lies there. */
struct source {
	struct strbuf file;
	struct strbuf btf;
	/* Of a module built to outlive its kernel (".BTF.base"): what it needs of the kernel's
	 * types, to be found again in those of the kernel at hand. */
	struct strbuf distilled;
	unsigned pointer_size; /* 0: the file does not say */
};

static void source_free(struct source *s)
{
	strbuf_free(&s->file);
	strbuf_free(&s->btf);
	strbuf_free(&s->distilled);
}

static const char *packed_with(const struct strbuf *file)
{
	static const struct {
		const char *magic, *program;
		size_t size;
	} known[] = {
		{"\xfd\x37zXZ", "xz", 5},
		{"\x28\xb5\x2f\xfd", "zstd", 4},
		{"\x1f\x8b", "gzip", 2},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (file->len >= known[i].size &&
		    !memcmp(file->data, known[i].magic, known[i].size))
			return known[i].program;
	return NULL;
}

static int check_elf(const struct strbuf *file, struct diag *d)
{
	const char *program = packed_with(file);

	if (!file->len)
		return diag_fail(d, ENOEXEC, "the file is empty");
	if (program)
		return diag_fail(d, ENOEXEC, "compressed: unpack it with %s -d first", program);
	if (file->len < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG))
		return diag_fail(d, ENOEXEC,
				 "not an ELF file (expected what clang -target bpf -g -c makes)");
	if (file->len < sizeof(Elf32_Ehdr))
		return diag_fail(d, EINVAL, "cut off: %zu bytes are less than an ELF header",
				 file->len);
	if (file->data[EI_CLASS] != ELFCLASS32 && file->data[EI_CLASS] != ELFCLASS64)
		return diag_fail(d, EINVAL, "damaged: neither of 32 nor of 64 bits");
	if (file->data[EI_DATA] != ELFDATA2LSB && file->data[EI_DATA] != ELFDATA2MSB)
		return diag_fail(d, EINVAL, "damaged: unknown byte order %u in the ELF header",
				 (unsigned char)file->data[EI_DATA]);
	return 0;
}

static unsigned machine(const struct strbuf *file)
{
	const unsigned char *e =
		(const unsigned char *)file->data + offsetof(Elf32_Ehdr, e_machine);

	return file->data[EI_DATA] == ELFDATA2MSB ? e[0] << 8 | e[1] : e[1] << 8 | e[0];
}

int read_is_bpf(const struct strbuf *file, bool *ret, struct diag *d)
{
	*ret = false;
	if (read_is_raw_btf(file))
		return 0;
	int err = check_elf(file, d);
	*ret = !err && machine(file) == EM_BPF && file->data[EI_CLASS] == ELFCLASS64;
	return err;
}

bool read_is_big_endian(const struct strbuf *file)
{
	return file->data[EI_DATA] == ELFDATA2MSB;
}

/* Takes the bytes over from s->file, or finds them in it. */
static int find_btf(struct source *s, struct diag *d)
{
	if (read_is_raw_btf(&s->file)) {
		s->btf = s->file;
		s->file = (struct strbuf){0};
		return 0;
	}
	int err = check_elf(&s->file, d);
	if (!err)
		err = read_any_section(&s->file, ".BTF", &s->btf, d);
	if (!err)
		err = read_any_section(&s->file, ".BTF.base", &s->distilled, d);
	if (err)
		return err;
	if (!s->btf.len && machine(&s->file) == EM_BPF)
		return diag_fail(d, ENODATA, "no BTF in it: compile with clang -target bpf -g");
	if (!s->btf.len)
		return diag_fail(d, ENOEXEC,
				 "an ELF file for another machine (%u), not for BPF and without "
				 "BTF: compile with "
				 "clang -target bpf -g -O2 -c",
				 machine(&s->file));
	s->pointer_size = s->file.data[EI_CLASS] == ELFCLASS32 ? 4 : 8;
	return 0;
}

static int load(const struct strbuf *bytes, struct btf *base, const char *why, struct btf **ret,
		struct diag *d)
{
	if (bytes->len > UINT32_MAX)
		return diag_fail(d, EFBIG, "too large for BTF");

	read_warnings_begin();
	*ret = btf__new_split(bytes->data, (uint32_t)bytes->len, base);
	char *warnings = read_warnings_end();
	if (!*ret)
		diag_fail(d, EINVAL, "damaged BTF%s%s%s", why, warnings && *warnings ? ": " : "",
			  warnings ? warnings : "");
	free(warnings);
	return *ret ? 0 : -EINVAL;
}

/* libbpf follows the chains of types without a look at where they end. */
static int check_sound(const struct btf *btf, struct diag *d)
{
	struct model *m = NULL;

	int err = read_model(btf, &m, d);
	model_free(m);
	return err;
}

/* The types of a module whose names of the kernel's types were kept beside it. */
static int load_distilled(const struct source *s, struct btf *base, struct btf **ret,
			  struct diag *d)
{
	struct btf *small = NULL;

	int err = load(&s->distilled, NULL, " (.BTF.base)", &small, d);
	if (!err)
		err = load(&s->btf, small, "", ret, d);
	if (!err)
		err = check_sound(*ret, d);
	if (!err) {
		read_warnings_begin();
		int failed = btf__relocate(*ret, base);
		char *warnings = read_warnings_end();
		if (failed)
			err = diag_fail(d, EINVAL,
					"its types do not fit those of the kernel that --base "
					"names%s%s",
					warnings && *warnings ? ": " : "",
					warnings ? warnings : "");
		free(warnings);
	}
	if (err) {
		btf__free(*ret);
		*ret = NULL;
	}
	btf__free(small);
	return err;
}

static int check_distilled(const struct source *s, const struct btf *base, struct diag *d)
{
	return s->distilled.len && !base
		       ? diag_fail(d, EINVAL,
				   "a module's types, which go on where its kernel's end: name "
				   "these with --base (/sys/kernel/btf/vmlinux)")
		       : 0;
}

static int read_source(struct source *s, struct btf *base, struct btf **ret, struct diag *d)
{
	*ret = NULL;
	int err = find_btf(s, d);
	if (!err)
		err = check_distilled(s, base, d);
	if (err)
		return err;
	if (s->distilled.len)
		err = load_distilled(s, base, ret, d);
	else
		err = load(&s->btf, base,
			   base ? ", or not of a module of the kernel that --base names"
				: ", or a module's that needs its kernel's (--base)",
			   ret, d);
	if (!err && s->pointer_size)
		btf__set_pointer_size(*ret, s->pointer_size);
	return err;
}

static int read_base(const char *path, struct btf **ret, struct diag *d)
{
	struct source s = {0};

	int err = file_read(path, READ_MAX_FILE, &s.file, d);
	if (err)
		return err;
	err = read_source(&s, NULL, ret, d);
	if (err)
		diag_prefix(d, "%s: ", path);
	source_free(&s);
	return err;
}

static int convert(const struct btf *btf, const struct btf *base, struct object *o, struct diag *d)
{
	o->license = strdup("");
	if (!o->license)
		return diag_fail(d, ENOMEM, "out of memory");
	o->first_type = base ? btf__type_cnt(base) : 1;
	return read_model(btf, &o->model, d);
}

int read_types(struct strbuf *file, const char *base_path, struct object *o, struct diag *d)
{
	struct source s = {.file = *file};
	struct btf *base = NULL, *btf = NULL;

	*file = (struct strbuf){0};
	int err = base_path ? read_base(base_path, &base, d) : 0;
	if (!err) {
		err = read_source(&s, base, &btf, d);
		if (!err)
			err = convert(btf, base, o, d);
		if (err)
			diag_prefix(d, "%s: ", o->path);
	}
	source_free(&s);
	btf__free(btf);
	btf__free(base);
	return err;
}
