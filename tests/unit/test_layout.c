/* SPDX-License-Identifier: BSD-2-Clause */
/* The layout: slots, holes, packing; and that its check catches a layout that is wrong. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "btfgen/layout.h"

/* A model with the scalars that the cases use. */
struct bench {
	struct model *m;
	struct layout *l;
	uint32_t u8, u16, u32, u64, i128, flag, ptr;
};

static uint32_t add_int(struct bench *b, const char *name, unsigned size)
{
	return model_add(b->m, &(struct type){
				       .kind = TYPE_INT,
				       .name = name,
				       .size = size,
				       .int_bits = (uint8_t)(8 * size),
			       });
}

static struct bench new_bench(void)
{
	struct bench b = {.m = model_new(8, false)};

	b.u8 = add_int(&b, "unsigned char", 1);
	b.u16 = add_int(&b, "unsigned short", 2);
	b.u32 = add_int(&b, "unsigned int", 4);
	b.u64 = add_int(&b, "unsigned long", 8);
	b.i128 = add_int(&b, "unsigned __int128", 16);
	b.ptr = model_add(b.m, &(struct type){.kind = TYPE_PTR});
	return b;
}

static void free_bench(struct bench *b)
{
	layout_free(b->l);
	model_free(b->m);
}

static uint32_t add(struct bench *b, enum type_kind kind, const char *name, uint64_t size,
		    const struct member *members, uint32_t count)
{
	return model_add(b->m, &(struct type){
				       .kind = kind,
				       .name = name,
				       .size = size,
				       .members = members,
				       .count = count,
			       });
}

#define MEMBERS(...)                                                                               \
	(struct member[]){__VA_ARGS__},                                                            \
		sizeof((struct member[]){__VA_ARGS__}) / sizeof(struct member)

static const struct record *lay_out(struct bench *b, uint32_t id)
{
	const struct record *r;
	struct diag d = {0};

	assert_int_equal(model_check(b->m, &d), 0);
	layout_free(b->l);
	b->l = NULL;
	assert_int_equal(layout_new(b->m, &b->l, &d), 0);
	int err = layout_record(b->l, id, &r, &d);
	assert_string_equal(d.text, "");
	assert_int_equal(err, 0);
	assert_int_equal(layout_check(b->l, r, &d), 0);
	return r;
}

/* The slots in short: "a@0+32 :@32+32(4) pad[72]@64 align 8 packed". */
static void expect(struct bench *b, uint32_t id, const char *text)
{
	const struct record *r = lay_out(b, id);
	struct strbuf out = {0};

	for (size_t i = 0; i < r->slot_count; i++) {
		const struct slot *s = &r->slots[i];
		if (s->kind == SLOT_PAD_BITS)
			strbuf_printf(&out, ":%d@%d(%u) ", (int)s->bit_size, (int)s->bit_offset,
				      s->unit);
		else if (s->kind == SLOT_PAD_BYTES)
			strbuf_printf(&out, "pad[%d]@%d ", (int)s->byte_size, (int)s->bit_offset);
		else
			strbuf_printf(&out, "%s%s%d@%d ", s->name,
				      s->kind == SLOT_BITFIELD ? ":" : "+", (int)s->bit_size,
				      (int)s->bit_offset);
	}
	strbuf_printf(&out, "align %d%s", (int)r->align, r->packed ? " packed" : "");
	if (r->aligned)
		strbuf_printf(&out, " %d", (int)r->aligned);
	assert_string_equal(strbuf_str(&out), text);
	strbuf_free(&out);
}

