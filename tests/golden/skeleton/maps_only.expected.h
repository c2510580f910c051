#ifndef __MAPS_ONLY_BPF_SKEL_H__
struct maps_only_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *counts;
	} maps;

	s->name = "maps_only_bpf";
	s->obj = &obj->obj;
	s->data = maps_only_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "counts";
	map->map = &obj->maps.counts;
	return 0;
maps_only_bpf__assert(struct maps_only_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
#ifdef __cplusplus
#undef _Static_assert
#endif
}
