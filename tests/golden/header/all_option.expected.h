
struct a {
	int32_t a;
};
WBPF_ASSERT_SIZE(struct a, 4);
WBPF_ASSERT_OFFSET(struct a, a, 0);

struct b {
	int32_t b;
	uint32_t : 32;
	uint64_t declared; /* struct declared * */
};
WBPF_ASSERT_SIZE(struct b, 16);
WBPF_ASSERT_OFFSET(struct b, b, 0);
WBPF_ASSERT_OFFSET(struct b, declared, 8);

enum constants {
	ONE = 1,
};
WBPF_ASSERT_SIZE(enum constants, 4);

struct c {
	uint64_t far; /* enum {...} * */
};
WBPF_ASSERT_SIZE(struct c, 8);
WBPF_ASSERT_OFFSET(struct c, far, 0);

enum {
	FAR = 7,
};

#endif /* WBPF_ALL_OPTION_BPF_TYPES_H_7C2C7798 */
