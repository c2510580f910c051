/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ATOMICS_H
#define ATOMICS_H

/* As on a machine that does not keep stores in order: rings are read with atomic accesses. */
static inline void use_atomics(void)
{
#ifdef __wasm__
	extern volatile unsigned int wbpf_shared[]; /* abi/wbpf_abi.h: properties */

	wbpf_shared[5] &= ~1u;
#endif
}

#endif
