/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's side of each call in abi/wbpf_calls.def, one function a call, grouped in files by
 * subject: call_start.c, call_bpf.c, call_object.c, call_attach.c, call_btf.c, call_net.c,
 * call_memory.c, call_wait.c, call_file.c. They return what the call returns (abi/wbpf_abi.h).
 */
#ifndef WBPF_HOST_CALLS_H
#define WBPF_HOST_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"
#include "host/engine.h"

struct instance;

#define WBPF_TYPE_U32 uint32_t
#define WBPF_TYPE_S32 int32_t
#define WBPF_TYPE_U64 uint64_t
#define WBPF_TYPE_ADDR wbpf_addr
#define WBPF_TYPE_HANDLE wbpf_handle
#define WBPF_PARAM(type, name) , WBPF_TYPE_##type name
#define WBPF_PARAMS_0()
#define WBPF_PARAMS_1(a) WBPF_PARAM a
#define WBPF_PARAMS_2(a, b) WBPF_PARAM a WBPF_PARAM b
#define WBPF_PARAMS_3(a, b, c) WBPF_PARAM a WBPF_PARAM b WBPF_PARAM c
#define WBPF_PARAMS_4(a, b, c, d) WBPF_PARAM a WBPF_PARAM b WBPF_PARAM c WBPF_PARAM d
#define WBPF_PARAMS_5(a, b, c, d, e)                                                               \
	WBPF_PARAM a WBPF_PARAM b WBPF_PARAM c WBPF_PARAM d WBPF_PARAM e

/* int32_t call_NAME(struct instance *, ...) for every call */
#define WBPF_CALL(name, n, params, doc)                                                            \
	int32_t call_##name(struct instance *in WBPF_PARAMS_##n params);
#include "abi/wbpf_calls.def"
#undef WBPF_CALL

/* What the engine offers a module: every call, ended by a NULL module name. env: the instance. */
extern const struct engine_import host_imports[];

struct opened;
/* Does what WBPF_KEY_OBJECT_PREPARE says (call_object.c). 0 or a negative errno. */
int object_prepare(struct instance *in, struct opened *o);

/* Undoes network attachments of a module that failed; forgets them otherwise (call_net.c). */
void net_end(struct instance *in, bool failed);

#endif
