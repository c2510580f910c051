/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wbpf:host (runtime-min/abi/host.wit says what each function does) as a component in C calls it:
 * the imports that the canonical ABI makes of it, and results as they lie in memory. What
 * wit-bindgen writes is the same with more comfort. The version is that of
 * runtime-min/abi/wbpf_abi.h; wasm-tools checks all of it against the WIT when it makes the
 * component.
 *
 * Resources are numbers, owned by the program until it drops them. Lists and texts in results lie
 * in memory of malloc(): free them (wbpf_free() does nothing for empty ones).
 */
#ifndef WBPF_COMPONENT_H
#define WBPF_COMPONENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WBPF_BPF "wbpf:host/bpf@1.3.0"
#define WBPF_SIGNALS "wbpf:host/signals@1.3.0"
#define WBPF_IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

struct wbpf_list {
	void *at;
	uint32_t len; /* elements; of a text bytes, without a NUL */
};

static inline void wbpf_free(struct wbpf_list l)
{
	if (l.len)
		free(l.at);
}

/* enum error-kind */
enum wbpf_error_kind {
	WBPF_NOT_FOUND,
	WBPF_NOT_PERMITTED,
	WBPF_INVALID,
	WBPF_CLOSED,
	WBPF_UNSUPPORTED,
	WBPF_EXISTS,
	WBPF_BUSY,
	WBPF_NO_MEMORY,
	WBPF_NO_SPACE,
	WBPF_INTERRUPTED,
	WBPF_OTHER,
};

struct wbpf_error {
	uint8_t kind;
	uint32_t number; /* Linux's errno */
	struct wbpf_list name, message, log;
};

/* result<T, error>: error counts when failed is set, else the other member that the call has. */
struct wbpf_result {
	uint8_t failed;
	union {
		struct wbpf_error error;
		int32_t resource;
		uint8_t yes;
		uint32_t number;
		struct wbpf_list list;
		struct {
			uint8_t present;
			struct wbpf_list bytes;
		} option;
		struct {
			uint32_t count, key_size, value_size;
			struct wbpf_list words;
		} entries;
		struct {
			uint32_t count;
			struct wbpf_list words;
		} batch;
		struct {
			uint32_t status, duration;
			struct wbpf_list output;
		} test_run;
		struct {
			struct wbpf_list name, section;
			uint32_t map_type, key_size, value_size, max_entries, map_flags;
			uint8_t loaded, pinned;
		} map_info;
		struct {
			struct wbpf_list name, section;
			uint32_t program_type, instructions;
			uint8_t autoload, autoattach, loaded;
		} program_info;
	};
};

struct wbpf_system_info {
	uint32_t interface_minor, kernel_version, possible_cpus, online_cpus;
	int32_t pid;
};

static inline void wbpf_error_free(const struct wbpf_error *e)
{
	wbpf_free(e->name);
	wbpf_free(e->message);
	wbpf_free(e->log);
}

/* enum update-mode */
enum { WBPF_ANY, WBPF_NO_EXIST, WBPF_EXIST };

/* flags signal-set */
enum {
	WBPF_HANGUP = 1,
	WBPF_INTERRUPT = 2,
	WBPF_QUIT = 4,
	WBPF_TERMINATE = 8,
	WBPF_USER1 = 16,
	WBPF_USER2 = 32,
	WBPF_ALARM = 64,
	WBPF_WINDOW_CHANGED = 128,
};

#define WBPF_FUNCTION(name) WBPF_IMPORT(WBPF_BPF, name) void
typedef struct wbpf_result *wbpf_ret;

WBPF_FUNCTION("[static]object.open")
wbpf_object_open(const void *bytes, uint32_t len, const char *name, uint32_t name_len, wbpf_ret r);
WBPF_FUNCTION("[static]object.open-section")
wbpf_object_open_section(const char *section, uint32_t len, const char *name, uint32_t name_len,
			 wbpf_ret r);
WBPF_FUNCTION("[method]object.load") wbpf_object_load(int32_t object, wbpf_ret r);
WBPF_FUNCTION("[method]object.maps") wbpf_object_maps(int32_t object, wbpf_ret r);
WBPF_FUNCTION("[method]object.programs") wbpf_object_programs(int32_t object, wbpf_ret r);
WBPF_FUNCTION("[method]object.map")
wbpf_object_map(int32_t object, const char *name, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]object.program")
wbpf_object_program(int32_t object, const char *name, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]object.attach") wbpf_object_attach(int32_t object, wbpf_ret r);
WBPF_FUNCTION("[resource-drop]object") wbpf_object_drop(int32_t object);

