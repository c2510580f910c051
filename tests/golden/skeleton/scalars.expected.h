#ifndef __SCALARS_BPF_SKEL_H__
struct scalars_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *data;
		struct bpf_map *rodata;
		struct bpf_map *bss;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct {
		struct bpf_link *prog;
	} links;
	struct scalars_bpf__data {
		enum color tint;
		char letter;
		char __pad0[3];
		int64_t l;
		unsigned long long ull;
		char text[5];
		char __pad1[3];
		int64_t longs[3];
	} *data;
	struct scalars_bpf__rodata {
		int64_t minimum;
		bool verbose;
		char only_name[16];
		char __pad0[7];
		union { int *unused_pointer; uint64_t __unused_pointer_room; };
	} *rodata;
	struct scalars_bpf__bss {
		__int128 wide;
		enum { OFF = 0, ON = 7 } power;
		bool flag;
		bool other_flag;
		signed char tiny;
		unsigned char octet;
		short s;
		unsigned short us;
		int i;
		unsigned int ui;
		char __pad0[4];
		uint64_t ul;
		long long ll;
		__u8 u8_;
		char __pad1[7];
		__u64 kernel_u64;
		__u64 source_u64;
		__u64 when;
		uint64_t length;
		uint64_t standard;
		__be32 address;
		char __pad2[4];
		unsigned __int128 uwide;
		__u16 grid[2][3];
		char __pad3[4];
		uint64_t pointers[2]; /* const void * */
		union { void *callback; uint64_t __callback_room; }; /* int (*)(int, const char *) */
	} *bss;

	s->name = "scalars_bpf";
	s->obj = &obj->obj;
	s->data = scalars_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(3, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 3;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "scalars_.data";
	map->map = &obj->maps.data;
	map->mmaped = (void **)&obj->data;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 1 * s->map_skel_sz);
	map->name = "scalars_.rodata";
	map->map = &obj->maps.rodata;
	map->mmaped = (void **)&obj->rodata;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 2 * s->map_skel_sz);
	map->name = "scalars_.bss";
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
scalars_bpf__assert(struct scalars_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->data->tint) == 4, "unexpected size of 'tint'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), tint) == 0, "unexpected offset of 'tint'");
	_Static_assert(sizeof(s->data->letter) == 1, "unexpected size of 'letter'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), letter) == 4, "unexpected offset of 'letter'");
	_Static_assert(sizeof(s->data->l) == 8, "unexpected size of 'l'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), l) == 8, "unexpected offset of 'l'");
	_Static_assert(sizeof(s->data->ull) == 8, "unexpected size of 'ull'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), ull) == 16, "unexpected offset of 'ull'");
	_Static_assert(sizeof(s->data->text) == 5, "unexpected size of 'text'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), text) == 24, "unexpected offset of 'text'");
	_Static_assert(sizeof(s->data->longs) == 24, "unexpected size of 'longs'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->data), longs) == 32, "unexpected offset of 'longs'");
	_Static_assert(sizeof(s->rodata->minimum) == 8, "unexpected size of 'minimum'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata), minimum) == 0, "unexpected offset of 'minimum'");
	_Static_assert(sizeof(s->rodata->verbose) == 1, "unexpected size of 'verbose'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata), verbose) == 8, "unexpected offset of 'verbose'");
	_Static_assert(sizeof(s->rodata->only_name) == 16, "unexpected size of 'only_name'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata), only_name) == 9, "unexpected offset of 'only_name'");
	_Static_assert(sizeof(s->rodata->__unused_pointer_room) == 8, "unexpected size of 'unused_pointer'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->rodata), unused_pointer) == 32, "unexpected offset of 'unused_pointer'");
	_Static_assert(sizeof(s->bss->wide) == 16, "unexpected size of 'wide'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), wide) == 0, "unexpected offset of 'wide'");
	_Static_assert(sizeof(s->bss->power) == 4, "unexpected size of 'power'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), power) == 16, "unexpected offset of 'power'");
	_Static_assert(sizeof(s->bss->flag) == 1, "unexpected size of 'flag'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), flag) == 20, "unexpected offset of 'flag'");
	_Static_assert(sizeof(s->bss->other_flag) == 1, "unexpected size of 'other_flag'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), other_flag) == 21, "unexpected offset of 'other_flag'");
	_Static_assert(sizeof(s->bss->tiny) == 1, "unexpected size of 'tiny'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), tiny) == 22, "unexpected offset of 'tiny'");
	_Static_assert(sizeof(s->bss->octet) == 1, "unexpected size of 'octet'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), octet) == 23, "unexpected offset of 'octet'");
	_Static_assert(sizeof(s->bss->s) == 2, "unexpected size of 's'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), s) == 24, "unexpected offset of 's'");
	_Static_assert(sizeof(s->bss->us) == 2, "unexpected size of 'us'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), us) == 26, "unexpected offset of 'us'");
	_Static_assert(sizeof(s->bss->i) == 4, "unexpected size of 'i'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), i) == 28, "unexpected offset of 'i'");
	_Static_assert(sizeof(s->bss->ui) == 4, "unexpected size of 'ui'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), ui) == 32, "unexpected offset of 'ui'");
	_Static_assert(sizeof(s->bss->ul) == 8, "unexpected size of 'ul'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), ul) == 40, "unexpected offset of 'ul'");
	_Static_assert(sizeof(s->bss->ll) == 8, "unexpected size of 'll'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), ll) == 48, "unexpected offset of 'll'");
	_Static_assert(sizeof(s->bss->u8_) == 1, "unexpected size of 'u8_'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), u8_) == 56, "unexpected offset of 'u8_'");
	_Static_assert(sizeof(s->bss->kernel_u64) == 8, "unexpected size of 'kernel_u64'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), kernel_u64) == 64, "unexpected offset of 'kernel_u64'");
	_Static_assert(sizeof(s->bss->source_u64) == 8, "unexpected size of 'source_u64'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), source_u64) == 72, "unexpected offset of 'source_u64'");
	_Static_assert(sizeof(s->bss->when) == 8, "unexpected size of 'when'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), when) == 80, "unexpected offset of 'when'");
	_Static_assert(sizeof(s->bss->length) == 8, "unexpected size of 'length'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), length) == 88, "unexpected offset of 'length'");
	_Static_assert(sizeof(s->bss->standard) == 8, "unexpected size of 'standard'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), standard) == 96, "unexpected offset of 'standard'");
	_Static_assert(sizeof(s->bss->address) == 4, "unexpected size of 'address'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), address) == 104, "unexpected offset of 'address'");
	_Static_assert(sizeof(s->bss->uwide) == 16, "unexpected size of 'uwide'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), uwide) == 112, "unexpected offset of 'uwide'");
	_Static_assert(sizeof(s->bss->grid) == 12, "unexpected size of 'grid'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), grid) == 128, "unexpected offset of 'grid'");
	_Static_assert(sizeof(s->bss->pointers) == 16, "unexpected size of 'pointers'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), pointers) == 144, "unexpected offset of 'pointers'");
	_Static_assert(sizeof(s->bss->__callback_room) == 8, "unexpected size of 'callback'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->bss), callback) == 160, "unexpected offset of 'callback'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
