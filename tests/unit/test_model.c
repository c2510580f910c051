/* SPDX-License-Identifier: BSD-2-Clause */
/* The type model: what it answers, and every kind of unsound model that it has to refuse. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "btfgen/describe.h"
#include "btfgen/model.h"
#include "btfgen/names.h"
#include "types.h"

static void expect_sound(struct model *m)
{
	struct diag d = {0};
	int err = model_check(m, &d);

	assert_string_equal(d.text, "");
	assert_int_equal(err, 0);
	model_free(m);
}

static void expect_unsound(struct model *m, const char *text)
{
	struct diag d = {0};

	assert_int_equal(model_check(m, &d), -EINVAL);
	if (!strstr(d.text, text))
		assert_string_equal(d.text, text);
	model_free(m);
}

static void answers(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t u32 = add_int(m, "unsigned int", 4, false);
	uint32_t s = STRUCT(m, "s", 8, {"a", u32, 0, 0}, {"b", u32, 32, 0});
	uint32_t s_t = add_to(m, TYPE_TYPEDEF, "s_t", s);
	uint32_t constant = add_to(m, TYPE_CONST, NULL, s_t);
	uint32_t array = add_array(m, add_array(m, constant, 3), 2);
	uint32_t array_t = add_to(m, TYPE_TYPEDEF, "array_t", array);
	uint32_t ptr = add_to(m, TYPE_PTR, NULL, array_t);
	uint32_t fwd = add_to(m, TYPE_FWD, "hidden", 0);
	uint32_t e = model_add(m, &(struct type){.kind = TYPE_ENUM, .name = "s_t", .size = 4});

	assert_int_equal(u32, 1);
	assert_int_equal(model_count(m), e + 1);
	assert_int_equal(model_size(m, array_t), 48);
	assert_int_equal(model_size(m, ptr), 8);
	assert_int_equal(model_size(m, fwd), 0);
	assert_int_equal(model_size(m, 0), 0);
	assert_int_equal(model_skip_modifiers(m, constant), s_t);
	assert_int_equal(model_resolve(m, constant), s);
	assert_int_equal(model_element(m, array_t), s);
	assert_true(model_has_size(m, array_t));
	assert_false(model_has_size(m, fwd));
	assert_false(model_has_size(m, 0));
	assert_int_equal(model_type(m, 1000)->kind, TYPE_VOID);
	assert_int_equal(model_find(m, TYPE_STRUCT, "s"), s);
	assert_int_equal(model_find(m, TYPE_UNION, "s"), 0);
	assert_int_equal(model_find_spelled(m, "struct s"), s);
	assert_int_equal(model_find_spelled(m, "s"), s);
	assert_int_equal(model_find_spelled(m, "s_t"), e);
	assert_int_equal(model_find_spelled(m, "array_t"), array_t);
	assert_int_equal(model_find_spelled(m, "union s"), 0);
	assert_int_equal(model_find_spelled(m, ""), 0);
	assert_int_equal(model_find_spelled(m, "struct "), 0);
	expect_sound(m);
}

/* The model keeps nothing of what it was given. */
static void copies(void **state)
{
	struct model *m = model_new(4, false);
	char name[] = "before", field[] = "field";
	uint32_t u8 = add_int(m, "unsigned char", 1, false);
	struct member list[] = {{field, u8, 0, 0}};
	uint32_t s = add_record(m, TYPE_STRUCT, name, 1, list, 1);

	strcpy(name, "after_");
	strcpy(field, "other");
	list[0].type = 99;
	assert_string_equal(model_type(m, s)->name, "before");
	assert_string_equal(model_type(m, s)->members[0].name, "field");
	assert_int_equal(model_type(m, s)->members[0].type, u8);
	for (int i = 0; i < 5000; i++)
		assert_int_not_equal(add_to(m, TYPE_PTR, NULL, s), 0);
	assert_int_equal(model_type(m, 5000)->size, 4);
	expect_sound(m);
	model_free(NULL);
}

