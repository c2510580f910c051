/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading: what the object model says of object.bpf.c, compiled by the build to OBJECT. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "btfgen/object.h"
#include "btfgen/strpack.h"

static struct object *read_object(const struct object_options *options)
{
	struct object *o = NULL;
	struct diag d = {0};
	int err = object_read(OBJECT, options, &o, &d);

	assert_string_equal(d.text, "");
	assert_int_equal(err, 0);
	return o;
}

static const struct object_map *map(const struct object *o, const char *ident)
{
	for (size_t i = 0; i < o->map_count; i++)
		if (!strcmp(o->maps[i].ident, ident))
			return &o->maps[i];
	fail_msg("no map %s", ident);
	return NULL;
}

static void names(void **state)
{
	struct object *o = read_object(NULL);

	assert_string_equal(o->path, OBJECT);
	assert_string_equal(o->file, "object.bpf.o");
	assert_string_equal(o->name, "object_bpf");
	assert_string_equal(o->license, "Dual BSD/GPL");
	assert_true(o->is_bpf);
	assert_string_equal(map(o, "rodata")->name, "object_b.rodata");
	object_free(o);

	o = read_object(
		&(struct object_options){.size = sizeof(struct object_options), .name = "other"});
	assert_string_equal(o->name, "other");
	assert_string_equal(map(o, "rodata")->name, "other.rodata");
	object_free(o);
	object_free(NULL);

	struct diag d = {0};
	assert_int_equal(object_read(OBJECT, &(struct object_options){.name = "a b"}, &o, &d),
			 -EINVAL);
	assert_null(o);
	assert_non_null(strstr(d.text, "a b"));
}

static void maps(void **state)
{
	struct object *o = read_object(NULL);
	const struct object_map *m = map(o, "table");

	assert_string_equal(m->name, "table");
	assert_int_equal(m->role, MAP_PLAIN);
	assert_false(m->internal || m->mmapable);
	assert_int_equal(m->type, 1);
	assert_int_equal(m->max_entries, 77);
	assert_int_equal(m->flags, 1);
	assert_int_equal(m->key_size, 4);
	assert_int_equal(m->value_size, 8);
	assert_string_equal(model_type(o->model, m->key_type)->name, "key");
	assert_string_equal(model_type(o->model, m->value_type)->name, "value");
	assert_string_equal(m->section, "");

	m = map(o, "outer");
	assert_int_equal(m->type, 12);
	assert_string_equal(model_type(o->model, m->inner_value_type)->name, "value");
	object_free(o);
}

static void expect_section(const struct object *o, const char *ident, enum map_role role,
			   const char *section, const char *var, const void *initial, size_t size)
{
	const struct object_map *m = map(o, ident);
	const struct type *t = model_type(o->model, m->datasec);

	assert_int_equal(m->role, role);
	assert_true(m->internal);
	assert_string_equal(m->section, section);
	assert_int_equal(t->kind, TYPE_DATASEC);
	assert_string_equal(t->name, section);
	for (uint32_t i = 0; i < t->count; i++) {
		if (strcmp(model_type(o->model, t->vars[i].var)->name, var))
			continue;
		assert_int_equal(t->vars[i].size, size);
		assert_true(t->vars[i].offset + size <= m->value_size);
		if (initial)
			assert_memory_equal((const char *)m->initial + t->vars[i].offset, initial,
					    size);
		return;
	}
	fail_msg("%s has no variable %s", section, var);
}

static void sections(void **state)
{
	struct object *o = read_object(NULL);

	expect_section(o, "bss", MAP_BSS, ".bss", "zeros", (int[4]){0}, 16);
	expect_section(o, "data", MAP_DATA, ".data", "data", (int[]){0x11223344}, 4);
	expect_section(o, "data", MAP_DATA, ".data", "hidden", (int[]){3}, 4);
	expect_section(o, "data_extra", MAP_DATA, ".data.extra", "extra", "x", 1);
	expect_section(o, "rodata", MAP_RODATA, ".rodata", "read_only", (int64_t[]){42}, 8);
	expect_section(o, "rodata_more", MAP_RODATA, ".rodata.more", "more", (int[]){7}, 4);
	expect_section(o, "kconfig", MAP_KCONFIG, ".kconfig", "LINUX_KERNEL_VERSION", NULL, 4);
	object_free(o);
}