static void natural(void **state)
{
	struct bench b = new_bench();

	expect(&b, add(&b, TYPE_STRUCT, "a", 16, MEMBERS({"x", b.u32, 0, 0}, {"y", b.u64, 64, 0})),
	       "x+32@0 :32@32(4) y+64@64 align 8");
	expect(&b, add(&b, TYPE_STRUCT, "b", 16, MEMBERS({"p", b.ptr, 0, 0}, {"c", b.u8, 64, 0})),
	       "p+64@0 c+8@64 :8@72(1) :16@80(2) :32@96(4) align 8");
	expect(&b, add(&b, TYPE_STRUCT, "c", 32, MEMBERS({"q", b.i128, 0, 0}, {"c", b.u8, 128, 0})),
	       "q+128@0 c+8@128 :8@136(1) :16@144(2) :32@160(4) :64@192(8) align 16");
	expect(&b, add(&b, TYPE_STRUCT, "d", 192, MEMBERS({"c", b.u8, 0, 0})),
	       "c+8@0 pad[191]@8 align 1");
	expect(&b, add(&b, TYPE_STRUCT, "e", 0, NULL, 0), "align 1");
	expect(&b, add(&b, TYPE_STRUCT, "f", 5, NULL, 0), ":32@0(4) :8@32(1) align 1");
	free_bench(&b);
}

static void packed(void **state)
{
	struct bench b = new_bench();

	expect(&b, add(&b, TYPE_STRUCT, "a", 12, MEMBERS({"x", b.u32, 0, 0}, {"y", b.u64, 32, 0})),
	       "x+32@0 y+64@32 align 4 packed 4");
	expect(&b, add(&b, TYPE_STRUCT, "b", 9, MEMBERS({"x", b.u64, 0, 0}, {"y", b.u8, 64, 0})),
	       "x+64@0 y+8@64 align 1 packed");
	/* One at an odd place makes the struct around it packed, too. */
	uint32_t inner = add(&b, TYPE_STRUCT, "c", 8, MEMBERS({"x", b.u64, 0, 0}));
	expect(&b, add(&b, TYPE_STRUCT, "d", 12, MEMBERS({"a", b.u32, 0, 0}, {"i", inner, 32, 0})),
	       "a+32@0 i+64@32 align 4 packed 4");
	/* And a packed one can lie anywhere. */
	inner = add(&b, TYPE_STRUCT, "e", 9, MEMBERS({"x", b.u64, 0, 0}, {"y", b.u8, 64, 0}));
	expect(&b, add(&b, TYPE_STRUCT, "f", 10, MEMBERS({"a", b.u8, 0, 0}, {"i", inner, 8, 0})),
	       "a+8@0 i+72@8 align 1");
	free_bench(&b);
}

static void bitfields(void **state)
{
	struct bench b = new_bench();

	expect(&b,
	       add(&b, TYPE_STRUCT, "a", 4,
		   MEMBERS({"x", b.u32, 0, 3}, {"y", b.u32, 3, 5}, {"z", b.u8, 16, 0})),
	       "x:3@0 y:5@3 :8@8(1) z+8@16 :8@24(1) align 4");
	/* An odd hole: up to the next byte, then from a byte's start. */
	expect(&b, add(&b, TYPE_STRUCT, "b", 4, MEMBERS({"x", b.u32, 0, 3}, {"y", b.u32, 20, 4})),
	       "x:3@0 :5@3(1) :8@8(1) :4@16(1) y:4@20 :8@24(1) align 4");
	/* One that straddles a unit of its type exists in packed structs only. */
	expect(&b, add(&b, TYPE_STRUCT, "c", 8, MEMBERS({"x", b.u32, 0, 20}, {"y", b.u32, 20, 20})),
	       "x:20@0 y:20@20 :8@40(1) :16@48(2) align 4 packed 4");
	expect(&b, add(&b, TYPE_STRUCT, "d", 1, MEMBERS({"x", b.u32, 0, 3})),
	       "x:3@0 :5@3(1) align 1 packed");
	expect(&b, add(&b, TYPE_STRUCT, "e", 8, MEMBERS({"x", b.u64, 0, 40}, {"", b.u64, 40, 24})),
	       "x:40@0 :8@40(1) :16@48(2) align 8");
	free_bench(&b);
}

