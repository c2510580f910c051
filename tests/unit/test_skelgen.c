/* SPDX-License-Identifier: BSD-2-Clause */
/* Skeletons: names, the embedded bytes, declarations, and objects that have no skeleton. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "skelgen/bytes.h"
#include "skelgen/declare.h"
#include "skelgen/ident.h"
#include "skelgen/skeleton.h"

static void expect_ident(const char *name, const char *wanted)
{
	char *ident = ident_make(name);

	assert_string_equal(ident, wanted);
	free(ident);
}

static void identifiers(void **state)
{
	expect_ident("events", "events");
	expect_ident("count.seen", "count_seen");
	expect_ident("data.my-own", "data_my_own");
	expect_ident("caf\xc3\xa9", "caf__");
	expect_ident("3way", "_3way");
	expect_ident("", "_");
	expect_ident("int", "int_");
	expect_ident("typeof", "typeof_");
	expect_ident("class", "class");
}

static void unique_identifiers(void **state)
{
	struct ident_scope scope = {0};

	assert_string_equal(ident_add(&scope, "data.a"), "data_a");
	assert_string_equal(ident_add(&scope, "data_a"), "data_a_2");
	assert_string_equal(ident_add(&scope, "data-a"), "data_a_3");
	assert_string_equal(ident_add(&scope, "data_a_2"), "data_a_2_2");
	assert_string_equal(ident_add(&scope, "other"), "other");
	ident_scope_clear(&scope);
	assert_string_equal(ident_add(&scope, "other"), "other");
	ident_scope_clear(&scope);
}

/* What a C compiler reads in the lines of a literal. */
static size_t read_literal(const char *s, uint8_t *bytes)
{
	size_t n = 0;

	while (*s) {
		assert_int_equal(*s++, '"');
		while (*s != '"') {
			if (*s == '\\') {
				unsigned value = 0, digits = 0;
				for (s++; digits < 3 && *s >= '0' && *s <= '7'; digits++)
					value = value * 8 + (unsigned)(*s++ - '0');
				assert_true(digits > 0 && value < 256);
				bytes[n++] = (uint8_t)value;
			} else {
				assert_true(*s >= ' ' && *s <= '~' && *s != '?');
				bytes[n++] = (uint8_t)*s++;
			}
		}
		s++;
		if (*s)
			assert_int_equal(*s++, '\n');
	}
	return n;
}

static void bytes_round_trip(void **state)
{
	enum { SIZE = 4096 };
	uint8_t bytes[SIZE], again[2 * SIZE];
	uint32_t x = 1;

	for (size_t i = 0; i < SIZE; i++) {
		x = x * 1664525 + 1013904223;
		/* Every byte, and often what is special: digits behind escapes, quotes. */
		bytes[i] =
			x >> 31 ? (uint8_t)(x >> 16) : (uint8_t)"0179\"\\?\n\0\1aA"[(x >> 8) % 12];
	}
	for (size_t size = 0; size <= SIZE; size = size ? size * 2 : 1) {
		struct strbuf out = {0};
		bytes_as_literal(bytes, size, &out);
		assert_int_equal(read_literal(strbuf_str(&out), again), size);
		assert_memory_equal(bytes, again, size);
		strbuf_free(&out);
	}
}

static void literal_text(void **state)
{
	struct strbuf out = {0};

	bytes_as_literal("a\"\\?\0001\0x\377", 9, &out);
	assert_string_equal(strbuf_str(&out), "\"a\\42\\134\\77\\0001\\0x\\377\"");
	strbuf_free(&out);
}

/* A model with some types in it, and its layout. */
struct types {
	struct model *m;
	struct layout *l;
	uint32_t int_, long_, char_, half, pointer, array, constant, typedef_, bad, proto, to_array,
		to_pointer, pointers;
};