static void programs(void **state)
{
	struct object *o = read_object(NULL);

	/* By section, and so in the order of the source. */
	assert_int_equal(o->prog_count, 3);
	assert_string_equal(o->progs[0].name, "first");
	assert_string_equal(o->progs[0].section, "tp/sched/sched_process_exec");
	assert_int_equal(o->progs[0].type, 5);
	assert_true(o->progs[0].autoload);
	assert_string_equal(o->progs[1].name, "second");
	assert_int_equal(o->progs[1].type, 2);
	assert_false(o->progs[1].autoload);
	assert_string_equal(o->progs[2].name, "third");
	assert_int_equal(o->progs[2].type, 1);
	object_free(o);
}

static bool contains(const struct object *o, const char *text)
{
	return memmem(o->elf, o->elf_size, text, strlen(text) + 1);
}

/* What a skeleton embeds: no debug information, BTF still there, the same bytes each time. */
static void stripped(void **state)
{
	struct object *o = read_object(NULL), *again = read_object(NULL);
	struct strbuf file = {0};

	assert_int_equal(file_read(OBJECT, 0, &file, NULL), 0);
	assert_non_null(memmem(file.data, file.len, ".debug_info", 12));
	assert_true(o->elf_size < file.len);
	assert_false(contains(o, ".debug_info"));
	assert_false(contains(o, ".rel.debug_info"));
	assert_true(contains(o, ".BTF"));
	assert_true(contains(o, ".BTF.ext"));
	assert_true(contains(o, "tp/sched/sched_process_exec"));
	assert_int_equal(o->elf_size, again->elf_size);
	assert_memory_equal(o->elf, again->elf, o->elf_size);
	strbuf_free(&file);
	object_free(o);
	object_free(again);
}

/* libbpf's own print function is left as it was, and says nothing while an object is refused. */
static void quiet(void **state)
{
	struct strbuf file = {0};
	struct object *o = NULL;
	struct diag d = {0};
	char path[] = "/tmp/wbpf-unit-XXXXXX";

	assert_int_equal(file_read(OBJECT, 0, &file, NULL), 0);
	/* A map definition that libbpf does not know: its sentence becomes part of ours. */
	char *at = file.data;
	while ((at = memmem(at, file.len - (size_t)(at - file.data), "max_entries", 12)))
		memcpy(at, "mix_entries", 11);
	close(mkstemp(path));
	assert_int_equal(file_write(path, &file, NULL), 0);
	assert_int_equal(object_read(path, NULL, &o, &d), -EINVAL);
	unlink(path);
	assert_null(o);
	assert_non_null(strstr(d.text, path));
	assert_non_null(strstr(d.text, "mix_entries"));
	assert_null(strchr(d.text, '\n'));
	strbuf_free(&file);
}

/* Strings in the end of others are a part of them, whatever the order. */
static void packed_strings(void **state)
{
	static const char *const texts[] = {"",    "bss", ".bss", "x.bss", "y.bss", "ss",
					    "bss", "xx",  "x",    "",      "s",     "yx.bss"};
	uint32_t at[sizeof(texts) / sizeof(*texts)];
	struct strpack p = {0};
	struct strbuf out = {0};

	strbuf_puts(&out, "front");
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(strpack_add(&p, texts[i], &at[i]), 0);
	assert_int_equal(strpack_finish(&p, &out), 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_string_equal(out.data + 5 + at[i], texts[i]);
	/* "", "yx.bss", "y.bss", "xx": nothing else takes room. */
	assert_int_equal(out.len - 5, 1 + 7 + 6 + 3);
	assert_int_equal(at[0], 0);
	strpack_clear(&p);
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),          cmocka_unit_test(maps),
		cmocka_unit_test(sections),       cmocka_unit_test(programs),
		cmocka_unit_test(stripped),       cmocka_unit_test(quiet),
		cmocka_unit_test(packed_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
