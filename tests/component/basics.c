// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every function of the host interface, on the live kernel: basics PID PINS [CGROUP]. PID is of a
 * process that calls getpgid() all the time, PINS a folder of a BPF file system, CGROUP one of
 * cgroups. What is printed last is "all of it".
 */
#include <fcntl.h>

#include "check.h"

static struct wbpf_result r;

static void set_data(int32_t object, const char *section, uint32_t offset, uint32_t value)
{
	int32_t map = map_of(object, section);

	OK(wbpf_map_write_data(map, offset, &value, sizeof(value), &r));
	wbpf_map_drop(map);
}

static uint32_t get_data(int32_t object, const char *section, uint32_t offset)
{
	int32_t map = map_of(object, section);
	uint32_t value;

	OK(wbpf_map_read_data(map, offset, sizeof(value), &r));
	CHECK(r.list.len == sizeof(value));
	memcpy(&value, r.list.at, sizeof(value));
	wbpf_free(r.list);
	wbpf_map_drop(map);
	return value;
}

static void names(int32_t object)
{
	struct wbpf_list *list;

	OK(wbpf_object_programs(object, &r));
	list = r.list.at;
	CHECK(r.list.len == 4 && has_text(list[0], "count") && has_text(list[3], "egress"));
	for (uint32_t i = 0; i < r.list.len; i++)
		wbpf_free(list[i]);
	wbpf_free(r.list);
	OK(wbpf_object_maps(object, &r));
	CHECK(r.list.len == 9);
	list = r.list.at;
	bool found = false;
	for (uint32_t i = 0; i < r.list.len; i++)
		found |= list[i].len == 7 && has_text(list[i], "numbers");
	CHECK(found);
	FAILS(wbpf_object_map(object, TEXT("nothing"), &r), WBPF_NOT_FOUND, "no map 'nothing'");
	FAILS(wbpf_object_program(object, TEXT("nothing"), &r), WBPF_NOT_FOUND,
	      "no program 'nothing'");
}

static void before_load(int32_t object, uint32_t pid)
{
	int32_t numbers = map_of(object, "numbers"), cookies = program_of(object, "cookies");
	uint32_t key = 1;

	OK(wbpf_map_set_max_entries(numbers, 100, &r));
	OK(wbpf_map_info(numbers, &r));
	CHECK(r.map_info.max_entries == 100 && r.map_info.key_size == 4 &&
	      r.map_info.value_size == 8 && r.map_info.map_type == 1 && !r.map_info.loaded);
	FAILS(wbpf_map_lookup(numbers, &key, sizeof(key), &r), WBPF_CLOSED, "not loaded");
	FAILS(wbpf_map_events(numbers, &r), WBPF_CLOSED, "not loaded");
	OK(wbpf_map_set_value_size(numbers, 4, &r));
	OK(wbpf_map_info(numbers, &r));
	CHECK(r.map_info.value_size == 4);
	OK(wbpf_map_set_value_size(numbers, 8, &r));
	OK(wbpf_program_info(cookies, &r));
	CHECK(r.program_info.autoload && !r.program_info.loaded &&
	      has_text(r.program_info.section, "tp"));
	OK(wbpf_program_set_autoattach(cookies, false, &r));
	OK(wbpf_program_info(cookies, &r));
	CHECK(!r.program_info.autoattach);
	set_data(object, ".rodata", 0, pid);
	set_data(object, ".data", 0, 1);
	CHECK(get_data(object, ".rodata", 0) == pid);
	FAILS(wbpf_map_read_data(numbers, 0, 4, &r), WBPF_INVALID, "no data section");
	wbpf_map_drop(numbers);
	wbpf_program_drop(cookies);
}

