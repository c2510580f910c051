#ifndef __STRUCTS_LIB_SUBSKEL_H__
struct structs_lib {
	struct bpf_object *obj;
	struct bpf_object_subskeleton *subskel;
	struct {
		struct bpf_map *bss;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct structs_lib__bss {
		struct event *last;
		struct event (*recent)[4];
		event_t *as_typedef;
		point_t *origin;
		enum mode *mode;
		mode_t_ *mode_too;
		union number *number;
		struct event **unused;
		struct {
			char c;
			uint8_t : 8;
			uint16_t : 16;
			uint32_t : 32;
			int64_t total;
			union { void *where; uint64_t __where_room; };
			struct {
				short a;
				short b;
			} inner;
			union {
				int i;
				char bytes[6];
				uint8_t __pad2[8];
			};
			unsigned int one : 1;
			uint8_t : 2;
			unsigned int three : 3;
			bool on : 1;
			uint8_t : 1;
			uint8_t : 8;
			uint16_t : 16;
			int64_t wide_bits : 40;
			uint8_t : 8;
			uint16_t : 16;
			point_t points[2];
		} *stats;
		struct {
			char c;
			int odd;
		} __attribute__((packed)) (*tight)[2];
	} bss;

	s->obj = src;
	s->var_skel_sz = sizeof(*s->vars);

	/* variables */
	s->vars = (struct bpf_var_skeleton *)calloc(10, sizeof(*s->vars));
	if (!s->vars)
		return -ENOMEM;

	s->vars[s->var_cnt].name = "last";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.last;

	s->vars[s->var_cnt].name = "recent";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.recent;

	s->vars[s->var_cnt].name = "as_typedef";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.as_typedef;

	s->vars[s->var_cnt].name = "origin";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.origin;

	s->vars[s->var_cnt].name = "mode";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.mode;

	s->vars[s->var_cnt].name = "mode_too";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.mode_too;

	s->vars[s->var_cnt].name = "number";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.number;

	s->vars[s->var_cnt].name = "unused";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.unused;

	s->vars[s->var_cnt].name = "stats";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.stats;

	s->vars[s->var_cnt].name = "tight";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.tight;

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = ".bss";
	map->map = &obj->maps.bss;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(1, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 1;

	s->progs[0].name = "prog";
	s->progs[0].prog = &obj->progs.prog;
	return 0;
structs_lib__assert(struct structs_lib *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(*s->bss.recent) == 128, "unexpected size of 'recent'");
	_Static_assert(sizeof(*s->bss.stats) == 64, "unexpected size of 'stats'");
	_Static_assert(sizeof(*s->bss.tight) == 10, "unexpected size of 'tight'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
