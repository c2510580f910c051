/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables that the kernel's configuration fills keep their const. */
#include "bpf.h"

extern int LINUX_KERNEL_VERSION __kconfig;
extern const unsigned long CONFIG_HZ __kconfig __weak;
extern bool CONFIG_BPF_SYSCALL __kconfig __weak;

SEC("raw_tp/x")
int prog(void *ctx)
{
	return LINUX_KERNEL_VERSION + CONFIG_HZ + CONFIG_BPF_SYSCALL;
}
