// SPDX-License-Identifier: BSD-2-Clause
/* Perf events: opened, read, steered, mapped, and with a program attached. */
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "reports.h"
#include "reports.skel.h"
#include "say.h"

static struct reports_bpf *skel;

static int perf_event_open(struct perf_event_attr *attr, pid_t pid, int cpu, int group,
			   unsigned long flags)
{
	return (int)syscall(__NR_perf_event_open, attr, pid, cpu, group, flags);
}

/* A clock of this process. */
static struct perf_event_attr clock_attr(unsigned int config)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr), .type = PERF_TYPE_SOFTWARE, .config = config};

	return attr;
}

static int open_clock(struct perf_event_attr *attr)
{
	return perf_event_open(attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

/* Takes some time of this process. */
static unsigned int burn(unsigned int rounds)
{
	volatile unsigned int x = 1;

	for (unsigned int i = 0; i < rounds; i++)
		x = x * 1664525 + 1013904223;
	return x;
}

static void say_fd(const char *what, int fd)
{
	if (fd < 0) {
		say_err(what, -errno);
	} else {
		printf("%s: ok\n", what);
		close(fd);
	}
}

static void say_ioctl(const char *what, int ret)
{
	say_err(what, ret < 0 ? -errno : ret);
}

static void wrong_arguments(void)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);

	say_fd("of this process", open_clock(&attr));
	say_fd("of a CPU", perf_event_open(&attr, -1, 0, -1, 0));
	say_fd("of nothing", perf_event_open(&attr, -1, -1, -1, 0));
	say_fd("no such process", perf_event_open(&attr, 1 << 30, -1, -1, 0));
	say_fd("no such CPU", perf_event_open(&attr, 0, 100000, -1, 0));
	say_fd("no such group", perf_event_open(&attr, 0, -1, -5, 0));
	say_fd("a map as group", perf_event_open(&attr, 0, -1, bpf_map__fd(skel->maps.hash), 0));
	say_fd("no such flag", perf_event_open(&attr, 0, -1, -1, 1 << 10));
	say_fd("a cgroup without CPU",
	       perf_event_open(&attr, bpf_map__fd(skel->maps.hash), -1, -1, PERF_FLAG_PID_CGROUP));
	say_fd("a map as cgroup",
	       perf_event_open(&attr, bpf_map__fd(skel->maps.hash), 0, -1, PERF_FLAG_PID_CGROUP));
	attr.type = 4711;
	say_fd("no such type", open_clock(&attr));
	attr = clock_attr(4711);
	say_fd("no such event", open_clock(&attr));
	attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);
	attr.size = 63;
	say_fd("short", open_clock(&attr));
	printf("size told %d\n", attr.size >= 112);
	attr.size = 4097;
	say_fd("long", open_clock(&attr));
	printf("size told %d\n", attr.size >= 112 && attr.size < 4096);
	attr.size = 0;
	say_fd("of the first version", open_clock(&attr));
	attr.size = PERF_ATTR_SIZE_VER0;
	say_fd("the same", open_clock(&attr));
}

static void newer_attributes(void)
{
	union {
		struct perf_event_attr attr;
		unsigned char bytes[512];
	} a = {.attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK)};

	a.attr.size = sizeof(a);
	say_fd("longer", open_clock(&a.attr));
	a.bytes[511] = 1;
	say_fd("unknown", open_clock(&a.attr));
	printf("size told %d\n", a.attr.size >= 112 && a.attr.size < 512);
}

static unsigned long long count_of(int fd)
{
	unsigned long long count = 0;

	if (read(fd, &count, sizeof(count)) != sizeof(count))
		printf("read fails\n");
	return count;
}

static void counting(void)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);
	unsigned long long first, second, id[2] = {0};
	int fd, other;

	attr.disabled = 1;
	fd = open_clock(&attr);
	other = open_clock(&attr);
	burn(100000);
	printf("not enabled: %llu\n", count_of(fd));
	say_ioctl("enable", ioctl(fd, PERF_EVENT_IOC_ENABLE, 0));
	burn(100000);
	first = count_of(fd);
	burn(100000);
	printf("counts %d\n", first > 0 && count_of(fd) > first);
	say_ioctl("disable", ioctl(fd, PERF_EVENT_IOC_DISABLE, 0));
	first = count_of(fd);
	burn(100000);
	second = count_of(fd);
	printf("stands %d\n", first == second);
	say_ioctl("reset", ioctl(fd, PERF_EVENT_IOC_RESET, 0));
	printf("count %llu\n", count_of(fd));
	say_ioctl("id", ioctl(fd, PERF_EVENT_IOC_ID, &id[0]));
	say_ioctl("id", ioctl(other, PERF_EVENT_IOC_ID, &id[1]));
	printf("ids differ %d\n", id[0] != id[1]);
	say_ioctl("short read", (int)read(fd, &first, 4));
	say_ioctl("write", (int)write(fd, &first, 8));
	close(fd);
	close(other);
	say_ioctl("read closed", (int)read(fd, &first, 8));
	say_ioctl("ioctl closed", ioctl(fd, PERF_EVENT_IOC_ENABLE, 0));
}

