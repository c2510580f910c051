/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Debug information of a BPF object: the types that its BTF lacks. The object's BTF takes no part,
 * so that what is looked for is always in the debug information only.
 */
#include <stdlib.h>
#include <string.h>

#include "btfgen/read.h"
#include "fuzz.h"

/* What the seeds call their types. */
static const char *const names[] = {"struct event", "union choice", "enum color", "event_t",
				    "record",       "node",         NULL};

static void check(const struct strbuf *file)
{
	struct object o = {
		.path = "fuzz.bpf.o",
		.file = "fuzz.bpf.o",
		.name = "fuzz",
		.first_type = 1,
		.license = "",
		.model = model_new(8, false),
	};
	struct diag d = {0};

	if (!o.model)
		return;
	int err = read_check_elf(file, &d);
	if (!err)
		err = read_dwarf(file, names, o.model, &d);
	if (err)
		fuzz_check_failure(err, &d);
	else
		fuzz_check_object(&o);
	model_free(o.model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf file = {0};

	strbuf_add(&file, data, size);
	check(&file);
	strbuf_free(&file);
	return 0;
}
