// SPDX-License-Identifier: BSD-2-Clause
/* User ring buffers: what the program writes, the kernel reads: all of it, in order, or not at all.
 */
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "atomics.h"
#include "reports.h"
#include "reports.skel.h"
#include "say.h"

enum { HEADER = 8 /* bytes before each record */ };

static struct reports_bpf *skel;
static unsigned int next;

static void drain(const char *what)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.drain), &opts);
	struct drained *d = &skel->bss->drained;

	printf("%s: err %d, ret %d, %u records, %llu bytes, wrong %u\n", what, err, d->ret,
	       d->count, d->bytes, d->wrong);
	d->count = d->wrong = 0;
	d->bytes = 0;
}

static void write_letter(struct letter *l, unsigned int number, unsigned int size)
{
	l->number = number;
	l->size = size;
	if (size > 8)
		((unsigned char *)l)[size - 1] = (unsigned char)(number + size);
}

/* One record, unless there is no room for it. */
static int put(struct user_ring_buffer *rb, unsigned int size)
{
	struct letter *l = user_ring_buffer__reserve(rb, size);

	if (!l)
		return -errno;
	write_letter(l, next++, size);
	user_ring_buffer__submit(rb, l);
	return 0;
}

static void wrong_arguments(void)
{
	LIBBPF_OPTS(user_ring_buffer_opts, opts);
	int letters = bpf_map__fd(skel->maps.letters);

	say_ptr("a hash", user_ring_buffer__new(bpf_map__fd(skel->maps.hash), NULL));
	printf("no map: %d\n", user_ring_buffer__new(-1, NULL) != NULL);
	opts.sz = 2;
	say_ptr("short options", user_ring_buffer__new(letters, &opts));
	user_ring_buffer__free(NULL);
}

static void sizes(struct user_ring_buffer *rb)
{
	say_ptr("busy bit", user_ring_buffer__reserve(rb, 1u << 31));
	say_ptr("discard bit", user_ring_buffer__reserve(rb, 1u << 30));
	say_ptr("too large", user_ring_buffer__reserve(rb, 4096 - HEADER + 1));
	say_ptr("far too large", user_ring_buffer__reserve(rb, (1u << 30) - 1));
	say_ptr("blocking, too large", user_ring_buffer__reserve_blocking(rb, 4096, 1));
	say_ptr("wrong time", user_ring_buffer__reserve_blocking(rb, 8, -2));
	drain("empty");
}

/* Many times around, with records of all sizes. */
static void around(struct user_ring_buffer *rb)
{
	unsigned int failed = 0;

	for (unsigned int i = 0; i < 1000; i++) {
		failed += put(rb, 8 + i * 13 % 491) != 0;
		if (i % 7 == 6) {
			LIBBPF_OPTS(bpf_test_run_opts, opts);

			failed += bpf_prog_test_run_opts(bpf_program__fd(skel->progs.drain),
							 &opts) != 0;
		}
	}
	printf("failed %u\n", failed);
	drain("around");
}

static void full(struct user_ring_buffer *rb)
{
	int err = 0, count = 0;
	struct letter *l;

	while (!(err = put(rb, 100)))
		count++;
	say_err("full", err);
	printf("%d fitted\n", count);
	say_ptr("no room", user_ring_buffer__reserve(rb, 57));
	l = user_ring_buffer__reserve(rb, 56);
	say_ptr("just room", l);
	user_ring_buffer__discard(rb, l);
	say_ptr("none at all", user_ring_buffer__reserve(rb, 0));
	say_ptr("no room in no time", user_ring_buffer__reserve_blocking(rb, 100, 0));
	say_ptr("no room in time", user_ring_buffer__reserve_blocking(rb, 100, 30));
	drain("drained");
	l = user_ring_buffer__reserve_blocking(rb, 100, -1);
	say_ptr("room", l);
	write_letter(l, next++, 100);
	user_ring_buffer__submit(rb, l);
	drain("one");
	/* One record that fills it. */
	l = user_ring_buffer__reserve(rb, 4096 - HEADER);
	say_ptr("all of it", l);
	say_ptr("nothing beside", user_ring_buffer__reserve(rb, 0));
	user_ring_buffer__discard(rb, l);
	drain("none");
}

/* A record that is not submitted holds up those behind it; a discarded one is passed over. */
static void order(struct user_ring_buffer *rb)
{
	struct letter *a = user_ring_buffer__reserve(rb, 20), *b, *c;

	b = user_ring_buffer__reserve(rb, 30);
	c = user_ring_buffer__reserve(rb, 40);
	if (!a || !b || !c)
		return;
	write_letter(a, next, 20);
	write_letter(c, next + 1, 40);
	user_ring_buffer__submit(rb, c);
	drain("first not there");
	user_ring_buffer__submit(rb, a);
	drain("first");
	user_ring_buffer__discard(rb, b);
	drain("third");
	next += 2;
}

static void some(struct user_ring_buffer *rb)
{
	for (int i = 0; i < 10; i++)
		put(rb, 64);
	skel->bss->drained.stop_after = 4;
	drain("four");
	skel->bss->drained.stop_after = 0;
	drain("six");
}

static void again_and_again(void)
{
	size_t before = 0, grown = 0;
	int failed = 0;

	for (int i = 0; i < 300; i++) {
		struct user_ring_buffer *rb =
			user_ring_buffer__new(bpf_map__fd(skel->maps.letters), NULL);

		failed += !rb || put(rb, 8);
		user_ring_buffer__free(rb);
		if (i % 50 == 49)
			drain("again");
#ifdef __wasm__
		if (i == 10)
			before = __builtin_wasm_memory_size(0);
		grown = __builtin_wasm_memory_size(0) - before;
#endif
	}
	printf("failed %d, grown %zu\n", failed, before ? grown : 0);
}

int main(int argc, char **argv)
{
	struct user_ring_buffer *rb;

	skel = reports_bpf__open_and_load();
	if (!skel)
		return 1;
	if (argc > 1)
		use_atomics();
	wrong_arguments();
	rb = user_ring_buffer__new(bpf_map__fd(skel->maps.letters), NULL);
	if (!rb)
		return 1;
	sizes(rb);
	around(rb);
	full(rb);
	order(rb);
	some(rb);
	user_ring_buffer__free(rb);
	again_and_again();
	reports_bpf__destroy(skel);
	return 0;
}
