
enum small {
	SMALL_A = 1,
	SMALL_B = 200,
} __attribute__((packed));
WBPF_ASSERT_SIZE(enum small, 1);

enum small_signed {
	MINUS = -1,
	PLUS = 1,
} __attribute__((packed));
WBPF_ASSERT_SIZE(enum small_signed, 1);

enum middle {
	MIDDLE = 60000,
} __attribute__((packed));
WBPF_ASSERT_SIZE(enum middle, 2);

enum plain {
	PLAIN_A = 0,
	PLAIN_B = 2147483647,
};
WBPF_ASSERT_SIZE(enum plain, 4);

enum high {
	HIGH = 4294967295U,
};
WBPF_ASSERT_SIZE(enum high, 4);

enum negative {
	NEGATIVE = -5,
	POSITIVE = 5,
};
WBPF_ASSERT_SIZE(enum negative, 4);

enum wide {
	WIDE = 81985529216486895ULL,
	WIDEST = 18446744073709551615ULL,
};
WBPF_ASSERT_SIZE(enum wide, 8);

enum wide_signed {
	LOWEST = -9223372036854775807LL - 1,
	HIGHEST = 9223372036854775807LL,
};
WBPF_ASSERT_SIZE(enum wide_signed, 8);

enum fixed_wide {
	FIXED_WIDE = 1,
	fixed_wide___range = 9223372036854775808ULL,
};
WBPF_ASSERT_SIZE(enum fixed_wide, 8);

enum fixed_short {
	FIXED_SHORT = 1,
	fixed_short___range = 32768,
} __attribute__((packed));
WBPF_ASSERT_SIZE(enum fixed_short, 2);

enum fixed_signed {
	FIXED_SIGNED = 1,
	fixed_signed___range = -2147483648,
};
WBPF_ASSERT_SIZE(enum fixed_signed, 4);

typedef enum {
	NAMED_A = 0,
	NAMED_B = 1,
} named_t;
WBPF_ASSERT_SIZE(named_t, 4);

enum {
	INSIDE_A = 7,
	INSIDE_B = 8,
};

struct all {
	enum small small;
	enum small_signed small_signed;
	enum middle middle;
	enum plain plain;
	enum high high;
	enum negative negative;
	enum wide wide;
	enum wide_signed wide_signed;
	enum fixed_wide fixed_wide;
	enum fixed_short fixed_short;
	uint16_t : 16;
	enum fixed_signed fixed_signed;
	named_t named;
	uint32_t inside; /* enum {...} */
	uint32_t twice; /* enum {...} */
	enum plain many[3];
};
WBPF_ASSERT_SIZE(struct all, 72);
WBPF_ASSERT_OFFSET(struct all, small, 0);
WBPF_ASSERT_OFFSET(struct all, small_signed, 1);
WBPF_ASSERT_OFFSET(struct all, middle, 2);
WBPF_ASSERT_OFFSET(struct all, plain, 4);
WBPF_ASSERT_OFFSET(struct all, high, 8);
WBPF_ASSERT_OFFSET(struct all, negative, 12);
WBPF_ASSERT_OFFSET(struct all, wide, 16);
WBPF_ASSERT_OFFSET(struct all, wide_signed, 24);
WBPF_ASSERT_OFFSET(struct all, fixed_wide, 32);
WBPF_ASSERT_OFFSET(struct all, fixed_short, 40);
WBPF_ASSERT_OFFSET(struct all, fixed_signed, 44);
WBPF_ASSERT_OFFSET(struct all, named, 48);
WBPF_ASSERT_OFFSET(struct all, inside, 52);
WBPF_ASSERT_OFFSET(struct all, twice, 56);
WBPF_ASSERT_OFFSET(struct all, many, 60);

#endif /* WBPF_ENUMS_BPF_TYPES_H_9295534F */
