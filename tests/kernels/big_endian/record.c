/* SPDX-License-Identifier: BSD-2-Clause */
/* On the big-endian machine: loads records.bpf.o, causes what its programs wait for, and writes the
 * bytes of all records to files: record OBJECT FOLDER, where the folder has settings.raw. */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "target.h"

static const char *const ring_names[RECORD_KINDS] = {
	[RECORD_EVENT] = "event",      [RECORD_ECHO] = "echo",
	[RECORD_TASK] = "task_struct", [RECORD_SIGNAL] = "signal_struct",
	[RECORD_FILE] = "file",        [RECORD_PERF] = "perf_event_attr",
	[RECORD_SKB] = "sk_buff",      [RECORD_TCP] = "tcp_sock",
	[RECORD_IP] = "iphdr",
};

static void die(const char *what)
{
	fprintf(stderr, "record: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void put(const char *folder, const char *name, const void *bytes, size_t size,
		const char *mode)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s.raw", folder, name);
	FILE *file = fopen(path, mode);
	if (!file || fwrite(bytes, size, 1, file) != 1 || fclose(file))
		die(path);
}

static int on_record(void *folder, void *data, size_t size)
{
	const struct tag *tag = data;

	if (size < sizeof(*tag) + tag->size || tag->kind >= RECORD_KINDS)
		die("a record of another size or kind");
	put(folder, ring_names[tag->kind], tag + 1, tag->size, "wb");
	return 0;
}

/* By the end of its name: in front of a section's stands the object's. */
static struct bpf_map *map(struct bpf_object *object, const char *name)
{
	struct bpf_map *m;

	bpf_object__for_each_map(m, object) {
		const char *its = bpf_map__name(m);
		if (strlen(its) >= strlen(name) && !strcmp(its + strlen(its) - strlen(name), name))
			return m;
	}
	die(name);
	return NULL;
}

static void put_only_value(struct bpf_object *object, const char *map_name, const char *folder,
			   const char *name)
{
	struct bpf_map *m = map(object, map_name);
	size_t size = bpf_map__value_size(m);
	void *value = calloc(1, size);

	if (!value || bpf_map__lookup_elem(m, &(unsigned int){0}, sizeof(int), value, size, 0))
		die(map_name);
	put(folder, name, value, size, "wb");
	free(value);
}

static void put_pairs(struct bpf_object *object, const char *folder)
{
	struct bpf_map *m = map(object, "pairs");
	size_t key_size = bpf_map__key_size(m), value_size = bpf_map__value_size(m);
	char keys[2][64], value[64];
	int n = 0;

	if (key_size > sizeof(keys[0]) || value_size > sizeof(value))
		die("the sizes of pairs");
	for (void *last = NULL; !bpf_map__get_next_key(m, last, keys[n % 2], key_size); n++) {
		last = keys[n % 2];
		if (bpf_map__lookup_elem(m, last, key_size, value, value_size, 0))
			die("a pair");
		put(folder, "key", last, key_size, n ? "ab" : "wb");
		put(folder, "value", value, value_size, n ? "ab" : "wb");
	}
}

/* A file and attributes whose fields have values that are no accident. */
static int open_perf_event(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_CONTEXT_SWITCHES,
		.sample_period = 0x1122334455,
		.disabled = 1,
		.pinned = 1,
		.exclude_kernel = 1,
		.precise_ip = 2,
		.sample_id_all = 1,
		.comm_exec = 1,
		.remove_on_exec = 1,
		.wakeup_events = 0x01020304,
		.sample_max_stack = 0x7f,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd < 0)
		die("perf_event_open");
	return fd;
}

/* What makes bits of this task's be set. */
static void be_special(void)
{
	struct rlimit limit = {0x123456789, 0x123456789a};
	struct sched_param param = {0};

	if (prctl(PR_SET_CHILD_SUBREAPER, 1) || prctl(PR_SET_NAME, "big-endian") ||
	    setrlimit(RLIMIT_CPU, &limit) ||
	    sched_setscheduler(0, SCHED_BATCH | SCHED_RESET_ON_FORK, &param))
		die("prctl, setrlimit or sched_setscheduler");
}

/* Whether it is answered does not matter. */
static void send_packet(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), mark = 0x01020304, priority = 5;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)) ||
	    setsockopt(fd, SOL_SOCKET, SO_PRIORITY, &priority, sizeof(priority)))
		die("socket");
	if (!connect(fd, (struct sockaddr *)&to, sizeof(to)) ||
	    (errno != EINPROGRESS && errno != ECONNREFUSED))
		die("connect to a port where nobody listens");
	close(fd);
}

static void set_maps(struct bpf_object *object, const char *folder, int perf_fd)
{
	struct target target = {.pid = getpid(), .perf_fd = perf_fd};
	struct bpf_map *settings = map(object, "settings");
	char path[512], value[512];
	size_t size = bpf_map__value_size(settings);

	snprintf(path, sizeof(path), "%s/settings.raw", folder);
	FILE *file = fopen(path, "rb");
	if (!file || size > sizeof(value) || fread(value, size, 1, file) != 1)
		die(path);
	fclose(file);
	if (bpf_map__update_elem(settings, &(int){0}, sizeof(int), value, size, 0) ||
	    bpf_map__update_elem(map(object, "targets"), &(int){0}, sizeof(int), &target,
				 sizeof(target), 0))
		die("the maps' values");
}

static void attach_all(struct bpf_object *object)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, object) {
		if (!bpf_program__attach(program))
			die(bpf_program__name(program));
	}
}

int main(int argc, char **argv)
{
	struct bpf_object *object = argc == 3 ? bpf_object__open_file(argv[1], NULL) : NULL;

	if (!object || bpf_object__load(object))
		die("open and load");
	be_special();
	set_maps(object, argv[2], open_perf_event());
	struct ring_buffer *ring =
		ring_buffer__new(bpf_map__fd(map(object, "ring")), on_record, argv[2], NULL);
	if (!ring)
		die("ring buffer");
	attach_all(object);
	syscall(SYS_getppid);
	send_packet();
	if (ring_buffer__consume(ring) < 0)
		die("records");
	ring_buffer__free(ring);
	put_only_value(object, ".data", argv[2], "initialized");
	put_only_value(object, ".rodata", argv[2], "read_only");
	put_only_value(object, ".bss", argv[2], "zeroed");
	put_only_value(object, "seen", argv[2], "seen");
	put_pairs(object, argv[2]);
	bpf_object__close(object);
	return 0;
}
