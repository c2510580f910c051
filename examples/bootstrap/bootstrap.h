/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the two halves of bootstrap share. Only types of one size everywhere: the BPF side has
 * 64-bit longs and pointers, a WebAssembly module 32-bit ones.
 */
#ifndef BOOTSTRAP_H
#define BOOTSTRAP_H

#define NAME_LEN 16
#define PATH_LEN 128

enum event_kind { PROCESS_START = 1, PROCESS_EXIT = 2 };

struct event {
	enum event_kind kind;
	int pid;
	int ppid;
	unsigned long long duration_ns; /* PROCESS_EXIT only; 0: started before we looked */
	unsigned int exit_code;         /* as wait(2) reports it; PROCESS_EXIT only */
	char name[NAME_LEN];
	char path[PATH_LEN]; /* PROCESS_START only */
};

#endif
