// SPDX-License-Identifier: BSD-2-Clause
/* Says where a function begins and about where it ends, and is in there from then on. */
#include <stdio.h>

static volatile unsigned long rounds;

__attribute__((noinline, aligned(256))) static void spin(void)
{
	for (;;)
		rounds++;
}

int main(void)
{
	unsigned long begin = (unsigned long)spin;

	printf("%#lx %#lx\n", begin, begin + 256);
	fflush(stdout);
	spin();
	return 0;
}
