/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libbpf and the verifier say about a module's objects, queued until the module's own print
 * callback fetches it. Bounded: past LOG_LIMIT bytes the oldest records go, and a record says so.
 */
#ifndef WBPF_HOST_LOG_H
#define WBPF_HOST_LOG_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#define LOG_LIMIT (32u << 20) /* bytes of records; the verifier's log alone can have 16 MiB */

struct log_record;

/* Who gets messages at once, on the thread that they come from. */
struct log_listener {
	void (*hear)(void *ctx, uint32_t level, const char *text, size_t len);
	void *ctx;
	int level; /* enum wbpf_log: the least severe that it hears; -1: none */
};

struct log {
	struct log_record *first, *last;
	uint32_t count;
	size_t bytes;
	uint32_t dropped;
	uint32_t level;    /* enum wbpf_log: the least severe that is queued */
	uint32_t warnings; /* how many of that level were ever added */
	struct log_listener listener;
};

void log_init(struct log *l);
void log_clear(struct log *l);

/* Adds one record; text keeps its own newline. */
void log_add(struct log *l, uint32_t level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void log_vadd(struct log *l, uint32_t level, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

/* Hands what is queued of that level or worse to the listener, which has not heard it. */
void log_tell(struct log *l, uint32_t level);

/* Adds all that is queued in from, which is empty then. */
void log_move(struct log *l, struct log *from);

/* Puts a record in front that says how many were dropped since the last such record, if any. */
void log_tell_dropped(struct log *l);

/* The oldest record's level and text (its length in *len), or NULL. Valid until log_pop(). */
const char *log_peek(const struct log *l, uint32_t *level, size_t *len);
void log_pop(struct log *l);

/*
 * libbpf's print callback has no context: while a host call runs, what libbpf says on this thread
 * goes to the log given here. NULL ends that.
 */
void log_capture(struct log *l);

#endif
