/* SPDX-License-Identifier: BSD-2-Clause */
/* Maps: what they are, and their elements. */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "host/bpf_run.h"
#include "host/component_calls.h"

static int fill_info(struct component *c, wbpf_handle map, struct value *result)
{
	struct strbuf name = {0}, section = {0};
	struct wbpf_map_info info;
	int err = component_get(c, map, WBPF_KEY_INFO, &info, sizeof(info));

	if (!err)
		err = component_get_text(c, map, WBPF_KEY_NAME, &name);
	if (!err && (info.state & WBPF_MAP_INTERNAL))
		err = component_get_text(c, map, WBPF_KEY_MAP_SECTION, &section);
	if (!err) {
		struct record r = component_record(value_ok(result, true), "map_info");
		value_string(component_field(&r, "name"), strbuf_str(&name), name.len);
		value_string(component_field(&r, "section"), strbuf_str(&section), section.len);
		value_u32(component_field(&r, "map_type"), info.type);
		value_u32(component_field(&r, "key_size"), info.key_size);
		value_u32(component_field(&r, "value_size"), info.value_size);
		value_u32(component_field(&r, "max_entries"), info.max_entries);
		value_u32(component_field(&r, "map_flags"), info.flags);
		value_bool(component_field(&r, "loaded"), info.state & WBPF_MAP_LOADED);
		value_bool(component_field(&r, "pinned"), info.state & WBPF_MAP_PINNED);
	}
	strbuf_free(&name);
	strbuf_free(&section);
	return err;
}

int component_map_info(struct component *c, const struct component_arg *args, struct value *result)
{
	wbpf_handle map = (wbpf_handle)args[0].number;
	int err = fill_info(c, map, result);

	return err ? component_fail(c, result, err, "what map '%s' is", component_name_of(c, map))
		   : 0;
}

/* --- before load --------------------------------------------------------------------------- */

static int set_number(struct component *c, const struct component_arg *args, uint32_t key,
		      struct value *result)
{
	wbpf_handle map = (wbpf_handle)args[0].number;

	return component_done(c, result, component_set_u32(c, map, key, (uint32_t)args[1].number),
			      "cannot change map", component_name_of(c, map));
}

int component_map_set_max_entries(struct component *c, const struct component_arg *args,
				  struct value *result)
{
	return set_number(c, args, WBPF_KEY_MAP_MAX_ENTRIES, result);
}

int component_map_set_value_size(struct component *c, const struct component_arg *args,
				 struct value *result)
{
	return set_number(c, args, WBPF_KEY_MAP_VALUE_SIZE, result);
}

int component_map_set_autocreate(struct component *c, const struct component_arg *args,
				 struct value *result)
{
	return set_number(c, args, WBPF_KEY_MAP_AUTOCREATE, result);
}

int component_map_set_pin_path(struct component *c, const struct component_arg *args,
			       struct value *result)
{
	wbpf_handle map = (wbpf_handle)args[0].number;

	return component_done(
		c, result,
		component_set_bytes(c, map, WBPF_KEY_MAP_PIN_PATH, args[1].bytes, args[1].len),
		"cannot set the pin path of map", component_name_of(c, map));
}

/* Maps live as long as their object. */
void component_map_drop(struct component *c, uint32_t number)
{
	(void)c, (void)number;
}

/* --- elements ------------------------------------------------------------------------------ */

/* One bpf(2) on an element. */
struct element {
	const struct handle *map;
	uint64_t value_bytes;
	union bpf_attr attr;
	struct value *result;
	int err; /* not 0: result is an error */
};

static const uint32_t ATTR_SIZE = offsetof(union bpf_attr, flags) + sizeof(uint64_t);

static void failed(struct component *c, struct element *e, int err, const char *what)
{
	e->err = err;
	component_fail(c, e->result, err, "%s map '%s'", what,
		       e->map && e->map->ptr ? bpf_map__name(e->map->ptr) : "?");
}

