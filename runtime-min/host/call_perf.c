/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Perf events: perf_event_open(2) and its ioctls. The attributes are copied once; two kinds of
 * events have the pointer to a string in them, which becomes one to a copy.
 *
 * Source: perf_event_open(2), include/uapi/linux/perf_event.h, kernel/events/core.c.
 */
#include <errno.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/files.h"

#define PMUS "/sys/bus/event_source/devices"

enum {
	MAX_ATTR = 4096,   /* the kernel's limit: one page */
	MAX_FILTER = 4096, /* the same */
	MAX_QUERY = 64,    /* programs that one event can have (BPF_TRACE_MAX_PROGS) */
};

/* attr, as long as the kernel may want it, and the string that it points to. */
struct attributes {
	union {
		struct perf_event_attr attr;
		uint8_t bytes[MAX_ATTR];
	};
	char text[PATH_MAX];
};

/* Whether type is the one of that dynamic PMU, "kprobe" or "uprobe". */
static bool is_pmu(uint32_t type, const char *name)
{
	unsigned int number = 0;
	char path[64];

	snprintf(path, sizeof(path), PMUS "/%s/type", name);
	FILE *f = fopen(path, "re");
	if (!f)
		return false;
	bool same = fscanf(f, "%u", &number) == 1 && number == type;
	fclose(f);
	return same;
}

/* config1 points to a function's name, or to a file's: of the module, then of us. */
static int translate_text(struct instance *in, struct attributes *a)
{
	uint64_t addr = a->attr.config1;

	if (!addr)
		return 0;
	if (addr > UINT32_MAX || !in->memory || addr >= in->memory->size)
		return -EFAULT;
	uint64_t left = in->memory->size - addr;
	uint32_t max = left < sizeof(a->text) ? (uint32_t)left : sizeof(a->text);
	if (memory_copy_in(in->memory, a->text, (uint32_t)addr, max))
		return -EFAULT;
	if (strnlen(a->text, max) == max)
		return max == sizeof(a->text) ? -ENAMETOOLONG : -EFAULT;
	a->attr.config1 = (uint64_t)(uintptr_t)a->text;
	return 0;
}

/*
 * The attributes, as many bytes as they say themselves (none: the first version's). A size that the
 * kernel does not take is left to it.
 */
static int copy_attributes(struct instance *in, wbpf_addr addr, struct attributes *a)
{
	uint32_t head[2]; /* type, size */
	int err = memory_copy_in(in->memory, head, addr, sizeof(head));

	if (err)
		return err;
	memset(a->bytes, 0, sizeof(a->bytes));
	uint32_t size = head[1] ? head[1] : PERF_ATTR_SIZE_VER0;
	bool wrong = size < PERF_ATTR_SIZE_VER0 || size > sizeof(a->bytes);
	err = memory_copy_in(in->memory, a->bytes, addr, wrong ? sizeof(head) : size);
	if (err)
		return err;
	a->attr.type = head[0];
	a->attr.size = size;
	if (wrong)
		return 0;
	if (a->attr.sigtrap) {
		log_add(&in->log, WBPF_LOG_WARN,
			"wbpf: perf_event_open: sigtrap is refused: the signal would end the "
			"host\n");
		return -EPERM;
	}
	if (head[0] < PERF_TYPE_MAX) /* not of a dynamic PMU, whose numbers are in sysfs */
		return 0;
	if (is_pmu(head[0], "kprobe") || is_pmu(head[0], "uprobe"))
		return translate_text(in, a);
	/* Without sysfs nobody can tell these from others. */
	return access(PMUS, F_OK) ? -ENOENT : 0;
}

/* The kernel tells the size that it knows. */
static int give_size(struct instance *in, wbpf_addr addr, const struct attributes *a, int err)
{
	uint32_t size = a->attr.size;

	if (err == -E2BIG)
		memory_copy_out(in->memory, addr + 4, &size, sizeof(size));
	return err;
}

/* -1 stays what it is; what is no handle becomes no descriptor, for the kernel to refuse in turn.
 */
static int descriptor(const struct instance *in, int32_t value, enum wbpf_file_kind kind)
{
	int fd = value == -1 ? -1 : file_fd(in, value, kind);

	return value != -1 && fd < 0 ? INT_MAX : fd;
}

