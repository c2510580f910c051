/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs: what they are, and where they are attached. */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <linux/bpf.h>

#include "host/calls.h"
#include "host/component_calls.h"

static int fill_info(struct component *c, wbpf_handle prog, struct value *result)
{
	struct strbuf name = {0}, section = {0};
	struct wbpf_prog_info info;
	int err = component_get(c, prog, WBPF_KEY_INFO, &info, sizeof(info));

	if (!err)
		err = component_get_text(c, prog, WBPF_KEY_NAME, &name);
	if (!err)
		err = component_get_text(c, prog, WBPF_KEY_PROG_SECTION, &section);
	if (!err) {
		struct record r = component_record(value_ok(result, true), "program_info");
		value_string(component_field(&r, "name"), strbuf_str(&name), name.len);
		value_string(component_field(&r, "section"), strbuf_str(&section), section.len);
		value_u32(component_field(&r, "program_type"), info.type);
		value_u32(component_field(&r, "instructions"), info.insn_cnt);
		value_bool(component_field(&r, "autoload"), info.state & WBPF_PROG_AUTOLOAD);
		value_bool(component_field(&r, "autoattach"), info.state & WBPF_PROG_AUTOATTACH);
		value_bool(component_field(&r, "loaded"), info.state & WBPF_PROG_LOADED);
	}
	strbuf_free(&name);
	strbuf_free(&section);
	return err;
}

int component_program_info(struct component *c, const struct component_arg *args,
			   struct value *result)
{
	wbpf_handle prog = (wbpf_handle)args[0].number;
	int err = fill_info(c, prog, result);

	return err ? component_fail(c, result, err, "what program '%s' is",
				    component_name_of(c, prog))
		   : 0;
}

int component_program_set_autoload(struct component *c, const struct component_arg *args,
				   struct value *result)
{
	wbpf_handle prog = (wbpf_handle)args[0].number;
	int err = component_set_u32(c, prog, WBPF_KEY_PROG_AUTOLOAD, (uint32_t)args[1].number);

	return component_done(c, result, err, "cannot set autoload of program",
			      component_name_of(c, prog));
}

int component_program_set_autoattach(struct component *c, const struct component_arg *args,
				     struct value *result)
{
	wbpf_handle prog = (wbpf_handle)args[0].number;
	int err = component_set_u32(c, prog, WBPF_KEY_AUTOATTACH, (uint32_t)args[1].number);

	return component_done(c, result, err, "cannot set autoattach of program",
			      component_name_of(c, prog));
}

/* Programs live as long as their object. */
void component_program_drop(struct component *c, uint32_t number)
{
	(void)c, (void)number;
}

static int attach(struct component *c, wbpf_handle prog, const struct wbpf_attach *how,
		  struct value *result)
{
	wbpf_addr at = component_put(c, how, sizeof(*how));
	int32_t ret = at ? call_attach(c->in, prog, at, sizeof(*how)) : -ENOMEM;

	if (ret < 0)
		return component_fail(c, result, ret, "cannot attach program '%s'",
				      component_name_of(c, prog));
	return value_resource(c->engine, value_ok(result, true), COMPONENT_link, (uint32_t)ret);
}

int component_program_attach(struct component *c, const struct component_arg *args,
			     struct value *result)
{
	const struct wbpf_attach how = {.size = sizeof(how), .kind = WBPF_ATTACH_AUTO};

	return attach(c, (wbpf_handle)args[0].number, &how, result);
}

enum { OUTPUT_ROOM = 512 /* bytes by which a program may make its packet longer */ };

int component_program_test_run(struct component *c, const struct component_arg *args,
			       struct value *result)
{
	wbpf_handle prog = (wbpf_handle)args[0].number;
	const struct component_arg *input = &args[1], *context = &args[2];
	uint32_t room = input->len ? (uint32_t)input->len + OUTPUT_ROOM : 0;
	union bpf_attr attr = {0};

	attr.test.prog_fd = (uint32_t)prog;
	attr.test.repeat = (uint32_t)args[3].number;
	attr.test.data_size_in = (uint32_t)input->len;
	attr.test.data_in = input->len ? component_put(c, input->bytes, input->len) : 0;
	attr.test.data_size_out = room;
	attr.test.data_out = room ? component_room(c, room) : 0;
	attr.test.ctx_size_in = (uint32_t)context->len;
	attr.test.ctx_in = context->len ? component_put(c, context->bytes, context->len) : 0;
	bool fits = (!input->len || (attr.test.data_in && attr.test.data_out)) &&
		    (!context->len || attr.test.ctx_in);
	int err = fits ? component_bpf(c, BPF_PROG_TEST_RUN, &attr,
				       offsetof(union bpf_attr, test) + sizeof(attr.test))
		       : -ENOMEM;
	if (err < 0)
		return component_fail(c, result, err, "cannot run program '%s'",
				      component_name_of(c, prog));
	struct record r = component_record(value_ok(result, true), "test_run");
	value_u32(component_field(&r, "status"), attr.test.retval);
	value_u32(component_field(&r, "duration"), attr.test.duration);
	uint32_t len = attr.test.data_size_out < room ? attr.test.data_size_out : room;
	value_bytes(component_field(&r, "output"), component_at(c, (wbpf_addr)attr.test.data_out),
		    len);
	return 0;
}