static void elements(int32_t object)
{
	int32_t map = map_of(object, "numbers");
	const uint64_t *words;
	uint64_t value = 0;

	for (uint32_t key = 1; key <= 50; key++) {
		value = key * 1000ull;
		OK(wbpf_map_update(map, &key, sizeof(key), &value, sizeof(value), WBPF_ANY, &r));
	}
	uint32_t key = 7;
	OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
	CHECK(r.option.present && r.option.bytes.len == 8 &&
	      *(uint64_t *)r.option.bytes.at == 7000);
	wbpf_free(r.option.bytes);
	FAILS(wbpf_map_update(map, &key, sizeof(key), &value, sizeof(value), WBPF_NO_EXIST, &r),
	      WBPF_EXISTS, "numbers");
	FAILS(wbpf_map_update(map, &key, sizeof(key), &value, 3, WBPF_ANY, &r), WBPF_INVALID,
	      "3 bytes for map 'numbers', which has 8");
	FAILS(wbpf_map_lookup(map, &key, 3, &r), WBPF_INVALID, "a key of 3 bytes");
	OK(wbpf_map_delete(map, &key, sizeof(key), &r));
	CHECK(r.yes);
	OK(wbpf_map_delete(map, &key, sizeof(key), &r));
	CHECK(!r.yes);
	OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
	CHECK(!r.option.present);
	FAILS(wbpf_map_update(map, &key, sizeof(key), &value, sizeof(value), WBPF_EXIST, &r),
	      WBPF_NOT_FOUND, "numbers");

	uint64_t sum = 0;
	uint32_t count = 0, present = 0;
	for (;; present = 1) {
		OK(wbpf_map_next_key(map, present, &key, sizeof(key), &r));
		if (!r.option.present)
			break;
		memcpy(&key, r.option.bytes.at, sizeof(key));
		wbpf_free(r.option.bytes);
		count++;
	}
	CHECK(count == 49);
	for (present = count = 0;; present = 1) {
		OK(wbpf_map_entries(map, present, &key, sizeof(key), 20, &r));
		if (!r.entries.count)
			break;
		words = r.entries.words.at;
		CHECK(r.entries.key_size == 4 && r.entries.value_size == 8 &&
		      r.entries.words.len == 2 * r.entries.count);
		for (uint32_t i = 0; i < r.entries.count; i++) {
			key = (uint32_t)words[2 * i];
			CHECK(words[2 * i + 1] == key * 1000ull);
			sum += key;
		}
		count += r.entries.count;
		wbpf_free(r.entries.words);
	}
	CHECK(count == 49 && sum == 50 * 51 / 2 - 7);
	wbpf_map_drop(map);
}

static void kinds_of_maps(int32_t object)
{
	struct wbpf_system_info system;
	int32_t map = map_of(object, "by_cpu");
	uint32_t key = 0, value = 5;

	wbpf_system(&system);
	CHECK(system.pid > 0 && system.possible_cpus >= system.online_cpus &&
	      system.kernel_version > 0x60000 && system.interface_minor >= 3);
	OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
	CHECK(r.option.bytes.len == 8 * system.possible_cpus);
	FAILS(wbpf_map_update(map, &key, sizeof(key), &value, sizeof(value), WBPF_ANY, &r),
	      WBPF_INVALID, "a value of 4 bytes");
	wbpf_map_drop(map);

	map = map_of(object, "queue");
	OK(wbpf_map_update(map, NULL, 0, &value, sizeof(value), WBPF_ANY, &r));
	OK(wbpf_map_lookup(map, NULL, 0, &r));
	CHECK(r.option.present && *(uint32_t *)r.option.bytes.at == 5);
	OK(wbpf_map_lookup_and_delete(map, NULL, 0, &r));
	CHECK(r.option.present && *(uint32_t *)r.option.bytes.at == 5);
	OK(wbpf_map_lookup_and_delete(map, NULL, 0, &r));
	CHECK(!r.option.present);
	wbpf_map_drop(map);

	int32_t program = program_of(object, "packets"), numbers = map_of(object, "numbers");
	map = map_of(object, "jumps");
	OK(wbpf_map_set_program(map, &key, sizeof(key), program, &r));
	OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
	CHECK(r.option.present);
	FAILS(wbpf_map_set_map(map, &key, sizeof(key), numbers, &r), WBPF_INVALID, "jumps");
	FAILS(wbpf_map_set_program(numbers, &key, sizeof(key), program, &r), WBPF_INVALID,
	      "none of maps or programs");
	wbpf_program_drop(program);
	wbpf_map_drop(map);
	wbpf_map_drop(numbers);
}

