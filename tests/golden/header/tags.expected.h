
struct tagged {
	uint64_t name; /* char tag(user) * */
	int32_t count; /* tag(about) */
	uint32_t bits : 3; /* tag(about), tag(end of comment *?) */
	uint8_t : 5, : 8;
	uint16_t : 16;
}; /* tag(about) */
WBPF_ASSERT_SIZE(struct tagged, 16);
WBPF_ASSERT_OFFSET(struct tagged, name, 0);
WBPF_ASSERT_OFFSET(struct tagged, count, 8);

typedef struct tagged tagged_t; /* tag(about) */
WBPF_ASSERT_SIZE(tagged_t, 16);

#endif /* WBPF_TAGS_BPF_TYPES_H_4D413958 */
