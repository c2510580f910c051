/* SPDX-License-Identifier: BSD-2-Clause */
/* A component's begin and end, and the table of what it can import. */
#include "host/component.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/calls.h"
#include "host/component_calls.h"
#include "host/stats.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

/* Each function, entered: what the last one put into memory and what was said meanwhile is gone. */
#define ENTER(of, name)                                                                            \
	static int enter_##of##_##name(void *env, const struct component_arg *args,                \
				       struct value *result)                                       \
	{                                                                                          \
		struct component *c = env;                                                         \
		component_memory_begin(c);                                                         \
		log_clear(&c->in->log);                                                            \
		return component_##of##_##name(c, args, result);                                   \
	}
#define WBPF_METHOD(resource, name, n, params, result, doc) ENTER(resource, name)
#define WBPF_STATIC(resource, name, n, params, result, doc) ENTER(resource, name)
#define WBPF_FUNC(interface, name, n, params, result, doc) ENTER(interface, name)
#include "abi/wbpf_component.def"

#define WBPF_RESOURCE(name, doc)                                                                   \
	static void drop_##name(void *env, uint32_t number)                                        \
	{                                                                                          \
		component_memory_begin(env);                                                       \
		component_##name##_drop(env, number);                                              \
	}
#include "abi/wbpf_component.def"

/* engine_component.h's letters. */
#define SELF_object "A"
#define SELF_program "B"
#define SELF_map "C"
#define SELF_link "D"
#define SELF_event_stream "E"
#define WBPF_RESOURCE(name, doc)                                                                   \
	_Static_assert(sizeof(SELF_##name) == 2, "one letter for each type");
#include "abi/wbpf_component.def"
_Static_assert(COMPONENT_object == 0 && COMPONENT_program == 1 && COMPONENT_map == 2 &&
		       COMPONENT_link == 3 && COMPONENT_event_stream == 4,
	       "the letters are in the types' order");
#define LETTER_U32 "n"
#define LETTER_S32 "n"
#define LETTER_U64 "n"
#define LETTER_BOOL "n"
#define LETTER_STRING "s"
#define LETTER_BYTES "s"
#define LETTER_MAYBE_BYTES "o"
#define LETTER_MODE "s"
#define LETTER_SIGNALS "v"
#define LETTER_TARGET "v"
#define LETTER_MAP SELF_map
#define LETTER_PROGRAM SELF_program
#define LETTER(type, name) LETTER_##type
#define LETTERS_0() ""
#define LETTERS_1(a) LETTER a
#define LETTERS_2(a, b) LETTER a LETTER b
#define LETTERS_3(a, b, c) LETTER a LETTER b LETTER c

static const struct {
	struct component_import import; /* with the definition's name */
	const char *kind, *resource;
} functions[] = {
#define WBPF_METHOD(resource, name, n, params, result, doc)                                        \
	{{"bpf", #name, SELF_##resource LETTERS_##n params, enter_##resource##_##name},            \
	 "[method]",                                                                               \
	 #resource},
#define WBPF_STATIC(resource, name, n, params, result, doc)                                        \
	{{"bpf", #name, LETTERS_##n params, enter_##resource##_##name}, "[static]", #resource},
#define WBPF_FUNC(interface, name, n, params, result, doc)                                         \
	{{#interface, #name, LETTERS_##n params, enter_##interface##_##name}, "", ""},
#include "abi/wbpf_component.def"
};
enum { NR_FUNCTIONS = sizeof(functions) / sizeof(*functions) };

static const struct component_resource resources[] = {
#define WBPF_RESOURCE(name, doc) {"bpf", #name, COMPONENT_##name, drop_##name},
#include "abi/wbpf_component.def"
};
enum { NR_RESOURCES = sizeof(resources) / sizeof(*resources) };

/* A name as a component imports it; malloc()ed. */
static char *import_name(const char *kind, const char *resource, const char *name)
{
	char of[64], own[64];
	const char *dot = *resource ? "." : "";

	component_name(resource, of, sizeof(of));
	component_name(name, own, sizeof(own));
	size_t len = strlen(kind) + strlen(of) + strlen(own) + 2;
	char *ret = malloc(len);
	if (ret)
		snprintf(ret, len, "%s%s%s%s", kind, of, dot, own);
	return ret;
}

static int make_offer(struct component *c)
{
	c->imports = calloc(NR_FUNCTIONS + 1, sizeof(*c->imports));
	c->resources = calloc(NR_RESOURCES + 1, sizeof(*c->resources));
	if (!c->imports || !c->resources)
		return -ENOMEM;
	for (size_t i = 0; i < NR_FUNCTIONS; i++) {
		c->imports[i] = functions[i].import;
		c->imports[i].name = import_name(functions[i].kind, functions[i].resource,
						 functions[i].import.name);
		if (!c->imports[i].name)
			return -ENOMEM;
	}
	for (size_t i = 0; i < NR_RESOURCES; i++) {
		c->resources[i] = resources[i];
		c->resources[i].name = import_name("", "", resources[i].name);
		if (!c->resources[i].name)
			return -ENOMEM;
	}
	c->offer = (struct component_offer){
		.package = "wbpf:host",
		.version = TEXT(WBPF_ABI_MAJOR) "." TEXT(WBPF_ABI_MINOR) ".0",
		.imports = c->imports,
		.resources = c->resources,
	};
	return 0;
}

int component_new(struct instance *in, struct engine *e, struct engine_module *m,
		  const struct engine_wasi *wasi, struct component **ret, struct diag *d)
{
	struct component *c = calloc(1, sizeof(*c));
	int err = c ? 0 : -ENOMEM;

	if (!err) {
		c->in = in;
		err = component_memory_new(c);
	}
	if (!err)
		err = make_offer(c);
	if (err)
		err = diag_fail(d, ENOMEM, "out of memory");
	else
		err = engine_component_new(e, m, &c->offer, c, wasi, &c->engine, d);
	if (err) {
		component_free(c);
		return err;
	}
	engine_component_stop_by(c->engine, &in->signals.ended_by);
	*ret = c;
	return 0;
}

int component_run(struct component *c, struct engine_result *result, struct diag *d)
{
	int err = call_start(c->in, COMPONENT_SHARED);

	if (err < 0)
		return diag_fail(d, -err, "%s: cannot begin", c->in->name);
	return engine_component_run(c->engine, result, d);
}

void component_free(struct component *c)
{
	if (!c)
		return;
	engine_component_free(c->engine);
	component_streams_free(c);
	for (size_t i = 0; c->imports && i < NR_FUNCTIONS; i++)
		free((char *)c->imports[i].name);
	for (size_t i = 0; c->resources && i < NR_RESOURCES; i++)
		free((char *)c->resources[i].name);
	free(c->imports);
	free(c->resources);
	free(c->regions);
	c->in->memory = NULL;
	memory_free(c->memory);
	free(c);
}
