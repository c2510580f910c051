/* SPDX-License-Identifier: BSD-2-Clause */
/* The bare host interface, without the guest library, and checks that count their failures. */
#ifndef TEST_HOST_H
#define TEST_HOST_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "abi/wbpf_abi.h"

#define WBPF_TYPE_U32 uint32_t
#define WBPF_TYPE_S32 int32_t
#define WBPF_TYPE_U64 uint64_t
#define WBPF_TYPE_ADDR uint32_t
#define WBPF_TYPE_HANDLE int32_t
#define P(type, name) WBPF_TYPE_##type name
#define PARAMS_0() void
#define PARAMS_1(a) P a
#define PARAMS_2(a, b) P a, P b
#define PARAMS_3(a, b, c) P a, P b, P c
#define PARAMS_4(a, b, c, d) P a, P b, P c, P d
#define PARAMS_5(a, b, c, d, e) P a, P b, P c, P d, P e
#define WBPF_CALL(name, n, params, doc)                                                            \
	__attribute__((import_module(WBPF_ABI_MODULE), import_name(#name))) int32_t h_##name(      \
		PARAMS_##n params);
#include "abi/wbpf_calls.def"
#undef WBPF_CALL

#define A(p) ((uint32_t)(uintptr_t)(p))

/* Linux's numbers: the host's, not those of the C library here. */
enum {
	L_EPERM = -1,
	L_ENOENT = -2,
	L_EINTR = -4,
	L_E2BIG = -7,
	L_EBADF = -9,
	L_EAGAIN = -11,
	L_EFAULT = -14,
	L_EBUSY = -16,
	L_EEXIST = -17,
	L_EINVAL = -22,
	L_EMFILE = -24,
	L_EPROTO = -71,
	L_EOPNOTSUPP = -95,
};

static int failures, checks;

static inline void check(int ok, long long got, const char *what, int line)
{
	checks++;
	if (!ok && ++failures)
		printf("line %d: %s gave %lld\n", line, what, got);
}

#define EQ(expr, want)                                                                             \
	do {                                                                                       \
		long long got_ = (expr);                                                           \
		check(got_ == (want), got_, #expr " == " #want, __LINE__);                         \
	} while (0)
#define OK(expr)                                                                                   \
	do {                                                                                       \
		long long got_ = (expr);                                                           \
		check(got_ >= 0, got_, #expr " >= 0", __LINE__);                                   \
	} while (0)
#define BAD(expr)                                                                                  \
	do {                                                                                       \
		long long got_ = (expr);                                                           \
		check(got_ < 0, got_, #expr " < 0", __LINE__);                                     \
	} while (0)

static struct wbpf_shared shared __attribute__((aligned(8)));

static inline void begin(void)
{
	shared.size = sizeof(shared);
	EQ(h_start(A(&shared)), WBPF_ABI_MINOR);
}

static inline int end(void)
{
	printf("%d checks, %d failures\n", checks, failures);
	return failures != 0;
}

#endif
