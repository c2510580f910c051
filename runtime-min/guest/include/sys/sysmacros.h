/* SPDX-License-Identifier: BSD-2-Clause */
/* The two parts of a device's number as stat() gives it: major 0xfffff000 00000fff at bits 32 and
 * 8, minor 0xffffff00 000000ff at bits 12 and 0. The kernel's own numbers (s_dev) are packed
 * otherwise. */
#ifndef WBPF_SYS_SYSMACROS_H
#define WBPF_SYS_SYSMACROS_H

#include <sys/types.h>

static inline unsigned int gnu_dev_major(dev_t dev)
{
	return (unsigned int)(dev >> 32 & 0xfffff000) | (unsigned int)(dev >> 8 & 0xfff);
}

static inline unsigned int gnu_dev_minor(dev_t dev)
{
	return (unsigned int)(dev >> 12 & 0xffffff00) | (unsigned int)(dev & 0xff);
}

static inline dev_t gnu_dev_makedev(unsigned int major, unsigned int minor)
{
	return (dev_t)(major & 0xfffff000) << 32 | (dev_t)(major & 0xfff) << 8 |
	       (dev_t)(minor & 0xffffff00) << 12 | (minor & 0xff);
}

#define major(dev) gnu_dev_major(dev)
#define minor(dev) gnu_dev_minor(dev)
#define makedev(major, minor) gnu_dev_makedev(major, minor)

#endif
