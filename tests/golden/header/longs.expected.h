
typedef uint64_t ulong_t; /* unsigned long */
WBPF_ASSERT_SIZE(ulong_t, 8);

struct sizes {
	int32_t before;
	uint32_t : 32;
	int64_t l; /* long */
	uint64_t ul; /* unsigned long */
	int64_t ll;
	uint64_t size; /* size_t */
	int64_t ssize; /* ssize_t */
	ulong_t mine;
	uint64_t p; /* void * */
	const uint64_t text; /* const char * */
	uint64_t next; /* struct sizes * */
	uint64_t hidden; /* struct hidden * */
	uint64_t callback; /* int (*)(struct sizes *, void * (*)(int), ...) */
	uint64_t names[4]; /* char * */
	uint64_t table[2]; /* int (*)(void) */
	volatile int64_t v; /* long */
};
WBPF_ASSERT_SIZE(struct sizes, 152);
WBPF_ASSERT_OFFSET(struct sizes, before, 0);
WBPF_ASSERT_OFFSET(struct sizes, l, 8);
WBPF_ASSERT_OFFSET(struct sizes, ul, 16);
WBPF_ASSERT_OFFSET(struct sizes, ll, 24);
WBPF_ASSERT_OFFSET(struct sizes, size, 32);
WBPF_ASSERT_OFFSET(struct sizes, ssize, 40);
WBPF_ASSERT_OFFSET(struct sizes, mine, 48);
WBPF_ASSERT_OFFSET(struct sizes, p, 56);
WBPF_ASSERT_OFFSET(struct sizes, text, 64);
WBPF_ASSERT_OFFSET(struct sizes, next, 72);
WBPF_ASSERT_OFFSET(struct sizes, hidden, 80);
WBPF_ASSERT_OFFSET(struct sizes, callback, 88);
WBPF_ASSERT_OFFSET(struct sizes, names, 96);
WBPF_ASSERT_OFFSET(struct sizes, table, 128);
WBPF_ASSERT_OFFSET(struct sizes, v, 144);

#endif /* WBPF_LONGS_BPF_TYPES_H_AAC8759C */
