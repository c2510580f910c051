
struct event {
	int32_t pid;
	uint32_t : 32;
	int64_t when; /* long */
	uint64_t address; /* void * */
	uint64_t sk; /* struct sock * */
	uint64_t size; /* unsigned long */
	uint64_t flags : 5; /* unsigned long */
	uint64_t more : 25; /* unsigned long */
	uint64_t straddling : 10; /* unsigned long */
	uint8_t : 8;
	uint16_t : 16;
	uint64_t call; /* int (*)(struct sock *, long) */
	char comm[16];
	union {
		uint64_t word; /* unsigned long */
		uint64_t next; /* struct event * */
		int16_t half;
	};
	int64_t table[2][3]; /* long */
	int64_t rest[0]; /* long */
};
WBPF_ASSERT_SIZE(struct event, 128);
WBPF_ASSERT_OFFSET(struct event, pid, 0);
WBPF_ASSERT_OFFSET(struct event, when, 8);
WBPF_ASSERT_OFFSET(struct event, address, 16);
WBPF_ASSERT_OFFSET(struct event, sk, 24);
WBPF_ASSERT_OFFSET(struct event, size, 32);
WBPF_ASSERT_OFFSET(struct event, call, 48);
WBPF_ASSERT_OFFSET(struct event, comm, 56);
WBPF_ASSERT_OFFSET(struct event, word, 72);
WBPF_ASSERT_OFFSET(struct event, next, 72);
WBPF_ASSERT_OFFSET(struct event, half, 72);
WBPF_ASSERT_OFFSET(struct event, table, 80);
WBPF_ASSERT_OFFSET(struct event, rest, 128);

#endif /* WBPF_LONGS_TYPES_H_9F4C2A27 */
