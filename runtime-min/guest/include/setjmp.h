/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * WebAssembly cannot go back up its stack. setjmp() returns 0, so that programs which only prepare
 * for a jump work; longjmp() says so on standard error and aborts.
 */
#ifndef WBPF_SETJMP_H
#define WBPF_SETJMP_H

#ifdef __cplusplus
extern "C" {
#endif

typedef long jmp_buf[8];
typedef long sigjmp_buf[8];

int setjmp(jmp_buf env);
int sigsetjmp(sigjmp_buf env, int save_mask);
#define setjmp(env) setjmp(env)
#define _setjmp(env) setjmp(env)

__attribute__((__noreturn__)) void longjmp(jmp_buf env, int value);
__attribute__((__noreturn__)) void siglongjmp(sigjmp_buf env, int value);
#define _longjmp(env, value) longjmp(env, value)

#ifdef __cplusplus
}
#endif

#endif
