/* SPDX-License-Identifier: BSD-2-Clause */
/* --stats: what the modules did, at their end and at every SIGUSR1 before. */
#ifndef WBPF_RUN_STATS_H
#define WBPF_RUN_STATS_H

#include "report.h"

struct stats_watch;

/*
 * Before runtime_new(): from now on SIGUSR1, where no module catches it, and the signals that end a
 * process come to an end of the modules in order. started: stats_now() at the start of main(). 0 or
 * a negative errno.
 */
int stats_watch_new(struct report *report, uint64_t started, struct stats_watch **ret);

/* Whose statistics they are. NULL: nobody's any more. */
void stats_watch_runtime(struct stats_watch *w, struct runtime *r);
void stats_watch_print(struct stats_watch *w); /* w may be NULL */
void stats_watch_free(struct stats_watch *w);  /* w may be NULL */

#endif
