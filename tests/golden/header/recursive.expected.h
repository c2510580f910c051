
struct list {
	uint64_t next; /* struct list * */
	uint64_t previous; /* struct list ** */
	uint64_t tree; /* struct tree * */
};
WBPF_ASSERT_SIZE(struct list, 24);
WBPF_ASSERT_OFFSET(struct list, next, 0);
WBPF_ASSERT_OFFSET(struct list, previous, 8);
WBPF_ASSERT_OFFSET(struct list, tree, 16);

struct tree {
	struct list list;
	uint64_t left; /* struct tree * */
	uint64_t right; /* struct tree * */
	uint64_t copy; /* struct tree (*)(struct tree) */
};
WBPF_ASSERT_SIZE(struct tree, 48);
WBPF_ASSERT_OFFSET(struct tree, list, 0);
WBPF_ASSERT_OFFSET(struct tree, left, 24);
WBPF_ASSERT_OFFSET(struct tree, right, 32);
WBPF_ASSERT_OFFSET(struct tree, copy, 40);

#endif /* WBPF_RECURSIVE_BPF_TYPES_H_FE04A64B */
