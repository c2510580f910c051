// SPDX-License-Identifier: BSD-2-Clause
/* Programs for the kernel's functions. What the kernel has for tests of this kind is
 * bpf_fentry_test*. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "kprobes.h"

char _license[] SEC("license") = "GPL";

int pid;
struct seen seen[PROBES];

extern bool bpf_session_is_return(void) __ksym __weak;

static int see(void *ctx, int which, long long value)
{
	struct seen *s = &seen[which];

	if (bpf_get_current_pid_tgid() >> 32 != pid)
		return 0;
	s->hits++;
	s->values += value;
	s->cookies += bpf_get_attach_cookie(ctx);
	return 0;
}

SEC("kprobe")
int BPF_KPROBE(entry, int a)
{
	return see(ctx, BY_ENTRY, a);
}

SEC("kretprobe")
int BPF_KRETPROBE(leave, int ret)
{
	return see(ctx, BY_LEAVE, ret);
}

SEC("kprobe.multi")
int BPF_KPROBE(many)
{
	return see(ctx, BY_MANY, 0);
}

SEC("kretprobe.multi")
int BPF_KRETPROBE(many_leave, int ret)
{
	return see(ctx, BY_MANY_LEAVE, ret);
}

/* In a session the return of what was entered is seen by the same program. */
SEC("?kprobe.session")
int session(struct pt_regs *ctx)
{
	return see(ctx, BY_SESSION, bpf_session_is_return && bpf_session_is_return());
}

SEC("ksyscall")
int BPF_KSYSCALL(call, int cmd)
{
	return cmd == BPF_MAP_GET_NEXT_KEY ? see(ctx, BY_CALL, cmd) : 0;
}

SEC("kretsyscall")
int BPF_KRETPROBE(call_leave, int ret)
{
	return ret == -2 ? see(ctx, BY_CALL_LEAVE, ret) : 0;
}

SEC("kprobe/bpf_fentry_test2")
int BPF_KPROBE(auto_entry, int a, unsigned long long b)
{
	return see(ctx, BY_AUTO_ENTRY, b);
}

SEC("kretprobe/bpf_fentry_test2")
int BPF_KRETPROBE(auto_leave, int ret)
{
	return see(ctx, BY_AUTO_LEAVE, ret);
}

SEC("ksyscall/bpf")
int BPF_KSYSCALL(auto_call, int cmd)
{
	return cmd == BPF_MAP_GET_NEXT_KEY ? see(ctx, BY_AUTO_CALL, cmd) : 0;
}

SEC("?kprobe.multi/bpf_fentry_test[3]")
int BPF_KPROBE(auto_many_wrong)
{
	return 0;
}

SEC("?kprobe.multi/bpf_fentry_test?")
int BPF_KPROBE(auto_many)
{
	return see(ctx, BY_AUTO_MANY, 0);
}

SEC("fentry/bpf_fentry_test1")
int BPF_PROG(traced, int a)
{
	return see(ctx, BY_TRACED, a);
}

SEC("fexit/bpf_fentry_test3")
int BPF_PROG(traced_leave, char a, int b, unsigned long long c, int ret)
{
	return see(ctx, BY_TRACED_LEAVE, ret);
}

/* Returns what the kernel's function shall return instead of what it would. */
SEC("?fmod_ret/bpf_modify_return_test")
int BPF_PROG(changed, int a, int *b, int ret)
{
	see(ctx, BY_CHANGED, a);
	return bpf_get_current_pid_tgid() >> 32 == pid ? 17 : ret;
}

/* Its test run is what calls the functions. */
SEC("fentry/bpf_fentry_test1")
int BPF_PROG(trigger)
{
	return 0;
}

SEC("?fmod_ret/bpf_modify_return_test")
int BPF_PROG(trigger_change, int a, int *b, int ret)
{
	return ret;
}

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} empty SEC(".maps");