WBPF_FUNCTION("[method]program.info") wbpf_program_info(int32_t program, wbpf_ret r);
WBPF_FUNCTION("[method]program.set-autoload")
wbpf_program_set_autoload(int32_t program, bool load, wbpf_ret r);
WBPF_FUNCTION("[method]program.set-autoattach")
wbpf_program_set_autoattach(int32_t program, bool attach, wbpf_ret r);
WBPF_FUNCTION("[method]program.attach") wbpf_program_attach(int32_t program, wbpf_ret r);
/* attach-target's case by its number, and what the cases' fields have in common. */
WBPF_FUNCTION("[method]program.attach-to")
wbpf_program_attach_to(int32_t program, uint32_t which, int64_t a, uint32_t b, int64_t c, int64_t d,
		       int64_t e, uint32_t f, uint32_t g, int64_t h, wbpf_ret r);
WBPF_FUNCTION("[method]program.test-run")
wbpf_program_test_run(int32_t program, const void *input, uint32_t input_len, const void *context,
		      uint32_t context_len, uint32_t repeat, wbpf_ret r);
WBPF_FUNCTION("[resource-drop]program") wbpf_program_drop(int32_t program);

WBPF_FUNCTION("[method]map.info") wbpf_map_info(int32_t map, wbpf_ret r);
WBPF_FUNCTION("[method]map.set-max-entries")
wbpf_map_set_max_entries(int32_t map, uint32_t count, wbpf_ret r);
WBPF_FUNCTION("[method]map.set-value-size")
wbpf_map_set_value_size(int32_t map, uint32_t size, wbpf_ret r);
WBPF_FUNCTION("[method]map.set-autocreate")
wbpf_map_set_autocreate(int32_t map, bool create, wbpf_ret r);
WBPF_FUNCTION("[method]map.set-pin-path")
wbpf_map_set_pin_path(int32_t map, const char *path, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.lookup")
wbpf_map_lookup(int32_t map, const void *key, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.lookup-and-delete")
wbpf_map_lookup_and_delete(int32_t map, const void *key, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.update")
wbpf_map_update(int32_t map, const void *key, uint32_t len, const void *value, uint32_t value_len,
		uint32_t mode, wbpf_ret r);
WBPF_FUNCTION("[method]map.delete")
wbpf_map_delete(int32_t map, const void *key, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.next-key")
wbpf_map_next_key(int32_t map, uint32_t present, const void *key, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.entries")
wbpf_map_entries(int32_t map, uint32_t present, const void *after, uint32_t len, uint32_t max,
		 wbpf_ret r);
WBPF_FUNCTION("[method]map.set-program")
wbpf_map_set_program(int32_t map, const void *key, uint32_t len, int32_t program, wbpf_ret r);
WBPF_FUNCTION("[method]map.set-map")
wbpf_map_set_map(int32_t map, const void *key, uint32_t len, int32_t inner, wbpf_ret r);
WBPF_FUNCTION("[method]map.read-data")
wbpf_map_read_data(int32_t map, uint32_t offset, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.write-data")
wbpf_map_write_data(int32_t map, uint32_t offset, const void *bytes, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[method]map.events") wbpf_map_events(int32_t map, wbpf_ret r);
WBPF_FUNCTION("[resource-drop]map") wbpf_map_drop(int32_t map);

WBPF_FUNCTION("[method]link.detach") wbpf_link_detach(int32_t link, wbpf_ret r);
WBPF_FUNCTION("[method]link.pin")
wbpf_link_pin(int32_t link, const char *path, uint32_t len, wbpf_ret r);
WBPF_FUNCTION("[resource-drop]link") wbpf_link_drop(int32_t link);

WBPF_FUNCTION("[method]event-stream.poll")
wbpf_event_stream_poll(int32_t stream, int32_t timeout_ms, uint32_t max, wbpf_ret r);
WBPF_FUNCTION("[method]event-stream.poll-words")
wbpf_event_stream_poll_words(int32_t stream, int32_t timeout_ms, uint32_t max, wbpf_ret r);
WBPF_IMPORT(WBPF_BPF, "[method]event-stream.lost") uint64_t wbpf_event_stream_lost(int32_t stream);
WBPF_FUNCTION("[resource-drop]event-stream") wbpf_event_stream_drop(int32_t stream);

WBPF_FUNCTION("system") wbpf_system(struct wbpf_system_info *ret);
WBPF_FUNCTION("interface-index")
wbpf_interface_index(const char *name, uint32_t len, wbpf_ret r);

WBPF_IMPORT(WBPF_SIGNALS, "catch") void wbpf_signals_catch(uint32_t which, wbpf_ret r);
WBPF_IMPORT(WBPF_SIGNALS, "take") uint32_t wbpf_signals_take(void);
WBPF_IMPORT(WBPF_SIGNALS, "wait") uint32_t wbpf_signals_wait(int32_t timeout_ms);

#endif