static void groups(void)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);
	unsigned long long counts[3] = {0};
	int leader, member;

	attr.disabled = 1;
	attr.read_format = PERF_FORMAT_GROUP;
	leader = open_clock(&attr);
	attr.disabled = 0;
	attr.config = PERF_COUNT_SW_PAGE_FAULTS;
	member = perf_event_open(&attr, 0, -1, leader, 0);
	printf("group %d\n", leader >= 0 && member >= 0);
	say_ioctl("enable", ioctl(leader, PERF_EVENT_IOC_ENABLE, PERF_IOC_FLAG_GROUP));
	burn(100000);
	say_ioctl("read", (int)read(leader, counts, sizeof(counts)));
	printf("members %llu, counts %d\n", counts[0], counts[1] > 0);
	close(member);
	close(leader);
}

static void wrong_ioctls(void)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);
	unsigned long long period = 1000;
	unsigned int query[6] = {4}; /* struct perf_event_query_bpf, with room for 4 */
	int fd = open_clock(&attr), hash = bpf_map__fd(skel->maps.hash);

	say_ioctl("period of none", ioctl(fd, PERF_EVENT_IOC_PERIOD, &period));
	say_ioctl("refresh of none", ioctl(fd, PERF_EVENT_IOC_REFRESH, 3));
	say_ioctl("filter", ioctl(fd, PERF_EVENT_IOC_SET_FILTER, "common_pid == 1"));
	say_ioctl("output to itself", ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, fd));
	say_ioctl("no output", ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, -1L));
	say_ioctl("output to a map", ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, hash));
	say_ioctl("pause without buffer", ioctl(fd, PERF_EVENT_IOC_PAUSE_OUTPUT, 1));
	say_ioctl("no program", ioctl(fd, PERF_EVENT_IOC_SET_BPF, -1));
	say_ioctl("another kind of program",
		  ioctl(fd, PERF_EVENT_IOC_SET_BPF, bpf_program__fd(skel->progs.report)));
	say_ioctl("programs", ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, query));
	say_ioctl("attributes", ioctl(fd, PERF_EVENT_IOC_MODIFY_ATTRIBUTES, &attr));
	say_ioctl("no such ioctl", ioctl(fd, _IO('$', 99), 0));
	say_ioctl("enable a map", ioctl(hash, PERF_EVENT_IOC_ENABLE, 0));
	say_ioctl("no descriptor", ioctl(-1, PERF_EVENT_IOC_ENABLE, 0));
	close(fd);
}

static void *map_pages(int fd, int prot, size_t pages)
{
	return mmap(NULL, pages * (size_t)getpagesize(), prot, MAP_SHARED, fd, 0);
}

static void say_map(const char *what, void *p, size_t pages)
{
	if (p == MAP_FAILED)
		say_err(what, -errno);
	else
		say_err(what, munmap(p, pages * (size_t)getpagesize()));
}

