WBPF_ASSERT_BYTES(enum state, 4);
WBPF_ASSERT_VALUE(IDLE, 0LL);
WBPF_ASSERT_VALUE(BUSY, 7LL);
WBPF_ASSERT_VALUE(BROKEN, -1LL);

WBPF_ASSERT_BYTES(enum wide, 8);
WBPF_ASSERT_VALUE(MOST, 18446744073709551615ULL);

WBPF_ASSERT_BYTES(struct event, 88);
WBPF_ASSERT_FIELD(struct event, pid, 0, 4);
WBPF_ASSERT_FIELD(struct event, comm, 4, 16);
WBPF_ASSERT_FIELD(struct event, when, 24, 8);
WBPF_ASSERT_FIELD(struct event, in, 40, 16);
WBPF_ASSERT_FIELD(struct event, code, 56, 4);
WBPF_ASSERT_FIELD(struct event, address, 56, 8);
WBPF_ASSERT_FIELD(struct event, named, 64, 4);
WBPF_ASSERT_FIELD(struct event, named.first, 64, 2);
WBPF_ASSERT_FIELD(struct event, named.deep, 66, 2);
WBPF_ASSERT_FIELD(struct event, named.deep[0].letter, 66, 1);
WBPF_ASSERT_FIELD(struct event, state, 68, 4);
WBPF_ASSERT_FIELD(struct event, local, 72, 4);
WBPF_ASSERT_FIELD(struct event, wide, 80, 8);
WBPF_ASSERT_PLACE(struct event, rest, 88);
WBPF_ASSERT_ELEMENT(struct event, rest[0], 1);
#ifndef __cplusplus
WBPF_ASSERT_VALUE(LOCAL, 4LL);
#endif

WBPF_ASSERT_BYTES(struct inner, 16);
WBPF_ASSERT_FIELD(struct inner, kind, 0, 1);
WBPF_ASSERT_FIELD(struct inner, value, 8, 8);

WBPF_ASSERT_BYTES(point_t, 8);
WBPF_ASSERT_FIELD(point_t, x, 0, 4);
WBPF_ASSERT_FIELD(point_t, y, 4, 4);
