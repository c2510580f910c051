/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why something failed that libbpf can only report as an errno: a file system that is not mounted,
 * a capability that is missing. Each function looks at the system and, when it finds the
 * cause, adds a warning to the log that names it and what to do.
 */
#ifndef WBPF_HOST_HINTS_H
#define WBPF_HOST_HINTS_H

#include "host/log.h"

struct bpf_program;

void hint_load(struct log *l, int err);
void hint_attach(struct log *l, int err, const struct bpf_program *p);
void hint_pin(struct log *l, const char *path);
void hint_cgroup(struct log *l, const char *path);

#endif
