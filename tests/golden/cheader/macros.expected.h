
struct event {
	char comm[16];
	int32_t COMM_LENGTH_used;
	uint32_t : 32;
	int64_t values[4]; /* long */
};
WBPF_ASSERT_SIZE(struct event, 56);
WBPF_ASSERT_OFFSET(struct event, comm, 0);
WBPF_ASSERT_OFFSET(struct event, COMM_LENGTH_used, 16);
WBPF_ASSERT_OFFSET(struct event, values, 24);

#define COMM_LENGTH 16
#define NAME "a \"text\", /* and no comment */"
#define IN_PARENTHESES ((-0x10))
#define LONG_ONE 1LL
#define UNSIGNED_LONG 0xffULL
#define BINARY 0b101ULL
#define OCTAL 0755
#define PATH_MAX___bpf 4096
#define signal___bpf 3
#ifndef __cplusplus
#define bitor 3
#endif
#define CHANGED 2
#define SAME 1
#define SAME_ELSEWHERE 5LL

#endif /* WBPF_MACROS_TYPES_H_0545E417 */