static void bad_ids(void **state)
{
	struct model *m = model_new(8, false);
	add_to(m, TYPE_PTR, NULL, 7);
	expect_unsound(m, "pointer (anonymous) (type 1): refers to a type that does not exist");

	m = model_new(8, false);
	STRUCT(m, "s", 8, {"a", 12, 0, 0});
	expect_unsound(m, "struct s (type 1), a: its type does not exist");

	m = model_new(8, false);
	model_add(m, &(struct type){
			     .kind = TYPE_FUNC_PROTO, .params = (struct param[]){{9}}, .count = 1});
	expect_unsound(m,
		       "function prototype (anonymous) (type 1): a parameter of a type that does "
		       "not exist");

	m = model_new(8, false);
	add_to(m, TYPE_FUNC, "f", add_int(m, "int", 4, true));
	expect_unsound(m, "function f (type 2): has no prototype");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_DATASEC,
				    .name = ".bss",
				    .size = 4,
				    .vars = (struct section_var[]){{1, 0, 4}},
				    .count = 1});
	expect_unsound(m, "lists something that is no variable");
}

static void bad_names(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t u32 = add_int(m, "anything goes */ here", 4, false);
	STRUCT(m, "s", 4, {"a b", u32, 0, 0});
	expect_unsound(m, "struct s (type 2), a b: the name is no identifier");

	m = model_new(8, false);
	add_to(m, TYPE_TYPEDEF, "3d", add_int(m, "int", 4, true));
	expect_unsound(m, "typedef 3d (type 2): the name is no identifier");

	m = model_new(8, false);
	add_to(m, TYPE_TYPEDEF, NULL, add_int(m, "int", 4, true));
	expect_unsound(m, "the name is no identifier");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_ENUM,
				    .size = 4,
				    .values = (struct enumerator[]){{"", 0}},
				    .count = 1});
	expect_unsound(m, "the name is no identifier");

	m = model_new(8, false);
	add_to(m, TYPE_TYPE_TAG, "user\33", 0);
	expect_unsound(m, "the name is too long or has control characters");

	char name[1025];
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	m = model_new(8, false);
	add_to(m, TYPE_FWD, name, 0);
	expect_unsound(m, "the name is no identifier");
	name[1023] = '\0';
	m = model_new(8, false);
	add_to(m, TYPE_FWD, name, 0);
	assert_int_equal(model_check(m, NULL), 0);
	model_free(m);
}

static void bad_sizes(void **state)
{
	struct model *m = model_new(8, false);
	add_int(m, "odd", 3, false);
	expect_unsound(m, "an integer of a size other than");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_INT, .name = "w", .size = 1, .int_bits = 9});
	expect_unsound(m, "an integer that is wider than its size");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_FLOAT, .name = "f", .size = 3});
	expect_unsound(m, "a float of a size other than");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_ENUM, .name = "e", .size = 16});
	expect_unsound(m, "an enum of a size other than");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_ENUM,
				    .name = "e",
				    .size = 1,
				    .values = (struct enumerator[]){{"A", 255}, {"B", 256}},
				    .count = 2});
	expect_unsound(m, "enum e (type 1), B: does not fit the enum's size");

	m = model_new(8, false);
	model_add(m, &(struct type){.kind = TYPE_ENUM,
				    .name = "e",
				    .size = 2,
				    .is_signed = true,
				    .values = (struct enumerator[]){{"A", -0x8000}, {"B", 0x8000}},
				    .count = 2});
	expect_unsound(m, "enum e (type 1), B: does not fit the enum's size");

	m = model_new(8, false);
	add_array(m, add_to(m, TYPE_FWD, "f", 0), 3);
	expect_unsound(m, "an array of something that has no size");

	m = model_new(8, false);
	add_array(m, add_array(m, add_int(m, "int", 4, true), 1U << 31), 1U << 31);
	expect_unsound(m, "an array of more than 4 GiB");
}

