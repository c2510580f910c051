// SPDX-License-Identifier: BSD-2-Clause
/*
 * What a component may do wrong, by its first argument; the host must answer with an error, or end
 * the component, and be well. What is printed last says what happened.
 */
#include "check.h"

static struct wbpf_result r;

static int32_t loaded(uint32_t pid)
{
	int32_t object = open_section("wbpf.basics"), rodata = map_of(object, ".rodata");

	OK(wbpf_map_write_data(rodata, 0, &pid, sizeof(pid), &r));
	wbpf_map_drop(rodata);
	OK(wbpf_object_load(object, &r));
	return object;
}

/* The object goes first; what was of it says so. */
static void object_first(uint32_t pid)
{
	uint32_t key = 1;
	int32_t object = loaded(pid), map = map_of(object, "numbers"), bss = map_of(object, ".bss"),
		ring = map_of(object, "ring"), program = program_of(object, "count");

	OK(wbpf_map_read_data(bss, 0, 4, &r));
	wbpf_free(r.list);
	OK(wbpf_map_events(ring, &r));
	int32_t events = r.resource;
	OK(wbpf_program_attach(program, &r));
	int32_t link = r.resource;
	wbpf_object_drop(object);
	FAILS(wbpf_map_lookup(map, &key, sizeof(key), &r), WBPF_CLOSED, "gone");
	FAILS(wbpf_map_info(map, &r), WBPF_CLOSED, "what map");
	FAILS(wbpf_map_read_data(bss, 0, 4, &r), WBPF_CLOSED, "data");
	FAILS(wbpf_map_events(ring, &r), WBPF_CLOSED, "events");
	FAILS(wbpf_program_attach(program, &r), WBPF_CLOSED, "attach");
	FAILS(wbpf_program_info(program, &r), WBPF_CLOSED, "program");
	FAILS(wbpf_event_stream_poll(events, -1, 1, &r), WBPF_CLOSED, "events");
	/* Another object's handles are none of theirs. */
	int32_t other = loaded(pid);
	FAILS(wbpf_map_lookup(map, &key, sizeof(key), &r), WBPF_CLOSED, "gone");
	OK(wbpf_link_detach(link, &r));
	wbpf_link_drop(link);
	wbpf_event_stream_drop(events);
	wbpf_program_drop(program);
	wbpf_map_drop(ring);
	wbpf_map_drop(bss);
	wbpf_map_drop(map);
	wbpf_object_drop(other);
}

/* Many of all kinds, of which every second one stays. */
static void many(uint32_t pid)
{
	for (int i = 0; i < 200; i++) {
		int32_t object = loaded(pid), map = map_of(object, "ring"),
			program = program_of(object, "count");
		OK(wbpf_map_events(map, &r));
		int32_t events = r.resource;
		OK(wbpf_program_attach(program, &r));
		if (i % 2) {
			wbpf_event_stream_drop(events);
			wbpf_object_drop(object);
		}
		if (i % 4)
			wbpf_link_drop(r.resource);
		if (i % 50 == 49)
			printf("%d\n", i + 1);
	}
}

/* A name of a map that is no text. */
static void bad_names(void)
{
	int32_t object = open_section("wbpf.bad_names");
	bool found = false;

	OK(wbpf_object_maps(object, &r));
	const struct wbpf_list *list = r.list.at;
	for (uint32_t i = 0; i < r.list.len; i++)
		found |= list[i].len == 4 + 3 * 3 &&
			 !memcmp(list[i].at, "n\xef\xbf\xbdmb\xef\xbf\xbdr\xef\xbf\xbd", 13);
	CHECK(found);
	wbpf_object_load(object, &r);
	printf("%s\n", r.failed ? "not loaded" : "loaded");
	if (r.failed)
		wbpf_error_free(&r.error);
}