static void unions(void **state)
{
	struct bench b = new_bench();

	expect(&b, add(&b, TYPE_UNION, "a", 8, MEMBERS({"x", b.u64, 0, 0}, {"y", b.u8, 0, 0})),
	       "x+64@0 y+8@0 align 8");
	expect(&b, add(&b, TYPE_UNION, "b", 64, MEMBERS({"x", b.u64, 0, 0})),
	       "x+64@0 pad[64]@0 align 8");
	expect(&b, add(&b, TYPE_UNION, "c", 4, MEMBERS({"x", b.u32, 0, 3})),
	       "x:3@0 pad[4]@0 align 4");
	expect(&b, add(&b, TYPE_UNION, "d", 9, MEMBERS({"x", b.u64, 0, 0})),
	       "x+64@0 pad[9]@0 align 1 packed");
	expect(&b, add(&b, TYPE_UNION, "e", 0, NULL, 0), "align 1");
	free_bench(&b);
}

static void arrays(void **state)
{
	struct bench b = new_bench();
	uint32_t flexible = model_add(b.m, &(struct type){.kind = TYPE_ARRAY, .target = b.u64});

	expect(&b,
	       add(&b, TYPE_STRUCT, "a", 8, MEMBERS({"n", b.u32, 0, 0}, {"list", flexible, 64, 0})),
	       "n+32@0 :32@32(4) list+0@64 align 8");
	expect(&b,
	       add(&b, TYPE_STRUCT, "b", 4, MEMBERS({"n", b.u32, 0, 0}, {"list", flexible, 32, 0})),
	       "n+32@0 list+0@32 align 4 packed 4");
	expect(&b,
	       add(&b, TYPE_STRUCT, "c", 8,
		   MEMBERS({"a", flexible, 0, 0}, {"n", b.u32, 0, 0}, {"m", b.u32, 32, 0})),
	       "a+0@0 n+32@0 m+32@32 align 8");
	free_bench(&b);
}

static void sections(void **state)
{
	struct bench b = new_bench();
	uint32_t vars[3] = {
		model_add(b.m, &(struct type){.kind = TYPE_VAR,
					      .name = "x",
					      .target = b.u32,
					      .linkage = VAR_GLOBAL}),
		model_add(b.m, &(struct type){.kind = TYPE_VAR,
					      .name = "hidden",
					      .target = b.u64,
					      .linkage = VAR_STATIC}),
		model_add(b.m, &(struct type){.kind = TYPE_VAR,
					      .name = "y",
					      .target = b.u64,
					      .linkage = VAR_GLOBAL}),
	};
	struct type section = {
		.kind = TYPE_DATASEC,
		.name = ".bss",
		.size = 28,
		.count = 3,
		.vars = (struct section_var[]){{vars[0], 0, 4}, {vars[1], 8, 8}, {vars[2], 16, 8}},
	};

	/* What is behind the last variable needs no multiple of the alignment. */
	uint32_t id = model_add(b.m, &section);
	expect(&b, id, "x+32@0 :32@32(4) :64@64(8) y+64@128 :32@192(4) align 8");
	const struct record *r = lay_out(&b, id);
	assert_int_equal(r->slots[0].var, vars[0]);
	assert_int_equal(r->slots[3].var, vars[2]);

	section.size = 0;
	section.vars = (struct section_var[]){{vars[0], 0, 0}, {vars[1], 0, 0}, {vars[2], 0, 0}};
	id = model_add(b.m, &section);
	struct diag d = {0};
	lay_out(&b, r->id);
	assert_int_equal(layout_record(b.l, id, &r, &d), -ENOTSUP);
	assert_non_null(strstr(d.text, ".bss"));
	free_bench(&b);
}

