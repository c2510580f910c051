
typedef uint32_t __u32;
WBPF_ASSERT_SIZE(__u32, 4);

typedef uint16_t __u16;
WBPF_ASSERT_SIZE(__u16, 2);

typedef __u16 __be16;
WBPF_ASSERT_SIZE(__be16, 2);

struct piece {
	int64_t values[4]; /* long */
};
WBPF_ASSERT_SIZE(struct piece, 32);
WBPF_ASSERT_OFFSET(struct piece, values, 0);

struct part {
	struct piece pieces[3];
};
WBPF_ASSERT_SIZE(struct part, 96);
WBPF_ASSERT_OFFSET(struct part, pieces, 0);

struct event {
	__u32 pid;
	__be16 port;
	uint16_t : 16;
	uint64_t when;
	uint64_t size; /* size_t */
	uint64_t address; /* uintptr_t */
	bool ok;
	uint8_t : 8;
	uint16_t : 16;
	uint32_t : 32;
	struct part part;
	uint64_t other; /* const struct other_part * */
};
WBPF_ASSERT_SIZE(struct event, 144);
WBPF_ASSERT_OFFSET(struct event, pid, 0);
WBPF_ASSERT_OFFSET(struct event, port, 4);
WBPF_ASSERT_OFFSET(struct event, when, 8);
WBPF_ASSERT_OFFSET(struct event, size, 16);
WBPF_ASSERT_OFFSET(struct event, address, 24);
WBPF_ASSERT_OFFSET(struct event, ok, 32);
WBPF_ASSERT_OFFSET(struct event, part, 40);
WBPF_ASSERT_OFFSET(struct event, other, 136);

#endif /* WBPF_INCLUDES_TYPES_H_634E7D22 */