/* The map is there, and loaded; the key has its length, or is none. */
static bool begin(struct component *c, struct element *e, const struct component_arg *args,
		  const struct component_arg *key, bool has_key, struct value *result)
{
	*e = (struct element){
		.map = handle_find(&c->in->handles, (wbpf_handle)args[0].number, WBPF_KIND_MAP),
		.result = result,
	};
	if (!e->map || e->map->fd < 0) {
		failed(c, e, -EBADF, e->map ? "not loaded:" : "gone:");
		return false;
	}
	e->value_bytes = element_value_bytes(c->in, e->map);
	e->attr.map_fd = (uint32_t)e->map->value;
	if (!has_key)
		return true;
	if (key->len != e->map->key_size) {
		e->err = -EINVAL;
		component_fail(c, result, -EINVAL, "a key of %zu bytes for map '%s', which has %u",
			       key->len, component_name_of(c, e->map->value), e->map->key_size);
		return false;
	}
	e->attr.key = key->len ? component_put(c, key->bytes, key->len) : 0;
	if (key->len && !e->attr.key)
		failed(c, e, -ENOMEM, "an element of");
	return !e->err;
}

/* Room for a value, or what is next. */
static bool room(struct component *c, struct element *e, uint64_t len)
{
	e->attr.value = component_room(c, len);
	if (!e->attr.value)
		failed(c, e, -ENOMEM, "an element of");
	return e->attr.value;
}

/* result<option<list<u8>>>: len bytes at attr.value, none where there is no such element. */
static int give_bytes(struct component *c, struct element *e, int err, uint64_t len,
		      const char *what)
{
	if (err == -ENOENT)
		value_none(value_ok(e->result, true));
	else if (err < 0)
		failed(c, e, err, what);
	else
		value_bytes(value_some(value_ok(e->result, true)),
			    component_at(c, (wbpf_addr)e->attr.value), len);
	return 0;
}

static int look_up(struct component *c, const struct component_arg *args, uint32_t cmd,
		   struct value *result)
{
	struct element e;

	if (!begin(c, &e, args, &args[1], true, result) || !room(c, &e, e.value_bytes))
		return 0;
	return give_bytes(c, &e, component_bpf(c, cmd, &e.attr, ATTR_SIZE), e.value_bytes,
			  "cannot read");
}

int component_map_lookup(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	return look_up(c, args, BPF_MAP_LOOKUP_ELEM, result);
}

int component_map_lookup_and_delete(struct component *c, const struct component_arg *args,
				    struct value *result)
{
	return look_up(c, args, BPF_MAP_LOOKUP_AND_DELETE_ELEM, result);
}

static const struct {
	const char *name;
	uint64_t flag;
} modes[] = {
#define WBPF_MODE(name, flag) {#name, flag},
#include "abi/wbpf_component.def"
};

static uint64_t mode_flag(const struct component_arg *mode)
{
	char name[32];

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		component_name(modes[i].name, name, sizeof(name));
		if (strlen(name) == mode->len && !memcmp(name, mode->bytes, mode->len))
			return modes[i].flag;
	}
	return BPF_ANY;
}

static int update(struct component *c, struct element *e, const void *value, size_t len)
{
	e->attr.value = component_put(c, value, len);
	int err = e->attr.value ? component_bpf(c, BPF_MAP_UPDATE_ELEM, &e->attr, ATTR_SIZE)
				: -ENOMEM;

	if (err < 0)
		failed(c, e, err, "cannot set an element of");
	else
		value_ok(e->result, false);
	return 0;
}

int component_map_update(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	struct element e;

	if (!begin(c, &e, args, &args[1], true, result))
		return 0;
	if (args[2].len != e.value_bytes)
		return component_fail(c, result, -EINVAL,
				      "a value of %zu bytes for map '%s', which has %llu",
				      args[2].len, component_name_of(c, e.map->value),
				      (unsigned long long)e.value_bytes);
	e.attr.flags = mode_flag(&args[3]);
	return update(c, &e, args[2].bytes, args[2].len);
}

/* Elements that are handles of other things. */
static int set_handle(struct component *c, const struct component_arg *args, struct value *result)
{
	const uint32_t handle = (uint32_t)args[2].number;
	struct element e;

	if (!begin(c, &e, args, &args[1], true, result))
		return 0;
	if (e.value_bytes != sizeof(handle))
		return component_fail(c, result, -EINVAL, "map '%s' is none of maps or programs",
				      component_name_of(c, e.map->value));
	return update(c, &e, &handle, sizeof(handle));
}

