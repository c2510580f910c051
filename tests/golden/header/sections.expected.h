
struct settings {
	bool verbose;
};
WBPF_ASSERT_SIZE(struct settings, 1);
WBPF_ASSERT_OFFSET(struct settings, verbose, 0);

struct extra {
	char c;
};
WBPF_ASSERT_SIZE(struct extra, 1);
WBPF_ASSERT_OFFSET(struct extra, c, 0);

struct event {
	int32_t pid;
	uint32_t : 32;
	uint64_t second; /* struct second * */
};
WBPF_ASSERT_SIZE(struct event, 16);
WBPF_ASSERT_OFFSET(struct event, pid, 0);
WBPF_ASSERT_OFFSET(struct event, second, 8);

struct counters {
	uint64_t hits; /* unsigned long */
};
WBPF_ASSERT_SIZE(struct counters, 8);
WBPF_ASSERT_OFFSET(struct counters, hits, 0);

#endif /* WBPF_SECTIONS_BPF_TYPES_H_3BD55979 */
