/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a target once for each file: libFuzzer's main() does the same where it is linked. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fuzz.h"

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct strbuf file = {0};
		struct diag d = {0};

		if (file_read(argv[i], 0, &file, &d))
			fuzz_fail("%s", d.text);
		/* A copy of just this size, so that what reads further is seen. */
		uint8_t *copy = malloc(file.len ? file.len : 1);
		if (!copy)
			fuzz_fail("out of memory");
		for (size_t k = 0; k < file.len; k++)
			copy[k] = (uint8_t)file.data[k];
		fprintf(stderr, "%s\n", argv[i]);
		LLVMFuzzerTestOneInput(copy, file.len);
		free(copy);
		strbuf_free(&file);
	}
	printf("%d inputs\n", argc - 1);
	return 0;
}
