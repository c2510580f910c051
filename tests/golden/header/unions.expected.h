
struct packet {
	uint8_t kind;
	uint8_t : 8;
	uint16_t : 16;
	uint32_t : 32;
	union {
		struct {
			uint16_t port;
			uint16_t : 16;
			uint32_t address;
		};
		uint8_t bytes[6];
		struct {
			int32_t x;
			uint32_t : 32;
			union {
				char c;
				int64_t l; /* long */
			} u;
		} list[2];
	};
	struct {
		union {
			int32_t deep;
			float real;
		};
	} named;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct packet, 48);
WBPF_ASSERT_OFFSET(struct packet, kind, 0);
WBPF_ASSERT_OFFSET(struct packet, port, 8);
WBPF_ASSERT_OFFSET(struct packet, address, 12);
WBPF_ASSERT_OFFSET(struct packet, bytes, 8);
WBPF_ASSERT_OFFSET(struct packet, list, 8);
WBPF_ASSERT_OFFSET(struct packet, list[0].x, 8);
WBPF_ASSERT_OFFSET(struct packet, list[0].u, 16);
WBPF_ASSERT_OFFSET(struct packet, list[0].u.c, 16);
WBPF_ASSERT_OFFSET(struct packet, list[0].u.l, 16);
WBPF_ASSERT_OFFSET(struct packet, named, 40);
WBPF_ASSERT_OFFSET(struct packet, named.deep, 40);
WBPF_ASSERT_OFFSET(struct packet, named.real, 40);

typedef struct {
	int32_t a;
	char b;
	uint8_t : 8;
	uint16_t : 16;
} pair_t;
WBPF_ASSERT_SIZE(pair_t, 8);
WBPF_ASSERT_OFFSET(pair_t, a, 0);
WBPF_ASSERT_OFFSET(pair_t, b, 4);

union sized {
	char small;
	int32_t array[5];
	uint8_t __wbpf_hole0[32];
};
WBPF_ASSERT_SIZE(union sized, 32);
WBPF_ASSERT_OFFSET(union sized, small, 0);
WBPF_ASSERT_OFFSET(union sized, array, 0);

struct uses {
	pair_t pairs[2];
	union sized sized;
};
WBPF_ASSERT_SIZE(struct uses, 48);
WBPF_ASSERT_OFFSET(struct uses, pairs, 0);
WBPF_ASSERT_OFFSET(struct uses, sized, 16);

#endif /* WBPF_UNIONS_BPF_TYPES_H_43F06FCA */
