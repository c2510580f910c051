#ifndef __LINKED_LIB_SUBSKEL_H__
struct linked_lib {
	struct bpf_object *obj;
	struct bpf_object_subskeleton *subskel;
	struct {
		struct bpf_map *library_map;
		struct bpf_map *data;
		struct bpf_map *rodata;
		struct bpf_map *data_library;
		struct bpf_map *bss;
		struct bpf_map *kconfig;
	} maps;
	struct {
		struct bpf_program *library_prog;
	} progs;
	struct linked_lib__data {
		char *library_first;
		int *library_total;
	} data;
	struct linked_lib__rodata {
		int *library_step;
	} rodata;
	struct linked_lib__data_library {
		int *library_extra;
	} data_library;
	struct linked_lib__bss {
		int64_t (*library_longs)[3];
		struct {
			int a;
			char text[6];
			uint16_t : 16;
		} *library_record;
		struct unknown **library_pointer;
	} bss;
	struct linked_lib__kconfig {
		int *LINUX_KERNEL_VERSION;
	} kconfig;

	s->obj = src;
	s->var_skel_sz = sizeof(*s->vars);

	/* variables */
	s->vars = (struct bpf_var_skeleton *)calloc(8, sizeof(*s->vars));
	if (!s->vars)
		return -ENOMEM;

	s->vars[s->var_cnt].name = "library_first";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.library_first;

	s->vars[s->var_cnt].name = "library_total";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.library_total;

	s->vars[s->var_cnt].name = "library_step";
	s->vars[s->var_cnt].map = &obj->maps.rodata;
	s->vars[s->var_cnt++].addr = (void **)&obj->rodata.library_step;

	s->vars[s->var_cnt].name = "library_extra";
	s->vars[s->var_cnt].map = &obj->maps.data_library;
	s->vars[s->var_cnt++].addr = (void **)&obj->data_library.library_extra;

	s->vars[s->var_cnt].name = "library_longs";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.library_longs;

	s->vars[s->var_cnt].name = "library_record";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.library_record;

	s->vars[s->var_cnt].name = "library_pointer";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.library_pointer;

	s->vars[s->var_cnt].name = "LINUX_KERNEL_VERSION";
	s->vars[s->var_cnt].map = &obj->maps.kconfig;
	s->vars[s->var_cnt++].addr = (void **)&obj->kconfig.LINUX_KERNEL_VERSION;

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(6, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 6;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "library_map";
	map->map = &obj->maps.library_map;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 1 * s->map_skel_sz);
	map->name = ".data";
	map->map = &obj->maps.data;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 2 * s->map_skel_sz);
	map->name = ".rodata";
	map->map = &obj->maps.rodata;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 3 * s->map_skel_sz);
	map->name = ".data.library";
	map->map = &obj->maps.data_library;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 4 * s->map_skel_sz);
	map->name = ".bss";
	map->map = &obj->maps.bss;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 5 * s->map_skel_sz);
	map->name = ".kconfig";
	map->map = &obj->maps.kconfig;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(1, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 1;

	s->progs[0].name = "library_prog";
	s->progs[0].prog = &obj->progs.library_prog;
	return 0;
linked_lib__assert(struct linked_lib *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(*s->data.library_first) == 1, "unexpected size of 'library_first'");
	_Static_assert(sizeof(*s->data.library_total) == 4, "unexpected size of 'library_total'");
	_Static_assert(sizeof(*s->rodata.library_step) == 4, "unexpected size of 'library_step'");
	_Static_assert(sizeof(*s->data_library.library_extra) == 4, "unexpected size of 'library_extra'");
	_Static_assert(sizeof(*s->bss.library_longs) == 24, "unexpected size of 'library_longs'");
	_Static_assert(sizeof(*s->bss.library_record) == 12, "unexpected size of 'library_record'");
	_Static_assert(sizeof(*s->kconfig.LINUX_KERNEL_VERSION) == 4, "unexpected size of 'LINUX_KERNEL_VERSION'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
