
struct tagged {
	uint64_t name; /* char tag(user) * */
	int32_t count;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct tagged, 16);
WBPF_ASSERT_OFFSET(struct tagged, name, 0);
WBPF_ASSERT_OFFSET(struct tagged, count, 8);

#endif /* WBPF_TAGS_BPF_TYPES_H */
