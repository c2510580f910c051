/* SPDX-License-Identifier: BSD-2-Clause */
/* Input that is a base's size, the base and what goes on from it: target_split.c. */
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

static size_t mutate_part(uint8_t *data, size_t size, size_t room, uint32_t *state,
			  const struct mutate_base *base)
{
	return size && data[0] == 0x7f ? mutate_elf(data, size, room, state)
				       : mutate_btf(data, size, room, state, base);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static const struct mutate_base none = {1, 0};
	uint32_t state = seed | 1, base_size = 0;

	if (size >= 4)
		memcpy(&base_size, data, 4);
	if (size < 4 || base_size > size - 4 || !mutate_random(&state, 32))
		return LLVMFuzzerMutate(data, size, max_size);
	struct mutate_base extent = mutate_btf_extent(data + 4, base_size);
	size_t room = max_size - size, module_size = size - 4 - base_size;
	if (mutate_random(&state, 4)) {
		uint8_t *module = data + 4 + base_size;
		return 4 + base_size +
		       mutate_part(module, module_size, module_size + room, &state, &extent);
	}
	uint8_t *part = malloc(base_size + room + 1);
	if (!part)
		abort();
	memcpy(part, data + 4, base_size);
	size_t changed = mutate_part(part, base_size, base_size + room, &state, &none);
	memmove(data + 4 + changed, data + 4 + base_size, module_size);
	memcpy(data + 4, part, changed);
	free(part);
	base_size = (uint32_t)changed;
	memcpy(data, &base_size, 4);
	return 4 + changed + module_size;
}
