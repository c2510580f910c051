#ifndef ___3_PROGS_ONLY_BPF_SKEL_H__
struct _3_progs_only_bpf {
	struct bpf_object_skeleton *skeleton;
	struct bpf_object *obj;
	struct {
		struct bpf_program *one;
		struct bpf_program *two;
	} progs;
	struct {
		struct bpf_link *one;
		struct bpf_link *two;
	} links;

	s->name = "_3_progs_only_bpf";
	s->obj = &obj->obj;
	s->data = _3_progs_only_bpf__data(&s->data_sz);

	/* programs */
	s->prog_skel_sz = sizeof(*s->progs);
	s->progs = (struct bpf_prog_skeleton *)calloc(2, sizeof(*s->progs));
	if (!s->progs)
		return -ENOMEM;
	s->prog_cnt = 2;

	prog = &s->progs[0];
	prog->name = "one";
	prog->prog = &obj->progs.one;
	prog->link = &obj->links.one;

	prog = &s->progs[1];
	prog->name = "two";
	prog->prog = &obj->progs.two;
	prog->link = &obj->links.two;
	return 0;
_3_progs_only_bpf__assert(struct _3_progs_only_bpf *s __attribute__((unused)))
{
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
#ifdef __cplusplus
#undef _Static_assert
#endif
}
