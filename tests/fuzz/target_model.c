/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Models made from the input's bytes, most of them sound, so that the emitters meet what no
 * compiler writes: each type is a few bytes, and what the bytes leave open is what C would do.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { MAX_TYPES = 200, MAX_PARTS = 40, MAX_NAME = 40 };

struct input {
	const uint8_t *at, *end;
};

static unsigned byte(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static uint32_t word(struct input *in)
{
	uint32_t n = byte(in);

	n = n << 8 | byte(in);
	n = n << 8 | byte(in);
	return n << 8 | byte(in);
}

struct builder {
	struct input in;
	struct model *m;
	char text[MAX_PARTS + 1]
		 [MAX_NAME + 1]; /* names made of bytes; the last is the type's own */
};

static const char *const known_names[] = {
	"",        "a",        "b",      "c",       "int",          "struct",     "class",
	"this",    "restrict", "errno",  "time_t",  "timespec",     "iovec",      "size_t",
	"uint8_t", "uint64_t", "event",  "event_t", "__wbpf_hole1", "pad",        "x___2",
	"x",       "x___bpf",  "bool",   "char",    "list_head",    "stdin",      "EOF",
	"A",       "_Bool",    "typeof", "NULL",    "st_atime",     "sa_handler", "unix",
};

static const char *const known_texts[] = {
	"unsigned int", "long",    "char", "_Bool",           ".bss",
	".rodata",      ".data.x", "user", "*/ int x; /*",    "preserve_access_index",
	"\n#error",     "\"",      "\\",   "_Complex double", "%s%n",
};

static const char *name(struct builder *b, unsigned slot)
{
	unsigned n = byte(&b->in);
	char *text = b->text[slot];

	if (n < sizeof(known_names) / sizeof(known_names[0]))
		return known_names[n];
	n -= 64;
	if (n < sizeof(known_texts) / sizeof(known_texts[0]))
		return known_texts[n];
	n = byte(&b->in) % MAX_NAME;
	for (unsigned i = 0; i < n; i++)
		text[i] = (char)byte(&b->in);
	text[n] = '\0';
	return text;
}

/* One of the types so far, or one that comes later, or none that there is. */
static uint32_t id(struct builder *b)
{
	unsigned n = byte(&b->in);
	uint32_t count = model_count(b->m);

	if (n < 200)
		return n < count ? count - 1 - n : n % count;
	return n < 255 ? count + n - 200 : word(&b->in);
}

/* Bytes that C gives a type that is there already, and the alignment that it likes. */
static uint64_t size_of(const struct builder *b, uint32_t of, uint64_t *ret_align)
{
	uint64_t size = model_size(b->m, of);

	*ret_align = 1;
	while (*ret_align < 16 && size && size % (2 * *ret_align) == 0)
		*ret_align *= 2;
	return size < UINT32_MAX ? size : 0;
}

static uint64_t round_up(uint64_t n, uint64_t unit)
{
	return (n + unit - 1) / unit * unit;
}

static void add_record(struct builder *b, struct type *t)
{
	struct member members[MAX_PARTS];
	uint64_t end = 0, size = 0, max_align = 1; /* bits, bytes, bytes */
	unsigned how = byte(&b->in);

	t->count = how % MAX_PARTS;
	t->members = members;
	for (uint32_t i = 0; i < t->count; i++) {
		struct member *m = &members[i];
		unsigned place = byte(&b->in);
		uint64_t align, bytes;
		*m = (struct member){.name = name(b, i), .type = id(b)};
		bytes = size_of(b, m->type, &align);
		if (place & 1 && bytes) {
			m->bit_size = byte(&b->in) % 70;
			if (place & 2 && m->bit_size <= 8 * bytes &&
			    end % (8 * bytes) + m->bit_size > 8 * bytes)
				end = round_up(end, 8 * bytes);
		} else {
			end = round_up(end, 8 * (place & 2 ? align : 1));
		}
		if (place & 4)
			end += byte(&b->in) * (place & 8 ? 8 : 1);
		if ((place & 0xf0) == 0xf0)
			end = word(&b->in);
		m->bit_offset = t->kind == TYPE_UNION && place & 2 ? 0 : (uint32_t)end;
		if (!(place & 1) && place & 2)
			m->bit_offset &= ~7U;
		end = m->bit_offset + (m->bit_size ? m->bit_size : 8 * bytes);
		if (end > 8 * size)
			size = (end + 7) / 8;
		if (place & 2 && align > max_align)
			max_align = align;
	}
	t->size = round_up(size, how < 192 ? max_align : 1);
	if (how >= 240)
		t->size = word(&b->in);
	model_add(b->m, t);
}

static void add_enum(struct builder *b, struct type *t)
{
	struct enumerator values[MAX_PARTS];
	unsigned how = byte(&b->in);

	t->size = 1U << (how & 3);
	t->is_signed = how & 4;
	t->count = byte(&b->in) % MAX_PARTS;
	t->values = values;
	for (uint32_t i = 0; i < t->count; i++) {
		values[i].name = name(b, i);
		values[i].value = how & 8 ? (uint64_t)word(&b->in) << 32 | word(&b->in)
					  : (uint64_t)(int64_t)(int8_t)byte(&b->in);
	}
	model_add(b->m, t);
}

static void add_prototype(struct builder *b, struct type *t)
{
	struct param params[MAX_PARTS];

	t->target = id(b);
	t->name = "";
	t->count = byte(&b->in) % MAX_PARTS;
	t->params = params;
	for (uint32_t i = 0; i < t->count; i++)
		params[i] = (struct param){.type = id(b)};
	model_add(b->m, t);
}

static void add_section(struct builder *b, struct type *t)
{
	struct section_var vars[MAX_PARTS];
	uint64_t end = 0, align;
	unsigned how = byte(&b->in);

	t->count = byte(&b->in) % MAX_PARTS;
	t->vars = vars;
	for (uint32_t i = 0; i < t->count; i++) {
		struct section_var *v = &vars[i];
		unsigned place = byte(&b->in);
		v->var = id(b);
		v->size = (uint32_t)size_of(b, v->var, &align);
		v->offset = (uint32_t)round_up(end, place & 1 ? 1 : align);
		if (place & 2)
			v->offset += byte(&b->in);
		if (place & 4)
			v->size = word(&b->in);
		end = (uint64_t)v->offset + v->size;
	}
	t->size = how & 1 ? word(&b->in) : end;
	model_add(b->m, t);
}

static void add_scalar(struct builder *b, struct type *t)
{
	unsigned how = byte(&b->in);

	t->size = 1U << how % 6;
	if (how >= 250)
		t->size = byte(&b->in);
	t->is_signed = how & 8;
	t->is_bool = how & 16;
	t->is_char = how & 32;
	if (t->kind == TYPE_INT)
		t->int_bits = (uint8_t)(how & 64 ? byte(&b->in) : 8 * t->size);
	model_add(b->m, t);
}

static void add_type(struct builder *b)
{
	unsigned kind = byte(&b->in);
	struct type t = {
		.kind = kind < 250 ? TYPE_INT + kind % (TYPE_KIND_COUNT - 1) : kind,
		.component = -1,
	};

	t.name = t.kind == TYPE_PTR || t.kind == TYPE_ARRAY ? "" : name(b, MAX_PARTS);
	switch (t.kind) {
	case TYPE_INT:
	case TYPE_FLOAT:
		add_scalar(b, &t);
		return;
	case TYPE_STRUCT:
	case TYPE_UNION:
		add_record(b, &t);
		return;
	case TYPE_ENUM:
		add_enum(b, &t);
		return;
	case TYPE_FUNC_PROTO:
		add_prototype(b, &t);
		return;
	case TYPE_DATASEC:
		add_section(b, &t);
		return;
	case TYPE_ARRAY:
		t.count = byte(&b->in);
		if (t.count == 255)
			t.count = word(&b->in);
		break;
	case TYPE_VAR:
	case TYPE_FUNC:
		t.linkage = byte(&b->in) % 3;
		break;
	case TYPE_FWD:
		t.fwd = byte(&b->in) % 3;
		break;
	default:
		break;
	}
	t.target = id(b);
	model_add(b->m, &t);
}

/* A map for each use that a type can have: what the readers would make of an object. */
static void check_as_object(const struct builder *b, unsigned how)
{
	static const uint8_t elf[] = {0x7f, 'E', '?', '?', '/', '"', '\\', '\n', 0xff, 0};
	uint32_t count = model_count(b->m);
	struct object_map maps[4] = {
		{.name = "plain",
		 .ident = "plain",
		 .section = "",
		 .key_type = (count - 1) * (how & 1),
		 .value_type = count / 2,
		 .inner_value_type = count / 3},
	};
	struct object_prog prog = {.name = "prog", .section = "xdp", .autoload = true};
	struct object o = {
		.path = "fuzz.bpf.o",
		.file = "fuzz.bpf.o",
		.name = "fuzz",
		.is_bpf = how & 2,
		.model = b->m,
		.first_type = how & 4 && !(how & 2) ? count / 2 : 1,
		.license = "GPL",
		.maps = maps,
		.map_count = 1,
		.progs = &prog,
		.prog_count = 1,
		.elf = elf,
		.elf_size = sizeof(elf),
	};

	if (!o.is_bpf)
		o.map_count = o.prog_count = 0;
	for (uint32_t i = 1; o.is_bpf && i < count && o.map_count < 4; i++) {
		struct object_map *map = &maps[o.map_count];
		const struct type *t = model_type(b->m, i);
		*map = (struct object_map){.name = t->name, .ident = "section", .section = t->name};
		if (t->kind == TYPE_DATASEC && strcmp(t->name, ".ksyms")) {
			map->role = MAP_BSS;
			map->internal = map->mmapable = true;
			map->datasec = i;
			map->value_size = (uint32_t)t->size;
			o.map_count++;
		} else if (t->kind == TYPE_STRUCT && how & 8) {
			map->role = MAP_STRUCT_OPS;
			map->ops_type = i;
			o.map_count++;
		}
	}
	fuzz_check_object(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct builder b = {.in = {data, data + size}};
	struct diag d = {0};
	unsigned how = byte(&b.in);

	b.m = model_new(how & 16 ? 4 : 8, how & 32);
	if (!b.m)
		return 0;
	while (b.in.at < b.in.end && model_count(b.m) < MAX_TYPES)
		add_type(&b);
	int err = model_check(b.m, &d);
	if (err)
		fuzz_check_failure(err, &d);
	else
		check_as_object(&b, how);
	model_free(b.m);
	return 0;
}
