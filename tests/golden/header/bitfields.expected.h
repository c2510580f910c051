
enum color {
	RED = 0,
	GREEN = 1,
	BLUE = 2,
};
WBPF_ASSERT_SIZE(enum color, 4);

struct flags {
	uint32_t a : 1;
	uint32_t b : 3;
	uint8_t : 4, : 1;
	uint32_t c : 20;
	uint8_t : 3;
	uint32_t d : 10;
	int32_t e : 2;
	uint8_t : 4;
	uint16_t : 16;
	uint64_t f : 40;
	bool g : 1;
	enum color color : 2;
	uint8_t : 5;
	uint8_t h : 7;
	uint8_t : 1, : 8;
	uint16_t i : 3;
	uint8_t : 5, : 8;
	uint16_t : 16;
	int32_t plain;
	uint32_t j : 4;
	uint8_t : 4;
	char behind;
	uint16_t : 16;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct flags, 32);
WBPF_ASSERT_OFFSET(struct flags, plain, 20);
WBPF_ASSERT_OFFSET(struct flags, behind, 25);

struct straddling {
	uint32_t a : 20;
	uint32_t b : 20;
	uint64_t c : 60;
	uint8_t : 4;
} __attribute__((packed));
WBPF_ASSERT_SIZE(struct straddling, 13);

union any {
	uint32_t low : 4;
	uint8_t all;
	uint8_t __wbpf_hole0[4];
};
WBPF_ASSERT_SIZE(union any, 4);
WBPF_ASSERT_OFFSET(union any, all, 0);

#endif /* WBPF_BITFIELDS_BPF_TYPES_H_EB14C4C5 */
