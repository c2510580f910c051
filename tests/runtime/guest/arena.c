// SPDX-License-Identifier: BSD-2-Clause
/* Arenas: variables, pointers that both halves follow, and arenas without an object. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "arena.types.h"

#include "arena.skel.h"
#include "say.h"

static size_t page;

static void run(const char *what, struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);

	say_err(what, err ? err : (int)opts.retval);
}

static void say_list(const struct arena_bpf *skel)
{
	unsigned long long sum = 0, count = 0;

	for (const struct node *n = skel->arena->head; n && count < 1000; n = n->next) {
		sum += n->value;
		count++;
	}
	printf("list: %llu nodes, sum %llu\n", count, sum);
}

/* A node in a page that only this side has touched so far. */
static void add_own(const struct arena_bpf *skel)
{
	size_t size = 0;
	char *start = bpf_map__initial_value(skel->maps.pages, &size);
	struct node *own = (struct node *)(start + 9 * page);

	printf("bytes of variables: %zu\n", size);
	printf("the page is zeroes: %d\n", !own->__next_room && !own->value);
	own->value = 1000000;
	own->__next_room = (uintptr_t)skel->arena->head;
	skel->arena->__head_room = (uintptr_t)own;
	run("sum of both", skel->progs.sum);
	printf("total: %llu\n", (unsigned long long)skel->arena->total);
}

static void use(const struct arena_bpf *skel)
{
	run("fill", skel->progs.fill);
	say_list(skel);
	run("fill again", skel->progs.fill);
	say_list(skel);
	run("sum", skel->progs.sum);
	printf("total: %llu\n", (unsigned long long)skel->arena->total);
	printf("first node: %llu\n", (unsigned long long)skel->arena->head->value);
	printf("last page's first: %llu\n", (unsigned long long)skel->bss->last->value);
	skel->bss->last->value += 7;
	run("sum", skel->progs.sum);
	printf("total: %llu\n", (unsigned long long)skel->arena->total);
	add_own(skel);
	run("drop", skel->progs.drop);
	say_list(skel);
}

static struct arena_bpf *open_one(unsigned long long step)
{
	struct arena_bpf *skel = arena_bpf__open();

	if (!skel)
		return NULL;
	skel->arena->step = step;
	/* Where the source wants it, no module's memory is. */
	say_err("set_map_extra", bpf_map__set_map_extra(skel->maps.pages, 0));
	return skel;
}

static void two_of_them(void)
{
	struct arena_bpf *a = open_one(2), *b = open_one(3);

	if (!a || !b)
		return;
	printf("before: %llu\n", (unsigned long long)a->arena->total);
	say_err("fewer pages than it has variables",
		bpf_map__set_max_entries(b->maps.pages, 12) ? 1 : 0);
	say_err("load", arena_bpf__load(a));
	say_err("load", arena_bpf__load(b));
	printf("after: %llu\n", (unsigned long long)a->arena->total);
	use(a);
	use(b);
	run("fill", a->progs.fill);
	arena_bpf__destroy(b);
	say_list(a);
	arena_bpf__destroy(a);
}

static void *own_memory(size_t pages)
{
	return mmap(NULL, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Memory that the program chooses. */
static void chosen(void)
{
	struct arena_bpf *skel = arena_bpf__open();
	void *area = own_memory(16);

	if (!skel || area == MAP_FAILED)
		return;
	skel->arena->step = 1;
	say_err("not a page",
		bpf_map__set_map_extra(skel->maps.pages, 12) || arena_bpf__load(skel) ? 1 : 0);
	arena_bpf__destroy(skel);
	skel = arena_bpf__open();
	skel->arena->step = 4;
	say_err("chosen", bpf_map__set_map_extra(skel->maps.pages, (uintptr_t)area));
	say_err("load", arena_bpf__load(skel));
	printf("there: %d %d\n", bpf_map__initial_value(skel->maps.pages, &(size_t){0}) == area,
	       bpf_map__map_extra(skel->maps.pages) == (uintptr_t)area);
	run("fill", skel->progs.fill);
	say_list(skel);
	printf("in it: %d\n", (char *)skel->arena->head - (char *)area < (long)(16 * page));
	arena_bpf__destroy(skel);
}

/* Half a GiB fits into a module's memory, four do not. */
static void large(void)
{
	struct arena_bpf *skel = open_one(1);
	int err;

	if (!skel)
		return;
	say_err("larger", bpf_map__set_max_entries(skel->maps.pages, 1 << 17));
	say_err("load", arena_bpf__load(skel));
	run("fill", skel->progs.fill);
	say_list(skel);
	char *start = bpf_map__initial_value(skel->maps.pages, &(size_t){0});
	start[(1 << 29) - 1] = 1;
	printf("its end: %d\n", start[(1 << 29) - 1]);
	arena_bpf__destroy(skel);

	skel = open_one(1);
	say_err("too large", bpf_map__set_max_entries(skel->maps.pages, 1 << 20));
	err = arena_bpf__load(skel);
	printf("as it should be: %d\n", err == (sizeof(void *) == 4 ? -ENOMEM : 0));
	arena_bpf__destroy(skel);
}

/* A program without its own arena, on another one's. */
static void reused(void)
{
	struct arena_bpf *a = open_one(6), *b = open_one(1);

	if (!a || !b)
		return;
	say_err("load", arena_bpf__load(a));
	say_err("reuse", bpf_map__reuse_fd(b->maps.pages, bpf_map__fd(a->maps.pages)));
	say_err("load", arena_bpf__load(b));
	run("fill", b->progs.fill);
	say_list(a);
	a->arena->step = 7;
	run("fill", b->progs.fill);
	say_list(a);
	arena_bpf__destroy(b);
	say_list(a);
	arena_bpf__destroy(a);
}

static int create(uint64_t extra)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE, .map_extra = extra);

	return bpf_map_create(BPF_MAP_TYPE_ARENA, "bare", 0, 0, 4, &opts);
}

static void say_map(const char *what, const void *p)
{
	printf("%s: %s\n", what, p == MAP_FAILED ? say_name(errno) : "ok");
}

/* Without an object: bpf(2) and mmap(2). */
static void bare(void)
{
	void *area;
	int fd = create(0);
	uint32_t *p = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	say_map("map", p);
	if (p == MAP_FAILED)
		return;
	p[0] = 1;
	p[page / 2] = p[0] + p[1];
	printf("%u %u\n", p[0], p[page / 2]);
	say_err("unmap", munmap(p, 4 * page));
	close(fd);

	say_err("between pages", create(100));
	area = own_memory(4);
	if (area == MAP_FAILED)
		return;
	memset(area, 7, 4 * page);
	fd = create((uintptr_t)area);
	say_map("a part of it", mmap(area, page, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0));
	printf("what was there: %u\n", *(uint8_t *)area);
	p = mmap(area, 4 * page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
	say_map("all of it", p);
	if (p == MAP_FAILED)
		return;
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	say_err("info", bpf_map_get_info_by_fd(fd, &info, &len));
	printf("there: %d, %u\n", info.map_extra == (uintptr_t)area, p[0]);
	p[0] = 12;
	say_err("unmap", munmap(p, 4 * page));
	p = mmap(area, 4 * page, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0);
	say_map("again", p);
	if (p != MAP_FAILED)
		printf("still there: %u\n", p[0]);
	close(fd);
}

int main(void)
{
	page = (size_t)sysconf(_SC_PAGESIZE);
	two_of_them();
	chosen();
	large();
	reused();
	bare();
	return 0;
}
