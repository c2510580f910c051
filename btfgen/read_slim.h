/* SPDX-License-Identifier: BSD-2-Clause */
/* Slimming an object's BTF (read_slim.c): what its files share. */
#ifndef WBPF_BTFGEN_READ_SLIM_H
#define WBPF_BTFGEN_READ_SLIM_H

#include <bpf/btf.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* How much of a type is kept; a higher level includes the lower ones. */
enum level {
	DROPPED,
	SHELL, /* structs and enums: name, size and the members in use */
	WHOLE, /* all members; what pointers point to as a shell */
	MAPS,  /* map definitions: what pointers point to whole */
	INNER, /* their arrays of pointers: what these point to is a map definition, too */
};

struct mark {
	uint8_t level;
	bool *used; /* at SHELL: which members or enumerators are in use; NULL: none */
	uint32_t new_id;
};

/* One run. All functions that return int give 0 or a negative errno. */
struct slim {
	const struct btf *from;
	struct btf *to;
	struct mark *marks; /* by old id */
	uint32_t count;
	struct pending {
		uint32_t id;
		enum level level;
	} *stack;
	size_t depth, cap;
	uint8_t *ext; /* .BTF.ext: a copy, later the new one */
	size_t ext_size;
	bool keep_enumerators; /* of all enums */
	struct move *move;     /* read_slim_ext.c */
	int err;
};

/* The head of .BTF.ext; it has three tables, each of sections of records. */
struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t hdr_len;
	uint32_t func_off, func_len, line_off, line_len;
	uint32_t relo_off, relo_len; /* only when hdr_len says so */
};

typedef int (*record_fn)(struct slim *s, void *record);

/*
 * Calls section for each section's head (its name's offset comes first) and fn for each record of a
 * table. least: the smallest size that a record may have. -EINVAL: damaged.
 */
int slim_each_record(struct slim *s, uint32_t off, uint32_t len, size_t least, record_fn section,
		     record_fn fn);
bool slim_has_relocations(const struct slim *s);

/* Marks what is kept, by functions, variables and relocations. */
int slim_mark(struct slim *s);
/* Numbers what is marked, then builds it in s->to. */
void slim_number(struct slim *s);
int slim_build(struct slim *s);
/* Makes a new s->ext for s->to, to which it adds the strings. */
int slim_move_ext(struct slim *s);
/* Appends s->to with its strings packed, and puts their new places into s->ext. */
int slim_pack_strings(struct slim *s, struct strbuf *out);
/* Appends the ELF file elf with these two, and with no more symbols than are needed. */
int slim_write_elf(const struct slim *s, const struct strbuf *btf, const void *elf, size_t size,
		   struct strbuf *out);

/* Is it a section that libbpf reads as text, by its name? */
bool slim_is_text_section(const char *name);

/* The id that a type has in s->to; 0 for void and for what is dropped. */
int slim_new_id(const struct slim *s, uint32_t id);
/* The place that a kept member has among the kept ones. */
uint32_t slim_new_index(const struct mark *m, uint32_t index);

/* Access strings, "0:5:1": the next number; false at the end or when it is malformed. */
bool slim_next_number(const char **p, uint32_t *ret);
/* One step of one: marks what it uses and puts the type of the next step into *id. */
int slim_step(struct slim *s, uint32_t *id, uint32_t index);
/* The type behind modifiers and typedefs. */
uint32_t slim_strip(const struct slim *s, uint32_t id);
bool slim_is_field_relocation(const struct bpf_core_relo *r);
bool slim_is_enum_relocation(const struct bpf_core_relo *r);

#endif
