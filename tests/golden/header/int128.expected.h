
struct wide {
	char a;
	uint8_t : 8;
	uint16_t : 16;
	uint32_t : 32;
	uint64_t : 64;
	__int128 b;
	unsigned __int128 c;
	int32_t d;
	uint32_t : 32;
	uint64_t : 64;
};
WBPF_ASSERT_SIZE(struct wide, 64);
WBPF_ASSERT_OFFSET(struct wide, a, 0);
WBPF_ASSERT_OFFSET(struct wide, b, 16);
WBPF_ASSERT_OFFSET(struct wide, c, 32);
WBPF_ASSERT_OFFSET(struct wide, d, 48);

#endif /* WBPF_INT128_BPF_TYPES_H_CA11B09A */
