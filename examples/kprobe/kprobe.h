/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef KPROBE_H
#define KPROBE_H

#define NAME_LEN 16
#define FILE_LEN 128

/* A finished call of do_unlinkat(). */
struct removal {
	int pid;
	int result; /* 0, or the kernel's negative error number */
	char name[NAME_LEN];
	char file[FILE_LEN]; /* as the process gave it, cut where it is longer */
};

#endif
