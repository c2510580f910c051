/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FENTRY_H
#define FENTRY_H

#define NAME_LEN 16
#define FILE_LEN 128

/* A finished call of do_unlinkat(). */
struct removal {
	unsigned long long duration_ns;
	int pid;
	int dir; /* descriptor of the folder that the name is relative to; AT_FDCWD: the current one
		  */
	int result; /* 0, or the kernel's negative error number */
	char name[NAME_LEN];
	char file[FILE_LEN]; /* as the process gave it, cut where it is longer */
};

#endif
