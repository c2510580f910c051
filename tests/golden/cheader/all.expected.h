
struct mine {
	int32_t a;
};
WBPF_ASSERT_SIZE(struct mine, 4);
WBPF_ASSERT_OFFSET(struct mine, a, 0);

struct piece {
	int64_t values[4]; /* long */
};
WBPF_ASSERT_SIZE(struct piece, 32);
WBPF_ASSERT_OFFSET(struct piece, values, 0);

enum {
	PIECES = 3,
};

#endif /* WBPF_ALL_TYPES_H_105ADAF4 */
