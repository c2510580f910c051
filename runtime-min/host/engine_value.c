/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of components, as Wasmtime's C API has them. */
#include <string.h>

#include "base/utf8.h"
#include "host/engine_component.h"
#include "host/engine_wasmtime.h"

typedef wasmtime_component_val_t val;

static val *of(struct value *v)
{
	return (val *)v;
}

static const val *of_const(const struct value *v)
{
	return (const val *)v;
}

void value_u32(struct value *v, uint32_t n)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_U32, .of.u32 = n};
}

void value_s32(struct value *v, int32_t n)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_S32, .of.s32 = n};
}

void value_u64(struct value *v, uint64_t n)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_U64, .of.u64 = n};
}

void value_bool(struct value *v, bool b)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_BOOL, .of.boolean = b};
}

void value_enum(struct value *v, const char *name)
{
	of(v)->kind = WASMTIME_COMPONENT_ENUM;
	wasm_byte_vec_new(&of(v)->of.enumeration, strlen(name), name);
}

void value_string(struct value *v, const char *text, size_t len)
{
	struct strbuf b = {0};

	utf8_add(&b, text, len);
	if (strbuf_error(&b))
		strbuf_free(&b);
	of(v)->kind = WASMTIME_COMPONENT_STRING;
	wasm_byte_vec_new(&of(v)->of.string, b.len, b.len ? b.data : "");
	strbuf_free(&b);
}

void value_list(struct value *v, size_t len)
{
	of(v)->kind = WASMTIME_COMPONENT_LIST;
	wasmtime_component_vallist_new_uninit(&of(v)->of.list, len);
}

struct value *value_item(struct value *list, size_t i)
{
	return (struct value *)&of(list)->of.list.data[i];
}

void value_bytes(struct value *v, const void *bytes, size_t len)
{
	const uint8_t *p = bytes;

	value_list(v, len);
	for (size_t i = 0; i < len; i++)
		of(v)->of.list.data[i] = (val){.kind = WASMTIME_COMPONENT_U8, .of.u8 = p[i]};
}

void value_words(struct value *v, const uint64_t *words, size_t len)
{
	value_list(v, len);
	for (size_t i = 0; i < len; i++)
		of(v)->of.list.data[i] = (val){.kind = WASMTIME_COMPONENT_U64, .of.u64 = words[i]};
}

void value_flags(struct value *v, const char *const *names, size_t len)
{
	of(v)->kind = WASMTIME_COMPONENT_FLAGS;
	wasmtime_component_valflags_new_uninit(&of(v)->of.flags, len);
	for (size_t i = 0; i < len; i++)
		wasm_byte_vec_new(&of(v)->of.flags.data[i], strlen(names[i]), names[i]);
}

void value_record(struct value *v, size_t len)
{
	of(v)->kind = WASMTIME_COMPONENT_RECORD;
	wasmtime_component_valrecord_new_uninit(&of(v)->of.record, len);
}

struct value *value_field(struct value *record, size_t i, const char *name)
{
	wasmtime_component_valrecord_entry_t *e = &of(record)->of.record.data[i];

	wasm_byte_vec_new(&e->name, strlen(name), name);
	return (struct value *)&e->val;
}

/* A value in memory of the engine's, to be filled where it is. */
static val *boxed(void)
{
	val none = {.kind = WASMTIME_COMPONENT_BOOL};

	return wasmtime_component_val_new(&none);
}

struct value *value_some(struct value *v)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_OPTION, .of.option = boxed()};
	return (struct value *)of(v)->of.option;
}

void value_none(struct value *v)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_OPTION};
}

struct value *value_ok(struct value *v, bool has_value)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_RESULT,
		       .of.result = {.is_ok = true, .val = has_value ? boxed() : NULL}};
	return (struct value *)of(v)->of.result.val;
}

struct value *value_error(struct value *v)
{
	*of(v) = (val){.kind = WASMTIME_COMPONENT_RESULT, .of.result = {.val = boxed()}};
	return (struct value *)of(v)->of.result.val;
}

const char *value_case(const struct value *v, size_t *len, const struct value **ret)
{
	const val *p = of_const(v);

	if (p->kind != WASMTIME_COMPONENT_VARIANT)
		return NULL;
	*len = p->of.variant.discriminant.size;
	*ret = (const struct value *)p->of.variant.val;
	return p->of.variant.discriminant.data;
}

const struct value *value_field_at(const struct value *v, size_t i, const char **name, size_t *len)
{
	const val *p = of_const(v);

	if (!p || p->kind != WASMTIME_COMPONENT_RECORD || i >= p->of.record.size)
		return NULL;
	*name = p->of.record.data[i].name.data;
	*len = p->of.record.data[i].name.size;
	return (const struct value *)&p->of.record.data[i].val;
}

const char *value_flag_at(const struct value *v, size_t i, size_t *len)
{
	const val *p = of_const(v);

	if (p->kind != WASMTIME_COMPONENT_FLAGS || i >= p->of.flags.size)
		return NULL;
	*len = p->of.flags.data[i].size;
	return p->of.flags.data[i].data;
}

const char *value_text(const struct value *v, size_t *len)
{
	const val *p = of_const(v);

	if (p->kind != WASMTIME_COMPONENT_STRING)
		return NULL;
	*len = p->of.string.size;
	return p->of.string.size ? p->of.string.data : "";
}

uint64_t value_number(const struct value *v)
{
	const val *p = of_const(v);

	switch (p->kind) {
	case WASMTIME_COMPONENT_BOOL:
		return p->of.boolean;
	case WASMTIME_COMPONENT_U8:
		return p->of.u8;
	case WASMTIME_COMPONENT_S32:
		return (uint32_t)p->of.s32;
	case WASMTIME_COMPONENT_U32:
		return p->of.u32;
	case WASMTIME_COMPONENT_U64:
		return p->of.u64;
	default:
		return 0;
	}
}
