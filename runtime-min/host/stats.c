/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/stats.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/instance.h"

void stats_init(struct stats *s)
{
	*s = (struct stats){0};
	pthread_mutex_init(&s->lock, NULL);
}

static void free_object(struct stats_object *o)
{
	for (size_t i = 0; i < o->nr_maps; i++)
		free(o->maps[i].name);
	for (size_t i = 0; i < o->nr_progs; i++) {
		free(o->progs[i].name);
		free(o->progs[i].section);
	}
	free(o->maps);
	free(o->progs);
	free(o->name);
}

void stats_destroy(struct stats *s)
{
	for (size_t i = 0; i < s->nr_objects; i++)
		free_object(&s->objects[i]);
	for (size_t i = 0; i < s->nr_links; i++) {
		free(s->links[i].kind);
		free(s->links[i].prog);
		free(s->links[i].target);
	}
	for (size_t i = 0; i < s->nr_buffers; i++)
		free(s->buffers[i].map);
	free(s->objects);
	free(s->links);
	free(s->buffers);
	pthread_mutex_destroy(&s->lock);
}

uint64_t stats_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void stats_stage(struct stats *s, enum stats_stage stage, uint64_t began)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	if (!s->stages[stage].at)
		s->stages[stage] = (struct stats_time){.at = began, .ns = stats_now() - began};
	pthread_mutex_unlock(&s->lock);
}

/*
 * Room for one more element of a list, zeroed; NULL when it is full. Strings in them may be NULL
 * for want of memory, which who prints them minds.
 */
static void *more(struct stats *s, void *list, size_t *count, size_t size)
{
	void **at = list;
	char *grown = *count < STATS_LIMIT ? realloc(*at, (*count + 1) * size) : NULL;

	if (!grown) {
		s->left_out++;
		return NULL;
	}
	*at = grown;
	return memset(grown + (*count)++ * size, 0, size);
}

static void add_map(struct stats *s, struct stats_object *o, const struct bpf_map *m)
{
	struct stats_map *to =
		bpf_map__fd(m) < 0 ? NULL : more(s, &o->maps, &o->nr_maps, sizeof(*o->maps));

	if (to)
		*to = (struct stats_map){
			.name = strdup(bpf_map__name(m)),
			.type_name = libbpf_bpf_map_type_str(bpf_map__type(m)),
			.max_entries = bpf_map__max_entries(m),
		};
}

static void add_prog(struct stats *s, struct stats_object *o, const struct bpf_program *p)
{
	struct stats_prog *to =
		bpf_program__fd(p) < 0 ? NULL : more(s, &o->progs, &o->nr_progs, sizeof(*o->progs));

	if (to)
		*to = (struct stats_prog){
			.name = strdup(bpf_program__name(p)),
			.section = strdup(bpf_program__section_name(p)),
		};
}

void stats_loaded(struct instance *in, const struct bpf_object *o, bool ahead)
{
	struct stats *s = in->stats;
	struct bpf_program *p;
	struct bpf_map *m;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	struct stats_object *to = more(s, &s->objects, &s->nr_objects, sizeof(*s->objects));
	if (to) {
		to->name = strdup(bpf_object__name(o));
		to->ahead = ahead;
		bpf_object__for_each_map(m, o)
			add_map(s, to, m);
		bpf_object__for_each_program(p, o)
			add_prog(s, to, p);
	}
	pthread_mutex_unlock(&s->lock);
}

static const char *kind_of(int fd)
{
	struct bpf_link_info info = {0};
	uint32_t len = sizeof(info);
	const char *kind = fd < 0 || bpf_link_get_info_by_fd(fd, &info, &len)
				   ? NULL
				   : libbpf_bpf_link_type_str(info.type);

	return kind ? kind : "other";
}

void stats_attached(struct instance *in, const struct handle *h, const char *kind, const char *prog,
		    const char *target)
{
	struct stats *s = in->stats;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	struct stats_link *to = more(s, &s->links, &s->nr_links, sizeof(*s->links));
	if (to)
		*to = (struct stats_link){
			.kind = strdup(kind ? kind : kind_of(h->fd)),
			.prog = strdup(prog),
			.target = strdup(target),
			.handle = h ? h->value : 0,
		};
	pthread_mutex_unlock(&s->lock);
}

void stats_detached(struct instance *in, wbpf_handle link)
{
	struct stats *s = in->stats;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	for (size_t i = s->nr_links; i-- > 0;) {
		if (s->links[i].handle != link || s->links[i].ended)
			continue;
		s->links[i].ended = true;
		break;
	}
	pthread_mutex_unlock(&s->lock);
}

/* --- buffers -------------------------------------------------------------------------------- */

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* A position in a ring's page, which the kernel or the module may be writing. */
static uint64_t position(const struct stats_buffer *b, size_t page)
{
	const uint8_t *at = b->ring + page * (size_t)sysconf(_SC_PAGESIZE);

	return __atomic_load_n((const uint64_t *)at, __ATOMIC_RELAXED);
}

