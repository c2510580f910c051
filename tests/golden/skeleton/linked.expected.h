#ifndef __LINKED_BPF_SKEL_H__
struct linked_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *library_map;
		struct bpf_map *data;
		struct bpf_map *bss;
		struct bpf_map *rodata;
		struct bpf_map *data_library;
		struct bpf_map *kconfig;
	} maps;
	struct {
		struct bpf_program *own;
		struct bpf_program *library_prog;
	} progs;
	struct {
		struct bpf_link *own;
		struct bpf_link *library_prog;
	} links;
	struct linked_bpf__data {
		int own_total;
		char library_first;
		char __pad0[3];
		int library_total;
	} *data;
	struct linked_bpf__bss {
		int own_zero;
		char __pad0[4];
		int64_t library_longs[3];
		struct {
			int a;
			char text[6];
			uint16_t : 16;
		} library_record;
		char __pad1[4];
		union { struct unknown *library_pointer; uint64_t __library_pointer_room; };
	} *bss;
	struct linked_bpf__rodata {
		int library_step;
	} *rodata;
	struct linked_bpf__data_library {
		int library_extra;
	} *data_library;
	struct linked_bpf__kconfig {
		int LINUX_KERNEL_VERSION;
	} *kconfig;

	s->name = "linked_bpf";
	s->obj = &obj->obj;
	s->data = linked_bpf__data(&s->data_sz);

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
	map->name = "linked_b.data";
	map->map = &obj->maps.data;
	map->mmaped = (void **)&obj->data;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 2 * s->map_skel_sz);
	map->name = "linked_b.bss";
	map->map = &obj->maps.bss;
	map->mmaped = (void **)&obj->bss;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 3 * s->map_skel_sz);
	map->name = "linked_b.rodata";
	map->map = &obj->maps.rodata;
	map->mmaped = (void **)&obj->rodata;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 4 * s->map_skel_sz);
	map->name = ".data.library";
	map->map = &obj->maps.data_library;
	map->mmaped = (void **)&obj->data_library;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 5 * s->map_skel_sz);
	map->name = "linked_.kconfig";
	map->map = &obj->maps.kconfig;
	map->mmaped = (void **)&obj->kconfig;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(2, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 2;

	prog = &s->progs[0];
	prog->name = "own";
	prog->prog = &obj->progs.own;
	prog->link = &obj->links.own;

	prog = &s->progs[1];
	prog->name = "library_prog";
	prog->prog = &obj->progs.library_prog;
	prog->link = &obj->links.library_prog;
	return 0;
linked_bpf__assert(struct linked_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->data->own_total) == 4, "unexpected size of 'own_total'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), own_total) == 0, "unexpected offset of 'own_total'");
	_Static_assert(sizeof(s->data->library_first) == 1, "unexpected size of 'library_first'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), library_first) == 4, "unexpected offset of 'library_first'");
	_Static_assert(sizeof(s->data->library_total) == 4, "unexpected size of 'library_total'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), library_total) == 8, "unexpected offset of 'library_total'");
	_Static_assert(sizeof(s->bss->own_zero) == 4, "unexpected size of 'own_zero'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), own_zero) == 0, "unexpected offset of 'own_zero'");
	_Static_assert(sizeof(s->bss->library_longs) == 24, "unexpected size of 'library_longs'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), library_longs) == 8, "unexpected offset of 'library_longs'");
	_Static_assert(sizeof(s->bss->library_record) == 12, "unexpected size of 'library_record'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), library_record) == 32, "unexpected offset of 'library_record'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), library_record.a) == 32, "unexpected offset of 'library_record.a'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), library_record.text) == 36, "unexpected offset of 'library_record.text'");
	_Static_assert(sizeof(s->bss->__library_pointer_room) == 8, "unexpected size of 'library_pointer'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), library_pointer) == 48, "unexpected offset of 'library_pointer'");
	_Static_assert(sizeof(s->rodata->library_step) == 4, "unexpected size of 'library_step'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata), library_step) == 0, "unexpected offset of 'library_step'");
	_Static_assert(sizeof(s->data_library->library_extra) == 4, "unexpected size of 'library_extra'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data_library), library_extra) == 0, "unexpected offset of 'library_extra'");
	_Static_assert(sizeof(s->kconfig->LINUX_KERNEL_VERSION) == 4, "unexpected size of 'LINUX_KERNEL_VERSION'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->kconfig), LINUX_KERNEL_VERSION) == 0, "unexpected offset of 'LINUX_KERNEL_VERSION'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
