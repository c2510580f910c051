/* SPDX-License-Identifier: BSD-2-Clause */
/* Standard input, output and error, as long as the program has not put something else there. */
#ifndef WBPF_GUEST_STANDARD_H
#define WBPF_GUEST_STANDARD_H

/* Bit fd: closed, or another file since. */
extern unsigned int wbpf_standard_gone;

static inline int wbpf_is_standard(int fd)
{
	return fd >= 0 && fd <= 2 && !(wbpf_standard_gone >> fd & 1);
}

static inline void wbpf_standard_forget(int fd)
{
	if (fd >= 0 && fd <= 2)
		wbpf_standard_gone |= 1u << fd;
}

#endif
