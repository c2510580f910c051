
struct reals {
	float f;
	uint32_t : 32;
	double d;
	double ld;
	double array[2];
};
WBPF_ASSERT_SIZE(struct reals, 40);
WBPF_ASSERT_OFFSET(struct reals, f, 0);
WBPF_ASSERT_OFFSET(struct reals, d, 8);
WBPF_ASSERT_OFFSET(struct reals, ld, 16);
WBPF_ASSERT_OFFSET(struct reals, array, 24);

#endif /* WBPF_FLOATS_BPF_TYPES_H_59FAFD3E */