/* --- targets ------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	uint32_t kind;
} targets[] = {
#define WBPF_TARGET(name, kind, fields, doc) {#name, WBPF_ATTACH_##kind},
#include "abi/wbpf_component.def"
};

/* Where in the description a field goes: what has the same meaning for call_attach(). */
enum place {
	NAME,
	PATH,
	PROVIDER,
	OFFSET,
	COOKIE,
	PID,
	RETURNS,
	TARGET_NUMBER,
	PF,
	HOOK,
	PRIORITY,
	FLAGS
};
static const struct {
	const char *name;
	enum place place;
} fields[] = {
	{"category", PATH},     {"name", NAME},
	{"function", NAME},     {"path", PATH},
	{"provider", PROVIDER}, {"offset", OFFSET},
	{"pid", PID},           {"returns", RETURNS},
	{"cookie", COOKIE},     {"interface_index", TARGET_NUMBER},
	{"family", PF},         {"hook", HOOK},
	{"priority", PRIORITY}, {"flags", FLAGS},
};

/* A name of WIT's is that of the definition. */
static bool is_name(const char *wit, size_t len, const char *name)
{
	if (strlen(name) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (wit[i] != (name[i] == '_' ? '-' : name[i]))
			return false;
	return true;
}

/* An empty name is none: of a program's function the offset counts then. */
static int set_text(struct component *c, const struct value *v, struct wbpf_str *ret)
{
	size_t len;
	const char *text = value_text(v, &len);

	if (!text || !len)
		return 0;
	*ret = component_put_str(c, text, len);
	return ret->addr ? 0 : -ENOMEM;
}

static int set_field(struct component *c, enum place place, const struct value *v,
		     struct wbpf_attach *a)
{
	uint64_t n = value_number(v);

	switch (place) {
	case NAME:
		return set_text(c, v, &a->name);
	case PATH:
		return set_text(c, v, &a->path);
	case PROVIDER:
		return set_text(c, v, &a->provider);
	case OFFSET:
		a->offset = n;
		break;
	case COOKIE:
		a->cookie = n;
		break;
	case PID:
		a->pid = (int32_t)(uint32_t)n;
		break;
	case RETURNS:
		a->flags |= n ? WBPF_ATTACH_RETURN : 0;
		break;
	case TARGET_NUMBER:
		a->target = (int32_t)(uint32_t)n;
		break;
	case PF:
		a->pf = (uint32_t)n;
		break;
	case HOOK:
		a->hooknum = (uint32_t)n;
		break;
	case PRIORITY:
		a->priority = (int32_t)(uint32_t)n;
		break;
	case FLAGS:
		a->flags = (uint32_t)n;
		break;
	}
	return 0;
}

/* Control groups and namespaces are named by paths, and attached to as handles. */
static int open_target(struct component *c, struct wbpf_attach *a, wbpf_handle *file)
{
	uint32_t kind = a->kind == WBPF_ATTACH_CGROUP  ? WBPF_FILE_CGROUP
			: a->kind == WBPF_ATTACH_NETNS ? WBPF_FILE_NETNS
						       : 0;

	if (!kind)
		return 0;
	wbpf_addr at = component_put(c, &a->path, sizeof(a->path));
	int32_t ret = at ? call_file_open(c->in, kind, at) : -ENOMEM;
	if (ret < 0)
		return ret;
	a->path = (struct wbpf_str){0};
	a->target = *file = ret;
	return 0;
}

static int read_target(struct component *c, const struct value *v, struct wbpf_attach *ret,
		       wbpf_handle *file)
{
	const struct value *payload, *field;
	size_t len, count = sizeof(targets) / sizeof(*targets), which = 0;
	const char *name = value_case(v, &len, &payload);
	int err = 0;

	*ret = (struct wbpf_attach){.size = sizeof(*ret)};
	*file = 0;
	while (name && which < count && !is_name(name, len, targets[which].name))
		which++;
	if (!name || which == count)
		return -EINVAL;
	ret->kind = targets[which].kind;
	for (size_t i = 0; !err && payload && (field = value_field_at(payload, i, &name, &len));
	     i++)
		for (size_t k = 0; k < sizeof(fields) / sizeof(*fields); k++)
			if (is_name(name, len, fields[k].name))
				err = set_field(c, fields[k].place, field, ret);
	return err ? err : open_target(c, ret, file);
}

int component_program_attach_to(struct component *c, const struct component_arg *args,
				struct value *result)
{
	wbpf_handle prog = (wbpf_handle)args[0].number, file;
	struct wbpf_attach how;
	int err = read_target(c, args[1].value, &how, &file);

	if (err)
		return component_fail(c, result, err, "where program '%s' is to be attached",
				      component_name_of(c, prog));
	err = attach(c, prog, &how, result);
	if (file)
		call_close(c->in, file);
	return err;
}
