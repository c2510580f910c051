
typedef int32_t row_t[4];
WBPF_ASSERT_SIZE(row_t, 16);

struct record {
	uint16_t count;
	uint16_t : 16;
	row_t rows[3];
	char text[2][3][5];
	struct {
		uint8_t __wbpf_hole0[0];
	} empty;
	uint16_t : 16;
	int32_t marker[0];
	uint8_t end;
	uint8_t : 8;
	uint16_t : 16;
	uint64_t data[0]; /* unsigned long */
};
WBPF_ASSERT_SIZE(struct record, 88);
WBPF_ASSERT_OFFSET(struct record, count, 0);
WBPF_ASSERT_OFFSET(struct record, rows, 4);
WBPF_ASSERT_OFFSET(struct record, text, 52);
WBPF_ASSERT_OFFSET(struct record, empty, 82);
WBPF_ASSERT_OFFSET(struct record, marker, 84);
WBPF_ASSERT_OFFSET(struct record, end, 84);
WBPF_ASSERT_OFFSET(struct record, data, 88);

struct head {
	int32_t a;
	struct {
		int16_t x;
		char y;
		uint8_t : 8;
	} tail[0];
};
WBPF_ASSERT_SIZE(struct head, 4);
WBPF_ASSERT_OFFSET(struct head, a, 0);
WBPF_ASSERT_OFFSET(struct head, tail, 4);
WBPF_ASSERT_OFFSET(struct head, tail[0].x, 4);
WBPF_ASSERT_OFFSET(struct head, tail[0].y, 6);

struct nothing {
	uint8_t __wbpf_hole0[0];
};
WBPF_ASSERT_SIZE(struct nothing, 0);

#endif /* WBPF_ARRAYS_BPF_TYPES_H_822EC5A0 */
