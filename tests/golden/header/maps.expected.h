
struct inner_value {
	char text[16];
};
WBPF_ASSERT_SIZE(struct inner_value, 16);
WBPF_ASSERT_OFFSET(struct inner_value, text, 0);

struct key {
	int32_t a;
	uint32_t : 32;
	int64_t b; /* long */
};
WBPF_ASSERT_SIZE(struct key, 16);
WBPF_ASSERT_OFFSET(struct key, a, 0);
WBPF_ASSERT_OFFSET(struct key, b, 8);

struct value {
	struct key keys[2];
};
WBPF_ASSERT_SIZE(struct value, 32);
WBPF_ASSERT_OFFSET(struct value, keys, 0);

#endif /* WBPF_MAPS_BPF_TYPES_H_38F0BA54 */