static void make_types(struct types *t)
{
	struct model *m = t->m = model_new(8, false);

	t->int_ = model_add(m, &(struct type){.kind = TYPE_INT,
					      .name = "int",
					      .size = 4,
					      .int_bits = 32,
					      .is_signed = true});
	t->long_ = model_add(
		m, &(struct type){
			   .kind = TYPE_INT, .name = "unsigned long", .size = 8, .int_bits = 64});
	t->char_ = model_add(m, &(struct type){.kind = TYPE_INT,
					       .name = "char",
					       .size = 1,
					       .int_bits = 8,
					       .is_signed = true});
	t->half = model_add(m, &(struct type){.kind = TYPE_FLOAT, .name = "_Float16", .size = 2});
	t->constant = model_add(m, &(struct type){.kind = TYPE_CONST, .target = t->long_});
	t->pointer =
		model_add(m, &(struct type){.kind = TYPE_PTR, .target = t->constant, .size = 8});
	t->array =
		model_add(m, &(struct type){.kind = TYPE_ARRAY, .target = t->constant, .count = 3});
	t->array = model_add(m, &(struct type){.kind = TYPE_ARRAY, .target = t->array, .count = 2});
	t->typedef_ = model_add(
		m, &(struct type){.kind = TYPE_TYPEDEF, .name = "stamp_t", .target = t->array});
	t->to_array = model_add(m, &(struct type){.kind = TYPE_PTR, .target = t->array, .size = 8});
	t->to_pointer =
		model_add(m, &(struct type){.kind = TYPE_PTR, .target = t->pointer, .size = 8});
	t->pointers =
		model_add(m, &(struct type){.kind = TYPE_ARRAY, .target = t->pointer, .count = 4});
	t->proto = model_add(m, &(struct type){.kind = TYPE_FUNC_PROTO, .target = t->int_});
	assert_int_equal(layout_new(m, &t->l, NULL), 0);
}

static void free_types(struct types *t)
{
	layout_free(t->l);
	model_free(t->m);
}

