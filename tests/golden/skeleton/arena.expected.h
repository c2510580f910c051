#ifndef __ARENA_BPF_SKEL_H__
struct arena_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *pages;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct {
		struct bpf_link *prog;
	} links;
	struct arena_bpf__arena {
		int64_t total;
		int head_count;
		char __pad0[4];
		union { struct node *head; uint64_t __head_room; };
	} *arena;

	s->name = "arena_bpf";
	s->obj = &obj->obj;
	s->data = arena_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "pages";
	map->map = &obj->maps.pages;
	map->mmaped = (void **)&obj->arena;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(1, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 1;

	prog = &s->progs[0];
	prog->name = "prog";
	prog->prog = &obj->progs.prog;
	prog->link = &obj->links.prog;
	return 0;
arena_bpf__assert(struct arena_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->arena->total) == 8, "unexpected size of 'total'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->arena), total) == 0, "unexpected offset of 'total'");
	_Static_assert(sizeof(s->arena->head_count) == 4, "unexpected size of 'head_count'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->arena), head_count) == 8, "unexpected offset of 'head_count'");
	_Static_assert(sizeof(s->arena->__head_room) == 8, "unexpected size of 'head'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->arena), head) == 16, "unexpected offset of 'head'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
