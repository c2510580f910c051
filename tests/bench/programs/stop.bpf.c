// SPDX-License-Identifier: BSD-2-Clause
/* Ten programs to attach: tracepoints and raw ones, of events that seldom happen and that often do.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

unsigned long long hits;

#define PROGRAM(name, section)                                                                     \
	SEC(section)                                                                               \
	int name(void *ctx)                                                                        \
	{                                                                                          \
		__sync_fetch_and_add(&hits, 1);                                                    \
		return 0;                                                                          \
	}

PROGRAM(on_exec, "tp/sched/sched_process_exec")
PROGRAM(on_exit, "tp/sched/sched_process_exit")
PROGRAM(on_fork, "tp/sched/sched_process_fork")
PROGRAM(on_switch, "tp/sched/sched_switch")
PROGRAM(on_signal, "tp/signal/signal_deliver")
PROGRAM(raw_exec, "raw_tp/sched_process_exec")
PROGRAM(raw_exit, "raw_tp/sched_process_exit")
PROGRAM(raw_fork, "raw_tp/sched_process_fork")
PROGRAM(raw_switch, "raw_tp/sched_switch")
PROGRAM(raw_signal, "raw_tp/signal_deliver")

char _license[] SEC("license") = "Dual BSD/GPL";
