
struct state {
	int32_t a;
};
WBPF_ASSERT_SIZE(struct state, 4);
WBPF_ASSERT_OFFSET(struct state, a, 0);

struct state___2 {
	int64_t b; /* long */
};
WBPF_ASSERT_SIZE(struct state___2, 8);
WBPF_ASSERT_OFFSET(struct state___2, b, 0);

#endif /* WBPF_SAME_NAMES_BPF_TYPES_H_76E0EC9C */
