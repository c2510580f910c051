/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What wbpf-run says on standard error: lines of text for people, or one JSON object a line:
 *
 *   {"time":"2026-01-31T12:00:00.123456Z","level":"warn","module":"a.wasm","source":"libbpf",
 *    "message":"prog 'x': failed to load: -EACCES"}
 *
 * "module" is missing where it is about none. Several threads may report; each message stays whole.
 */
#ifndef WBPF_RUN_REPORT_H
#define WBPF_RUN_REPORT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "host/runtime.h"

struct cJSON;

struct report {
	enum runtime_level level; /* the least severe that is said */
	bool json;
	bool several; /* modules: lines of what others say carry the module's name */
	pthread_mutex_t lock;
};

#define REPORT_START {.level = RUNTIME_ERROR, .lock = PTHREAD_MUTEX_INITIALIZER}

/* Of the level by that name ("warn"). False: there is none. */
bool report_level(const char *name, enum runtime_level *ret);

/* Whatever r->level is. module: NULL for none. source: "wbpf-run", "wbpf" or "libbpf". text may end
 * with a newline. */
void report_text(struct report *r, enum runtime_level level, const char *module, const char *source,
		 const char *text, size_t len);
/* Of wbpf-run itself, if it is of r->level or worse. */
void report_line(struct report *r, enum runtime_level level, const char *module, const char *format,
		 ...) __attribute__((format(printf, 4, 5)));

/* The object as a message of that source, which it becomes the rest of; it is taken over. Whatever
 * the level is. */
void report_object(struct report *r, const char *source, struct cJSON *object);
/* Text of several lines as it is. */
void report_block(struct report *r, const char *text, size_t len);

/* A cJSON string of text that may be anything. */
struct cJSON *report_string(const char *text, size_t len);

#endif
