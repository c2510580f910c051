/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What attach_*.c share: one kind of section after the other is attached, by its section's name and
 * explicitly; an action must make its program run; its link is updated to another program, pinned,
 * opened again and detached, where the kernel has that; and after its end the same action must no
 * longer make it run. The action is another process's (actor.c), which is told on standard error
 * and answers on standard input.
 */
#ifndef KINDS_H
#define KINDS_H

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "say.h"

#define PIN_PATH "/sys/fs/bpf/wbpf-attach"

struct kind {
	const char *section; /* as libbpf's table has it */
	const char *program;
	int number; /* of its counter in the map "counts" */
	const char *action;
	struct bpf_link *(*attach)(struct bpf_program *prog); /* NULL: only by its section */
	int (*act)(void);                                     /* in place of action */
	int actor_only; /* runs only for the actor's actions, whose process is in the map "only" */
	const char *also; /* another program that is loaded with it */
};

/* An object with one program of kind k loaded, of the bytes of a skeleton. */
struct loaded {
	struct bpf_object *object;
	struct bpf_program *prog;
	int counts;
};

static int actor_pid;
static const struct loaded *now; /* what is tried */
static int link_fd = -1;         /* of the link that there is, for actions that need it */

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

/* A line of the actor's, without its end. */
static void read_answer(char *answer, size_t size)
{
	size_t n = 0;

	while (n < size - 1 && read(0, answer + n, 1) == 1 && answer[n] != '\n')
		n++;
	answer[n] = '\0';
}

static void meet_actor(void)
{
	char answer[64];

	libbpf_set_print(quiet);
	read_answer(answer, sizeof(answer));
	if (sscanf(answer, "ready %d", &actor_pid) != 1) {
		printf("no actor: %s\n", answer);
		exit(1);
	}
}

static int act(const char *action)
{
	char text[600], answer[128];
	int len = snprintf(text, sizeof(text), "do %s\n", action);

	if (write(2, text, (size_t)len) != len)
		exit(1);
	read_answer(answer, sizeof(answer));
	if (!strcmp(answer, "ok"))
		return 0;
	printf("%s failed: %s\n", action, answer);
	return -1;
}

static bool is_of(const struct kind *k, const char *name)
{
	return !strcmp(name, k->program) || (k->also && !strcmp(name, k->also));
}

static int load_kind(const struct kind *k, const void *elf, size_t size, struct loaded *l)
{
	struct bpf_program *p;
	int err, key = 0, only;

	*l = (struct loaded){.object = bpf_object__open_mem(elf, size, NULL)};
	if (!l->object)
		return -errno;
	bpf_object__for_each_program(p, l->object)
		bpf_program__set_autoload(p, is_of(k, bpf_program__name(p)));
	l->prog = bpf_object__find_program_by_name(l->object, k->program);
	err = l->prog ? bpf_object__load(l->object) : -ENOENT;
	l->counts = bpf_object__find_map_fd_by_name(l->object, "counts");
	only = bpf_object__find_map_fd_by_name(l->object, "only");
	if (!err && k->actor_only)
		err = bpf_map_update_elem(only, &key, &actor_pid, 0);
	if (err)
		bpf_object__close(l->object);
	return err;
}

static unsigned long long count_of(const struct loaded *l, const struct kind *k)
{
	unsigned long long count = 0;

	bpf_map_lookup_elem(l->counts, &k->number, &count);
	return count;
}

/* Whether the action makes it run. Some run a little later. */
static int runs(const struct loaded *l, const struct kind *k, int wanted)
{
	unsigned long long before = count_of(l, k);

	if (k->act ? k->act() : act(k->action))
		return -1;
	for (int i = 0; i < (wanted ? 2000 : 1) && count_of(l, k) == before; i++)
		usleep(1000);
	return count_of(l, k) != before;
}

/* What is behind a USDT link's descriptor, which is 0, is another thing in each variant. */
static void say(const struct kind *k, const char *what, long value)
{
	if (!strncmp(k->section, "usdt", 4) && value < 0) {
		printf("%s %s: refused\n", k->section, what);
		return;
	}
	printf("%s ", k->section);
	say_err(what, value);
}

static void say_link(const struct kind *k, const char *what, const struct bpf_link *link)
{
	link_fd = link ? bpf_link__fd(link) : -1;
	printf("%s ", k->section);
	say_ptr(what, link);
}

static void end_link(const struct kind *k, const struct loaded *l, struct bpf_link *link)
{
	say(k, "destroy", bpf_link__destroy(link));
	say(k, "ends", runs(l, k, 0) == 0);
}

/* The link goes on with another program. */
static void update_link(const struct kind *k, const struct loaded *l, struct bpf_link *link,
			const void *elf, size_t size)
{
	struct loaded other;
	int err = bpf_link__update_program(link, l->prog);

	say(k, "update", err);
	if (err || load_kind(k, elf, size, &other))
		return;
	say(k, "update to another", bpf_link__update_program(link, other.prog));
	say(k, "the other runs", runs(&other, k, 1));
	say(k, "and back", bpf_link__update_program(link, l->prog));
	say(k, "the other has ended", runs(&other, k, 0) == 0);
	bpf_object__close(other.object);
}

/* Returns the link, or that which was opened at its path in its place. */
static struct bpf_link *pin_link(const struct kind *k, const struct loaded *l,
				 struct bpf_link *link)
{
	int err = bpf_link__pin(link, PIN_PATH);

	say(k, "pin", err);
	if (err)
		return link;
	say(k, "destroy the pinned", bpf_link__destroy(link));
	say(k, "pinned it runs", runs(l, k, 1));
	link = bpf_link__open(PIN_PATH);
	say_link(k, "open", link);
	if (!link)
		return NULL;
	say(k, "unpin", bpf_link__unpin(link));
	return link;
}

static void detach_link(const struct kind *k, const struct loaded *l, struct bpf_link *link)
{
	int err = bpf_link__detach(link);

	say(k, "detach", err);
	if (!err)
		say(k, "detached it is silent", runs(l, k, 0) == 0);
}

/* Those that the test's script wants: which the kernel has. */
static bool is_wanted(const char *section, char *const *wanted)
{
	for (; *wanted; wanted++)
		if (!strcmp(section, *wanted))
			return true;
	return false;
}

static void try_kind(const struct kind *k, const void *elf, size_t size)
{
	struct loaded l;
	struct bpf_link *link;
	int err = load_kind(k, elf, size, &l);

	say(k, "load", err);
	if (err)
		return;
	now = &l;
	link = bpf_program__attach(l.prog);
	say_link(k, "by its section", link);
	if (link) {
		say(k, "runs by its section", runs(&l, k, 1));
		end_link(k, &l, link);
	}
	link = k->attach ? k->attach(l.prog) : bpf_program__attach(l.prog);
	say_link(k, "attach", link);
	if (link) {
		say(k, "fires", runs(&l, k, 1));
		update_link(k, &l, link, elf, size);
		link = pin_link(k, &l, link);
		if (link) {
			detach_link(k, &l, link);
			end_link(k, &l, link);
		}
	}
	bpf_object__close(l.object);
}

#endif
