// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints each process that starts and each that ends, as a component:
 * bootstrap [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]
 */
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "bootstrap.h"
#include "wbpf_component.h"

static struct {
	unsigned long long min_duration_ms;
	unsigned long long max_events;
	unsigned long long seconds;
	char name[NAME_LEN];
} config;

/* .rodata and .bss of bootstrap.bpf.c. */
struct rodata {
	unsigned long long min_duration_ns;
	char only_name[NAME_LEN];
};
enum { LOST = 0 /* in .bss */ };

static unsigned long long printed;
static bool stopping;

static int usage(void)
{
	fputs("usage: bootstrap [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]\n", stderr);
	return 1;
}

static bool number(const char *text, unsigned long long *ret)
{
	char *end;

	errno = 0;
	*ret = strtoull(text, &end, 10);
	return !errno && end != text && !*end && *text != '-';
}

static bool parse(int argc, char **argv)
{
	for (int option; (option = getopt(argc, argv, "c:d:n:t:")) != -1;) {
		bool good = option == 'c'   ? strlen(optarg) < NAME_LEN
			    : option == 'd' ? number(optarg, &config.min_duration_ms)
			    : option == 'n' ? number(optarg, &config.max_events)
			    : option == 't' ? number(optarg, &config.seconds)
					    : false;
		if (!good)
			return false;
		if (option == 'c')
			strcpy(config.name, optarg);
	}
	return optind == argc;
}

/* False: says why. */
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

static void print(const struct event *e)
{
	unsigned int signo = e->exit_code & 0x7f;
	time_t now = time(NULL);
	struct tm tm;
	char when[16];

	strftime(when, sizeof(when), "%H:%M:%S", gmtime_r(&now, &tm));
	printf("%-8s %-5s %-15s %7d %7d ", when, e->kind == PROCESS_START ? "EXEC" : "EXIT",
	       e->name, e->pid, e->ppid);
	if (e->kind == PROCESS_START) {
		printf("%s\n", e->path);
		return;
	}
	if (signo)
		printf("killed by signal %u", signo);
	else
		printf("exit status %u", e->exit_code >> 8 & 0xff);
	if (e->duration_ns)
		printf(" after %llu ms", e->duration_ns / (1000 * 1000));
	putchar('\n');
}

/* Records lie one behind the other, each behind a word with its size. */
static void print_all(const uint64_t *words, uint32_t count)
{
	for (uint32_t i = 0; i < count && !stopping; i++) {
		uint32_t len = (uint32_t)words[0];

		if (len >= sizeof(struct event))
			print((const struct event *)(words + 1));
		words += 1 + (len + 7) / 8;
		stopping = ++printed == config.max_events;
	}
}

static bool watch(int32_t events)
{
	time_t end = time(NULL) + (time_t)config.seconds;
	struct wbpf_result r;

	printf("Watching processes start and end; Ctrl-C ends.\n");
	printf("%-8s %-5s %-15s %7s %7s %s\n", "UTC", "EVENT", "NAME", "PID", "PARENT", "WHAT");
	while (!stopping && (!config.seconds || time(NULL) < end)) {
		wbpf_event_stream_poll_words(events, 100, 1000, &r);
		if (r.failed && r.error.kind == WBPF_INTERRUPTED) {
			wbpf_error_free(&r.error);
			stopping = wbpf_signals_take() != 0;
			continue;
		}
		if (!good(&r))
			return false;
		print_all(r.batch.words.at, r.batch.count);
		wbpf_free(r.batch.words);
	}
	return true;
}

static int32_t map_of(int32_t object, const char *name)
{
	struct wbpf_result r;

	wbpf_object_map(object, name, strlen(name), &r);
	return good(&r) ? r.resource : 0;
}

static bool load(int32_t object)
{
	struct rodata rodata = {.min_duration_ns = config.min_duration_ms * 1000 * 1000};
	int32_t map = map_of(object, ".rodata");
	struct wbpf_result r;

	if (!map)
		return false;
	memcpy(rodata.only_name, config.name, sizeof(rodata.only_name));
	wbpf_map_write_data(map, 0, &rodata, sizeof(rodata), &r);
	wbpf_map_drop(map);
	if (!good(&r))
		return false;
	wbpf_object_load(object, &r);
	return good(&r);
}

/* The links are the component's until it ends. */
static bool run(int32_t object)
{
	int32_t map = load(object) ? map_of(object, "events") : 0, bss;
	struct wbpf_result r;

	if (!map)
		return false;
	wbpf_map_events(map, &r);
	wbpf_map_drop(map);
	if (!good(&r))
		return false;
	int32_t events = r.resource;
	wbpf_object_attach(object, &r);
	if (!good(&r))
		return false;
	wbpf_free(r.list);
	if (!watch(events) || !(bss = map_of(object, ".bss")))
		return false;
	wbpf_map_read_data(bss, LOST, sizeof(unsigned long long), &r);
	if (!good(&r))
		return false;
	printf("Events: %llu, lost: %llu\n", printed, *(unsigned long long *)r.list.at);
	wbpf_free(r.list);
	wbpf_event_stream_drop(events);
	wbpf_map_drop(bss);
	return true;
}

int main(int argc, char **argv)
{
	static const char section[] = "wbpf.bootstrap";
	struct wbpf_result r;

	if (!parse(argc, argv))
		return usage();
	wbpf_signals_catch(WBPF_INTERRUPT | WBPF_TERMINATE, &r);
	if (!good(&r))
		return 1;
	wbpf_object_open_section(section, sizeof(section) - 1, "", 0, &r);
	if (!good(&r))
		return 1;
	int32_t object = r.resource;
	bool well = run(object);
	wbpf_object_drop(object);
	return !well;
}
