/* SPDX-License-Identifier: BSD-2-Clause */
/* So much code that its optimized form is not waited for when it ends. */
#include <stdio.h>

#define F(n)                                                                                       \
	static unsigned f##n(unsigned x)                                                           \
	{                                                                                          \
		for (unsigned i = 0; i < (x & 7); i++)                                             \
			x = x * (2 * n + 3) + (x >> (i + 1)) % (n + 5u) ^ (x << 3) / (i + n + 1u); \
		return x ^ (x >> 7) ^ n;                                                           \
	}
#define F10(n) F(n##0) F(n##1) F(n##2) F(n##3) F(n##4) F(n##5) F(n##6) F(n##7) F(n##8) F(n##9)
#define F100(n)                                                                                    \
	F10(n##0)                                                                                  \
	F10(n##1) F10(n##2) F10(n##3) F10(n##4) F10(n##5) F10(n##6) F10(n##7) F10(n##8) F10(n##9)
#define F1000(n)                                                                                   \
	F100(n##0)                                                                                 \
	F100(n##1) F100(n##2) F100(n##3) F100(n##4) F100(n##5) F100(n##6) F100(n##7) F100(n##8)    \
		F100(n##9)
F1000(1)
F1000(2)
F1000(3)

#define P10(n)                                                                                     \
	f##n##0, f##n##1, f##n##2, f##n##3, f##n##4, f##n##5, f##n##6, f##n##7, f##n##8, f##n##9,
#define P100(n)                                                                                    \
	P10(n##0)                                                                                  \
	P10(n##1) P10(n##2) P10(n##3) P10(n##4) P10(n##5) P10(n##6) P10(n##7) P10(n##8) P10(n##9)
#define P1000(n)                                                                                   \
	P100(n##0)                                                                                 \
	P100(n##1) P100(n##2) P100(n##3) P100(n##4) P100(n##5) P100(n##6) P100(n##7) P100(n##8)    \
		P100(n##9)
static unsigned (*const functions[])(unsigned) = {P1000(1) P1000(2) P1000(3)};

int main(void)
{
	unsigned x = 1;

	for (unsigned i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		x = functions[i](x + i);
	printf("sum %u\n", x);
	return 0;
}
