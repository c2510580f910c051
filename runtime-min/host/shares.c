/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/shares.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "host/instance.h"
#include "host/map_rules.h"

/* What must be the same, as the object says it before it is loaded. */
struct map_definition {
	uint64_t type, key_size, value_size, max_entries, flags, extra;
};

/* A program as its object has it; from shares_opened() on. */
struct share_program {
	struct share_program *next;
	const struct bpf_program *program; /* NULL: that of a share */
	uint32_t type, attach_type;
	size_t nr_insns;
	struct bpf_insn insns[];
};

/* One of the names, once a module has loaded something under it. */
struct share {
	struct share *next;
	const char *name;
	bool is_map;
	int fd;      /* -1: its object is being loaded */
	char *owner; /* the module's name */
	struct map_definition map;
	struct share_program *program;
};

struct shares {
	const char *const *names;
	size_t count;
	pthread_mutex_t lock; /* of what follows; held while an object with such names is loaded */
	struct share *list;
};

struct shares *shares_new(const char *const *names, size_t count)
{
	struct shares *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->names = names;
	s->count = count;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

static void share_free(struct share *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	free(s->owner);
	free(s->program);
	free(s);
}

void shares_free(struct shares *s)
{
	if (!s)
		return;
	for (struct share *p = s->list, *next; p; p = next) {
		next = p->next;
		share_free(p);
	}
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The name as the caller of shares_new() has it, or NULL when it is not to be shared. */
static const char *find_name(const struct shares *s, const char *name)
{
	for (size_t i = 0; s && i < s->count; i++)
		if (!strcmp(s->names[i], name))
			return s->names[i];
	return NULL;
}

static struct share *find(const struct shares *s, const char *name, bool is_map)
{
	for (struct share *p = s->list; p; p = p->next)
		if (p->is_map == is_map && !strcmp(p->name, name))
			return p;
	return NULL;
}

static bool has_shared(const struct shares *s, const struct bpf_object *o)
{
	const struct bpf_program *prog;
	struct bpf_program *p;
	struct bpf_map *m;

	bpf_object__for_each_map(m, o)
		if (find_name(s, bpf_map__name(m)))
			return true;
	bpf_object__for_each_program(p, o) {
		prog = p;
		if (find_name(s, bpf_program__name(prog)))
			return true;
	}
	return false;
}

/* --- programs as they were ------------------------------------------------------------------ */

static struct share_program *copy_program(const struct bpf_program *p)
{
	size_t n = bpf_program__insn_cnt(p);
	struct share_program *copy = malloc(sizeof(*copy) + n * sizeof(struct bpf_insn));

	if (!copy)
		return NULL;
	*copy = (struct share_program){
		.program = p,
		.type = bpf_program__type(p),
		.attach_type = bpf_program__expected_attach_type(p),
		.nr_insns = n,
	};
	if (n)
		memcpy(copy->insns, bpf_program__insns(p), n * sizeof(struct bpf_insn));
	return copy;
}

int shares_opened(const struct instance *in, struct opened *o)
{
	struct bpf_program *p;

	if (!in->shares)
		return 0;
	bpf_object__for_each_program(p, o->object) {
		if (!find_name(in->shares, bpf_program__name(p)))
			continue;
		struct share_program *copy = copy_program(p);
		if (!copy)
			return -ENOMEM;
		copy->next = o->programs;
		o->programs = copy;
	}
	return 0;
}

void shares_closed(struct opened *o)
{
	while (o->programs) {
		struct share_program *p = o->programs;
		o->programs = p->next;
		free(p);
	}
}

static const struct share_program *find_program(const struct opened *o, const struct bpf_program *p)
{
	for (const struct share_program *s = o->programs; s; s = s->next)
		if (s->program == p)
			return s;
	return NULL;
}

/* --- what is put in ------------------------------------------------------------------------- */

static struct map_definition definition_of(const struct bpf_map *m)
{
	return (struct map_definition){
		.type = bpf_map__type(m),
		.key_size = bpf_map__key_size(m),
		.value_size = bpf_map__value_size(m),
		.max_entries = bpf_map__max_entries(m),
		.flags = bpf_map__map_flags(m),
		.extra = bpf_map__map_extra(m),
	};
}

/* Says the first thing that differs. */
static int compare_maps(struct log *l, const struct share *s, const struct map_definition *mine)
{
	const struct {
		const char *what;
		uint64_t theirs, mine;
	} parts[] = {
		{"type", s->map.type, mine->type},
		{"key size", s->map.key_size, mine->key_size},
		{"value size", s->map.value_size, mine->value_size},
		{"max_entries", s->map.max_entries, mine->max_entries},
		{"flags", s->map.flags, mine->flags},
		{"map_extra", s->map.extra, mine->extra},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (parts[i].theirs == parts[i].mine)
			continue;
		log_add(l, WBPF_LOG_WARN,
			"wbpf: map '%s': cannot be shared: its %s is %llu here and %llu in %s\n",
			s->name, parts[i].what, (unsigned long long)parts[i].mine,
			(unsigned long long)parts[i].theirs, s->owner);
		return -EINVAL;
	}
	return 0;
}

/* Constants are each module's own: their values may be what its programs were checked with. */
static bool is_constant(const struct bpf_map *m)
{
	return bpf_map__is_internal(m) &&
	       (strstr(bpf_map__name(m), ".rodata") || strstr(bpf_map__name(m), ".kconfig"));
}

static int refuse(struct log *l, const char *kind, const char *name, const char *why)
{
	log_add(l, WBPF_LOG_WARN, "wbpf: %s '%s': cannot be shared: %s\n", kind, name, why);
	return -EOPNOTSUPP;
}

/* A new share, whose descriptor comes when its object is loaded. */
static int offer(struct instance *in, const char *name, bool is_map, struct share **ret)
{
	struct share *s = calloc(1, sizeof(*s));

	if (!s || !(s->owner = strdup(in->name))) {
		free(s);
		return -ENOMEM;
	}
	s->name = name;
	s->is_map = is_map;
	s->fd = -1;
	s->next = in->shares->list;
	in->shares->list = s;
	*ret = s;
	return 0;
}

static int begin_map(struct instance *in, struct bpf_map *m)
{
	const char *name = find_name(in->shares, bpf_map__name(m));
	const struct map_definition mine = definition_of(m);
	struct share *s = name ? find(in->shares, name, true) : NULL;
	int err;

	if (!name || !bpf_map__autocreate(m))
		return 0;
	if (is_constant(m))
		return refuse(&in->log, "map", name, "it holds constants");
	if (mine.type == BPF_MAP_TYPE_STRUCT_OPS || mine.type == BPF_MAP_TYPE_ARENA)
		return refuse(&in->log, "map", name, "maps of its type are their object's own");
	if (!s) {
		err = offer(in, name, true, &s);
		if (!err)
			s->map = mine;
		return err;
	}
	err = s->fd < 0 ? refuse(&in->log, "map", name, "the object has two of the name")
			: compare_maps(&in->log, s, &mine);
	if (!err)
		err = map_rule_reuse(m, s->fd);
	return err ? err : bpf_map__reuse_fd(m, s->fd);
}

static bool same_program(const struct share_program *a, const struct share_program *b)
{
	return a->type == b->type && a->attach_type == b->attach_type &&
	       a->nr_insns == b->nr_insns &&
	       !memcmp(a->insns, b->insns, a->nr_insns * sizeof(struct bpf_insn));
}

static int begin_program(struct instance *in, struct opened *o, struct handle *h)
{
	const char *name = find_name(in->shares, bpf_program__name(h->ptr));
	const struct share_program *mine = name ? find_program(o, h->ptr) : NULL;
	struct share *s = mine ? find(in->shares, name, false) : NULL;
	int err, fd;

	if (!mine || !bpf_program__autoload(h->ptr))
		return 0;
	if (h->own_insns)
		return refuse(&in->log, "prog", name, "the module changed its instructions");
	if (!s) {
		err = offer(in, name, false, &s);
		if (!err)
			s->program = copy_program(h->ptr);
		return err ? err : s->program ? 0 : -ENOMEM;
	}
	if (s->fd < 0)
		return refuse(&in->log, "prog", name, "the object has two of the name");
	if (!same_program(s->program, mine)) {
		log_add(&in->log, WBPF_LOG_WARN,
			"wbpf: prog '%s': cannot be shared: it is another one than that of %s\n",
			name, s->owner);
		return -EINVAL;
	}
	fd = s->fd;
	err = opened_keep(o, &fd);
	if (!err)
		err = bpf_program__set_autoload(h->ptr, false);
	if (!err) {
		h->fd = fd;
		h->shared = true;
	}
	return err;
}

static int begin_all(struct instance *in, struct opened *o)
{
	int err = 0;

	for (uint32_t i = 0; i < in->handles.count && !err; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->opened != o)
			continue;
		if (h->kind == WBPF_KIND_MAP && !o->prepared)
			err = begin_map(in, h->ptr);
		else if (h->kind == WBPF_KIND_PROG)
			err = begin_program(in, o, h);
	}
	return err;
}

/* --- what is offered ------------------------------------------------------------------------ */

/* Of what the object made under the name; -1: nothing. */
static int made(const struct opened *o, const struct share *s)
{
	const struct bpf_program *p =
		s->is_map ? NULL : bpf_object__find_program_by_name(o->object, s->name);
	struct bpf_map *m;

	if (p)
		return bpf_program__fd(p);
	bpf_object__for_each_map(m, o->object)
		if (s->is_map && !strcmp(bpf_map__name(m), s->name))
			return bpf_map__fd(m);
	return -1;
}

/* New shares get the descriptors of what is there now, or go. */
static void finish(struct shares *shares, const struct opened *o, int err)
{
	for (struct share **p = &shares->list; *p;) {
		struct share *s = *p;
		if (s->fd < 0 && !err)
			s->fd = fcntl(made(o, s), F_DUPFD_CLOEXEC, 3);
		if (s->fd < 0) {
			*p = s->next;
			share_free(s);
		} else {
			p = &s->next;
		}
	}
}

int shares_begin(struct instance *in, struct opened *o)
{
	if (!in->shares || !has_shared(in->shares, o->object))
		return 0;
	pthread_mutex_lock(&in->shares->lock);
	int err = begin_all(in, o);
	if (err) {
		finish(in->shares, o, err);
		pthread_mutex_unlock(&in->shares->lock);
	}
	return err;
}

void shares_end(struct instance *in, struct opened *o, int err)
{
	if (!in->shares || !has_shared(in->shares, o->object))
		return;
	finish(in->shares, o, err);
	for (uint32_t i = 0; i < in->handles.count && err; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->opened == o && h->shared)
			h->shared = false;
	}
	pthread_mutex_unlock(&in->shares->lock);
}
