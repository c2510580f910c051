
struct node {
	union { struct node *next; uint64_t __next_room; };
	union { struct leaf *leaf; uint64_t __leaf_room; };
	uint64_t other; /* struct node * */
	uint64_t plain; /* struct node * */
	uint64_t both[2]; /* struct node tag(arena) * */
	union { void *anything; uint64_t __anything_room; };
	union { int64_t *numbers; uint64_t __numbers_room; };
	int64_t value; /* long */
};
WBPF_ASSERT_SIZE(struct node, 72);
WBPF_ASSERT_OFFSET(struct node, next, 0);
WBPF_ASSERT_OFFSET(struct node, leaf, 8);
WBPF_ASSERT_OFFSET(struct node, other, 16);
WBPF_ASSERT_OFFSET(struct node, plain, 24);
WBPF_ASSERT_OFFSET(struct node, both, 32);
WBPF_ASSERT_OFFSET(struct node, anything, 48);
WBPF_ASSERT_OFFSET(struct node, numbers, 56);
WBPF_ASSERT_OFFSET(struct node, value, 64);

struct leaf {
	union { struct node *up; uint64_t __up_room; };
	int32_t value;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct leaf, 16);
WBPF_ASSERT_OFFSET(struct leaf, up, 0);
WBPF_ASSERT_OFFSET(struct leaf, value, 8);

#endif /* WBPF_ARENA_TYPES_H_6D6E35DC */
