
struct plain {
	uint32_t a;
	uint32_t b;
};
WBPF_ASSERT_SIZE(struct plain, 8);
WBPF_ASSERT_OFFSET(struct plain, a, 0);
WBPF_ASSERT_OFFSET(struct plain, b, 4);

struct odd {
	char a;
	uint64_t b;
	int16_t c;
} __attribute__((packed));
WBPF_ASSERT_SIZE(struct odd, 11);
WBPF_ASSERT_OFFSET(struct odd, a, 0);
WBPF_ASSERT_OFFSET(struct odd, b, 1);
WBPF_ASSERT_OFFSET(struct odd, c, 9);

struct half {
	uint32_t a;
	uint64_t b;
} __attribute__((packed, aligned(4)));
WBPF_ASSERT_SIZE(struct half, 12);
WBPF_ASSERT_OFFSET(struct half, a, 0);
WBPF_ASSERT_OFFSET(struct half, b, 4);

struct outer {
	char a;
	struct odd odd;
	struct half half;
	struct {
		char x;
		int32_t y;
	} __attribute__((packed)) in[3];
	uint8_t : 8;
};
WBPF_ASSERT_SIZE(struct outer, 40);
WBPF_ASSERT_OFFSET(struct outer, a, 0);
WBPF_ASSERT_OFFSET(struct outer, odd, 1);
WBPF_ASSERT_OFFSET(struct outer, half, 12);
WBPF_ASSERT_OFFSET(struct outer, in, 24);
WBPF_ASSERT_OFFSET(struct outer, in[0].x, 24);
WBPF_ASSERT_OFFSET(struct outer, in[0].y, 25);

#endif /* WBPF_PACKED_BPF_TYPES_H_9D8BA6B0 */
