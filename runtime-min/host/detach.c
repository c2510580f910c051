/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/detach.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "host/instance.h"
#include "host/signals.h"
#include "host/stats.h"

enum { MAX_THREADS = 32, STACK_SIZE = 256 << 10 };

/* What is still to be done, by whoever comes first. */
struct work {
	struct handle *const *handles;
	size_t count;
	atomic_size_t next;
};

struct worker {
	pthread_t thread;
	struct work *work;
	struct log log; /* what libbpf says on this thread */
};

/* The slow part; it touches nothing but the link. */
static void detach(const struct handle *h)
{
	if (h->ptr)
		bpf_link__destroy(h->ptr);
	else if (h->fd >= 0)
		close(h->fd);
}

/* USDT's links share tables of their object. */
static bool stands_alone(const struct handle *h)
{
	return !h->ptr || h->fd >= 0;
}

static void *detach_some(void *arg)
{
	struct worker *w = arg;
	size_t i;

	log_capture(&w->log);
	while ((i = atomic_fetch_add(&w->work->next, 1)) < w->work->count)
		if (stands_alone(w->work->handles[i]))
			detach(w->work->handles[i]);
	log_capture(NULL);
	return NULL;
}

static size_t start(struct worker *workers, size_t wanted, struct work *work)
{
	pthread_attr_t attr;
	size_t n = 0;

	if (pthread_attr_init(&attr))
		return 0;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	for (; n < wanted; n++) {
		workers[n].work = work;
		log_init(&workers[n].log);
		if (signals_new_thread(&workers[n].thread, &attr, detach_some, &workers[n]))
			break; /* the others do its part */
	}
	pthread_attr_destroy(&attr);
	return n;
}

static void join(struct worker *workers, size_t count, struct log *l)
{
	const char *text;
	uint32_t level;
	size_t len;

	for (size_t i = 0; i < count; i++) {
		struct log *own = &workers[i].log;
		pthread_join(workers[i].thread, NULL);
		for (; (text = log_peek(own, &level, &len)); log_pop(own))
			log_add(l, level, "%.*s", (int)len, text);
	}
}

void detach_all(struct instance *in, struct handle *const *handles, size_t count)
{
	struct worker workers[MAX_THREADS];
	struct work work = {.handles = handles, .count = count};
	size_t started = 0;

	for (size_t i = 0; i < count; i++) {
		ids_remember(in, handles[i]);
		stats_detached(in, handles[i]->value);
	}
	if (count > 1)
		started = start(workers, count < MAX_THREADS ? count : MAX_THREADS, &work);
	for (size_t i = 0; i < count; i++)
		if (!started || !stands_alone(handles[i]))
			detach(handles[i]);
	join(workers, started, &in->log);
	for (size_t i = 0; i < count; i++) {
		opened_put(handles[i]->opened);
		handle_release(&in->handles, handles[i]);
	}
}
