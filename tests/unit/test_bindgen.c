/* SPDX-License-Identifier: BSD-2-Clause */
/* Rust and Go: names. What is written is judged by tests/golden/bindings and tests/property. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bindgen/names.h"

static void expect(enum binding_language language, enum name_style style, const char *name,
		   const char *wanted)
{
	char *made = name_make(language, style, name);

	assert_string_equal(made, wanted);
	free(made);
}

static void rust_names(void **state)
{
	expect(BINDINGS_RUST, NAME_TYPE, "task_struct", "TaskStruct");
	expect(BINDINGS_RUST, NAME_TYPE, "taskStruct", "TaskStruct");
	expect(BINDINGS_RUST, NAME_TYPE, "TASK_STRUCT", "TaskStruct");
	expect(BINDINGS_RUST, NAME_TYPE, "__u32", "U32");
	expect(BINDINGS_RUST, NAME_TYPE, "ipv4_2_addr", "Ipv4_2Addr");
	expect(BINDINGS_RUST, NAME_TYPE, "3com", "X3com");
	expect(BINDINGS_RUST, NAME_TYPE, "self", "Self_");
	expect(BINDINGS_RUST, NAME_TYPE, "___", "X");
	expect(BINDINGS_RUST, NAME_FIELD, "pid", "pid");
	expect(BINDINGS_RUST, NAME_FIELD, "Mixed__CaseName", "mixed_case_name");
	expect(BINDINGS_RUST, NAME_FIELD, "type", "type_");
	expect(BINDINGS_RUST, NAME_FIELD, "gen", "gen_");
	expect(BINDINGS_RUST, NAME_FIELD, "_1", "x1");
	expect(BINDINGS_RUST, NAME_FIELD, "_", "x");
	expect(BINDINGS_RUST, NAME_CONSTANT, "kindExit", "KIND_EXIT");
	expect(BINDINGS_RUST, NAME_CONSTANT, "BPF_F_NO_PREALLOC", "BPF_F_NO_PREALLOC");
}

static void go_names(void **state)
{
	expect(BINDINGS_GO, NAME_TYPE, "task_struct", "TaskStruct");
	expect(BINDINGS_GO, NAME_FIELD, "duration_ns", "DurationNs");
	expect(BINDINGS_GO, NAME_FIELD, "type", "Type");
	expect(BINDINGS_GO, NAME_FIELD, "_1", "X1");
	expect(BINDINGS_GO, NAME_CONSTANT, "BPF_F_NO_PREALLOC", "BpfFNoPrealloc");
	expect(BINDINGS_GO, NAME_TYPE, ".rodata.own", "RodataOwn");
}

static const char *add(struct name_scope *scope, enum binding_language language, const char *name)
{
	return name_add(scope, language, NAME_FIELD, name);
}

static void clashes(void **state)
{
	struct name_scope rust = {0}, go = {0};
	const char *other;

	assert_true(name_reserve(&rust, "view"));
	assert_string_equal(add(&rust, BINDINGS_RUST, "view"), "view_2");
	assert_string_equal(add(&rust, BINDINGS_RUST, "_view"), "view_3");
	assert_string_equal(add(&rust, BINDINGS_RUST, "set_pid"), "set_pid");
	assert_string_equal(add(&rust, BINDINGS_RUST, "type"), "type_");
	assert_string_equal(add(&rust, BINDINGS_RUST, "TYPE"), "type_2");
	/* A getter's setter must be free, too. */
	assert_string_equal(name_add_pair(&rust, BINDINGS_RUST, NAME_FIELD, "pid", "set", &other),
			    "pid_2");
	assert_string_equal(other, "set_pid_2");
	assert_string_equal(add(&go, BINDINGS_GO, "x"), "X");
	assert_string_equal(add(&go, BINDINGS_GO, "_x"), "X2");
	assert_string_equal(add(&go, BINDINGS_GO, "x1"), "X1");
	assert_string_equal(add(&go, BINDINGS_GO, "X1"), "X1_2");
	name_scope_clear(&rust);
	name_scope_clear(&go);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rust_names),
		cmocka_unit_test(go_names),
		cmocka_unit_test(clashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
