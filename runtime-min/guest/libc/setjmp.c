// SPDX-License-Identifier: BSD-2-Clause
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#undef setjmp

int setjmp(jmp_buf env)
{
	return 0;
}

int sigsetjmp(sigjmp_buf env, int save_mask)
{
	return 0;
}

void longjmp(jmp_buf env, int value)
{
	fputs("longjmp() does not work in WebAssembly\n", stderr);
	abort();
}

void siglongjmp(sigjmp_buf env, int value)
{
	longjmp(env, value);
}