static void test_run(int32_t object)
{
	int32_t program = program_of(object, "packets");
	uint8_t packet[64] = {1, 2, 3};

	OK(wbpf_program_test_run(program, packet, sizeof(packet), NULL, 0, 1, &r));
	CHECK(r.test_run.status == 1 /* XDP_DROP */ && r.test_run.output.len == sizeof(packet) &&
	      *(uint8_t *)r.test_run.output.at == 0xab);
	wbpf_free(r.test_run.output);
	FAILS(wbpf_program_test_run(program, packet, 3, NULL, 0, 1, &r), WBPF_INVALID, "packets");
	wbpf_program_drop(program);
}

/* Records of both kinds of buffers: all numbers but each third, and all. */
static void events(int32_t object)
{
	int32_t map = map_of(object, "ring"), ring, perf;
	uint32_t got = 0;
	uint64_t last = 0;

	OK(wbpf_map_events(map, &r));
	ring = r.resource;
	wbpf_map_drop(map);
	map = map_of(object, "perf");
	OK(wbpf_map_events(map, &r));
	perf = r.resource;
	wbpf_map_drop(map);
	map = map_of(object, "numbers");
	FAILS(wbpf_map_events(map, &r), WBPF_INVALID, "no ring buffer");
	wbpf_map_drop(map);
	OK(wbpf_event_stream_poll(ring, 0, 0, &r));
	CHECK(!r.list.len);
	while (got < 30) {
		OK(wbpf_event_stream_poll(ring, 60000, 4, &r));
		struct wbpf_list *list = r.list.at;
		CHECK(r.list.len && r.list.len <= 4);
		for (uint32_t i = 0; i < r.list.len; i++) {
			const uint64_t *record = list[i].at;
			CHECK(list[i].len == 24 && record[0] % 3 != 2);
			CHECK(!got || record[0] == last + 1 + (last % 3 == 1));
			CHECK(!memcmp(record + 1, "x\xff\xfey", 4));
			last = record[0];
			got++;
			wbpf_free(list[i]);
		}
		wbpf_free(r.list);
	}
	for (got = 0; got < 30;) {
		OK(wbpf_event_stream_poll_words(ring, 60000, 100, &r));
		const uint64_t *words = r.batch.words.at;
		CHECK(r.batch.count && r.batch.words.len == 4 * r.batch.count);
		for (uint32_t i = 0; i < r.batch.count; i++, words += 4, got++) {
			CHECK(words[0] == 24 && words[1] == last + 1 + (last % 3 == 1));
			last = words[1];
		}
		wbpf_free(r.batch.words);
	}
	CHECK(wbpf_event_stream_lost(ring) == 0);
	for (got = 0; got < 50;) {
		OK(wbpf_event_stream_poll_words(perf, 60000, 7, &r));
		const uint64_t *words = r.batch.words.at;
		CHECK(r.batch.count && r.batch.count <= 7);
		for (uint32_t i = 0; i < r.batch.count; i++) {
			uint32_t len = (uint32_t)words[0];
			CHECK(len >= 24 && len <= 32 && !memcmp(words + 2, "x\xff\xfey", 4));
			words += 1 + (len + 7) / 8;
			got++;
		}
		CHECK(words == (uint64_t *)r.batch.words.at + r.batch.words.len);
		wbpf_free(r.batch.words);
	}
	wbpf_event_stream_drop(perf);
	/* Nobody else's place in the map is taken, and it can be read again. */
	map = map_of(object, "perf");
	OK(wbpf_map_events(map, &r));
	perf = r.resource;
	OK(wbpf_event_stream_poll(perf, 60000, 1, &r));
	CHECK(r.list.len == 1);
	wbpf_event_stream_drop(perf);
	wbpf_map_drop(map);
	wbpf_event_stream_drop(ring);
}