/* What cannot be is an error with the names in it, for what contains it too; the rest goes on. */
static void impossible(void **state)
{
	struct bench b = new_bench();
	uint32_t bad =
		add(&b, TYPE_STRUCT, "bad", 8, MEMBERS({"x", b.u32, 0, 0}, {"over", b.u32, 16, 0}));
	uint32_t outer = add(&b, TYPE_STRUCT, "outer", 8, MEMBERS({"in", bad, 0, 0}));
	uint32_t good = add(&b, TYPE_STRUCT, "good", 8, MEMBERS({"x", b.u64, 0, 0}));
	const struct record *r;
	struct diag d = {0};

	lay_out(&b, good);
	assert_int_equal(layout_record(b.l, bad, &r, &d), -ENOTSUP);
	assert_null(r);
	assert_string_equal(d.text,
			    "struct bad (type 7), field over: overlaps the field in front of it");
	d = (struct diag){0};
	assert_int_equal(layout_record(b.l, outer, &r, &d), -ENOTSUP);
	assert_non_null(strstr(d.text, "struct bad"));
	d = (struct diag){0};
	assert_int_equal(layout_record(b.l, b.u8, &r, &d), -EINVAL);
	assert_int_equal(layout_record(b.l, 12345, &r, NULL), -EINVAL);
	layout_free(NULL);
	free_bench(&b);
}

/* A copy of a good layout with one thing changed: the check must see it. */
typedef void breaker(struct record *r, struct slot *slots);

static void late(struct record *r, struct slot *slots)
{
	slots[2].bit_offset += 8;
}

static void early(struct record *r, struct slot *slots)
{
	slots[2].bit_offset -= 8;
	slots[2].byte_offset -= 1;
}

static void too_long(struct record *r, struct slot *slots)
{
	slots[3].bit_size += 64;
}

static void missing(struct record *r, struct slot *slots)
{
	r->slot_count--;
}

static void grown(struct record *r, struct slot *slots)
{
	r->size += 8;
}

static void shrunk(struct record *r, struct slot *slots)
{
	r->size -= 8;
}

static void bytes_differ(struct record *r, struct slot *slots)
{
	slots[2].byte_offset++;
}

static void other_type(struct record *r, struct slot *slots)
{
	slots[2].type = slots[0].type;
}

static void wrong_align(struct record *r, struct slot *slots)
{
	r->align = 4;
}

static void lost_pad(struct record *r, struct slot *slots)
{
	slots[1].bit_size = 0;
}

/* The hole is gone and all that follows has moved up: the tiles fit, but C would not do that. */
static void unnatural(struct record *r, struct slot *slots)
{
	slots[1] = slots[2];
	slots[1].bit_offset = 32;
	slots[1].byte_offset = 4;
	slots[2] = slots[3];
	slots[2].bit_offset = 96;
	slots[2].byte_offset = 12;
	r->slot_count = 3;
	r->size = 20;
}

static void broken(void **state)
{
	static breaker *const breakers[] = {
		late,         early,      too_long,    missing,  grown,     shrunk,
		bytes_differ, other_type, wrong_align, lost_pad, unnatural,
	};
	struct bench b = new_bench();
	uint32_t id = add(&b, TYPE_STRUCT, "s", 24,
			  MEMBERS({"a", b.u32, 0, 0}, {"b", b.u64, 64, 0}, {"c", b.u64, 128, 0}));
	const struct record *good = lay_out(&b, id);

	assert_int_equal(good->slot_count, 4);
	for (size_t i = 0; i < sizeof(breakers) / sizeof(breakers[0]); i++) {
		struct slot slots[4];
		struct record r = *good;
		struct diag d = {0};
		memcpy(slots, good->slots, sizeof(slots));
		r.slots = slots;
		assert_int_equal(layout_check(b.l, &r, &d), 0);
		breakers[i](&r, slots);
		assert_int_equal(layout_check(b.l, &r, &d), -EINVAL);
		assert_non_null(strstr(d.text, "layout of struct s (type"));
	}
	free_bench(&b);
}

static void broken_unions(void **state)
{
	struct bench b = new_bench();
	uint32_t id = add(&b, TYPE_UNION, "u", 8, MEMBERS({"a", b.u64, 0, 0}, {"b", b.u32, 0, 0}));
	const struct record *good = lay_out(&b, id);
	struct slot slots[2];
	struct record r = *good;

	memcpy(slots, good->slots, sizeof(slots));
	r.slots = slots;
	slots[1].bit_offset = 32;
	slots[1].byte_offset = 4;
	assert_int_equal(layout_check(b.l, &r, NULL), -EINVAL);
	memcpy(slots, good->slots, sizeof(slots));
	r.size = 16;
	assert_int_equal(layout_check(b.l, &r, NULL), -EINVAL);
	free_bench(&b);
}

