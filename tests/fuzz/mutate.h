/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutations that know the form of their input, beside libFuzzer's own, which know bytes only. */
#ifndef WBPF_FUZZ_MUTATE_H
#define WBPF_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* A number below n, which is at least 1. */
uint32_t mutate_random(uint32_t *state, uint32_t n);

/*
 * Changes BTF in place so that it stays BTF: mostly one field, type or name of it, rarely what does
 * not fit. base: how many types and how long the strings are that it goes on from (1 and 0: none).
 * Returns the new size, at most max_size.
 */
struct mutate_base {
	uint32_t types, strings;
};
size_t mutate_btf(uint8_t *data, size_t size, size_t max_size, uint32_t *state,
		  const struct mutate_base *base);

/* The same for ELF files: the contents of sections, as BTF where they are, and their headers. */
size_t mutate_elf(uint8_t *data, size_t size, size_t max_size, uint32_t *state);

/* How many types raw BTF has, and bytes of strings; {1, 0} when it is none. */
struct mutate_base mutate_btf_extent(const uint8_t *data, size_t size);

#endif
