/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects: opening, loading, what is in them, attaching all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/bpf.h>

#include "host/calls.h"
#include "host/component_calls.h"

static int give(struct component *c, struct value *result, enum component_type type,
		wbpf_handle handle)
{
	return value_resource(c->engine, value_ok(result, true), type, (uint32_t)handle);
}

/* What messages call it: where nothing is said, as its section without "wbpf.". */
static struct component_arg name_of(const struct component_arg *args, uint32_t flags)
{
	static const char prefix[] = "wbpf.", other[] = "object";
	const size_t skip = sizeof(prefix) - 1;

	if (args[1].len)
		return args[1];
	if (!(flags & WBPF_OPEN_SECTION) || args[0].len <= skip)
		return (struct component_arg){.bytes = other, .len = sizeof(other) - 1};
	return (struct component_arg){.bytes = (const char *)args[0].bytes + skip,
				      .len = args[0].len - skip};
}

static int open_object(struct component *c, const struct component_arg *args, uint32_t flags,
		       struct value *result)
{
	const struct component_arg name = name_of(args, flags);
	struct wbpf_open_opts opts = {.size = sizeof(opts), .flags = flags};
	wbpf_addr bytes = component_put(c, args[0].bytes, args[0].len);

	opts.name = component_put_str(c, name.bytes, name.len);
	wbpf_addr at = component_put(c, &opts, sizeof(opts));
	int32_t ret =
		bytes && at && opts.name.addr
			? call_object_open(c->in, bytes, (uint32_t)args[0].len, at, sizeof(opts))
			: -ENOMEM;

	if (ret >= 0)
		return give(c, result, COMPONENT_object, ret);
	if ((flags & WBPF_OPEN_SECTION) && ret == -ENOENT)
		return component_fail(c, result, ret, "the component has no section '%.*s'",
				      (int)args[0].len, (const char *)args[0].bytes);
	return component_fail(c, result, ret, "cannot open object '%.*s'", (int)name.len,
			      (const char *)name.bytes);
}

int component_object_open(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	return open_object(c, args, 0, result);
}

int component_object_open_section(struct component *c, const struct component_arg *args,
				  struct value *result)
{
	return open_object(c, args, WBPF_OPEN_SECTION, result);
}

int component_object_load(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	wbpf_handle object = (wbpf_handle)args[0].number;

	return component_done(c, result, call_object_load(c->in, object), "cannot load object",
			      component_name_of(c, object));
}

/* Maps have two names: a data section's own, and the one that the kernel sees. */
static bool is_called(struct component *c, wbpf_handle child, enum wbpf_kind kind,
		      const struct component_arg *name)
{
	struct strbuf text = {0};
	bool found = !component_get_text(c, child, WBPF_KEY_NAME, &text) && text.len == name->len &&
		     !memcmp(strbuf_str(&text), name->bytes, text.len);

	text.len = 0;
	if (!found && kind == WBPF_KIND_MAP)
		found = !component_get_text(c, child, WBPF_KEY_MAP_SECTION, &text) && text.len &&
			text.len == name->len && !memcmp(strbuf_str(&text), name->bytes, text.len);
	strbuf_free(&text);
	return found;
}

static int find_child(struct component *c, const struct component_arg *args, enum wbpf_kind kind,
		      enum component_type type, const char *what, struct value *result)
{
	wbpf_handle object = (wbpf_handle)args[0].number;
	int32_t child;

	for (uint32_t i = 0;; i++) {
		component_memory_begin(c);
		child = call_object_child(c->in, object, kind, i);
		if (child < 0)
			break;
		if (is_called(c, child, kind, &args[1]))
			return give(c, result, type, child);
	}
	return component_fail(c, result, child, "object '%s' has no %s '%.*s'",
			      component_name_of(c, object), what, (int)args[1].len,
			      (const char *)args[1].bytes);
}

int component_object_map(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	return find_child(c, args, WBPF_KIND_MAP, COMPONENT_map, "map", result);
}

int component_object_program(struct component *c, const struct component_arg *args,
			     struct value *result)
{
	return find_child(c, args, WBPF_KIND_PROG, COMPONENT_program, "program", result);
}

static int names(struct component *c, const struct component_arg *args, enum wbpf_kind kind,
		 struct value *result)
{
	wbpf_handle object = (wbpf_handle)args[0].number;
	struct wbpf_object_info info;
	int err = component_get(c, object, WBPF_KEY_INFO, &info, sizeof(info));

	if (err)
		return component_fail(c, result, err, "what object '%s' has",
				      component_name_of(c, object));
	uint32_t count = kind == WBPF_KIND_MAP ? info.maps : info.progs;
	struct value *list = value_ok(result, true);
	value_list(list, count);
	for (uint32_t i = 0; i < count; i++) {
		wbpf_handle child = call_object_child(c->in, object, kind, i);
		struct strbuf text = {0};
		component_memory_begin(c);
		component_get_text(c, child, WBPF_KEY_NAME, &text);
		value_string(value_item(list, i), strbuf_str(&text), text.len);
		strbuf_free(&text);
	}
	return 0;
}