static int write_path(void *context, const struct layout_step *path, size_t depth,
		      uint64_t byte_offset)
{
	struct strbuf *out = context;

	for (size_t i = 0; i < depth; i++)
		strbuf_printf(out, "%s%s", i ? "." : "", path[i].slot->name);
	strbuf_printf(out, "=%d ", (int)byte_offset);
	return strcmp(path[depth - 1].slot->name, "stop") ? 0 : 42;
}

static void walking(void **state)
{
	struct bench b = new_bench();
	uint32_t deep =
		add(&b, TYPE_STRUCT, "", 8, MEMBERS({"x", b.u32, 0, 0}, {"y", b.u32, 32, 0}));
	uint32_t named = add(&b, TYPE_STRUCT, "named", 8, MEMBERS({"z", b.u64, 0, 0}));
	uint32_t list =
		model_add(b.m, &(struct type){.kind = TYPE_ARRAY, .target = deep, .count = 2});
	uint32_t any = add(&b, TYPE_UNION, "", 16,
			   MEMBERS({"l", list, 0, 0}, {"n", named, 0, 0}, {"", deep, 0, 0}));
	uint32_t id = add(&b, TYPE_STRUCT, "s", 32,
			  MEMBERS({"a", b.u64, 0, 0}, {"", any, 64, 0}, {"stop", b.u8, 192, 0},
				  {"never", b.u8, 200, 0}));
	struct strbuf out = {0};

	const struct record *r = lay_out(&b, id);
	assert_int_equal(layout_walk(b.l, r, write_path, &out), 42);
	assert_string_equal(strbuf_str(&out), "a=0 .l=8 .l.x=8 .l.y=12 .n=8 ..x=8 ..y=12 stop=24 ");
	strbuf_free(&out);
	free_bench(&b);
}

static void scalars(void **state)
{
	struct bench b = new_bench();
	uint32_t flag = model_add(b.m, &(struct type){.kind = TYPE_INT,
						      .name = "_Bool",
						      .size = 1,
						      .int_bits = 8,
						      .is_bool = true});
	uint32_t text = model_add(b.m, &(struct type){.kind = TYPE_INT,
						      .name = "char",
						      .size = 1,
						      .int_bits = 8,
						      .is_signed = true});
	uint32_t quad =
		model_add(b.m, &(struct type){.kind = TYPE_FLOAT, .name = "x87", .size = 16});
	uint32_t real =
		model_add(b.m, &(struct type){.kind = TYPE_FLOAT, .name = "double", .size = 8});
	uint32_t alias =
		model_add(b.m, &(struct type){.kind = TYPE_TYPEDEF, .name = "t", .target = b.u64});

	assert_int_equal(layout_scalar(b.m, flag).class, SCALAR_BOOL);
	assert_int_equal(layout_scalar(b.m, text).class, SCALAR_CHAR);
	assert_int_equal(layout_scalar(b.m, quad).class, SCALAR_BYTES);
	assert_int_equal(layout_scalar(b.m, real).class, SCALAR_FLOAT);
	assert_int_equal(layout_scalar(b.m, alias).class, SCALAR_UNSIGNED);
	assert_int_equal(layout_scalar(b.m, alias).id, b.u64);
	assert_int_equal(layout_scalar(b.m, b.ptr).class, SCALAR_POINTER);
	assert_int_equal(layout_scalar(b.m, 0).class, SCALAR_NONE);
	free_bench(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(natural),       cmocka_unit_test(packed),
		cmocka_unit_test(bitfields),     cmocka_unit_test(unions),
		cmocka_unit_test(arrays),        cmocka_unit_test(sections),
		cmocka_unit_test(impossible),    cmocka_unit_test(broken),
		cmocka_unit_test(broken_unions), cmocka_unit_test(walking),
		cmocka_unit_test(scalars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