static void large_lists(uint32_t pid)
{
	int32_t object = loaded(pid), map = map_of(object, "numbers");
	const uint32_t len = 16 << 20;
	uint8_t *bytes = calloc(1, len);

	CHECK(bytes);
	FAILS(wbpf_map_lookup(map, bytes, 1 << 20, &r), WBPF_INVALID, "a key of 1048576 bytes");
	FAILS(wbpf_map_write_data(map, 0xffffffff, bytes, 1 << 20, &r), WBPF_INVALID, "section");
	int32_t bss = map_of(object, ".bss");
	FAILS(wbpf_map_read_data(bss, 0xffffffff, 0xffffffff, &r), WBPF_INVALID, "4294967295");
	FAILS(wbpf_map_write_data(bss, 4, bytes, 1 << 20, &r), WBPF_INVALID, "1048576 bytes");
	FAILS(wbpf_object_open(bytes, 1 << 20, TEXT("zeros"), &r), WBPF_INVALID, "zeros");
	printf("small ones are refused\n");
	wbpf_map_lookup(map, bytes, len, &r); /* more than the engine takes on the host */
	printf("large ones, too\n");
}

/* Never looks at its signals: the third one ends it all the same. */
static void deaf(uint32_t pid)
{
	int32_t object = loaded(pid), map = map_of(object, "ring");

	OK(wbpf_map_events(map, &r));
	int32_t events = r.resource;
	OK(wbpf_signals_catch(WBPF_TERMINATE | WBPF_INTERRUPT, &r));
	printf("deaf\n");
	for (;;) {
		wbpf_event_stream_poll_words(events, -1, 1, &r);
		if (r.failed)
			wbpf_error_free(&r.error);
	}
}

/* Without catching any: what signals do by themselves. */
static void waits(uint32_t pid)
{
	int32_t object = loaded(pid), map = map_of(object, "ring"), program;

	OK(wbpf_map_events(map, &r));
	int32_t events = r.resource;
	program = program_of(object, "cookies");
	wbpf_program_drop(program);
	OK(wbpf_object_attach(object, &r));
	printf("waits\n");
	for (;;)
		wbpf_event_stream_poll_words(events, -1, 1, &r);
}

static void signals(void)
{
	OK(wbpf_signals_catch(WBPF_TERMINATE | WBPF_USER1 | WBPF_HANGUP, &r));
	printf("signals\n");
	for (uint32_t all = 0; all != (WBPF_TERMINATE | WBPF_USER1);) {
		CHECK(wbpf_signals_take() == 0);
		uint32_t which = wbpf_signals_wait(-1);
		CHECK(which);
		all |= which;
	}
	CHECK(wbpf_signals_wait(1) == 0);
	OK(wbpf_signals_catch(0, &r));
	printf("all came\n");
}

static void used_again(uint32_t pid)
{
	int32_t object = loaded(pid);

	wbpf_object_drop(object);
	wbpf_object_load(object, &r);
}

static void memory(void)
{
	char *volatile bytes = malloc(8 << 20);

	CHECK(bytes);
	bytes[0] = 1;
}

int main(int argc, char **argv)
{
	uint32_t pid = argc > 2 ? (uint32_t)atoi(argv[2]) : 0;
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "object-first"))
		object_first(pid);
	else if (!strcmp(what, "many"))
		many(pid);
	else if (!strcmp(what, "bad-names"))
		bad_names();
	else if (!strcmp(what, "large-lists"))
		large_lists(pid);
	else if (!strcmp(what, "deaf"))
		deaf(pid);
	else if (!strcmp(what, "waits"))
		waits(pid);
	else if (!strcmp(what, "signals"))
		signals();
	else if (!strcmp(what, "used-again"))
		used_again(pid);
	else if (!strcmp(what, "environment"))
		printf("%s\n", getenv("GIVEN") ? getenv("GIVEN") : "nothing");
	else if (!strcmp(what, "memory"))
		memory();
	else if (!strcmp(what, "exit"))
		exit((int)pid);
	else if (!strcmp(what, "trap"))
		__builtin_trap();
	else
		return 2;
	printf("well\n");
	return 0;
}
