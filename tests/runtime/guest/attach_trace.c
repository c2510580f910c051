// SPDX-License-Identifier: BSD-2-Clause
/*
 * Each section for tracing, for what the actor calls: attach_trace FOLDER ACTOR SECTION...,
 * the cgroup in which the actor is and its file.
 */
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>

#include "attach_trace.h"
#include "attach_trace.skel.h"
#include "insns.h"
#include "kinds.h"

enum { COOKIE = 77 };

static const char *path;
static int folder, filter, traced;

/* --- explicitly, with options ----------------------------------------------------------------- */

static struct bpf_link *tracepoint(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_tracepoint_opts, opts, .bpf_cookie = COOKIE);

	return bpf_program__attach_tracepoint_opts(prog, "syscalls", "sys_enter_getpgid", &opts);
}

static struct bpf_link *raw_tracepoint(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_raw_tracepoint_opts, opts, .cookie = COOKIE);

	return bpf_program__attach_raw_tracepoint_opts(prog, "sys_enter", &opts);
}

static struct bpf_link *trace(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_trace_opts, opts, .cookie = COOKIE);

	return bpf_program__attach_trace_opts(prog, &opts);
}

static struct bpf_link *lsm(struct bpf_program *prog)
{
	return bpf_program__attach_lsm(prog);
}

static struct bpf_link *cgroup(struct bpf_program *prog)
{
	return bpf_program__attach_cgroup(prog, folder);
}

static struct bpf_link *iter(struct bpf_program *prog)
{
	union bpf_iter_link_info info = {.task.pid = (__u32)actor_pid};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts, .link_info = &info, .link_info_len = sizeof(info));

	return bpf_program__attach_iter(prog, &opts);
}

static struct bpf_link *perf_event(struct bpf_program *prog)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CONTEXT_SWITCHES,
		.sample_period = 1,
		.disabled = 1,
	};
	LIBBPF_OPTS(bpf_perf_event_opts, opts, .bpf_cookie = COOKIE);
	int fd = (int)syscall(__NR_perf_event_open, &attr, actor_pid, -1, -1, PERF_FLAG_FD_CLOEXEC);

	return bpf_program__attach_perf_event_opts(prog, fd, &opts);
}

static struct bpf_link *kprobe_of(struct bpf_program *prog, bool ret)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = COOKIE, .retprobe = ret);

	return bpf_program__attach_kprobe_opts(prog, "vfs_read", &opts);
}

static struct bpf_link *kprobe(struct bpf_program *prog)
{
	return kprobe_of(prog, false);
}

static struct bpf_link *kretprobe(struct bpf_program *prog)
{
	return kprobe_of(prog, true);
}

static struct bpf_link *kprobe_multi_of(struct bpf_program *prog, bool ret, bool session)
{
	const char *symbol = "vfs_read";
	__u64 cookie = COOKIE;
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = &symbol, .cookies = &cookie, .cnt = 1,
		    .retprobe = ret, .session = session);

	return bpf_program__attach_kprobe_multi_opts(prog, NULL, &opts);
}

static struct bpf_link *kprobe_multi(struct bpf_program *prog)
{
	return kprobe_multi_of(prog, false, false);
}

static struct bpf_link *kretprobe_multi(struct bpf_program *prog)
{
	return kprobe_multi_of(prog, true, false);
}

static struct bpf_link *kprobe_session(struct bpf_program *prog)
{
	return kprobe_multi_of(prog, false, true);
}

static struct bpf_link *ksyscall_of(struct bpf_program *prog, bool ret)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = COOKIE, .retprobe = ret);

	return bpf_program__attach_ksyscall(prog, "getpgid", &opts);
}

static struct bpf_link *ksyscall(struct bpf_program *prog)
{
	return ksyscall_of(prog, false);
}

static struct bpf_link *kretsyscall(struct bpf_program *prog)
{
	return ksyscall_of(prog, true);
}

static struct bpf_link *uprobe_of(struct bpf_program *prog, bool ret)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .bpf_cookie = COOKIE, .retprobe = ret,
		    .func_name = "actor_function");

	return bpf_program__attach_uprobe_opts(prog, actor_pid, path, 0, &opts);
}

static struct bpf_link *uprobe(struct bpf_program *prog)
{
	return uprobe_of(prog, false);
}

static struct bpf_link *uretprobe(struct bpf_program *prog)
{
	return uprobe_of(prog, true);
}

static struct bpf_link *uprobe_multi_of(struct bpf_program *prog, bool ret, bool session)
{
	const char *symbol = "actor_function";
	__u64 cookie = COOKIE;
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = &symbol, .cookies = &cookie, .cnt = 1,
		    .retprobe = ret, .session = session);

	return bpf_program__attach_uprobe_multi(prog, actor_pid, path, NULL, &opts);
}

static struct bpf_link *uprobe_multi(struct bpf_program *prog)
{
	return uprobe_multi_of(prog, false, false);
}

static struct bpf_link *uretprobe_multi(struct bpf_program *prog)
{
	return uprobe_multi_of(prog, true, false);
}

static struct bpf_link *uprobe_session(struct bpf_program *prog)
{
	return uprobe_multi_of(prog, false, true);
}

static struct bpf_link *usdt(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_usdt_opts, opts, .usdt_cookie = COOKIE);

	return bpf_program__attach_usdt(prog, actor_pid, path, "wbpf", "act", &opts);
}

/* --- what makes them run ---------------------------------------------------------------------- */

static int run_filter(void)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));

	return bpf_prog_test_run_opts(filter, &opts);
}

static int run_traced(void)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);

	return bpf_prog_test_run_opts(traced, &opts);
}

/* Links that are gone make no iterator. */
static int run_iter(void)
{
	int fd = bpf_iter_create(link_fd);
	char text[64];

	if (fd < 0)
		return 0;
	while (read(fd, text, sizeof(text)) > 0)
		;
	close(fd);
	return 0;
}

/* The program of that kind and name, with nothing attached, as long as this program runs. */
static int load_trigger(const void *elf, size_t size)
{
	static struct loaded l;
	const struct kind k = {"trigger", "trigger", 0, "", NULL, NULL, 0};

	return load_kind(&k, elf, size, &l) ? -1 : bpf_program__fd(l.prog);
}

int main(int argc, char **argv)
{
#define K(name, section, ours, how, ret, attach, act)                                              \
	{section, "on_" #name, KIND_##name, "calls", attach, act, act == NULL},
	static const struct kind kinds[] = {TRACE_KINDS(K)};
	size_t size;
	const void *elf = attach_trace_bpf__elf_bytes(&size);

	if (argc < 3)
		return 2;
	meet_actor();
	folder = open(argv[1], O_RDONLY | O_DIRECTORY);
	path = argv[2];
	filter = load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, NULL);
	traced = load_trigger(elf, size);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (is_wanted(kinds[i].section, argv + 3))
			try_kind(&kinds[i], elf, size);
	return 0;
}