static void mapping(void)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_TASK_CLOCK);
	struct perf_event_mmap_page *page, *second;
	unsigned long long period = 50000;
	int fd;

	attr.sample_period = 100000;
	attr.sample_type = PERF_SAMPLE_IP;
	fd = open_clock(&attr);
	say_map("three pages of data", map_pages(fd, PROT_READ | PROT_WRITE, 4), 4);
	say_map("writable only", map_pages(fd, PROT_WRITE, 5), 5);
	page = map_pages(fd, PROT_READ | PROT_WRITE, 5);
	if (page == MAP_FAILED)
		return;
	printf("data %llu at %llu\n", (unsigned long long)page->data_size,
	       (unsigned long long)page->data_offset);
	for (int i = 0; i < 1000 && !*(volatile __u64 *)&page->data_head; i++)
		burn(100000);
	printf("samples %d\n", page->data_head > 0);
	/* The same buffer once more; another size is not possible. */
	say_map("another size", map_pages(fd, PROT_READ | PROT_WRITE, 3), 3);
	second = map_pages(fd, PROT_READ | PROT_WRITE, 5);
	say_ioctl("pause", ioctl(fd, PERF_EVENT_IOC_PAUSE_OUTPUT, 1));
	say_ioctl("period", ioctl(fd, PERF_EVENT_IOC_PERIOD, &period));
	ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
	page->data_tail = page->data_head;
	if (second != MAP_FAILED)
		printf("the same %d\n", second->data_tail == page->data_head);
	say_map("unmap", second, 5);
	say_ioctl("close while mapped", close(fd));
	printf("still there %d\n", page->data_tail == page->data_head);
	say_map("unmap", page, 5);
}

static int open_ticks(bool disabled)
{
	struct perf_event_attr attr = clock_attr(PERF_COUNT_SW_CPU_CLOCK);

	attr.sample_period = 200000;
	attr.disabled = disabled;
	return open_clock(&attr);
}

/* Whether the program runs; it had many chances if not. */
static int ticks_come(unsigned int chances)
{
	unsigned long long before = *(volatile unsigned long long *)&skel->bss->ticks;

	for (unsigned int i = 0; i < chances; i++) {
		burn(100000);
		if (*(volatile unsigned long long *)&skel->bss->ticks != before)
			return 1;
	}
	return 0;
}

static void attached(const char *how, const struct bpf_perf_event_opts *opts)
{
	int fd = open_ticks(opts && opts->dont_enable);
	struct bpf_link *link = bpf_program__attach_perf_event_opts(skel->progs.tick, fd, opts);
	unsigned long long count;

	printf("-- %s\n", how);
	say_ptr("attach", link);
	if (!link)
		return;
	if (opts && opts->dont_enable) {
		printf("not enabled: ticks %d\n", ticks_come(20));
		say_ioctl("enable", ioctl(fd, PERF_EVENT_IOC_ENABLE, 0));
	}
	printf("ticks %d\n", ticks_come(10000));
	say_ioctl("disable", ioctl(fd, PERF_EVENT_IOC_DISABLE, 0));
	printf("disabled: ticks %d\n", ticks_come(20));
	say_ioctl("enable", ioctl(fd, PERF_EVENT_IOC_ENABLE, 0));
	printf("ticks %d\n", ticks_come(10000));
	say_err("destroy", bpf_link__destroy(link));
	printf("destroyed: ticks %d\n", ticks_come(20));
	say_ioctl("the event is closed", (int)read(fd, &count, sizeof(count)));
}

static void attaching(void)
{
	LIBBPF_OPTS(bpf_perf_event_opts, opts, .bpf_cookie = 77);
	struct bpf_link *link;
	int fd = open_ticks(false);

	say_ptr("no event", bpf_program__attach_perf_event(skel->progs.tick, -1));
	say_ptr("a map",
		bpf_program__attach_perf_event(skel->progs.tick, bpf_map__fd(skel->maps.hash)));
	say_ptr("another program", bpf_program__attach_perf_event(skel->progs.report, fd));
	opts.sz = 1;
	say_ptr("short options", bpf_program__attach_perf_event_opts(skel->progs.tick, fd, &opts));
	opts.sz = sizeof(opts);
	link = bpf_program__attach_perf_event(skel->progs.tick, fd);
	say_ptr("attach", link);
	say_ptr("twice", bpf_program__attach_perf_event(skel->progs.tick, fd));
	say_err("detach", bpf_link__destroy(link));

	attached("plain", NULL);
	attached("cookie", &opts);
	opts.force_ioctl_attach = true;
	say_ptr("cookie by ioctl",
		bpf_program__attach_perf_event_opts(skel->progs.tick, open_ticks(false), &opts));
	opts.bpf_cookie = 0;
	attached("by ioctl", &opts);
	opts.force_ioctl_attach = false;
	opts.dont_enable = true;
	attached("not enabled", &opts);
}

static void pidfds(void)
{
	int fd = (int)syscall(__NR_pidfd_open, getpid(), 0);

	say_fd("of this process", fd);
	say_fd("of none", (int)syscall(__NR_pidfd_open, 1 << 30, 0));
	say_fd("of a wrong number", (int)syscall(__NR_pidfd_open, -1, 0));
	say_fd("wrong flags", (int)syscall(__NR_pidfd_open, getpid(), 1 << 20));
	printf("pid %d\n", syscall(__NR_getpid) == getpid());
}

