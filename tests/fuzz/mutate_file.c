/* SPDX-License-Identifier: BSD-2-Clause */
/* Input that is an ELF file. */
#include "mutate.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	uint32_t state = seed | 1;

	return mutate_elf(data, size, max_size, &state);
}
