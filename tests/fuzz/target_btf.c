/* SPDX-License-Identifier: BSD-2-Clause */
/* Raw BTF, of either byte order; and what all emitters make of it. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct object_options options = {.size = sizeof(options), .name = "fuzz"};

	fuzz_read(fuzz_file(0, data, size), &options);
	return 0;
}
