/* SPDX-License-Identifier: BSD-2-Clause */
/* Where variables lie: custom sections, holes, static variables, alignment, constants alone. */
#include "bpf.h"

int in_bss;
static int hidden SEC(".bss");
long after_hidden;
char odd;
__u64 aligned_to_64 __attribute__((aligned(64)));

int in_data = 1;
int extra SEC(".data.extra-one") = 2;
int bss_more SEC(".bss.more-one");
int odd_name SEC(".data.bss.odd") = 5;
int more SEC(".data.extra-one") = 3;
const volatile int fixed SEC(".rodata.fixed") = 4;

SEC("raw_tp/x")
int prog(void *ctx)
{
	static int seen;
	static int seen_too = 3;

	seen++;
	seen_too += hidden;
	hidden += seen;
	bpf_printk("a constant in .rodata: %d", seen_too);
	return fixed + extra + bss_more;
}