/* Programs at a tracepoint, by its number, and what the event says of them. */
static void tracepoint(unsigned long long number)
{
	struct perf_event_attr attr = {.size = sizeof(attr),
				       .type = PERF_TYPE_TRACEPOINT,
				       .config = number,
				       .sample_period = 1,
				       .wakeup_events = 1};
	int prog = bpf_program__fd(skel->progs.traced), fd, other;
	int second = bpf_program__fd(skel->progs.traced_too);
	unsigned int query[4] = {2, 77, 77, 77}; /* struct perf_event_query_bpf, for 2 */
	struct bpf_prog_info info = {0};
	unsigned int len = sizeof(info);

	fd = perf_event_open(&attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	other = perf_event_open(&attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	say_ioctl("wrong filter", ioctl(fd, PERF_EVENT_IOC_SET_FILTER, "no_field == 1"));
	say_ioctl("filter", ioctl(fd, PERF_EVENT_IOC_SET_FILTER, "common_pid == 0"));
	say_ioctl("no programs", ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, query));
	printf("%u programs, %u\n", query[1], query[2]);
	say_ioctl("program", ioctl(fd, PERF_EVENT_IOC_SET_BPF, prog));
	say_ioctl("twice", ioctl(fd, PERF_EVENT_IOC_SET_BPF, prog));
	say_ioctl("at another event", ioctl(other, PERF_EVENT_IOC_SET_BPF, prog));
	say_ioctl("another program", ioctl(other, PERF_EVENT_IOC_SET_BPF, second));
	say_ioctl("programs", ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, query));
	bpf_prog_get_info_by_fd(prog, &info, &len);
	printf("%u programs, right %d", query[1], query[2] == info.id);
	info = (struct bpf_prog_info){0};
	bpf_prog_get_info_by_fd(second, &info, &len);
	printf(" %d\n", query[3] == info.id);
	query[0] = 1;
	query[1] = 9;
	query[3] = 77;
	say_ioctl("room for one", ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, query));
	printf("%u programs, %u\n", query[1], query[3]);
	query[0] = 65;
	say_ioctl("too many", ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, query));
	close(other);
	close(fd);
}

/* The type takes the path of a file, at an address. */
static void uprobe(unsigned int type)
{
	static const char none[] = "/no/such/file", folder[] = "/tmp", program[] = "/bin/true";
	struct perf_event_attr attr = {.size = sizeof(attr), .type = type, .config2 = 4096};
	int fd;

	say_fd("no file", perf_event_open(&attr, -1, 0, -1, 0));
	attr.config1 = (uintptr_t)none;
	say_fd("no such file", perf_event_open(&attr, -1, 0, -1, 0));
	attr.config1 = (uintptr_t)folder;
	say_fd("a folder", perf_event_open(&attr, -1, 0, -1, 0));
	attr.config1 = (uintptr_t)program;
	fd = perf_event_open(&attr, -1, 0, -1, 0);
	say_ioctl("program",
		  ioctl(fd, PERF_EVENT_IOC_SET_BPF, bpf_program__fd(skel->progs.probed)));
	say_ioctl("another kind",
		  ioctl(fd, PERF_EVENT_IOC_SET_BPF, bpf_program__fd(skel->progs.traced)));
	say_fd("probe", fd);
	attr.size = PERF_ATTR_SIZE_VER0;
	say_fd("of the first version", perf_event_open(&attr, -1, 0, -1, 0));
}

/* perf_event TRACEPOINT UPROBE: numbers that a module cannot see. */
int main(int argc, char **argv)
{
	skel = reports_bpf__open();
	if (!skel || argc < 3)
		return 1;
	bpf_program__set_autoload(skel->progs.traced, true);
	bpf_program__set_autoload(skel->progs.traced_too, true);
	bpf_program__set_autoload(skel->progs.probed, true);
	if (reports_bpf__load(skel))
		return 1;
	wrong_arguments();
	newer_attributes();
	counting();
	groups();
	wrong_ioctls();
	mapping();
	attaching();
	pidfds();
	tracepoint(strtoull(argv[1], NULL, 0));
	uprobe((unsigned int)strtoul(argv[2], NULL, 0));
	reports_bpf__destroy(skel);
	return 0;
}
