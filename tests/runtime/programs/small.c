// SPDX-License-Identifier: BSD-2-Clause
/* As little as a program with a ring buffer can be: its size is what is looked at. */
#include <stdarg.h>
#include <stdio.h>

#include <bpf/libbpf.h>

#include "small.skel.h"

/* The C library's printf, which libbpf's default callback for messages has, is not looked at. */
int vfprintf(FILE *stream, const char *format, va_list args)
{
	return fputs(format, stream);
}

static int on_event(void *ctx, void *data, size_t size)
{
	return size == 8 ? 0 : -1;
}

int main(void)
{
	struct small_bpf *skel = small_bpf__open_and_load();
	struct ring_buffer *events =
		skel ? ring_buffer__new(bpf_map__fd(skel->maps.events), on_event, NULL, NULL)
		     : NULL;
	int got = 0;

	if (!events || small_bpf__attach(skel))
		return 1;
	while (got >= 0 && got < 100) {
		int n = ring_buffer__poll(events, 1000);

		got = n < 0 ? n : got + n;
	}
	ring_buffer__free(events);
	small_bpf__destroy(skel);
	return got < 0;
}