static void bad_fields(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t u32 = add_int(m, "unsigned int", 4, false);
	STRUCT(m, "s", 4, {"a", u32, 8, 0});
	expect_unsound(m, "struct s (type 2), a: reaches past the end");

	m = model_new(8, false);
	u32 = add_int(m, "unsigned int", 4, false);
	STRUCT(m, "s", 8, {"a", u32, 4, 0});
	expect_unsound(m, "begins inside a byte and is no bitfield");

	m = model_new(8, false);
	u32 = add_int(m, "unsigned int", 4, false);
	STRUCT(m, "s", 8, {"a", u32, 32, 0}, {"b", u32, 0, 0});
	expect_unsound(m, "struct s (type 2), b: begins before the field in front of it");

	m = model_new(8, false);
	u32 = add_int(m, "unsigned int", 4, false);
	UNION(m, "u", 8, {"a", u32, 0, 0}, {"b", u32, 32, 0});
	expect_unsound(m, "union u (type 2), b: a union's field that does not begin at 0");

	m = model_new(8, false);
	u32 = add_int(m, "unsigned int", 4, false);
	STRUCT(m, "s", 8, {"a", u32, 0, 33});
	expect_unsound(m, "a bitfield wider than its type");

	m = model_new(8, false);
	STRUCT(m, "s", 8, {"a", add_to(m, TYPE_PTR, NULL, 0), 0, 3});
	expect_unsound(m, "a bitfield that is no integer");

	m = model_new(8, false);
	STRUCT(m, "s", 8, {"a", 0, 0, 0});
	expect_unsound(m, "a field of a type that has no size");
}

static void bad_circles(void **state)
{
	struct model *m = model_new(8, false);
	STRUCT(m, "s", 8, {"a", 2, 0, 0});
	add_to(m, TYPE_TYPEDEF, "t", 1);
	expect_unsound(m, "contains itself");

	m = model_new(8, false);
	add_to(m, TYPE_CONST, NULL, 1);
	expect_unsound(m, "contains itself");

	m = model_new(8, false);
	add_to(m, TYPE_PTR, NULL, 2);
	add_to(m, TYPE_PTR, NULL, 1);
	expect_unsound(m, "contains itself");

	/* Through a named struct's pointer is how lists are made. */
	m = model_new(8, false);
	STRUCT(m, "s", 8, {"next", 2, 0, 0});
	add_to(m, TYPE_PTR, NULL, 1);
	expect_sound(m);

	m = model_new(8, false);
	uint32_t id = add_int(m, "int", 4, true);
	for (int i = 0; i < 200; i++)
		id = add_to(m, TYPE_PTR, NULL, id);
	expect_unsound(m, "nests too deep");

	/* Also when the deep ones are looked at first. */
	m = model_new(8, false);
	for (uint32_t i = 0; i < 200000; i++)
		add_to(m, TYPE_TYPEDEF, "t", i + 2);
	add_int(m, "int", 4, true);
	expect_unsound(m, "nests too deep");
}

static void section_vars(void **state)
{
	static const struct {
		uint64_t size;
		struct section_var vars[2];
		bool sound;
	} cases[] = {
		{8, {{2, 0, 4}, {3, 4, 4}}, true},
		{8, {{2, 0, 4}, {3, 2, 4}}, false},
		{6, {{2, 0, 4}, {3, 4, 4}}, false},
		{0, {{2, 0, 4}, {3, 0, 4}}, true}, /* not linked yet */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model *m = model_new(8, false);
		uint32_t u32 = add_int(m, "unsigned int", 4, false);
		add_to(m, TYPE_VAR, "a", u32);
		add_to(m, TYPE_VAR, "b", u32);
		model_add(m, &(struct type){.kind = TYPE_DATASEC,
					    .name = ".bss",
					    .size = cases[i].size,
					    .vars = cases[i].vars,
					    .count = 2});
		if (cases[i].sound)
			expect_sound(m);
		else
			expect_unsound(m, ".bss (type 4), b: overlaps");
	}
}

static void expect_description(const struct model *m, uint32_t id, const char *text)
{
	struct strbuf out = {0};

	describe_type(m, id, &out);
	assert_string_equal(strbuf_str(&out), text);
	strbuf_free(&out);
}

