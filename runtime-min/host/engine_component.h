/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the host wants of an engine that runs components: functions and resources that a component
 * imports, and the values that these take and give. Beside engine.h, whose modules, results and
 * WASI it uses.
 */
#ifndef WBPF_HOST_ENGINE_COMPONENT_H
#define WBPF_HOST_ENGINE_COMPONENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "host/engine.h"

struct engine_component;
struct value; /* the engine's own */

enum { COMPONENT_MAX_ARGS = 4 /* with self */ };

/* An argument, by its letter in a function's params. */
struct component_arg {
	uint64_t number;   /* u32, s32 (as its 32 bits), u64, bool; a resource's number */
	const void *bytes; /* a string's, a case's name, a list's of u8; not ended by a NUL */
	size_t len;        /* bytes of that */
	bool present;      /* an option's */
	const struct value *value; /* anything */
};

/* Fills result. Returns 0, or a negative errno that ends the component: then result is not read. */
typedef int (*component_fn)(void *env, const struct component_arg *args, struct value *result);

struct component_import {
	const char *interface; /* "bpf" */
	const char *name;      /* "[method]object.load" */
	/*
	 * One letter an argument: n a number or bool, s a string, an enum or a list of bytes, o an
	 * option of that, v any other value, which the function has to look at itself; a capital
	 * letter a borrowed resource, A of type 0, and so on. A component says itself what it
	 * passes: at anything else it ends.
	 */
	const char *params;
	component_fn call;
};

/* A type of resources. type: its number, below 26, for value_resource(). */
struct component_resource {
	const char *interface, *name;
	uint32_t type;
	void (*drop)(void *env, uint32_t number); /* the component gave one back */
};

/* What is offered beside WASI, all in interfaces "package/INTERFACE@version". */
struct component_offer {
	const char *package, *version;
	const struct component_import *imports;     /* ended by interface NULL */
	const struct component_resource *resources; /* ended by interface NULL */
};

/* Functions that return int: 0, or a negative errno with d set. */

/*
 * Links a module that engine_module_is_component(). No code of it runs yet. offer, env, m and wasi
 * stay the caller's and must outlive it. Imports that nobody offers are an error that names one.
 */
int engine_component_new(struct engine *e, struct engine_module *m,
			 const struct component_offer *offer, void *env,
			 const struct engine_wasi *wasi, struct engine_component **ret,
			 struct diag *d);
void engine_component_free(struct engine_component *c); /* drops no resource; c may be NULL */

/* As engine_instance_stop_by(): at its next call of what is offered. */
void engine_component_stop_by(struct engine_component *c, const uint32_t *word);

/* Runs its wasi:cli/run, as engine_instance_run(). Once only. */
int engine_component_run(struct engine_component *c, struct engine_result *result, struct diag *d);

/* --- values (engine_value.c) ---------------------------------------------------------------- */

/*
 * Each of these makes the value one of that kind, once. Those that return values make room for
 * what is in it, which has to be filled, too.
 */
void value_u32(struct value *v, uint32_t n);
void value_s32(struct value *v, int32_t n);
void value_u64(struct value *v, uint64_t n);
void value_bool(struct value *v, bool b);
void value_enum(struct value *v, const char *name);
/* What is no UTF-8 becomes U+FFFD: the engine ends the process at any other text. */
void value_string(struct value *v, const char *text, size_t len);
void value_bytes(struct value *v, const void *bytes, size_t len);     /* list<u8> */
void value_words(struct value *v, const uint64_t *words, size_t len); /* list<u64> */
void value_list(struct value *v, size_t len);
struct value *value_item(struct value *list, size_t i);
void value_flags(struct value *v, const char *const *names, size_t len);
void value_record(struct value *v, size_t len);
struct value *value_field(struct value *record, size_t i, const char *name);
struct value *value_some(struct value *v);
void value_none(struct value *v);
struct value *value_ok(struct value *v, bool has_value); /* NULL without */
struct value *value_error(struct value *v);
/* A resource that the component owns from now on. 0, or -ENOMEM. */
int value_resource(struct engine_component *c, struct value *v, uint32_t type, uint32_t number);

/* A variant's case; *ret: what it carries, or NULL. */
const char *value_case(const struct value *v, size_t *len, const struct value **ret);
/* A record's i-th field and its name, or NULL. */
const struct value *value_field_at(const struct value *v, size_t i, const char **name, size_t *len);
/* The i-th name of flags that are set, or NULL. */
const char *value_flag_at(const struct value *v, size_t i, size_t *len);
const char *value_text(const struct value *v, size_t *len); /* NULL: no string */
uint64_t value_number(const struct value *v);               /* of a bool, too; 0 when it is none */

#endif
