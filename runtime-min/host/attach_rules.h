/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module may not name when it attaches: files that libbpf would open although opening them
 * does something, and text that is more than a name where libbpf writes it into a kernel's file.
 */
#ifndef WBPF_HOST_ATTACH_RULES_H
#define WBPF_HOST_ATTACH_RULES_H

#include <stdbool.h>

struct bpf_program;
struct log;

/*
 * The name of a function in the kernel, or the path of a program: 0, or -EINVAL when it has more
 * than one line. text may be NULL.
 */
int attach_rule_text(struct log *l, const char *text);

/*
 * The path of a program or library, or of an archive, in which libbpf shall look for symbols. 0, or
 * -LIBBPF_ERRNO__FORMAT, as for all that is no ELF file. path may be NULL.
 */
int attach_rule_binary(struct log *l, const char *path);

/* Both, for the path that the program's section names, if it does. 0 or a negative error. */
int attach_rule_section(struct log *l, const struct bpf_program *p);

#endif
