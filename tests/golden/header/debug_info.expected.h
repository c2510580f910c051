
struct inner {
	int64_t a; /* long */
	char c;
	uint8_t : 8;
	uint16_t : 16;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct inner, 16);
WBPF_ASSERT_OFFSET(struct inner, a, 0);
WBPF_ASSERT_OFFSET(struct inner, c, 8);

typedef struct {
	int16_t x;
	int16_t y;
} point_t;
WBPF_ASSERT_SIZE(point_t, 4);
WBPF_ASSERT_OFFSET(point_t, x, 0);
WBPF_ASSERT_OFFSET(point_t, y, 2);

enum mode {
	MODE_OFF = -1,
	MODE_ON = 0,
};
WBPF_ASSERT_SIZE(enum mode, 4);

enum level {
	LEVEL_LOW = -128,
	LEVEL_HIGH = 100,
} __attribute__((packed));
WBPF_ASSERT_SIZE(enum level, 1);

struct node {
	uint64_t next; /* struct node * */
	uint64_t far; /* const struct far_away * */
};
WBPF_ASSERT_SIZE(struct node, 16);
WBPF_ASSERT_OFFSET(struct node, next, 0);
WBPF_ASSERT_OFFSET(struct node, far, 8);

struct event {
	uint64_t pid; /* unsigned long */
	uint64_t p; /* void * */
	struct inner in;
	point_t at[2][3];
	enum mode mode;
	enum level level;
	uint32_t flag : 3;
	uint8_t : 2;
	uint32_t rest : 9;
	uint8_t : 2, : 8;
	union {
		int32_t i;
		float f;
	};
	uint32_t : 32;
	uint64_t call; /* int (*)(struct inner *, long, ...) */
	volatile struct node node;
	bool ok;
	uint8_t tail[0];
	uint8_t : 8;
	uint16_t : 16;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct event, 104);
WBPF_ASSERT_OFFSET(struct event, pid, 0);
WBPF_ASSERT_OFFSET(struct event, p, 8);
WBPF_ASSERT_OFFSET(struct event, in, 16);
WBPF_ASSERT_OFFSET(struct event, at, 32);
WBPF_ASSERT_OFFSET(struct event, mode, 56);
WBPF_ASSERT_OFFSET(struct event, level, 60);
WBPF_ASSERT_OFFSET(struct event, i, 64);
WBPF_ASSERT_OFFSET(struct event, f, 64);
WBPF_ASSERT_OFFSET(struct event, call, 72);
WBPF_ASSERT_OFFSET(struct event, node, 80);
WBPF_ASSERT_OFFSET(struct event, ok, 96);
WBPF_ASSERT_OFFSET(struct event, tail, 97);

struct loose {
	char c;
	__int128 wide;
	int64_t l;
} __attribute__((packed));
WBPF_ASSERT_SIZE(struct loose, 25);
WBPF_ASSERT_OFFSET(struct loose, c, 0);
WBPF_ASSERT_OFFSET(struct loose, wide, 1);
WBPF_ASSERT_OFFSET(struct loose, l, 17);

typedef struct event event_t;
WBPF_ASSERT_SIZE(event_t, 104);

#endif /* WBPF_DEBUG_INFO_BPF_TYPES_H_418B6219 */