/* attach-to's: case, then what the cases have in common. */
enum { TRACEPOINT = 0, XDP = 8, CGROUP = 11 };

static void attach_to(int32_t object)
{
	static const char category[] = "syscalls", name[] = "sys_enter_getpgid";
	int32_t program = program_of(object, "cookies"), map = map_of(object, "numbers");
	uint32_t key = 1000;

	wbpf_program_attach_to(program, TRACEPOINT, (int64_t)(uintptr_t)category,
			       sizeof(category) - 1, (int64_t)(uintptr_t)name, sizeof(name) - 1,
			       0x1234567890, 0, 0, 0, &r);
	must(&r, __LINE__);
	int32_t link = r.resource;
	do
		OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
	while (!r.option.present);
	CHECK(*(uint64_t *)r.option.bytes.at == 0x1234567890);
	OK(wbpf_link_detach(link, &r));
	FAILS(wbpf_link_detach(link, &r), WBPF_CLOSED, "detached already");
	wbpf_link_drop(link);
	OK(wbpf_map_delete(map, &key, sizeof(key), &r));
	wbpf_program_attach_to(program, TRACEPOINT, (int64_t)(uintptr_t)category,
			       sizeof(category) - 1, (int64_t)(uintptr_t)"nothing", 7, 0, 0, 0, 0,
			       &r);
	CHECK(r.failed && r.error.kind == WBPF_NOT_FOUND && has_text(r.error.log, "nothing"));
	wbpf_program_drop(program);

	program = program_of(object, "packets");
	OK(wbpf_interface_index(TEXT("lo"), &r));
	uint32_t lo = r.number;
	FAILS(wbpf_interface_index(TEXT("nothing"), &r), WBPF_NOT_FOUND, "'nothing'");
	wbpf_program_attach_to(program, XDP, 0x7fffffff, 0, 0, 0, 0, 0, 0, 0, &r);
	CHECK(r.failed && lo > 0);
	wbpf_program_drop(program);
	program = program_of(object, "egress");
	wbpf_program_attach_to(program, CGROUP, (int64_t)(uintptr_t)"/nowhere", 8, 0, 0, 0, 0, 0, 0,
			       &r);
	CHECK(r.failed && r.error.kind == WBPF_NOT_FOUND);
	wbpf_program_drop(program);
	wbpf_map_drop(map);
}

static void rejected(void)
{
	int32_t object = open_section("wbpf.rejected");

	wbpf_object_load(object, &r);
	CHECK(r.failed && r.error.kind == WBPF_NOT_PERMITTED && r.error.number == 13 &&
	      has_text(r.error.name, "EACCES") && has_text(r.error.message, "rejected") &&
	      has_text(r.error.log, "map_value_or_null"));
	wbpf_error_free(&r.error);
	wbpf_object_drop(object);
	/* Without that program the rest is fine. */
	object = open_section("wbpf.rejected");
	int32_t program = program_of(object, "careless");
	OK(wbpf_program_set_autoload(program, false, &r));
	int32_t map = map_of(object, "one");
	OK(wbpf_map_set_autocreate(map, false, &r));
	OK(wbpf_object_load(object, &r));
	FAILS(wbpf_map_lookup(map, "key?", 4, &r), WBPF_CLOSED, "one");
	wbpf_map_drop(map);
	FAILS(wbpf_program_attach(program, &r), WBPF_UNSUPPORTED, "careless");
	wbpf_program_drop(program);
	wbpf_object_drop(object);
	FAILS(wbpf_object_open(TEXT("no object"), TEXT("own name"), &r), WBPF_INVALID, "own name");
	FAILS(wbpf_object_open_section(TEXT("wbpf.nothing"), "", 0, &r), WBPF_NOT_FOUND,
	      "no section 'wbpf.nothing'");
}