wbpf_handle perf_open(struct instance *in, wbpf_addr what)
{
	struct wbpf_perf_event args;
	struct attributes a;
	int err = file_struct(in, &args, sizeof(args), what);

	if (!err)
		err = copy_attributes(in, args.attr, &a);
	if (err)
		return err;
	int group = descriptor(in, args.group, WBPF_FILE_PERF_EVENT), pid = args.pid;
	if (args.flags & PERF_FLAG_PID_CGROUP)
		pid = descriptor(in, pid, WBPF_FILE_CGROUP);
	int fd = (int)syscall(SYS_perf_event_open, &a.attr, pid, args.cpu, group,
			      (unsigned long)args.flags | PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		fd = give_size(in, args.attr, &a, -errno);
	return file_add(in, WBPF_FILE_PERF_EVENT, fd);
}

static int32_t set_filter(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	char text[MAX_FILTER];

	if (size >= sizeof(text))
		return -EINVAL;
	if (memory_copy_in(in->memory, text, arg, size))
		return -EFAULT;
	text[size] = '\0';
	if (strlen(text) != size)
		return -EINVAL;
	return instance_result(ioctl(fd, PERF_EVENT_IOC_SET_FILTER, text));
}

static int32_t query_bpf(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	struct {
		uint32_t ids_len, prog_cnt, ids[MAX_QUERY];
	} query = {0};
	const uint32_t head = 2 * sizeof(uint32_t);

	if (size < head)
		return -EINVAL;
	if (memory_copy_in(in->memory, &query.ids_len, arg, sizeof(query.ids_len)))
		return -EFAULT;
	if (query.ids_len > MAX_QUERY)
		return -E2BIG;
	uint32_t len = head + query.ids_len * (uint32_t)sizeof(*query.ids);
	if (size < len)
		return -EINVAL;
	if (!memory_write(in->memory, arg, len))
		return -EFAULT;
	/* Also after ENOSPC, when it says how many there are. */
	int32_t ret = instance_result(ioctl(fd, PERF_EVENT_IOC_QUERY_BPF, &query));
	if (!ret || ret == -ENOSPC)
		memory_copy_out(in->memory, arg, &query, len);
	return ret;
}

static int32_t modify(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	struct attributes a;
	int err = size < 2 * sizeof(uint32_t) ? -EINVAL : copy_attributes(in, arg, &a);

	if (!err && a.attr.size > size)
		err = -EINVAL;
	if (err)
		return err;
	return give_size(in, arg, &a,
			 instance_result(ioctl(fd, PERF_EVENT_IOC_MODIFY_ATTRIBUTES, &a.attr)));
}

static int32_t set_output(const struct instance *in, int fd, int32_t value)
{
	int other = descriptor(in, value, WBPF_FILE_PERF_EVENT);

	return instance_result(ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, (long)other));
}

static int32_t set_bpf(const struct instance *in, int fd, int32_t value)
{
	int prog = instance_fd(in, value, 0); /* the kernel wants a program */

	return prog < 0 ? prog : instance_result(ioctl(fd, PERF_EVENT_IOC_SET_BPF, (long)prog));
}

static int32_t id(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	uint64_t number = 0;

	if (size != sizeof(number))
		return -EINVAL;
	int32_t ret = instance_result(ioctl(fd, PERF_EVENT_IOC_ID, &number));
	return ret ? ret : memory_copy_out(in->memory, arg, &number, sizeof(number));
}

static int32_t period(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	uint64_t number;

	if (size != sizeof(number))
		return -EINVAL;
	int err = memory_copy_in(in->memory, &number, arg, sizeof(number));
	return err ? err : instance_result(ioctl(fd, PERF_EVENT_IOC_PERIOD, &number));
}

int32_t perf_control(struct instance *in, int fd, uint32_t op, wbpf_addr arg, uint32_t size)
{
	static const unsigned long requests[] = {
		[WBPF_PERF_ENABLE] = PERF_EVENT_IOC_ENABLE,
		[WBPF_PERF_DISABLE] = PERF_EVENT_IOC_DISABLE,
		[WBPF_PERF_REFRESH] = PERF_EVENT_IOC_REFRESH,
		[WBPF_PERF_RESET] = PERF_EVENT_IOC_RESET,
		[WBPF_PERF_PAUSE_OUTPUT] = PERF_EVENT_IOC_PAUSE_OUTPUT,
	};
	uint32_t number;

	switch (op) {
	case WBPF_PERF_SET_FILTER:
		return set_filter(in, fd, arg, size);
	case WBPF_PERF_QUERY_BPF:
		return query_bpf(in, fd, arg, size);
	case WBPF_PERF_MODIFY:
		return modify(in, fd, arg, size);
	case WBPF_PERF_ID:
		return id(in, fd, arg, size);
	case WBPF_PERF_PERIOD:
		return period(in, fd, arg, size);
	default:
		break;
	}
	if (size != sizeof(number))
		return -EINVAL;
	if (memory_copy_in(in->memory, &number, arg, sizeof(number)))
		return -EFAULT;
	if (op == WBPF_PERF_SET_OUTPUT)
		return set_output(in, fd, (int32_t)number);
	if (op == WBPF_PERF_SET_BPF)
		return set_bpf(in, fd, (int32_t)number);
	return instance_result(ioctl(fd, requests[op], (unsigned long)number));
}
