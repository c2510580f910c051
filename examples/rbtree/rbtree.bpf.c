// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "rbtree.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Functions of the kernel that own, link and unlink objects of the program's own types. */
extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern void *bpf_refcount_acquire_impl(void *object, void *meta) __ksym;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node,
			       bool(less)(struct bpf_rb_node *a, const struct bpf_rb_node *b),
			       void *meta, __u64 offset) __ksym;
extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *root) __ksym;
extern struct bpf_rb_node *bpf_rbtree_remove(struct bpf_rb_root *root,
					     struct bpf_rb_node *node) __ksym;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node,
				   void *meta, __u64 offset) __ksym;
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;

/* Which type's objects a tree or list has, and by which of their members they are in it. */
#define __contains(type, member) __attribute__((btf_decl_tag("contains:" #type ":" #member)))

/* Both the tree and the list hold a reference. */
struct queue_entry {
	struct bpf_rb_node in_queue;
	struct bpf_list_node in_history;
	struct bpf_refcount references;
	struct job job;
};

/* The lock and what it protects have to be in one value of a map: a section of data is one. */
#define __guarded SEC(".data.queue") __hidden __attribute__((aligned(8)))
struct bpf_spin_lock lock __guarded;
struct bpf_rb_root queue __guarded __contains(queue_entry, in_queue);
struct bpf_list_head history __guarded __contains(queue_entry, in_history);

unsigned int pushed = 0, waiting = 0;

/* The highest priority first, and of equal ones the first that was pushed. */
static bool is_before(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	struct job *x = &container_of(a, struct queue_entry, in_queue)->job;
	struct job *y = &container_of(b, struct queue_entry, in_queue)->job;

	return x->priority != y->priority ? x->priority > y->priority : x->number < y->number;
}

static void drop(struct queue_entry *n)
{
	bpf_obj_drop_impl(n, NULL);
}

/* Puts a job into the queue, and at the end of the history: one object, in both. */
SEC("syscall")
int push(struct job *job)
{
	struct queue_entry *n = bpf_obj_new_impl(bpf_core_type_id_local(struct queue_entry), NULL),
			   *same;

	if (!n)
		return -12; /* ENOMEM */
	n->job.priority = job->priority;
	for (int i = 0; i < TEXT_LEN; i++)
		n->job.text[i] = job->text[i];
	same = bpf_refcount_acquire_impl(n, NULL);
	if (!same) {
		drop(n);
		return -12;
	}
	bpf_spin_lock(&lock);
	n->job.number = ++pushed;
	bpf_rbtree_add_impl(&queue, &n->in_queue, is_before, NULL, 0);
	bpf_list_push_back_impl(&history, &same->in_history, NULL, 0);
	waiting++;
	bpf_spin_unlock(&lock);
	return 0;
}

/* Takes the first one out of the queue; 0: there is none. */
SEC("syscall")
int pop(struct job *job)
{
	struct bpf_rb_node *first;
	struct queue_entry *n;

	bpf_spin_lock(&lock);
	first = bpf_rbtree_first(&queue);
	if (first)
		first = bpf_rbtree_remove(&queue, first);
	if (first)
		waiting--;
	bpf_spin_unlock(&lock);
	if (!first)
		return 0;
	n = container_of(first, struct queue_entry, in_queue);
	*job = n->job;
	drop(n);
	return 1;
}

/* Takes the oldest one out of the history; 0: there is none. */
SEC("syscall")
int recall(struct job *job)
{
	struct bpf_list_node *oldest;
	struct queue_entry *n;

	bpf_spin_lock(&lock);
	oldest = bpf_list_pop_front(&history);
	bpf_spin_unlock(&lock);
	if (!oldest)
		return 0;
	n = container_of(oldest, struct queue_entry, in_history);
	*job = n->job;
	drop(n);
	return 1;
}
