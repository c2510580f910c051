// SPDX-License-Identifier: BSD-2-Clause
/*
 * The host interface by what wit-bindgen makes of the world in guest.wit ("wit/guest.h"), and
 * events decoded into the types of the object's WIT, by "bootstrap.decode.h" of "wbpf-gen
 * wit-decoder".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"
#include "wit/guest.h"

#include "bootstrap.decode.h"

static wbpf_host_bpf_own_object_t object;
static wbpf_host_bpf_own_event_stream_t events;
static wbpf_host_bpf_list_own_link_t links;

static bool failed(wbpf_host_bpf_error_t *e)
{
	fprintf(stderr, "bootstrap: %.*s\n%.*s", (int)e->message.len, (const char *)e->message.ptr,
		(int)e->log.len, (const char *)e->log.ptr);
	wbpf_host_bpf_error_free(e);
	return false;
}

static guest_string_t text(const char *s)
{
	return (guest_string_t){.ptr = (uint8_t *)s, .len = strlen(s)};
}

static bool find_map(const char *name, wbpf_host_bpf_own_map_t *ret)
{
	guest_string_t n = text(name);
	wbpf_host_bpf_error_t e;

	return wbpf_host_bpf_method_object_map(wbpf_host_bpf_borrow_object(object), &n, ret, &e) ||
	       failed(&e);
}

static bool load(const struct config *config)
{
	struct rodata rodata = {.min_duration_ns = config->min_duration_ms * 1000 * 1000};
	guest_list_u8_t bytes = {.ptr = (uint8_t *)&rodata, .len = sizeof(rodata)};
	wbpf_host_bpf_own_map_t map;
	wbpf_host_bpf_error_t e;

	if (!find_map(".rodata", &map))
		return false;
	memcpy(rodata.only_name, config->name, sizeof(rodata.only_name));
	bool well =
		wbpf_host_bpf_method_map_write_data(wbpf_host_bpf_borrow_map(map), 0, &bytes, &e) &&
		wbpf_host_bpf_method_object_load(wbpf_host_bpf_borrow_object(object), &e);
	wbpf_host_bpf_map_drop_own(map);
	return well || failed(&e);
}

bool guest_begin(const struct config *config)
{
	guest_string_t section = text("wbpf.bootstrap"), none = text("");
	wbpf_host_bpf_own_map_t map;
	wbpf_host_bpf_error_t e;

	if (!wbpf_host_signals_catch(WBPF_HOST_SIGNALS_SIGNAL_SET_INTERRUPT |
					     WBPF_HOST_SIGNALS_SIGNAL_SET_TERMINATE,
				     &e) ||
	    !wbpf_host_bpf_static_object_open_section(&section, &none, &object, &e))
		return failed(&e);
	if (!load(config) || !find_map("events", &map))
		return false;
	bool well = wbpf_host_bpf_method_map_events(wbpf_host_bpf_borrow_map(map), &events, &e);
	wbpf_host_bpf_map_drop_own(map);
	return (well && wbpf_host_bpf_method_object_attach(wbpf_host_bpf_borrow_object(object),
							   &links, &e)) ||
	       failed(&e);
}

static bool take_record(const guest_list_u8_t *record, struct wbpf_decoder *d,
			bool (*take)(const struct process *p))
{
	bpf_bootstrap_bpf_types_event_t e;

	wbpf_decoder_reset(d);
	if (!bootstrap_bpf__decode_event(d, (const struct event *)record->ptr, record->len, &e))
		return true;
	return take(&(struct process){
		.kind = e.kind,
		.pid = e.pid,
		.ppid = e.ppid,
		.duration_ns = e.duration_ns,
		.exit_code = e.exit_code,
		.name = (const char *)e.name.ptr,
		.path = (const char *)e.path.ptr,
		.name_len = (int)e.name.len,
		.path_len = (int)e.path.len,
	});
}

enum polled guest_poll(int timeout_ms, bool (*take)(const struct process *p))
{
	static struct wbpf_decoder decoder;
	guest_list_list_u8_t records;
	wbpf_host_bpf_error_t e;
	bool go_on = true;

	if (!wbpf_host_bpf_method_event_stream_poll(wbpf_host_bpf_borrow_event_stream(events),
						    timeout_ms, 1000, &records, &e)) {
		if (e.kind != WBPF_HOST_BPF_ERROR_KIND_INTERRUPTED) {
			failed(&e);
			return POLLED_FAILED;
		}
		wbpf_host_bpf_error_free(&e);
		return wbpf_host_signals_take() ? POLLED_ENOUGH : POLLED_GO_ON;
	}
	for (size_t i = 0; i < records.len && go_on; i++)
		go_on = take_record(&records.ptr[i], &decoder, take);
	guest_list_list_u8_free(&records);
	return go_on ? POLLED_GO_ON : POLLED_ENOUGH;
}

bool guest_lost(unsigned long long *ret)
{
	wbpf_host_bpf_own_map_t map;
	wbpf_host_bpf_error_t e;
	guest_list_u8_t bytes;

	if (!find_map(".bss", &map))
		return false;
	bool well = wbpf_host_bpf_method_map_read_data(wbpf_host_bpf_borrow_map(map), 0,
						       sizeof(*ret), &bytes, &e);
	wbpf_host_bpf_map_drop_own(map);
	if (!well)
		return failed(&e);
	memcpy(ret, bytes.ptr, sizeof(*ret));
	guest_list_u8_free(&bytes);
	return true;
}

void guest_end(void)
{
	wbpf_host_bpf_list_own_link_free(&links);
	if (events.__handle)
		wbpf_host_bpf_event_stream_drop_own(events);
	if (object.__handle)
		wbpf_host_bpf_object_drop_own(object);
}
