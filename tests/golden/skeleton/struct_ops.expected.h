#ifndef __STRUCT_OPS_BPF_SKEL_H__
struct struct_ops_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *thing;
		struct bpf_map *other;
	} maps;
	struct {
		struct struct_ops_bpf__thing__thing_ops {
			union { struct bpf_program *init; uint64_t __init_room; };
			uint64_t flags;
			char __unsupported_2[12];
			uint32_t : 32;
			char __unsupported_3[8];
			bool enabled;
			__u8 level : 3;
			__u8 high : 5;
			uint16_t : 16;
			uint32_t : 32;
			union { struct bpf_program *release; uint64_t __release_room; };
			int last;
			uint32_t : 32;
		} *thing;
		struct struct_ops_bpf__other__thing_ops {
			union { struct bpf_program *init; uint64_t __init_room; };
			uint64_t flags;
			char __unsupported_2[12];
			uint32_t : 32;
			char __unsupported_3[8];
			bool enabled;
			__u8 level : 3;
			__u8 high : 5;
			uint16_t : 16;
			uint32_t : 32;
			union { struct bpf_program *release; uint64_t __release_room; };
			int last;
			uint32_t : 32;
		} *other;
	} struct_ops;
	struct {
		struct bpf_program *init_thing;
		struct bpf_program *release_thing;
	} progs;
	struct {
		struct bpf_link *init_thing;
		struct bpf_link *release_thing;
		struct bpf_link *thing;
		struct bpf_link *other;
	} links;

	s->name = "struct_ops_bpf";
	s->obj = &obj->obj;
	s->data = struct_ops_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = sizeof(*s->maps);
	s->maps = (struct bpf_map_skeleton *)calloc(2, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 2;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "thing";
	map->map = &obj->maps.thing;
	map->link = &obj->links.thing;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 1 * s->map_skel_sz);
	map->name = "other";
	map->map = &obj->maps.other;
	map->link = &obj->links.other;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(2, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 2;

	prog = &s->progs[0];
	prog->name = "init_thing";
	prog->prog = &obj->progs.init_thing;
	prog->link = &obj->links.init_thing;

	prog = &s->progs[1];
	prog->name = "release_thing";
	prog->prog = &obj->progs.release_thing;
	prog->link = &obj->links.release_thing;
	return 0;
struct_ops_bpf__assert(struct struct_ops_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(*s->struct_ops.thing) == 64, "unexpected size of 'thing'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.thing), init) == 0, "unexpected offset of 'init'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.thing), flags) == 8, "unexpected offset of 'flags'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.thing), enabled) == 40, "unexpected offset of 'enabled'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.thing), release) == 48, "unexpected offset of 'release'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.thing), last) == 56, "unexpected offset of 'last'");
	_Static_assert(sizeof(*s->struct_ops.other) == 64, "unexpected size of 'other'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.other), init) == 0, "unexpected offset of 'init'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.other), flags) == 8, "unexpected offset of 'flags'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.other), enabled) == 40, "unexpected offset of 'enabled'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.other), release) == 48, "unexpected offset of 'release'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->struct_ops.other), last) == 56, "unexpected offset of 'last'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
