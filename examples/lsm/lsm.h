/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef LSM_H
#define LSM_H

#define NAME_LEN 16
#define FILE_LEN 256 /* what any file system has at most, with the 0 at its end */

enum how { BY_UNLINK, BY_RMDIR, BY_RENAME };

/* Something that was tried and refused. */
struct refusal {
	int pid;
	enum how how;
	char name[NAME_LEN];
};

#endif
