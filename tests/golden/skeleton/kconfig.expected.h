#ifndef __KCONFIG_BPF_SKEL_H__
struct kconfig_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_map *kconfig;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct {
		struct bpf_link *prog;
	} links;
	struct kconfig_bpf__kconfig {
		const uint64_t CONFIG_HZ;
		int LINUX_KERNEL_VERSION;
		bool CONFIG_BPF_SYSCALL;
	} *kconfig;

	s->name = "kconfig_bpf";
	s->obj = &obj->obj;
	s->data = kconfig_bpf__data(&s->data_sz);

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = "kconfig.kconfig";
	map->map = &obj->maps.kconfig;
	map->mmaped = (void **)&obj->kconfig;

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
kconfig_bpf__assert(struct kconfig_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(s->kconfig->CONFIG_HZ) == 8, "unexpected size of 'CONFIG_HZ'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->kconfig), CONFIG_HZ) == 0, "unexpected offset of 'CONFIG_HZ'");
	_Static_assert(sizeof(s->kconfig->LINUX_KERNEL_VERSION) == 4, "unexpected size of 'LINUX_KERNEL_VERSION'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->kconfig), LINUX_KERNEL_VERSION) == 8, "unexpected offset of 'LINUX_KERNEL_VERSION'");
	_Static_assert(sizeof(s->kconfig->CONFIG_BPF_SYSCALL) == 1, "unexpected size of 'CONFIG_BPF_SYSCALL'");
	_Static_assert(__builtin_offsetof(__typeof__(*s->kconfig), CONFIG_BPF_SYSCALL) == 12, "unexpected offset of 'CONFIG_BPF_SYSCALL'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
