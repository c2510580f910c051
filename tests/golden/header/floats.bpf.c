/* SPDX-License-Identifier: BSD-2-Clause */
/* Floats: what wasm32 has no type of that size for becomes bytes. */
struct reals {
	float f;
	double d;
	long double ld;
	double array[2];
};

struct reals reals;
