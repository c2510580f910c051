/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef KFUNC_H
#define KFUNC_H

#define COMM_LEN 16

/* A process as the kernel has it. */
struct process {
	int pid;
	int parent;
	char comm[COMM_LEN];
	char parent_comm[COMM_LEN];
	unsigned int cpus; /* on how many it may run */
	int first_cpu;     /* of these; -1: not known */
};

#endif