int component_map_set_program(struct component *c, const struct component_arg *args,
			      struct value *result)
{
	return set_handle(c, args, result);
}

int component_map_set_map(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	return set_handle(c, args, result);
}

int component_map_delete(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	struct element e;

	if (!begin(c, &e, args, &args[1], true, result))
		return 0;
	int err = component_bpf(c, BPF_MAP_DELETE_ELEM, &e.attr, ATTR_SIZE);
	if (err < 0 && err != -ENOENT)
		failed(c, &e, err, "cannot delete from");
	else
		value_bool(value_ok(result, true), !err);
	return 0;
}

int component_map_next_key(struct component *c, const struct component_arg *args,
			   struct value *result)
{
	struct element e;

	if (!begin(c, &e, args, &args[1], args[1].present, result) || !room(c, &e, e.map->key_size))
		return 0;
	return give_bytes(c, &e, component_bpf(c, BPF_MAP_GET_NEXT_KEY, &e.attr, ATTR_SIZE),
			  e.map->key_size, "cannot walk");
}

/* --- many elements ------------------------------------------------------------------------- */

enum { BATCH_BYTES = 4 << 20 /* of elements at a time, at most */ };

static uint32_t padded(uint64_t len)
{
	return (uint32_t)((len + 7) & ~UINT64_C(7));
}

static void add_padded(struct strbuf *b, const void *bytes, uint32_t len)
{
	static const uint8_t zeros[8];

	strbuf_add(b, bytes, len);
	strbuf_add(b, zeros, padded(len) - len);
}

/* Appends the element behind attr.key, which then is its key. 1; 0 at the end; or an error. */
static int add_next(struct component *c, struct element *e, wbpf_addr key, wbpf_addr value,
		    struct strbuf *words)
{
	for (;;) {
		union bpf_attr attr = {.map_fd = e->attr.map_fd};
		attr.key = e->attr.key;
		attr.next_key = key;
		int err = component_bpf(c, BPF_MAP_GET_NEXT_KEY, &attr, ATTR_SIZE);
		if (err < 0)
			return err == -ENOENT ? 0 : err;
		e->attr.key = key;
		attr.key = key;
		attr.value = value;
		err = component_bpf(c, BPF_MAP_LOOKUP_ELEM, &attr, ATTR_SIZE);
		if (!err) {
			add_padded(words, component_at(c, key), e->map->key_size);
			add_padded(words, component_at(c, value), (uint32_t)e->value_bytes);
			return strbuf_error(words) ? -ENOMEM : 1;
		}
		if (err != -ENOENT) /* gone since */
			return err;
	}
}

static void give_entries(struct element *e, uint32_t count, const struct strbuf *words)
{
	struct record r = component_record(value_ok(e->result, true), "entries");

	value_u32(component_field(&r, "count"), count);
	value_u32(component_field(&r, "key_size"), e->map->key_size);
	value_u32(component_field(&r, "value_size"), (uint32_t)e->value_bytes);
	value_words(component_field(&r, "words"), (const uint64_t *)words->data,
		    words->len / sizeof(uint64_t));
}

int component_map_entries(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	struct element e;
	struct strbuf words = {0};
	uint32_t count = 0, max = (uint32_t)args[2].number;

	if (!begin(c, &e, args, &args[1], args[1].present, result))
		return 0;
	wbpf_addr key = component_room(c, e.map->key_size),
		  value = component_room(c, e.value_bytes);
	uint32_t used = c->used;
	int ret = key && value ? 1 : -ENOMEM;
	for (; ret == 1 && count < max && words.len < BATCH_BYTES; count += ret == 1) {
		c->used = used; /* of bpf(2)'s arguments */
		ret = add_next(c, &e, key, value, &words);
	}
	if (ret < 0)
		failed(c, &e, ret, "cannot walk");
	else
		give_entries(&e, count, &words);
	strbuf_free(&words);
	return 0;
}