int component_object_maps(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	return names(c, args, WBPF_KIND_MAP, result);
}

int component_object_programs(struct component *c, const struct component_arg *args,
			      struct value *result)
{
	return names(c, args, WBPF_KIND_PROG, result);
}

void component_object_drop(struct component *c, uint32_t number)
{
	call_close(c->in, (wbpf_handle)number);
	component_data_forget(c);
}

/* --- attaching all ------------------------------------------------------------------------- */

struct links {
	wbpf_handle *handles;
	uint32_t count;
	const char *failed; /* the program or map, where one could not be attached */
};

static int add_link(struct links *l, wbpf_handle link)
{
	wbpf_handle *handles = realloc(l->handles, (l->count + 1) * sizeof(*handles));

	if (!handles)
		return -ENOMEM;
	l->handles = handles;
	handles[l->count++] = link;
	return 0;
}

/* Whether it is there to be attached, by itself. 1, 0, or a negative errno. */
static int is_wanted(struct component *c, wbpf_handle child, enum wbpf_kind kind)
{
	int err;

	if (kind == WBPF_KIND_PROG) {
		const uint32_t want = WBPF_PROG_AUTOATTACH | WBPF_PROG_LOADED;
		struct wbpf_prog_info info;
		err = component_get(c, child, WBPF_KEY_INFO, &info, sizeof(info));
		return err ? err : (info.state & want) == want;
	}
	const uint32_t want = WBPF_MAP_AUTOATTACH | WBPF_MAP_LOADED;
	struct wbpf_map_info info;
	err = component_get(c, child, WBPF_KEY_INFO, &info, sizeof(info));
	return err ? err : info.type == BPF_MAP_TYPE_STRUCT_OPS && (info.state & want) == want;
}

static int attach_child(struct component *c, wbpf_handle child, enum wbpf_kind kind,
			struct links *l)
{
	const struct wbpf_attach how = {
		.size = sizeof(how),
		.kind = kind == WBPF_KIND_PROG ? WBPF_ATTACH_AUTO : WBPF_ATTACH_STRUCT_OPS,
		.flags = kind == WBPF_KIND_PROG ? WBPF_ATTACH_IF_POSSIBLE : 0};
	int ret = is_wanted(c, child, kind);

	if (ret <= 0)
		return ret;
	wbpf_addr at = component_put(c, &how, sizeof(how));
	ret = at ? call_attach(c->in, child, at, sizeof(how)) : -ENOMEM;
	if (ret > 0)
		ret = add_link(l, ret);
	if (ret < 0)
		l->failed = component_name_of(c, child);
	return ret;
}

static int attach_children(struct component *c, wbpf_handle object, enum wbpf_kind kind,
			   struct links *l)
{
	int32_t child;

	for (uint32_t i = 0;; i++) {
		component_memory_begin(c);
		child = call_object_child(c->in, object, kind, i);
		if (child < 0)
			return child == -ENOENT ? 0 : child;
		int err = attach_child(c, child, kind, l);
		if (err < 0)
			return err;
	}
}

static int give_links(struct component *c, const struct links *l, struct value *result)
{
	struct value *list = value_ok(result, true);
	int err = 0;

	value_list(list, l->count);
	for (uint32_t i = 0; i < l->count && !err; i++)
		err = value_resource(c->engine, value_item(list, i), COMPONENT_link,
				     (uint32_t)l->handles[i]);
	return err;
}

int component_object_attach(struct component *c, const struct component_arg *args,
			    struct value *result)
{
	wbpf_handle object = (wbpf_handle)args[0].number;
	struct links l = {0};
	int err = attach_children(c, object, WBPF_KIND_PROG, &l);

	if (!err)
		err = attach_children(c, object, WBPF_KIND_MAP, &l);
	if (!err) {
		err = give_links(c, &l, result);
	} else {
		component_fail(c, result, err, "cannot attach '%s' of object '%s'",
			       l.failed ? l.failed : "?", component_name_of(c, object));
		component_memory_begin(c);
		wbpf_addr at = component_put(c, l.handles, l.count * sizeof(*l.handles));
		if (at)
			call_close_links(c->in, at, l.count);
		err = 0;
	}
	free(l.handles);
	return err;
}

/* --- links --------------------------------------------------------------------------------- */

void component_link_drop(struct component *c, uint32_t number)
{
	call_close(c->in, (wbpf_handle)number); /* -EBADF: detach() was called */
}

int component_link_detach(struct component *c, const struct component_arg *args,
			  struct value *result)
{
	int err = call_close(c->in, (wbpf_handle)args[0].number);

	if (err)
		return component_fail(c, result, err, "the link is detached already");
	value_ok(result, false);
	return 0;
}

int component_link_pin(struct component *c, const struct component_arg *args, struct value *result)
{
	int err = component_set_bytes(c, (wbpf_handle)args[0].number, WBPF_KEY_PIN, args[1].bytes,
				      args[1].len);

	if (err)
		return component_fail(c, result, err, "cannot pin the link at '%.*s'",
				      (int)args[1].len, (const char *)args[1].bytes);
	value_ok(result, false);
	return 0;
}
