/* SPDX-License-Identifier: BSD-2-Clause */
/* Input that is BTF. */
#include "mutate.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static const struct mutate_base none = {1, 0};
	uint32_t state = seed | 1;

	return mutate_btf(data, size, max_size, &state, &none);
}
