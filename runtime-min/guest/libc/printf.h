/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of printf share. */
#ifndef WBPF_GUEST_PRINTF_H
#define WBPF_GUEST_PRINTF_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Flags as they are written; the bit of each is its place. */
#define PRINTF_FLAGS "-0+ #'I"
enum {
	PRINTF_LEFT = 1,
	PRINTF_ZERO = 2,
	PRINTF_PLUS = 4,
	PRINTF_SPACE = 8,
	PRINTF_ALTERNATE = 16,
};

struct printf_style {
	unsigned int flags;
	int width;
	int precision; /* -1: none */
	char type;
};

struct printf_out {
	FILE *stream;
	uint64_t total; /* bytes so far */
	bool failed;
	size_t used;
	char buf[256]; /* so that an unbuffered stream is not written byte by byte */
};

void printf_put(struct printf_out *o, const char *s, size_t len);
void printf_pad(struct printf_out *o, char c, int count);

/* What stands before len bytes that the caller then puts: blanks or zeros, and the prefix. */
void printf_field(struct printf_out *o, const struct printf_style *s, const char *prefix, int len);

/* The blanks behind a field that began at that total. */
void printf_field_end(struct printf_out *o, const struct printf_style *s, uint64_t begin);

const char *printf_sign(const struct printf_style *s, bool negative);

/* Sixteen, in the letters of the type. */
const char *printf_digits(const struct printf_style *s);

/* printf_double.c: a double, given by its bits, as e, f, g or a. */
void printf_double(struct printf_out *o, struct printf_style *s, uint64_t bits);

#endif
