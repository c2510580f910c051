// SPDX-License-Identifier: BSD-2-Clause
/* The host interface by the canonical ABI, and events as they lie in the ring buffer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"
#include "wbpf_component.h"

static int32_t object, events;

static bool good(const struct wbpf_result *r)
{
	const struct wbpf_error *e = &r->error;

	if (!r->failed)
		return true;
	fprintf(stderr, "bootstrap: %.*s\n%.*s", (int)e->message.len, (const char *)e->message.at,
		(int)e->log.len, (const char *)e->log.at);
	wbpf_error_free(e);
	return false;
}

static bool find_map(const char *name, int32_t *ret)
{
	struct wbpf_result r;

	wbpf_object_map(object, name, strlen(name), &r);
	*ret = r.resource;
	return good(&r);
}

static bool load(const struct config *config)
{
	struct rodata rodata = {.min_duration_ns = config->min_duration_ms * 1000 * 1000};
	struct wbpf_result r;
	int32_t map;

	if (!find_map(".rodata", &map))
		return false;
	memcpy(rodata.only_name, config->name, sizeof(rodata.only_name));
	wbpf_map_write_data(map, 0, &rodata, sizeof(rodata), &r);
	wbpf_map_drop(map);
	if (!good(&r))
		return false;
	wbpf_object_load(object, &r);
	return good(&r);
}

bool guest_begin(const struct config *config)
{
	static const char section[] = "wbpf.bootstrap";
	struct wbpf_result r;
	int32_t map;

	wbpf_signals_catch(WBPF_INTERRUPT | WBPF_TERMINATE, &r);
	if (!good(&r))
		return false;
	wbpf_object_open_section(section, sizeof(section) - 1, "", 0, &r);
	if (!good(&r))
		return false;
	object = r.resource;
	if (!load(config) || !find_map("events", &map))
		return false;
	wbpf_map_events(map, &r);
	wbpf_map_drop(map);
	if (!good(&r))
		return false;
	events = r.resource;
	wbpf_object_attach(object, &r);
	if (!good(&r))
		return false;
	wbpf_free(r.list); /* the links are the component's until it ends */
	return true;
}

/* Records lie one behind the other, each behind a word with its size. */
static bool take_all(const uint64_t *words, uint32_t count, bool (*take)(const struct process *p))
{
	bool go_on = true;

	for (uint32_t i = 0; i < count && go_on; i++) {
		uint32_t len = (uint32_t)words[0];
		const struct event *e = (const struct event *)(words + 1);

		words += 1 + (len + 7) / 8;
		if (len < sizeof(*e))
			continue;
		go_on = take(&(struct process){
			.kind = e->kind,
			.pid = e->pid,
			.ppid = e->ppid,
			.duration_ns = e->duration_ns,
			.exit_code = e->exit_code,
			.name = e->name,
			.path = e->path,
			.name_len = (int)strnlen(e->name, sizeof(e->name)),
			.path_len = (int)strnlen(e->path, sizeof(e->path)),
		});
	}
	return go_on;
}

enum polled guest_poll(int timeout_ms, bool (*take)(const struct process *p))
{
	struct wbpf_result r;

	wbpf_event_stream_poll_words(events, timeout_ms, 1000, &r);
	if (r.failed && r.error.kind == WBPF_INTERRUPTED) {
		wbpf_error_free(&r.error);
		return wbpf_signals_take() ? POLLED_ENOUGH : POLLED_GO_ON;
	}
	if (!good(&r))
		return POLLED_FAILED;
	bool go_on = take_all(r.batch.words.at, r.batch.count, take);
	wbpf_free(r.batch.words);
	return go_on ? POLLED_GO_ON : POLLED_ENOUGH;
}

bool guest_lost(unsigned long long *ret)
{
	struct wbpf_result r;
	int32_t map;

	if (!find_map(".bss", &map))
		return false;
	wbpf_map_read_data(map, 0, sizeof(*ret), &r);
	wbpf_map_drop(map);
	if (!good(&r))
		return false;
	memcpy(ret, r.list.at, sizeof(*ret));
	wbpf_free(r.list);
	return true;
}

void guest_end(void)
{
	if (events)
		wbpf_event_stream_drop(events);
	if (object)
		wbpf_object_drop(object);
}
