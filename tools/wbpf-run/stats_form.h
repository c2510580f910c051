/* SPDX-License-Identifier: BSD-2-Clause */
/* Statistics as text and as JSON: a beginning, then each module. */
#ifndef WBPF_RUN_STATS_FORM_H
#define WBPF_RUN_STATS_FORM_H

#include <stdint.h>

#include "base/strbuf.h"
#include "host/stats.h"

struct cJSON;

struct stats_text {
	struct strbuf *out;
	uint64_t started; /* stats_now() at the start of main() */
};

struct stats_json {
	struct cJSON *object, *modules; /* object: who prints it owns it */
	uint64_t started;
};

/* cpu_before: ns of processor time that the process took before main(). */
void stats_text_begin(struct stats_text *t, uint64_t cpu_before);
void stats_json_begin(struct stats_json *j, uint64_t cpu_before);

/* For runtime_stats(). */
void stats_text_module(void *ctx, const char *module, const struct stats *s);
void stats_json_module(void *ctx, const char *module, const struct stats *s);

/* "compile", ... */
const char *stats_stage_name(enum stats_stage stage);
/* Of bpf(2)'s command: "MAP_LOOKUP_ELEM", or NULL. */
const char *stats_command_name(size_t cmd);

#endif
