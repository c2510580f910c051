/* SPDX-License-Identifier: BSD-2-Clause */
/* A tree in an arena, followed by its pointers. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <bpf/bpf.h>

#include "arena.types.h"

#include "arena.skel.h"

#define SAY(value) printf("%s = %lld\n", #value, (long long)(value))

static int walk(const struct tree *t, int depth)
{
	if (!t || depth > 4)
		return 0;
	int below = walk(t->left, depth + 1);
	printf("%*s%lld\n", 2 * depth, "", (long long)t->key);
	return below + 1 + walk(t->right, depth + 1);
}

static void look(struct arena_bpf *s)
{
	const struct tree *root = s->arena->known.root;
	const struct tree *second = (const struct tree *)(uintptr_t)s->arena->known.both[1];

	SAY(s->arena->known.nodes);
	SAY(walk(root, 0));
	SAY(second == root->right);
	SAY(second->right == s->bss->newest);
	s->arena->known.root->__left_room = 0;
	SAY(root->left == NULL);
	SAY(walk(root, 0));
}

int main(void)
{
	struct arena_bpf *s = arena_bpf__open();
	struct bpf_test_run_opts opts;

	SAY(s != NULL);
	if (!s)
		return 1;
	SAY(s->arena->known.nodes);
	SAY(s->arena->first_key);
	SAY(s->arena->known.root == NULL);
	s->arena->first_key = 200;
	SAY(arena_bpf__load(s));
	SAY(s->arena->known.nodes);
	SAY(s->arena->first_key);
	memset(&opts, 0, sizeof(opts));
	opts.sz = sizeof(opts);
	SAY(bpf_prog_test_run_opts(bpf_program__fd(s->progs.grow), &opts));
	SAY(opts.retval);
	look(s);
	arena_bpf__destroy(s);
	return 0;
}
