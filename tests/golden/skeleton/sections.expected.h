#ifndef __SECTIONS_BPF_SKEL_H__
struct sections_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *data;
		struct bpf_map *data_extra_one;
		struct bpf_map *data_bss_odd;
		struct bpf_map *rodata_fixed;
		struct bpf_map *bss;
		struct bpf_map *rodata;
		struct bpf_map *bss_more_one;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct {
		struct bpf_link *prog;
	} links;
	struct sections_bpf__data {
		int in_data;
		char __pad0[4];
	} *data;
	struct sections_bpf__data_extra_one {
		int extra;
		int more;
	} *data_extra_one;
	struct sections_bpf__data_bss_odd {
		int odd_name;
	} *data_bss_odd;
	struct sections_bpf__rodata_fixed {
		int fixed;
	} *rodata_fixed;
	struct sections_bpf__bss {
		char __pad0[8];
		int in_bss;
		char __pad1[4];
		int64_t after_hidden;
		char odd;
		char __pad2[39];
		__u64 aligned_to_64;
	} *bss;
	struct sections_bpf__bss_more_one {
		int bss_more;
	} *bss_more_one;

	s->name = "sections_bpf";
	s->obj = &obj->obj;
	s->data = sections_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(7, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 7;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "sections.data";
	map->map = &obj->maps.data;
	map->mmaped = (void **)&obj->data;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 1 * s->map_skel_sz);
	map->name = ".data.extra-one";
	map->map = &obj->maps.data_extra_one;
	map->mmaped = (void **)&obj->data_extra_one;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 2 * s->map_skel_sz);
	map->name = ".data.bss.odd";
	map->map = &obj->maps.data_bss_odd;
	map->mmaped = (void **)&obj->data_bss_odd;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 3 * s->map_skel_sz);
	map->name = ".rodata.fixed";
	map->map = &obj->maps.rodata_fixed;
	map->mmaped = (void **)&obj->rodata_fixed;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 4 * s->map_skel_sz);
	map->name = "sections.bss";
	map->map = &obj->maps.bss;
	map->mmaped = (void **)&obj->bss;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 5 * s->map_skel_sz);
	map->name = "sections.rodata";
	map->map = &obj->maps.rodata;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 6 * s->map_skel_sz);
	map->name = ".bss.more_one";
	map->map = &obj->maps.bss_more_one;
	map->mmaped = (void **)&obj->bss_more_one;

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
sections_bpf__assert(struct sections_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->data->in_data) == 4, "unexpected size of 'in_data'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), in_data) == 0, "unexpected offset of 'in_data'");
	_Static_assert(sizeof(s->data_extra_one->extra) == 4, "unexpected size of 'extra'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data_extra_one), extra) == 0, "unexpected offset of 'extra'");
	_Static_assert(sizeof(s->data_extra_one->more) == 4, "unexpected size of 'more'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data_extra_one), more) == 4, "unexpected offset of 'more'");
	_Static_assert(sizeof(s->data_bss_odd->odd_name) == 4, "unexpected size of 'odd_name'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data_bss_odd), odd_name) == 0, "unexpected offset of 'odd_name'");
	_Static_assert(sizeof(s->rodata_fixed->fixed) == 4, "unexpected size of 'fixed'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata_fixed), fixed) == 0, "unexpected offset of 'fixed'");
	_Static_assert(sizeof(s->bss->in_bss) == 4, "unexpected size of 'in_bss'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), in_bss) == 8, "unexpected offset of 'in_bss'");
	_Static_assert(sizeof(s->bss->after_hidden) == 8, "unexpected size of 'after_hidden'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), after_hidden) == 16, "unexpected offset of 'after_hidden'");
	_Static_assert(sizeof(s->bss->odd) == 1, "unexpected size of 'odd'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), odd) == 24, "unexpected offset of 'odd'");
	_Static_assert(sizeof(s->bss->aligned_to_64) == 8, "unexpected size of 'aligned_to_64'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), aligned_to_64) == 64, "unexpected offset of 'aligned_to_64'");
	_Static_assert(sizeof(s->bss_more_one->bss_more) == 4, "unexpected size of 'bss_more'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss_more_one), bss_more) == 0, "unexpected offset of 'bss_more'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
