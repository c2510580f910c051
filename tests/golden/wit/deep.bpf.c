/* SPDX-License-Identifier: BSD-2-Clause */
/* Types in types, deeper than WIT's tools go: what is too deep is left out. */
#include "../skeleton/bpf.h"

#define LEVEL(n, in) struct level##n { int at##n; struct level##in down; };
#define TEN(t, u) \
	LEVEL(t##0, u##9) LEVEL(t##1, t##0) LEVEL(t##2, t##1) LEVEL(t##3, t##2) LEVEL(t##4, t##3) \
	LEVEL(t##5, t##4) LEVEL(t##6, t##5) LEVEL(t##7, t##6) LEVEL(t##8, t##7) LEVEL(t##9, t##8)

struct level9 { int at9; };
struct level09 { struct level9 down; };
TEN(1, 0) TEN(2, 1) TEN(3, 2) TEN(4, 3) TEN(5, 4) TEN(6, 5) TEN(7, 6) TEN(8, 7) TEN(9, 8)

struct level99 *deepest;
