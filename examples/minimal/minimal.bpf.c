// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define NAME_LEN 16 /* TASK_COMM_LEN, with the final NUL */

/* Set by the user program before the object is loaded. Empty: every program counts. */
char wanted[NAME_LEN];

/* Read by the user program while this one runs. */
unsigned long long starts;

static bool is_wanted(const char *name)
{
	if (!wanted[0])
		return true;
	for (int i = 0; i < NAME_LEN; i++) {
		if (name[i] != wanted[i])
			return false;
		if (!name[i])
			return true;
	}
	return true;
}

SEC("tp/sched/sched_process_exec")
int count_start(void *ctx)
{
	char name[NAME_LEN];

	if (bpf_get_current_comm(name, sizeof(name)) == 0 && is_wanted(name))
		__sync_fetch_and_add(&starts, 1);
	return 0;
}
