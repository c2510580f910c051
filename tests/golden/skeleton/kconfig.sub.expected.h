#ifndef __KCONFIG_LIB_SUBSKEL_H__
struct kconfig_lib {
	struct bpf_object *obj;
	struct bpf_object_subskeleton *subskel;
	struct {
		struct bpf_map *kconfig;
	} maps;
	struct {
		struct bpf_program *prog;
	} progs;
	struct kconfig_lib__kconfig {
		const uint64_t *CONFIG_HZ;
		int *LINUX_KERNEL_VERSION;
		bool *CONFIG_BPF_SYSCALL;
	} kconfig;

	s->obj = src;
	s->var_skel_sz = sizeof(*s->vars);

	/* variables */
	s->vars = (struct bpf_var_skeleton *)calloc(3, sizeof(*s->vars));
	if (!s->vars)
		return -ENOMEM;

	s->vars[s->var_cnt].name = "CONFIG_HZ";
	s->vars[s->var_cnt].map = &obj->maps.kconfig;
	s->vars[s->var_cnt++].addr = (void **)&obj->kconfig.CONFIG_HZ;

	s->vars[s->var_cnt].name = "LINUX_KERNEL_VERSION";
	s->vars[s->var_cnt].map = &obj->maps.kconfig;
	s->vars[s->var_cnt++].addr = (void **)&obj->kconfig.LINUX_KERNEL_VERSION;

	s->vars[s->var_cnt].name = "CONFIG_BPF_SYSCALL";
	s->vars[s->var_cnt].map = &obj->maps.kconfig;
	s->vars[s->var_cnt++].addr = (void **)&obj->kconfig.CONFIG_BPF_SYSCALL;

	/* maps */
	s->map_skel_sz = 3 * sizeof(void *);
	s->maps = (struct bpf_map_skeleton *)calloc(1, sizeof(*s->maps));
	if (!s->maps)
		return -ENOMEM;
	s->map_cnt = 1;

	map = (struct bpf_map_skeleton *)((char *)s->maps + 0 * s->map_skel_sz);
	map->name = ".kconfig";
	map->map = &obj->maps.kconfig;

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(1, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 1;

	s->progs[0].name = "prog";
	s->progs[0].prog = &obj->progs.prog;
	return 0;
kconfig_lib__assert(struct kconfig_lib *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
	_Static_assert(sizeof(*s->kconfig.CONFIG_HZ) == 8, "unexpected size of 'CONFIG_HZ'");
	_Static_assert(sizeof(*s->kconfig.LINUX_KERNEL_VERSION) == 4, "unexpected size of 'LINUX_KERNEL_VERSION'");
	_Static_assert(sizeof(*s->kconfig.CONFIG_BPF_SYSCALL) == 1, "unexpected size of 'CONFIG_BPF_SYSCALL'");
#ifdef __cplusplus
#undef _Static_assert
#endif
}