static void descriptions(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t i = add_int(m, "int", 4, true);
	uint32_t s = STRUCT(m, "s", 4, {"a", i, 0, 0});
	uint32_t ptr = add_to(m, TYPE_PTR, NULL, add_to(m, TYPE_CONST, NULL, s));
	uint32_t array = add_array(m, add_array(m, ptr, 3), 2);
	uint32_t proto = model_add(m, &(struct type){
					      .kind = TYPE_FUNC_PROTO,
					      .target = add_to(m, TYPE_PTR, NULL, array),
					      .params = (struct param[]){{i}, {ptr}, {0}},
					      .count = 3,
				      });
	uint32_t plain = model_add(m, &(struct type){.kind = TYPE_FUNC_PROTO, .target = i});
	uint32_t user = add_to(m, TYPE_TYPE_TAG, "us*/er", i);

	expect_description(m, 0, "void");
	expect_description(m, ptr, "const struct s *");
	expect_description(m, add_to(m, TYPE_CONST, NULL, ptr), "const struct s * const");
	expect_description(m, array, "const struct s *[2][3]");
	expect_description(m, add_to(m, TYPE_PTR, NULL, array), "const struct s * (*)[2][3]");
	expect_description(m, add_to(m, TYPE_PTR, NULL, plain), "int (*)(void)");
	expect_description(m, add_to(m, TYPE_PTR, NULL, proto),
			   "const struct s * (* (*)(int, const struct s *, ...))[2][3]");
	expect_description(m, add_to(m, TYPE_PTR, NULL, user), "int tag(us*?er) *");
	model_free(m);
}

static const char *const tags[] = {
#define LIBC_TAGS(...) __VA_ARGS__
#define LIBC_ORDINARY(...)
#define LIBC_MACROS(...)
#include "btfgen/libc_names.def"
#undef LIBC_TAGS
#undef LIBC_ORDINARY
#undef LIBC_MACROS
};
static const char *const ordinary[] = {
#define LIBC_TAGS(...)
#define LIBC_ORDINARY(...) __VA_ARGS__
#define LIBC_MACROS(...)
#include "btfgen/libc_names.def"
#undef LIBC_TAGS
#undef LIBC_ORDINARY
#undef LIBC_MACROS
};
static const char *const macros[] = {
#define LIBC_TAGS(...)
#define LIBC_ORDINARY(...)
#define LIBC_MACROS(...) __VA_ARGS__
#include "btfgen/libc_names.def"
};

/* Each is found, so the lists are sorted. */
static void names(void **state)
{
	static const char *const c[] = {"_Alignas", "int", "bool", "typeof", "asm", "while"};
	static const char *const cxx[] = {"and", "class", "new", "this", "wchar_t", "xor_eq"};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		assert_true(name_is_libc_tag(tags[i]));
	for (size_t i = 0; i < sizeof(ordinary) / sizeof(ordinary[0]); i++)
		assert_true(name_is_libc_ordinary(ordinary[i]));
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++)
		assert_true(name_is_libc_macro(macros[i]));
	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++)
		assert_true(name_is_c_keyword(c[i]) && !name_is_cxx_keyword(c[i]));
	for (size_t i = 0; i < sizeof(cxx) / sizeof(cxx[0]); i++)
		assert_true(name_is_cxx_keyword(cxx[i]) && !name_is_c_keyword(cxx[i]));
	assert_true(name_is_libc_tag("timespec") && name_is_libc_tag("sigaction"));
	assert_true(name_is_libc_ordinary("size_t") && name_is_libc_ordinary("u_char"));
	assert_true(name_is_libc_macro("EPERM") && name_is_libc_macro("stdin"));
	assert_false(name_is_libc_tag("event") || name_is_libc_ordinary("event") ||
		     name_is_libc_macro("event"));

	assert_true(name_is_identifier("_a9"));
	assert_false(name_is_identifier(""));
	assert_false(name_is_identifier("9a"));
	assert_false(name_is_identifier("a.b"));
	assert_false(name_is_identifier("\xc3\xa4"));
	char text[] = "9Option<\xc3\xa4>";
	name_sanitize(text);
	assert_string_equal(text, "_Option____");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),      cmocka_unit_test(copies),
		cmocka_unit_test(bad_ids),      cmocka_unit_test(bad_names),
		cmocka_unit_test(bad_sizes),    cmocka_unit_test(bad_fields),
		cmocka_unit_test(bad_circles),  cmocka_unit_test(section_vars),
		cmocka_unit_test(descriptions), cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