struct wbpf_counts stats_total(const struct stats_buffer *b)
{
	struct wbpf_counts total = b->before, now;

	if (!b->live)
		return total;
	memcpy(&now, b->live, sizeof(now)); /* while the module writes it, maybe */
	if (b->ring)
		now.bytes = position(b, 0) - b->first;
	total.records += now.records;
	total.bytes += now.bytes;
	if (b->perf) {
		total.lost += now.lost;
		total.highest = larger(total.highest, now.highest);
		total.size = larger(total.size, now.size);
	}
	return total;
}

/* How full the rings are now. */
static void look(struct stats *s)
{
	for (size_t i = 0; i < s->nr_buffers; i++) {
		struct stats_buffer *b = &s->buffers[i];
		if (b->live && b->ring)
			b->before.highest =
				larger(b->before.highest, position(b, 1) - position(b, 0));
	}
}

/* When it is seen, the record is there since the module last came back from waiting. */
static void see_first_record(struct stats *s)
{
	for (size_t i = 0; i < s->nr_buffers && !s->stages[STATS_RECORD].at; i++)
		if (stats_total(&s->buffers[i]).records)
			s->stages[STATS_RECORD].at = s->woke ? s->woke : stats_now();
}

void stats_look(struct stats *s)
{
	see_first_record(s);
	look(s);
}

static struct stats_buffer *find_live(struct stats *s, wbpf_addr addr)
{
	for (size_t i = 0; i < s->nr_buffers; i++)
		if (s->buffers[i].live && s->buffers[i].addr == addr)
			return &s->buffers[i];
	return NULL;
}

static void end_buffer(struct stats_buffer *b)
{
	b->before = stats_total(b);
	b->live = NULL;
}

/* The reader of a map whose earlier one is gone goes on with its numbers. */
static struct stats_buffer *add_buffer(struct stats *s, const struct handle *h)
{
	for (size_t i = 0; i < s->nr_buffers; i++)
		if (!s->buffers[i].live && s->buffers[i].handle == h->value)
			return &s->buffers[i];
	struct stats_buffer *b = more(s, &s->buffers, &s->nr_buffers, sizeof(*s->buffers));
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	if (!b)
		return NULL;
	bpf_map_get_info_by_fd(h->fd, &info, &len);
	b->handle = h->value;
	b->map = h->ptr ? strdup(bpf_map__name(h->ptr)) : strndup(info.name, sizeof(info.name));
	b->perf = h->map_type == BPF_MAP_TYPE_PERF_EVENT_ARRAY;
	b->before.size = b->perf ? 0 : info.max_entries;
	return b;
}

static int begin_buffer(struct instance *in, wbpf_addr addr, const void *live)
{
	struct wbpf_counts counts;

	memcpy(&counts, live, sizeof(counts));
	const struct handle *h = handle_find(&in->handles, counts.map, WBPF_KIND_MAP);
	if (!h)
		return -EBADF;
	struct stats_buffer *b = add_buffer(in->stats, h);
	if (!b)
		return -ENOMEM;
	b->addr = addr;
	b->live = live;
	b->ring = NULL;
	if (!b->perf && counts.ring && counts.ring % 8 == 0)
		b->ring = memory_read(in->memory, counts.ring, (uint64_t)sysconf(_SC_PAGESIZE) + 8);
	b->first = b->ring ? position(b, 0) : 0;
	return 0;
}

int stats_counts(struct instance *in, wbpf_addr addr, uint32_t size)
{
	const void *live = memory_read(in->memory, addr, sizeof(struct wbpf_counts));
	struct stats *s = in->stats;
	int err = 0;

	if (!live || addr % 8)
		return live ? -EINVAL : -EFAULT;
	if (size && size < sizeof(struct wbpf_counts))
		return -EINVAL;
	if (!s)
		return 0;
	pthread_mutex_lock(&s->lock);
	struct stats_buffer *b = find_live(s, addr);
	stats_look(s);
	if (b && !size)
		end_buffer(b);
	else if (!b && size)
		err = begin_buffer(in, addr, live);
	pthread_mutex_unlock(&s->lock);
	return err;
}

void stats_waits(struct instance *in)
{
	struct stats *s = in->stats;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	stats_look(s);
	pthread_mutex_unlock(&s->lock);
}

void stats_woke(struct instance *in)
{
	struct stats *s = in->stats;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->woke = stats_now();
	look(s);
	pthread_mutex_unlock(&s->lock);
}

void stats_end(struct instance *in)
{
	struct stats *s = in->stats;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	stats_look(s);
	for (size_t i = 0; i < s->nr_buffers; i++)
		if (s->buffers[i].live)
			end_buffer(&s->buffers[i]);
	pthread_mutex_unlock(&s->lock);
}
