/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's side of the host interface: the imports, made from the one definition, and what each
 * call's result goes through. The rest of the library calls the host only by way of HOST().
 */
#ifndef WBPF_GUEST_HOST_H
#define WBPF_GUEST_HOST_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "abi/wbpf_abi.h"

#define WBPF_C_U32 uint32_t
#define WBPF_C_S32 int32_t
#define WBPF_C_U64 uint64_t
#define WBPF_C_ADDR const void *
#define WBPF_C_HANDLE wbpf_handle

#define WBPF_PARAM(type, name) WBPF_C_##type name
#define WBPF_PARAMS_0() void
#define WBPF_PARAMS_1(a) WBPF_PARAM a
#define WBPF_PARAMS_2(a, b) WBPF_PARAM a, WBPF_PARAM b
#define WBPF_PARAMS_3(a, b, c) WBPF_PARAMS_2(a, b), WBPF_PARAM c
#define WBPF_PARAMS_4(a, b, c, d) WBPF_PARAMS_3(a, b, c), WBPF_PARAM d
#define WBPF_PARAMS_5(a, b, c, d, e) WBPF_PARAMS_4(a, b, c, d), WBPF_PARAM e

/* An ADDR is const here because one type serves all; where the call says so, the host writes. */
#define WBPF_CALL(name, count, params, doc)                                                        \
	int32_t wbpf_host_##name(WBPF_PARAMS_##count params)                                       \
		__attribute__((import_module(WBPF_ABI_MODULE), import_name(#name)));
#include "abi/wbpf_calls.def"
#undef WBPF_CALL

/* Filled by the host before any constructor of the program runs; changes at any time. */
extern volatile struct wbpf_shared wbpf_shared;

/*
 * Takes what the host left while it ran: log records go to libbpf's print callback, signals to
 * their handlers. Keeps errno.
 */
void wbpf_notice(void);

/* A Linux errno as this libc's, both positive. */
int wbpf_errno(int linux_errno);

/* What HOST() makes of a call's result. */
int wbpf_result(int32_t ret);

/* The same in the C library's way: -1 with errno for a negative one. */
int wbpf_result_errno(int32_t ret);

/* Nothing has to be made of the result: the call went well, and the host left nothing behind it. */
static inline int wbpf_is_all(int32_t ret)
{
	return ret >= 0 && !(wbpf_shared.logs | wbpf_shared.signals);
}

/*
 * HOST(bpf, cmd, attr, size): the call's result, a failure as a negative errno of this libc (errno
 * itself stays as it was). Handlers and the print callback may have run.
 */
#define HOST(name, ...) wbpf_result(wbpf_host_##name(__VA_ARGS__))

/* A result in the C library's way: -1 with errno for a negative one. */
static inline int wbpf_ret_errno(int ret)
{
	if (ret >= 0)
		return ret;
	errno = -ret;
	return -1;
}

static inline struct wbpf_str wbpf_str(const char *s)
{
	struct wbpf_str str = {0};

	if (s) {
		str.addr = (wbpf_addr)(uintptr_t)s;
		str.len = strlen(s);
	}
	return str;
}

/*
 * Runs the handlers of the signals that are pending and not blocked. True when one ran, which
 * is where a blocking call gives EINTR.
 */
int wbpf_signals_deliver(void);

/*
 * How many handlers have run that were set without SA_RESTART: only those end reads, writes and
 * their like (signal(7)). Waiting and sleeping ends by any.
 */
extern unsigned int wbpf_signals_cut;

static inline size_t wbpf_page_size(void)
{
	return wbpf_shared.page_size ? wbpf_shared.page_size : 4096;
}

static inline size_t wbpf_page_round(size_t len)
{
	size_t mask = wbpf_page_size() - 1;

	return (len + mask) & ~mask;
}

#endif
