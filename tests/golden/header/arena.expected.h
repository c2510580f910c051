
/* Names that C++ has other uses for have an underscore behind them there. */
#ifdef __cplusplus
#define wbpf_name_node node_
#else
#define wbpf_name_node node
#endif

struct value {
	union { struct node *first; uint64_t __first_room; };
	uint8_t odd;
	union { struct leaf *packed; uint64_t __packed_room; };
} __attribute__((packed));
WBPF_ASSERT_SIZE(struct value, 17);
WBPF_ASSERT_OFFSET(struct value, first, 0);
WBPF_ASSERT_OFFSET(struct value, odd, 8);
WBPF_ASSERT_OFFSET(struct value, packed, 9);

struct node {
	union { struct node *next; uint64_t __next_room; };
	union { struct leaf *leaf; uint64_t __leaf_room; };
	union { struct hidden *hidden; uint64_t __hidden_room; };
	uint64_t untagged; /* struct untagged * */
	union { void *nameless; uint64_t __nameless_room; }; /* nameless_t tag(arena) * */
	uint64_t list[2]; /* struct node tag(arena) * */
	union { int64_t *numbers; uint64_t __numbers_room; };
	union { uint64_t *table; uint64_t __table_room; }; /* struct node tag(arena) * tag(arena) * */
	union { void *anything; uint64_t __anything_room; };
	union {
		union { struct node *wbpf_name_node; uint64_t __node_room; };
		int32_t other;
	};
};
WBPF_ASSERT_SIZE(struct node, 88);
WBPF_ASSERT_OFFSET(struct node, next, 0);
WBPF_ASSERT_OFFSET(struct node, leaf, 8);
WBPF_ASSERT_OFFSET(struct node, hidden, 16);
WBPF_ASSERT_OFFSET(struct node, untagged, 24);
WBPF_ASSERT_OFFSET(struct node, nameless, 32);
WBPF_ASSERT_OFFSET(struct node, list, 40);
WBPF_ASSERT_OFFSET(struct node, numbers, 56);
WBPF_ASSERT_OFFSET(struct node, table, 64);
WBPF_ASSERT_OFFSET(struct node, anything, 72);
WBPF_ASSERT_OFFSET(struct node, wbpf_name_node, 80);
WBPF_ASSERT_OFFSET(struct node, other, 80);

typedef uint64_t leaf_pointer; /* struct leaf tag(arena) * */
WBPF_ASSERT_SIZE(leaf_pointer, 8);

struct leaf {
	struct node inside;
	union { struct leaf *self; uint64_t __self_room; };
	char name[8];
};
WBPF_ASSERT_SIZE(struct leaf, 104);
WBPF_ASSERT_OFFSET(struct leaf, inside, 0);
WBPF_ASSERT_OFFSET(struct leaf, self, 88);
WBPF_ASSERT_OFFSET(struct leaf, name, 96);

#undef wbpf_name_node

#endif /* WBPF_ARENA_BPF_TYPES_H_17F5E3FA */
