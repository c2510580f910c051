/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_ABI_DESCRIBE_H
#define WBPF_ABI_DESCRIBE_H

/* Prints text folded at 96 columns, each line after the prefix. */
void describe_folded(const char *text, const char *prefix);

/* Prints the WIT of wbpf_component.def. 0, or 1 when something in it is not known. */
int describe_component(void);

#endif
