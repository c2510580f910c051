
struct wanted {
	int64_t a; /* long */
};
WBPF_ASSERT_SIZE(struct wanted, 8);
WBPF_ASSERT_OFFSET(struct wanted, a, 0);

typedef union {
	int32_t i;
	float f;
} wanted_t;
WBPF_ASSERT_SIZE(wanted_t, 4);
WBPF_ASSERT_OFFSET(wanted_t, i, 0);
WBPF_ASSERT_OFFSET(wanted_t, f, 0);

#endif /* WBPF_TYPE_OPTION_BPF_TYPES_H_24675D5A */
