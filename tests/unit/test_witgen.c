/* SPDX-License-Identifier: BSD-2-Clause */
/* WIT: names, and what only a model made by hand has. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "witgen/kebab.h"
#include "witgen/wit.h"

static void expect_kebab(const char *name, const char *wanted)
{
	char *kebab = kebab_make(name, "field");

	assert_string_equal(kebab, wanted);
	free(kebab);
}

static void kebab(void **state)
{
	expect_kebab("pid", "pid");
	expect_kebab("task_comm", "task-comm");
	expect_kebab("taskComm", "task-comm");
	expect_kebab("TASK_COMM_LEN", "task-comm-len");
	expect_kebab("__a__b__", "a-b");
	expect_kebab("ipv4_2_addr", "ipv42-addr");
	expect_kebab("_1st", "n1st");
	expect_kebab("___", "unnamed");
	expect_kebab("", "unnamed");
	expect_kebab("len", "len-field");
	expect_kebab("LEN", "len-field");
	expect_kebab("length", "length");
}

static void unique_names(void **state)
{
	struct kebab_scope scope = {0};

	assert_string_equal(kebab_add(&scope, "foo_bar", "field"), "foo-bar");
	assert_string_equal(kebab_add(&scope, "foobar", "field"), "foobar-n2");
	assert_string_equal(kebab_add(&scope, "fooBar", "field"), "foo-bar-n3");
	assert_string_equal(kebab_add(&scope, "foo_bar_n2", "field"), "foo-bar-n2-n2");
	for (int i = 0; i < 100; i++)
		assert_non_null(kebab_add(&scope, "many", "field"));
	kebab_scope_clear(&scope);
	assert_string_equal(kebab_add(&scope, "foobar", "field"), "foobar");
	kebab_scope_clear(&scope);
}

/* Of types: a list of "head" has the name "list-head" in C. */
static void names_of_lists(void **state)
{
	struct kebab_scope scope = {.lists = true};

	assert_string_equal(kebab_add(&scope, "head", "type"), "head");
	assert_string_equal(kebab_add(&scope, "list_head", "type"), "list-head-n2");
	assert_string_equal(kebab_add(&scope, "list_list_head", "type"), "list-list-head-n3");
	assert_string_equal(kebab_add(&scope, "list_node", "type"), "list-node");
	assert_string_equal(kebab_add(&scope, "node", "type"), "node-n2");
	assert_string_equal(kebab_add(&scope, "node", "type"), "node-n3");
	kebab_scope_clear(&scope);
}

static void expect_wit(struct model *m, const char *type, const char *wanted)
{
	const char *types[] = {type, NULL};
	struct wit_options o = {.size = sizeof(o),
				.select = {.size = sizeof(o.select), .types = types}};
	struct object obj = {
		.path = "x.btf", .file = "x.btf", .name = "x", .model = m, .license = ""};
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(wit_emit(&obj, &o, &out, &d), 0);
	const char *found = strstr(strbuf_str(&out), wanted);
	if (!found)
		print_error("no '%s' in\n%s", wanted, strbuf_str(&out));
	assert_non_null(found);
	strbuf_free(&out);
}

static uint32_t add_struct(struct model *m, const char *name, const char *field, uint32_t type,
			   uint64_t size)
{
	struct member member = {.name = field, .type = type};

	return model_add(m, &(struct type){.kind = TYPE_STRUCT,
					   .name = name,
					   .size = size,
					   .count = 1,
					   .members = &member});
}

/* The tools stop at a depth of 100 or so: the field is left out, and the file says so. */
static void deep_types(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t number = model_add(
		m, &(struct type){.kind = TYPE_INT, .name = "int", .size = 4, .int_bits = 32});
	uint32_t id = number;
	char name[16];

	for (uint32_t i = 0; i < 120; i++) {
		const struct member members[] = {
			{.name = "inner", .type = id},
			{.name = "x", .type = number, .bit_offset = 32 * (i + 1)},
		};
		snprintf(name, sizeof(name), "s%u", i);
		id = model_add(m, &(struct type){.kind = TYPE_STRUCT,
						 .name = name,
						 .size = 4ULL * (i + 2),
						 .count = 2,
						 .members = members});
	}
	expect_wit(m, "s119",
		   "record %s91 {\n    // inner is left out: too deep for WIT's tools.\n");
	expect_wit(m, "s119", "record %s119 {\n    %inner: %s118,\n");
	model_free(m);
}

static void odd_scalars(void **state)
{
	struct model *m = model_new(8, false);
	uint32_t half =
		model_add(m, &(struct type){.kind = TYPE_FLOAT, .name = "_Float16", .size = 2});

	add_struct(m, "with_half", "value", half, 2);
	expect_wit(m, "with_half", "/// the 2 bytes of a _Float16\n    %value: list<u8>,\n");
	model_free(m);
}

static void no_such_type(void **state)
{
	struct model *m = model_new(8, false);
	const char *types[] = {"event", NULL};
	struct wit_options o = {.size = sizeof(o),
				.select = {.size = sizeof(o.select), .types = types}};
	struct object obj = {.path = "x.o", .file = "x.o", .name = "x", .model = m, .license = ""};
	struct strbuf out = {0};
	struct diag d = {0};

	assert_int_equal(wit_emit(&obj, &o, &out, &d), -ENOENT);
	assert_non_null(strstr(d.text, "x.o: "));
	assert_non_null(strstr(d.text, "'event'"));
	assert_int_equal(out.len, 0);
	strbuf_free(&out);
	model_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kebab),          cmocka_unit_test(unique_names),
		cmocka_unit_test(names_of_lists), cmocka_unit_test(deep_types),
		cmocka_unit_test(odd_scalars),    cmocka_unit_test(no_such_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
