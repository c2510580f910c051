/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bootstrap wants of the host: by_hand.c calls it by the canonical ABI, by_wit.c by what is
 * made of the WIT. Those that return bool say why when it is false.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "bootstrap.h"

struct config {
	unsigned long long min_duration_ms;
	unsigned long long max_events;
	unsigned long long seconds;
	char name[NAME_LEN];
};

/* .rodata of bootstrap.bpf.c; lost is what its .bss begins with. */
struct rodata {
	unsigned long long min_duration_ns;
	char only_name[NAME_LEN];
};

/* An event; the texts are not ended by a NUL. */
struct process {
	uint32_t kind;
	int32_t pid, ppid;
	unsigned long long duration_ns;
	uint32_t exit_code;
	const char *name, *path;
	int name_len, path_len;
};

/* Opens, sets, loads and attaches the BPF object, and catches SIGINT and SIGTERM. */
bool guest_begin(const struct config *config);

enum polled { POLLED_GO_ON, POLLED_ENOUGH, POLLED_FAILED };
/* Hands what is there to take until that has enough; ENOUGH also after a signal. */
enum polled guest_poll(int timeout_ms, bool (*take)(const struct process *p));

bool guest_lost(unsigned long long *ret);
void guest_end(void);

#endif
