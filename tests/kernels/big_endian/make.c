/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes what the BPF program copies, with a header's accessors: make FILE. */
#include <stdio.h>
#include <string.h>

#include "own.types.h"

static void fill(struct settings *s)
{
	memset(s, 0, sizeof(*s));
	wbpf_set(s->number, 0x81020304);
	wbpf_set(s->negative, -65536);
	wbpf_set(s->bits, 0x5a5a);
	wbpf_set(s->address, 0xffff800000001000);
	wbpf_set(s->wide_bits, 0x2000000000001);
	wbpf_set(s->wide_negative, -8192);
	wbpf_set(s->color, COLOR_DARK);
	s->on = true;
	wbpf_set(s->list[0], -2);
	wbpf_set(s->list[2], 32767);
	wbpf_set(s->mean, -0.15625);
	wbpf_set(s->sum, -((__int128)1 << 100));
	s->tight.lead = 1;
	wbpf_set(s->tight.wide, 0x0102030405060708);
	wbpf_set(s->tight.half, 0x8000);
	wbpf_set(s->tight.at.x, -5);
	wbpf_set(s->tight.at.y, -6000000000);
	wbpf_set(s->tight.cut, -1048575);
	s->tight.tail = 9;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "wb") : NULL;
	struct settings s;

	fill(&s);
	if (!file || fwrite(&s, sizeof(s), 1, file) != 1 || fclose(file)) {
		fprintf(stderr, "make: cannot write\n");
		return 1;
	}
	return 0;
}
