/* SPDX-License-Identifier: BSD-2-Clause */
/* How many records a run of the BPF program sends. */
#ifndef BENCH_MANY_H
#define BENCH_MANY_H

enum { MANY_RECORDS = 512 };

#endif
