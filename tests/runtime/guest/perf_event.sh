# SPDX-License-Identifier: BSD-2-Clause
# Perf events; their numbers differ from kernel to kernel.
. "$WBPF_TESTS/lib.sh"
needs_bpf
needs_tracefs
type=/sys/bus/event_source/devices/uprobe/type
[[ -e $type ]] || skip "the kernel has no uprobes ($type)"
tracepoint=/sys/kernel/tracing/events/sched/sched_process_exec/id
[[ -e $tracepoint ]] || tracepoint=/sys/kernel/debug/tracing/events/sched/sched_process_exec/id

compare guest_perf_event "$(<$tracepoint)" "$(<$type)"
expect_line "$out" '^ticks 1$'
expect_line "$out" '^2 programs, right 1 1$'
expect_line "$out" '^probe: ok$'
