#ifndef __ARENA_LIB_SUBSKEL_H__
struct arena_lib {
	struct bpf_object *obj;
	struct bpf_object_subskeleton *subskel;
	struct {
		struct bpf_map *pages;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;

	s->obj = src;
	s->var_skel_sz = sizeof(*s->vars);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "pages";
	map->map = &obj->maps.pages;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(1, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 1;

	s->progs[0].name = "prog";
	s->progs[0].prog = &obj->progs.prog;
	return 0;
arena_lib__assert(struct arena_lib *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
#ifdef __cplusplus
#undef _Static_assert
#endif
}
