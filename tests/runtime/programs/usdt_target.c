// SPDX-License-Identifier: BSD-2-Clause
/* A program with a probe, "wbpf:tick", that passes a hundred times a second with a number. */
#include <stdio.h>
#include <unistd.h>

#include "probe.h"

__attribute__((noinline)) static void tick(long number)
{
	PROBE("tick", number);
}

int main(void)
{
	puts("ready");
	fflush(stdout);
	for (;;) {
		tick(4711);
		usleep(10000);
	}
}