static void expect_declared(const struct types *t, uint32_t id, bool keep_const, const char *wanted)
{
	struct declare_options o = {.keep_const = keep_const};
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(declare(t->l, id, "x", &o, &out, &d), 0);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void expect_pointer(const struct types *t, uint32_t id, const char *wanted)
{
	struct declare_options o = {.keep_const = true};
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(declare_pointer_to(t->l, id, "x", &o, &out, &d), 0);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void declarations(void **state)
{
	struct types t = {0};

	make_types(&t);
	expect_declared(&t, t.int_, false, "int x;");
	expect_declared(&t, t.char_, false, "char x;");
	expect_declared(&t, t.long_, false, "uint64_t x;");
	expect_declared(&t, t.constant, false, "uint64_t x;");
	expect_declared(&t, t.constant, true, "const uint64_t x;");
	expect_declared(&t, t.pointer, false, "union { uint64_t *x; uint64_t __x_room; };");
	expect_declared(
		&t, t.to_array, false,
		"union { void *x; uint64_t __x_room; }; /* const unsigned long (*)[2][3] */");
	expect_declared(&t, t.to_pointer, true,
			"union { void *x; uint64_t __x_room; }; /* const unsigned long ** */");
	expect_declared(&t, t.pointers, false, "uint64_t x[4]; /* const unsigned long * */");
	expect_declared(&t, t.array, false, "uint64_t x[2][3];");
	expect_declared(&t, t.typedef_, false, "uint64_t x[2][3];");

	expect_pointer(&t, t.long_, "uint64_t *x;");
	expect_pointer(&t, t.constant, "const uint64_t *x;");
	expect_pointer(&t, t.typedef_, "const uint64_t (*x)[2][3];");
	expect_pointer(&t, t.pointer, "uint64_t **x;");
	expect_pointer(&t, t.to_pointer, "void **x; /* const unsigned long ** */");
	expect_pointer(&t, t.pointers, "uint64_t (*x)[4]; /* const unsigned long * */");

	struct declare_options o = {0};
	struct strbuf out = {0};
	struct diag d = {0};
	assert_int_equal(declare(t.l, t.half, "x", &o, &out, &d), -ENOTSUP);
	assert_string_equal(
		d.text, "variable 'x': C for wasm32 has no type for float '_Float16' of 2 bytes");
	d = (struct diag){0};
	assert_int_equal(declare(t.l, t.proto, "x", &o, &out, &d), -ENOTSUP);
	strbuf_free(&out);
	free_types(&t);
}

static void expect_no_skeleton(const struct object *obj, int err, const char *sentence)
{
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(skeleton_emit(obj, NULL, &out, &d), err);
	assert_string_equal(d.text, sentence);
	assert_int_equal(out.len, 0);
	strbuf_free(&out);
}

static void no_skeleton(void **state)
{
	struct types t = {0};
	make_types(&t);

	const struct section_var place = {
		.var = model_add(t.m, &(struct type){.kind = TYPE_VAR,
						     .name = "tiny",
						     .target = t.half,
						     .linkage = VAR_GLOBAL}),
		.size = 2,
	};
	struct object_map map = {
		.name = "x.bss",
		.ident = "bss",
		.section = ".bss",
		.role = MAP_BSS,
		.internal = true,
		.mmapable = true,
		.datasec = model_add(t.m, &(struct type){.kind = TYPE_DATASEC,
							 .name = ".bss",
							 .size = 2,
							 .count = 1,
							 .vars = &place}),
	};
	struct object obj = {
		.path = "dir/x.bpf.o",
		.file = "x.bpf.o",
		.name = "x_bpf",
		.model = t.m,
		.license = "",
		.maps = &map,
		.map_count = 1,
	};

	expect_no_skeleton(
		&obj, -EINVAL,
		"dir/x.bpf.o: has types only; a skeleton is made from a BPF object file");
	obj.is_bpf = true;
	expect_no_skeleton(&obj, -ENOTSUP,
			   "dir/x.bpf.o: variable 'tiny': C for wasm32 has no type for float "
			   "'_Float16' of 2 bytes");
	obj.name = "x-y";
	expect_no_skeleton(&obj, -EINVAL,
			   "dir/x.bpf.o: the object's name 'x-y' is no identifier of C: choose one "
			   "with --name");
	obj.name = "int";
	expect_no_skeleton(&obj, -EINVAL,
			   "dir/x.bpf.o: the object's name 'int' is no identifier of C: choose one "
			   "with --name");
	free_types(&t);
}

/* Names that clash, with each other or the skeleton's own, and names that would break out. */
static void clashing_names(void **state)
{
	struct object_map maps[] = {
		{.name = "a.b", .ident = "a_b"},
		{.name = "a_b", .ident = "a_b"},
		{.name = ".data.x",
		 .ident = "obj",
		 .role = MAP_DATA,
		 .internal = true,
		 .mmapable = true},
	};
	struct object_prog progs[] = {{.name = "run", .section = "tp"},
				      {.name = "run", .section = "tp"},
				      {.name = "a\"; evil(); \"\n", .section = "tp"}};
	struct model *m = model_new(8, false);
	struct object obj = {
		.path = "x.o",
		.file = "x */ evil\n.o",
		.name = "x",
		.is_bpf = true,
		.model = m,
		.license = "",
		.maps = maps,
		.map_count = 3,
		.progs = progs,
		.prog_count = 3,
	};
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(skeleton_emit(&obj, NULL, &out, &d), 0);
	assert_non_null(
		strstr(strbuf_str(&out), "struct bpf_map *a_b;\n\t\tstruct bpf_map *a_b_2;"));
	assert_non_null(strstr(strbuf_str(&out),
			       "struct bpf_program *run;\n\t\tstruct bpf_program *run_2;"));
	assert_non_null(strstr(strbuf_str(&out), "struct bpf_program *a___evil______;"));
	assert_non_null(strstr(strbuf_str(&out), "prog->name = \"a\\42; evil(); \\42\\12\";"));
	assert_non_null(strstr(strbuf_str(&out), "from x ?/ evil?.o. Do not"));
	assert_non_null(strstr(strbuf_str(&out), "struct x__obj_2 {\n\t} *obj_2;"));
	assert_non_null(strstr(strbuf_str(&out), "map->mmaped = (void **)&obj->obj_2;"));
	strbuf_free(&out);
	model_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers),      cmocka_unit_test(unique_identifiers),
		cmocka_unit_test(bytes_round_trip), cmocka_unit_test(literal_text),
		cmocka_unit_test(declarations),     cmocka_unit_test(no_skeleton),
		cmocka_unit_test(clashing_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