static struct wbpf_list path_of(const char *folder, const char *name)
{
	char *path = malloc(strlen(folder) + strlen(name) + 1);

	CHECK(path);
	strcpy(path, folder);
	strcat(path, name);
	return (struct wbpf_list){path, strlen(path)};
}

/* A map that is pinned and found again, and a link that outlives its resource by a file. */
static void pins(const char *folder)
{
	struct wbpf_list path = path_of(folder, "/map");
	uint32_t key = 3;
	uint64_t value = 33;

	for (int i = 0; i < 2; i++) {
		int32_t object = open_section("wbpf.basics"), map = map_of(object, "numbers"),
			program = program_of(object, "count");
		OK(wbpf_map_set_pin_path(map, path.at, path.len, &r));
		OK(wbpf_object_load(object, &r));
		OK(wbpf_map_info(map, &r));
		CHECK(r.map_info.pinned && r.map_info.loaded);
		OK(wbpf_map_lookup(map, &key, sizeof(key), &r));
		CHECK(r.option.present == i);
		OK(wbpf_map_update(map, &key, sizeof(key), &value, sizeof(value), WBPF_ANY, &r));
		wbpf_map_drop(map);
		OK(wbpf_program_attach(program, &r));
		int32_t link = r.resource;
		struct wbpf_list at = path_of(folder, i ? "/link1" : "/link0");
		OK(wbpf_link_pin(link, at.at, at.len, &r));
		FAILS(wbpf_link_pin(link, at.at, at.len, &r), WBPF_BUSY, "link");
		wbpf_link_drop(link);
		wbpf_program_drop(program);
		wbpf_object_drop(object);
		wbpf_free(at);
	}
	wbpf_free(path);
}

static void cgroup(const char *path)
{
	int32_t object = open_section("wbpf.basics"), program = program_of(object, "egress");

	OK(wbpf_object_load(object, &r));
	wbpf_program_attach_to(program, CGROUP, (int64_t)(uintptr_t)path, strlen(path), 0, 0, 0, 0,
			       0, 0, &r);
	must(&r, __LINE__);
	int32_t link = r.resource;
	OK(wbpf_link_detach(link, &r));
	wbpf_link_drop(link);
	wbpf_program_drop(program);
	wbpf_object_drop(object);
}

int main(int argc, char **argv)
{
	CHECK(argc >= 3);
	int32_t object = open_section("wbpf.basics");
	names(object);
	before_load(object, (uint32_t)atoi(argv[1]));
	OK(wbpf_object_load(object, &r));
	elements(object);
	kinds_of_maps(object);
	test_run(object);

	int32_t program = program_of(object, "egress");
	OK(wbpf_program_set_autoattach(program, false, &r));
	wbpf_program_drop(program);
	OK(wbpf_object_attach(object, &r));
	CHECK(r.list.len == 1);
	int32_t link = *(int32_t *)r.list.at;
	wbpf_free(r.list);
	events(object);
	CHECK(get_data(object, ".bss", 0) > 0);
	set_data(object, ".data", 0, 0);
	uint32_t before = get_data(object, ".bss", 0), now;
	while ((now = get_data(object, ".bss", 0)) != before) /* one may have been under way */
		before = now;
	int32_t rodata = map_of(object, ".rodata");
	FAILS(wbpf_map_write_data(rodata, 0, &before, 4, &r), WBPF_NOT_PERMITTED, "rodata");
	FAILS(wbpf_map_read_data(rodata, 1, 4000, &r), WBPF_INVALID, "4000 bytes from 1");
	wbpf_map_drop(rodata);
	attach_to(object);
	wbpf_link_drop(link);
	wbpf_object_drop(object);
	rejected();
	pins(argv[2]);
	if (argc > 3)
		cgroup(argv[3]);
	printf("all of it\n");
	return 0;
}
