/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/read.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LENGTH = 1000 };

/* libbpf's print function has no context argument, so its state has to stand here. */
static struct strbuf captured;
static libbpf_print_fn_t previous;

static int capture(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	if (level != LIBBPF_WARN || captured.len > MAX_LENGTH)
		return 0;
	char line[1024];
	vsnprintf(line, sizeof(line), fmt, ap);

	const char *text = strncmp(line, "libbpf: ", 8) ? line : line + 8;
	size_t n = strcspn(text, "\n");
	if (n) {
		if (captured.len)
			strbuf_puts(&captured, "; ");
		strbuf_add(&captured, text, n);
	}
	return 0;
}

void read_warnings_begin(void)
{
	strbuf_free(&captured);
	previous = libbpf_set_print(capture);
}

char *read_warnings_end(void)
{
	libbpf_set_print(previous);
	return strbuf_detach(&captured);
}
