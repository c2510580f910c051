/* SPDX-License-Identifier: BSD-2-Clause */
/* The registration table, made from the one definition of the host interface. */
#include "host/calls.h"

#include <errno.h>

#include "host/clock.h"
#include "host/instance.h"

/* Takes the n-th argument out of the engine's array. */
#define ARG_U32(n) (uint32_t)args[n].value
#define ARG_S32(n) (int32_t)ARG_U32(n)
#define ARG_U64(n) args[n].value
#define ARG_ADDR(n) (wbpf_addr) ARG_U32(n)
#define ARG_HANDLE(n) (wbpf_handle) ARG_U32(n)
#define ARG_TYPE(type, name) ARG_##type
#define ARGS_0()
#define ARGS_1(a) , ARG_TYPE a(0)
#define ARGS_2(a, b) ARGS_1(a), ARG_TYPE b(1)
#define ARGS_3(a, b, c) ARGS_2(a, b), ARG_TYPE c(2)
#define ARGS_4(a, b, c, d) ARGS_3(a, b, c), ARG_TYPE d(3)
#define ARGS_5(a, b, c, d, e) ARGS_4(a, b, c, d), ARG_TYPE e(4)

/* Only start() may come before start(). */
#define WBPF_CALL(name, n, params, doc)                                                            \
	static int32_t enter_##name(void *env, struct memory *memory,                              \
				    const struct engine_arg *args)                                 \
	{                                                                                          \
		struct instance *in = env;                                                         \
		int32_t (*call)(struct instance * WBPF_PARAMS_##n params) = call_##name;           \
		in->memory = memory;                                                               \
		(void)args;                                                                        \
		if (!in->shared && (void *)call != (void *)call_start)                             \
			return -EPROTO;                                                            \
		return call(in ARGS_##n params);                                                   \
	}
#include "abi/wbpf_calls.def"
#undef WBPF_CALL

#define LETTER_U32 "i"
#define LETTER_S32 "i"
#define LETTER_U64 "I"
#define LETTER_ADDR "i"
#define LETTER_HANDLE "i"
#define LETTER(type, name) LETTER_##type
#define LETTERS_0() ""
#define LETTERS_1(a) LETTER a
#define LETTERS_2(a, b) LETTER a LETTER b
#define LETTERS_3(a, b, c) LETTER a LETTER b LETTER c
#define LETTERS_4(a, b, c, d) LETTER a LETTER b LETTER c LETTER d
#define LETTERS_5(a, b, c, d, e) LETTER a LETTER b LETTER c LETTER d LETTER e

const struct engine_import host_imports[] = {
#define WBPF_CALL(name, n, params, doc) {WBPF_ABI_MODULE, #name, LETTERS_##n params, enter_##name},
#include "abi/wbpf_calls.def"
#undef WBPF_CALL
	{"wasi_snapshot_preview1", "clock_time_get", "iIi", clock_time_get},
	{0},
};
