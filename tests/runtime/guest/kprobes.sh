# SPDX-License-Identifier: BSD-2-Clause
# Functions of the kernel: equal output is worth something only where probes were hit.
. "$WBPF_TESTS/lib.sh"
needs_bpf
[[ -d /sys/bus/event_source/devices/kprobe ]] || skip "the kernel has no kprobes (CONFIG_KPROBES)"
needs_tracefs

compare guest_kprobes
expect_line "$out" '^kprobe: 1 hits, values 1, '
expect_line "$out" '^cookie: 1 hits, values 1, cookies 78187493520$'
expect_line "$out" '^ksyscall, cookie: 2 hits, values 8, cookies 6$'
! has_trampolines || expect_line "$out" '^fexit: 1 hits, values 15, '
if [[ -e /sys/kernel/tracing/available_filter_functions ]] && grep -q -w register_fprobe /proc/kallsyms; then
	expect_line "$out" '^list, cookies: 3 hits, values 0, cookies 1099511627797$'
	expect_line "$out" '^session: 18 hits, values 9, '
fi
