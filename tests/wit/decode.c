/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints what the decoder makes of the bytes of decode.bpf.c's event: decode FILE [owned]. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "decode.h"

#include "decode_bpf.h"

#include "decode.decode.h"

typedef bpf_decode_bpf_types_event_t event_t;
typedef bpf_decode_bpf_types_what_t what_t;

static void print_bytes(const char *name, const uint8_t *bytes, size_t len)
{
	printf("%s:", name);
	for (size_t i = 0; i < len; i++)
		printf(" %02x", bytes[i]);
	putchar('\n');
}

static void print_what(const what_t *w)
{
	printf("what %d case %d", w->kind, w->u.tag);
	switch (w->u.tag) {
	case BPF_DECODE_BPF_TYPES_WHAT_U_POINT:
		printf(" point %d,%d\n", w->u.val.point.x, w->u.val.point.y);
		break;
	case BPF_DECODE_BPF_TYPES_WHAT_U_NAME:
		printf(" name %.*s\n", (int)w->u.val.name.len, (const char *)w->u.val.name.ptr);
		break;
	case BPF_DECODE_BPF_TYPES_WHAT_U_FIVE:
		printf(" five %u\n", w->u.val.five);
		break;
	default:
		print_bytes(" other", w->u.val.other.ptr, w->u.val.other.len);
	}
}

static void print_scalars(const event_t *e)
{
	printf("%d %d %d %d %" PRId64 " %" PRIu64 " %g %g\n", e->tiny, e->yes, e->s, e->i, e->l,
	       e->ul, (double)e->f, e->d);
	printf("wide %" PRIx64 " %" PRIx64 " pointer %" PRIx64 "\n", e->wide.f0, e->wide.f1,
	       e->pointer);
	printf("bits %u %u %d %d %" PRIx64 " %" PRIx64 " %" PRIx64 " far %" PRIu64 "\n", e->a, e->b,
	       e->signed_five, e->bit, e->far_bits, e->hundred.f0, e->hundred.f1, e->far);
	printf("names %d %d %d\n", e->default_, e->len_field, e->ret_);
	printf("inner %d union %zu bytes\n", e->inner, e->union_.len);
}

static void print_lists(const event_t *e)
{
	print_bytes("good", e->good.ptr, e->good.len);
	print_bytes("bad", e->bad.ptr, e->bad.len);
	print_bytes("full", e->full.ptr, e->full.len);
	print_bytes("raw", e->raw.ptr, e->raw.len);
	for (size_t i = 0; i < e->lines.len; i++)
		print_bytes("line", e->lines.ptr[i].ptr, e->lines.ptr[i].len);
	print_bytes("mac", e->mac.ptr, e->mac.len);
	for (size_t i = 0; i < e->ports.len; i++)
		printf("port %u\n", e->ports.ptr[i]);
	for (size_t i = 0; i < e->longs.len; i++)
		printf("long %" PRId64 "\n", e->longs.ptr[i]);
	for (size_t i = 0; i < e->grid.len; i++)
		for (size_t k = 0; k < e->grid.ptr[i].len; k++)
			printf("grid %d\n", e->grid.ptr[i].ptr[k]);
	for (size_t i = 0; i < e->flags.len; i++)
		printf("flag %d\n", e->flags.ptr[i]);
	for (size_t i = 0; i < e->points.len; i++)
		printf("point %d,%d\n", e->points.ptr[i].x, e->points.ptr[i].y);
	for (size_t i = 0; i < e->packed.unaligned.len; i++)
		printf("unaligned %d\n", e->packed.unaligned.ptr[i]);
	for (size_t i = 0; i < e->whats.len; i++)
		print_what(&e->whats.ptr[i]);
}

/* What lies behind a struct, as many elements as the bytes have; and too few bytes. */
static void print_tail(struct wbpf_decoder *d, const uint8_t *bytes)
{
	bpf_decode_bpf_types_tail_t tail;

	for (size_t size = 3; size < 30; size += 9) {
		bool ok = decode_bpf__decode_tail(d, (const void *)bytes, size, &tail);
		printf("tail of %zu: %d, %zu\n", size, ok, tail.rest.len);
		if (d->owned)
			bpf_decode_bpf_types_tail_free(&tail);
	}
}

static void check_place(const event_t *e, const uint8_t *bytes, size_t size, bool owned)
{
	bool inside = e->good.ptr >= bytes && e->good.ptr < bytes + size;
	bool bad = e->bad.ptr >= bytes && e->bad.ptr < bytes + size;

	if (inside == owned || bad)
		printf("text is %s\n", inside ? "not copied" : "copied");
}

int main(int argc, char **argv)
{
	static uint64_t bytes[512];
	const uint8_t *data = (const void *)bytes;
	struct wbpf_decoder d = {.owned = argc > 2 && !strcmp(argv[2], "owned")};
	FILE *in = argc > 1 ? fopen(argv[1], "rb") : NULL;
	size_t size = in ? fread(bytes, 1, sizeof(bytes), in) : 0;
	event_t e;

	if (in)
		fclose(in);
	if (decode_bpf__decode_event(&d, (const void *)data, sizeof(struct event) - 1, &e))
		puts("too few bytes are enough");
	/* The second time the memory is used again. */
	for (int i = 0; i < 2; i++) {
		wbpf_decoder_reset(&d);
		if (!decode_bpf__decode_event(&d, (const void *)data, size, &e)) {
			puts("not decoded");
			return 1;
		}
		if (!i && d.owned)
			bpf_decode_bpf_types_event_free(&e);
	}
	print_scalars(&e);
	print_lists(&e);
	check_place(&e, data, size, d.owned);
	if (d.owned)
		bpf_decode_bpf_types_event_free(&e);
	print_tail(&d, data);
	wbpf_decoder_free(&d);
	return 0;
}
