#ifndef __SCALARS_LIB_SUBSKEL_H__
struct scalars_lib {
	struct bpf_object *obj;
	struct bpf_object_subskeleton *subskel;
	struct {
		struct bpf_map *data;
		struct bpf_map *rodata;
		struct bpf_map *bss;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct scalars_lib__data {
		enum color *tint;
		char *letter;
		int64_t *l;
		unsigned long long *ull;
		char (*text)[5];
		int64_t (*longs)[3];
	} data;
	struct scalars_lib__rodata {
		int64_t *minimum;
		bool *verbose;
		char (*only_name)[16];
		int **unused_pointer;
	} rodata;
	struct scalars_lib__bss {
		__int128 *wide;
		enum { OFF = 0, ON = 7 } *power;
		bool *flag;
		bool *other_flag;
		signed char *tiny;
		unsigned char *octet;
		short *s;
		unsigned short *us;
		int *i;
		unsigned int *ui;
		uint64_t *ul;
		long long *ll;
		__u8 *u8_;
		__u64 *kernel_u64;
		__u64 *source_u64;
		__u64 *when;
		uint64_t *length;
		uint64_t *standard;
		__be32 *address;
		unsigned __int128 *uwide;
		__u16 (*grid)[2][3];
		uint64_t (*pointers)[2]; /* const void * */
		void **callback; /* int (*)(int, const char *) */
	} bss;

	s->obj = src;
	s->var_skel_sz = sizeof(*s->vars);

	/* variables */
	s->vars = (struct bpf_var_skeleton *)calloc(33, sizeof(*s->vars));
	if (!s->vars)
		return -ENOMEM;

	s->vars[s->var_cnt].name = "tint";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.tint;

	s->vars[s->var_cnt].name = "letter";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.letter;

	s->vars[s->var_cnt].name = "l";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.l;

	s->vars[s->var_cnt].name = "ull";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.ull;

	s->vars[s->var_cnt].name = "text";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.text;

	s->vars[s->var_cnt].name = "longs";
	s->vars[s->var_cnt].map = &obj->maps.data;
	s->vars[s->var_cnt++].addr = (void **)&obj->data.longs;

	s->vars[s->var_cnt].name = "minimum";
	s->vars[s->var_cnt].map = &obj->maps.rodata;
	s->vars[s->var_cnt++].addr = (void **)&obj->rodata.minimum;

	s->vars[s->var_cnt].name = "verbose";
	s->vars[s->var_cnt].map = &obj->maps.rodata;
	s->vars[s->var_cnt++].addr = (void **)&obj->rodata.verbose;

	s->vars[s->var_cnt].name = "only_name";
	s->vars[s->var_cnt].map = &obj->maps.rodata;
	s->vars[s->var_cnt++].addr = (void **)&obj->rodata.only_name;

	s->vars[s->var_cnt].name = "unused_pointer";
	s->vars[s->var_cnt].map = &obj->maps.rodata;
	s->vars[s->var_cnt++].addr = (void **)&obj->rodata.unused_pointer;

	s->vars[s->var_cnt].name = "wide";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.wide;

	s->vars[s->var_cnt].name = "power";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.power;

	s->vars[s->var_cnt].name = "flag";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.flag;

	s->vars[s->var_cnt].name = "other_flag";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.other_flag;

	s->vars[s->var_cnt].name = "tiny";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.tiny;

	s->vars[s->var_cnt].name = "octet";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.octet;

	s->vars[s->var_cnt].name = "s";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.s;

	s->vars[s->var_cnt].name = "us";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.us;

	s->vars[s->var_cnt].name = "i";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.i;

	s->vars[s->var_cnt].name = "ui";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.ui;

	s->vars[s->var_cnt].name = "ul";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.ul;

	s->vars[s->var_cnt].name = "ll";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.ll;

	s->vars[s->var_cnt].name = "u8_";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.u8_;

	s->vars[s->var_cnt].name = "kernel_u64";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.kernel_u64;

	s->vars[s->var_cnt].name = "source_u64";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.source_u64;

	s->vars[s->var_cnt].name = "when";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.when;

	s->vars[s->var_cnt].name = "length";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.length;

	s->vars[s->var_cnt].name = "standard";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.standard;

	s->vars[s->var_cnt].name = "address";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.address;

	s->vars[s->var_cnt].name = "uwide";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.uwide;

	s->vars[s->var_cnt].name = "grid";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.grid;

	s->vars[s->var_cnt].name = "pointers";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.pointers;

	s->vars[s->var_cnt].name = "callback";
	s->vars[s->var_cnt].map = &obj->maps.bss;
	s->vars[s->var_cnt++].addr = (void **)&obj->bss.callback;

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(3, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 3;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = ".data";
	map->map = &obj->maps.data;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 1 * s->map_skel_sz);
	map->name = ".rodata";
	map->map = &obj->maps.rodata;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 2 * s->map_skel_sz);
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
scalars_lib__assert(struct scalars_lib *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(*s->data.letter) == 1, "unexpected size of 'letter'");
	_Static_assert(sizeof(*s->data.l) == 8, "unexpected size of 'l'");
	_Static_assert(sizeof(*s->data.ull) == 8, "unexpected size of 'ull'");
	_Static_assert(sizeof(*s->data.text) == 5, "unexpected size of 'text'");
	_Static_assert(sizeof(*s->data.longs) == 24, "unexpected size of 'longs'");
	_Static_assert(sizeof(*s->rodata.minimum) == 8, "unexpected size of 'minimum'");
	_Static_assert(sizeof(*s->rodata.verbose) == 1, "unexpected size of 'verbose'");
	_Static_assert(sizeof(*s->rodata.only_name) == 16, "unexpected size of 'only_name'");
	_Static_assert(sizeof(*s->bss.wide) == 16, "unexpected size of 'wide'");
	_Static_assert(sizeof(*s->bss.power) == 4, "unexpected size of 'power'");
	_Static_assert(sizeof(*s->bss.flag) == 1, "unexpected size of 'flag'");
	_Static_assert(sizeof(*s->bss.other_flag) == 1, "unexpected size of 'other_flag'");
	_Static_assert(sizeof(*s->bss.tiny) == 1, "unexpected size of 'tiny'");
	_Static_assert(sizeof(*s->bss.octet) == 1, "unexpected size of 'octet'");
	_Static_assert(sizeof(*s->bss.s) == 2, "unexpected size of 's'");
	_Static_assert(sizeof(*s->bss.us) == 2, "unexpected size of 'us'");
	_Static_assert(sizeof(*s->bss.i) == 4, "unexpected size of 'i'");
	_Static_assert(sizeof(*s->bss.ui) == 4, "unexpected size of 'ui'");
	_Static_assert(sizeof(*s->bss.ul) == 8, "unexpected size of 'ul'");
	_Static_assert(sizeof(*s->bss.ll) == 8, "unexpected size of 'll'");
	_Static_assert(sizeof(*s->bss.length) == 8, "unexpected size of 'length'");
	_Static_assert(sizeof(*s->bss.uwide) == 16, "unexpected size of 'uwide'");
	_Static_assert(sizeof(*s->bss.grid) == 12, "unexpected size of 'grid'");
	_Static_assert(sizeof(*s->bss.pointers) == 16, "unexpected size of 'pointers'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
