/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The object model: a BPF object file as the generators see it; or only types: raw BTF, a kernel's
 * image or module, any machine's ELF file with BTF, a C header. Nothing is loaded into the kernel,
 * and no privilege is needed.
 */
#ifndef WBPF_BTFGEN_OBJECT_H
#define WBPF_BTFGEN_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"

/* What a map is to a skeleton. */
enum map_role {
	MAP_PLAIN,      /* declared by the program: a member of "maps" */
	MAP_BSS,        /* zero-initialised variables */
	MAP_DATA,       /* .data and .data.* */
	MAP_RODATA,     /* .rodata and .rodata.* */
	MAP_KCONFIG,    /* extern variables that the kernel's configuration fills */
	MAP_STRUCT_OPS, /* an instance of a kernel's table of functions */
	MAP_ARENA,      /* a BPF arena; its section variables, if any, are in .arena.* */
};

struct object_map {
	const char *name;    /* bpf_map__name(): "events", "bootstra.rodata", ".data.extra" */
	const char *ident;   /* the same as a C identifier: "events", "rodata", "data_extra" */
	const char *section; /* ELF section of the variables: ".rodata", ".data.extra"; else "" */
	enum map_role role;
	bool internal; /* made by libbpf from a data section */
	bool mmapable; /* BPF_F_MMAPABLE is set: its value can be memory of the program */
	uint32_t type; /* enum bpf_map_type */
	uint32_t key_size, value_size, max_entries, flags;
	uint64_t extra;
	uint32_t key_type, value_type;             /* type ids, 0 when the object does not say */
	uint32_t inner_key_type, inner_value_type; /* of the maps in a map of maps, likewise */
	uint32_t datasec;    /* id of the TYPE_DATASEC that lays out its variables, or 0 */
	uint32_t ops_type;   /* MAP_STRUCT_OPS: id of the struct, else 0 */
	const void *initial; /* initial_size bytes: the section's initial contents, or NULL */
	size_t initial_size;
};

/* Whether the map's value is memory that the program shares with its BPF half. */
static inline bool object_map_is_mmaped(const struct object_map *m)
{
	return m->role == MAP_ARENA ? m->initial != NULL : m->internal && m->mmapable;
}

struct object_prog {
	const char *name;     /* bpf_program__name(): the C function */
	const char *section;  /* SEC("...") */
	uint32_t type;        /* enum bpf_prog_type; 0 when the section does not tell */
	uint32_t attach_type; /* enum bpf_attach_type, as the section tells */
	bool autoload;        /* false for SEC("?...") */
};

/* "#define NAME value" of a C header, with what C has the same value for everywhere. */
struct object_macro {
	const char *name, *value;
};

struct object {
	const char *path; /* as given by the caller */
	const char *file; /* its last component: "foo.bpf.o", for comments in generated files */
	/* C identifier: "foo_bpf" from foo.bpf.o, or what the options gave; the first 63 letters */
	const char *name;
	bool is_bpf;         /* false: types only, everything below the model is empty */
	struct model *model; /* never NULL, and sound */
	uint32_t first_type; /* the file's own first type: above 1 when it goes on from a base */
	/* Types only: ids of those that the file is about, which are selected when nothing else
	 * is asked for; the maps' and variables' of a big-endian BPF object. NULL: none. */
	const uint32_t *roots;
	size_t root_count;
	/* Of a C header the roots are what it declares itself, in its order. Behind them are
	 * included_count more ids, of what its includes declare, when the options asked for all. */
	bool is_header;
	size_t included_count;
	const struct object_macro *macros; /* of a C header: numbers and texts, in its order */
	size_t macro_count;
	const char *const *sources; /* of a C header: every file that was read, itself first */
	size_t source_count;
	const char *license;     /* "" when it has none */
	struct object_map *maps; /* in libbpf's order */
	size_t map_count;
	struct object_prog *progs; /* in libbpf's order */
	size_t prog_count;
	/* The object without debug information and, unless keep_btf, with no more BTF than loading
	 * it needs: what a skeleton embeds. The same input gives the same bytes. */
	const uint8_t *elf;
	size_t elf_size;
};

struct object_options {
	size_t size;      /* sizeof(struct object_options) */
	const char *name; /* the object's name, or NULL: from the path */
	bool keep_btf;    /* all BTF stays in struct object's elf */
	/* Types that are wanted, NULL-ended ("event", "struct event"), or NULL: what the BTF of a
	 * BPF object lacks of them is taken from its debug information, if it has any. */
	const char *const *types;
	const char *base;  /* of a kernel's module: the file with the kernel's BTF; else NULL */
	bool all;          /* of a C header: the types that its includes declare, too */
	const char *clang; /* for a C header, a program's name or path; NULL: clang-19 or clang */
	const char *const *clang_args; /* its arguments (-I, -D, -include), NULL-ended; or NULL */
};

/* Is this the name of a C header, which object_read() compiles for BPF? It ends in ".h". */
bool object_is_header(const char *path);

/*
 * Reads path. options may be NULL. On success *ret is the object, which the caller frees.
 * On failure *ret is NULL and the result a negative errno with the diag naming the path and what
 * to do: -ENOENT, -EISDIR, ... as the system says; -ENOEXEC not an ELF file (nor raw BTF), or ELF
 * for another machine than BPF and without BTF; -ENODATA no BTF; -EINVAL cut off or damaged, or
 * a header that does not compile (with the compiler's errors in lines of their own); -ENOTSUP what
 * we cannot do.
 */
int object_read(const char *path, const struct object_options *options, struct object **ret,
		struct diag *d);
void object_free(struct object *o); /* o may be NULL */

#endif
