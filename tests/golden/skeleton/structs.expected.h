#ifndef __STRUCTS_BPF_SKEL_H__
struct structs_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *bss;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct {
		struct bpf_link *prog;
	} links;
	struct structs_bpf__bss {
		struct event last;
		struct event recent[4];
		event_t as_typedef;
		point_t origin;
		enum mode mode;
		mode_t_ mode_too;
		union number number;
		char __pad0[4];
		union { struct event *unused; uint64_t __unused_room; };
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
		} stats;
		struct {
			char c;
			int odd;
		} __attribute__((packed)) tight[2];
	} *bss;

	s->name = "structs_bpf";
	s->obj = &obj->obj;
	s->data = structs_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "structs_.bss";
	map->map = &obj->maps.bss;
	map->mmaped = (void **)&obj->bss;

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
structs_bpf__assert(struct structs_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->bss->last) == 32, "unexpected size of 'last'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), last) == 0, "unexpected offset of 'last'");
	_Static_assert(sizeof(s->bss->recent) == 128, "unexpected size of 'recent'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), recent) == 32, "unexpected offset of 'recent'");
	_Static_assert(sizeof(s->bss->as_typedef) == 32, "unexpected size of 'as_typedef'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), as_typedef) == 160, "unexpected offset of 'as_typedef'");
	_Static_assert(sizeof(s->bss->origin) == 8, "unexpected size of 'origin'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), origin) == 192, "unexpected offset of 'origin'");
	_Static_assert(sizeof(s->bss->mode) == 4, "unexpected size of 'mode'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), mode) == 200, "unexpected offset of 'mode'");
	_Static_assert(sizeof(s->bss->mode_too) == 4, "unexpected size of 'mode_too'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), mode_too) == 204, "unexpected offset of 'mode_too'");
	_Static_assert(sizeof(s->bss->number) == 4, "unexpected size of 'number'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), number) == 208, "unexpected offset of 'number'");
	_Static_assert(sizeof(s->bss->__unused_room) == 8, "unexpected size of 'unused'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), unused) == 216, "unexpected offset of 'unused'");
	_Static_assert(sizeof(s->bss->stats) == 64, "unexpected size of 'stats'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats) == 224, "unexpected offset of 'stats'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.c) == 224, "unexpected offset of 'stats.c'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.total) == 232, "unexpected offset of 'stats.total'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.where) == 240, "unexpected offset of 'stats.where'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.inner) == 248, "unexpected offset of 'stats.inner'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.inner.a) == 248, "unexpected offset of 'stats.inner.a'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.inner.b) == 250, "unexpected offset of 'stats.inner.b'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.i) == 252, "unexpected offset of 'stats.i'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.bytes) == 252, "unexpected offset of 'stats.bytes'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), stats.points) == 272, "unexpected offset of 'stats.points'");
	_Static_assert(sizeof(s->bss->tight) == 10, "unexpected size of 'tight'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), tight) == 288, "unexpected offset of 'tight'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), tight[0].c) == 288, "unexpected offset of 'tight[0].c'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), tight[0].odd) == 289, "unexpected offset of 'tight[0].odd'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
