/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF files: BPF objects with their maps and programs, other machines' with BTF in them. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Slimmed BTF is what a skeleton embeds; the generators' own view is the same in both. */
	const struct object_options options = {.size = sizeof(options), .name = "fuzz"};

	fuzz_read(fuzz_file(0, data, size), &options);
	return 0;
}
