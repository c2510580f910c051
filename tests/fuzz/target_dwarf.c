/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Debug information of a BPF object: the types that its BTF lacks. The object's BTF takes no part,
 * so that what is looked for is always in the debug information only.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

/* libelf and libdw are not built with sanitizers, so memory that cannot be read begins where the
 * file and the NUL that a buffer has behind it end. */
static char *guarded(size_t size)
{
	enum { ROOM = 1 << 20, GUARD = 1 << 16 };
	static char *room;

	if (!room) {
		room = mmap(NULL, ROOM + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);
		if (room == MAP_FAILED || mprotect(room + ROOM, GUARD, PROT_NONE))
			fuzz_fail("no memory for the input");
	}
	return size < ROOM ? room + ROOM - (size + 8) / 8 * 8 : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf file = {.data = guarded(size), .len = size};

	if (!file.data)
		return 0;
	memcpy(file.data, data, size);
	file.data[size] = '\0';
	check(&file);
	return 0;
}
