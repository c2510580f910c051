/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel's module against its kernel. The input: the base's size in 4 bytes, little-endian; the
 * base; the module. Either is raw BTF or an ELF file.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4)
		return 0;
	uint32_t base_size = data[0] | data[1] << 8 | data[2] << 16 | (uint32_t)data[3] << 24;
	data += 4;
	size -= 4;
	if (base_size > size)
		base_size = (uint32_t)size;
	const struct object_options options = {
		.size = sizeof(options),
		.name = "fuzz",
		.base = fuzz_file(1, data, base_size),
	};
	fuzz_read(fuzz_file(0, data + base_size, size - base_size), &options);
	return 0;
}
