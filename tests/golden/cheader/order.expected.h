
struct later {
	uint8_t a;
	uint32_t b : 3;
	uint8_t : 5;
	uint16_t : 16;
	uint32_t c : 4;
	uint8_t : 4;
} __attribute__((packed));
WBPF_ASSERT_SIZE(struct later, 5);
WBPF_ASSERT_OFFSET(struct later, a, 0);

typedef struct later later_t;
WBPF_ASSERT_SIZE(later_t, 5);

typedef union {
	int32_t all;
	uint8_t bytes[4];
} word_t;
WBPF_ASSERT_SIZE(word_t, 4);
WBPF_ASSERT_OFFSET(word_t, all, 0);
WBPF_ASSERT_OFFSET(word_t, bytes, 0);

enum {
	FIRST = 1,
	LAST = 7,
};

enum kind {
	OPEN = 1,
	CLOSE = 2,
	BROKEN = -1,
};
WBPF_ASSERT_SIZE(enum kind, 4);

typedef enum {
	LOW = 0,
	HIGH = 1,
} level_t;
WBPF_ASSERT_SIZE(level_t, 4);

struct inner {
	int16_t x;
};
WBPF_ASSERT_SIZE(struct inner, 2);
WBPF_ASSERT_OFFSET(struct inner, x, 0);

enum {
	SHORT = 0,
	LONG = 1,
};

struct path {
	struct inner in[2];
	uint32_t : 32;
	uint64_t to; /* struct pointed * */
	uint32_t how; /* enum {...} */
	word_t word;
	level_t level;
	uint32_t : 32;
	uint64_t level_address; /* level_t * */
	enum kind kind;
	uint32_t : 32;
	uint64_t kind_address; /* enum kind * */
	uint64_t last; /* later_t * */
};
WBPF_ASSERT_SIZE(struct path, 64);
WBPF_ASSERT_OFFSET(struct path, in, 0);
WBPF_ASSERT_OFFSET(struct path, to, 8);
WBPF_ASSERT_OFFSET(struct path, how, 16);
WBPF_ASSERT_OFFSET(struct path, word, 20);
WBPF_ASSERT_OFFSET(struct path, level, 24);
WBPF_ASSERT_OFFSET(struct path, level_address, 32);
WBPF_ASSERT_OFFSET(struct path, kind, 40);
WBPF_ASSERT_OFFSET(struct path, kind_address, 48);
WBPF_ASSERT_OFFSET(struct path, last, 56);

struct pointed {
	int64_t n; /* long */
};
WBPF_ASSERT_SIZE(struct pointed, 8);
WBPF_ASSERT_OFFSET(struct pointed, n, 0);

typedef struct path path_t;
WBPF_ASSERT_SIZE(path_t, 64);

typedef struct {
	path_t path;
} pair_t[2];
WBPF_ASSERT_SIZE(pair_t, 128);

typedef uint64_t handler_t; /* int (*)(struct later *) */
WBPF_ASSERT_SIZE(handler_t, 8);

#endif /* WBPF_ORDER_TYPES_H_8BA0057C */
