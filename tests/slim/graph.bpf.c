/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists: elements' structs that are named by a tag on the head, and by their ids in the object. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define __contains(type, member) __attribute__((btf_decl_tag("contains:" #type ":" #member)))
#define private(name) SEC(".data." #name) __hidden __attribute__((aligned(8)))

char LICENSE[] SEC("license") = "GPL";

extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;
extern int bpf_list_push_front_impl(struct bpf_list_head *head, struct bpf_list_node *node,
				    void *meta, u64 off) __ksym;
extern void *bpf_obj_new_impl(u64 local_type_id, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *p, void *meta) __ksym;

struct element {
	long key;
	struct bpf_list_node node;
	struct task_struct *not_a_kptr;
};

/* Without it the compiler would not have the struct in the BTF. */
struct element *unused;

private(list) struct bpf_spin_lock lock;
private(list) struct bpf_list_head head __contains(element, node);
long popped;

struct made {
	long key;
	struct bpf_list_node node;
};

private(other) struct bpf_spin_lock other_lock;
private(other) struct bpf_list_head other_head __contains(made, node);

SEC("tc")
int push(struct __sk_buff *skb)
{
	struct made *m = bpf_obj_new_impl(bpf_core_type_id_local(struct made), NULL);

	if (!m)
		return 0;
	m->key = 5;
	bpf_spin_lock(&other_lock);
	bpf_list_push_front_impl(&other_head, &m->node, NULL, 0);
	bpf_spin_unlock(&other_lock);
	return 0;
}

SEC("tc")
int pop(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&head);
	bpf_spin_unlock(&lock);
	if (!n)
		return 0;
	struct element *e = (void *)n - __builtin_offsetof(struct element, node);
	popped = e->key;
	bpf_obj_drop_impl(e, NULL);
	return 0;
}
