WBPF_ASSERT_BYTES(struct all, 112);
WBPF_ASSERT_FIELD(struct all, flag, 0, 1);
WBPF_ASSERT_FIELD(struct all, letter, 1, 1);
WBPF_ASSERT_FIELD(struct all, small, 2, 1);
WBPF_ASSERT_FIELD(struct all, word, 4, 2);
WBPF_ASSERT_FIELD(struct all, real, 8, 4);
WBPF_ASSERT_FIELD(struct all, more, 16, 8);
WBPF_ASSERT_FIELD(struct all, signed_long, 24, 8);
WBPF_ASSERT_FIELD(struct all, pointer, 32, 8);
WBPF_ASSERT_FIELD(struct all, function, 40, 8);
WBPF_ASSERT_FIELD(struct all, rows, 48, 24);
WBPF_ASSERT_FIELD(struct all, huge, 80, 16);
WBPF_ASSERT_FIELD(struct all, next, 96, 8);
WBPF_ASSERT_PLACE(struct all, flexible, 104);
WBPF_ASSERT_ELEMENT(struct all, flexible[0], 8);

WBPF_ASSERT_BYTES(struct tight, 9);
WBPF_ASSERT_FIELD(struct tight, c, 0, 1);
WBPF_ASSERT_FIELD(struct tight, l, 1, 8);
