// SPDX-License-Identifier: BSD-2-Clause
/* Doubles for printf: every digit is exact, and what is left out is rounded to the nearest, to
 * even. */
#include <limits.h>
#include <string.h>

#include "guest/libc/printf.h"

enum {
	MANTISSA_BITS = 52,
	BIAS = 1023,
	LIMB = 1000000000,   /* nine decimal digits in 32 bits */
	BEFORE = 35,         /* limbs before the point: 2^1024 has 309 digits */
	LIMBS = BEFORE + 120 /* and 2^-1074 has 1074 behind it */
};

/* A number in decimal: 0.DIGITS times ten to the power of point. */
struct decimal {
	char digits[1 + 9 * LIMBS]; /* '0' to '9'; the first is for a carry */
	char *first;
	int count;
	int point;
};

/* The limbs times 2^exponent; *hi is where they end. The first limbs may become 0. */
static void scale(uint32_t *limbs, int exponent, int *lo, int *hi)
{
	for (int k; exponent > 0; exponent -= k) {
		uint32_t carry = 0;

		k = exponent < 29 ? exponent : 29;
		for (int i = *hi; i-- > *lo;) {
			uint64_t t = ((uint64_t)limbs[i] << k) + carry;

			limbs[i] = (uint32_t)(t % LIMB);
			carry = (uint32_t)(t / LIMB);
		}
		if (carry)
			limbs[--*lo] = carry;
	}
	for (int k; exponent < 0; exponent += k) {
		uint32_t carry = 0;

		/* LIMB is a multiple of 2^9: each step's remainder fits into the next limb. */
		k = exponent > -9 ? -exponent : 9;
		for (int i = *lo; i < *hi; i++) {
			uint32_t rest = limbs[i] & ((1u << k) - 1);

			limbs[i] = (limbs[i] >> k) + carry;
			carry = (LIMB >> k) * rest;
		}
		if (carry)
			limbs[(*hi)++] = carry;
	}
}

/* mantissa times 2^exponent */
static void to_decimal(uint64_t mantissa, int exponent, struct decimal *d)
{
	uint32_t limbs[LIMBS];
	int lo = BEFORE - 2, hi = BEFORE;
	char *p = d->digits + 1;

	limbs[BEFORE - 1] = (uint32_t)(mantissa % LIMB);
	limbs[BEFORE - 2] = (uint32_t)(mantissa / LIMB);
	scale(limbs, exponent, &lo, &hi);
	d->point = 9 * (BEFORE - lo);
	for (int i = lo; i < hi; i++, p += 9)
		for (int n = 9; n--; limbs[i] /= 10)
			p[n] = (char)('0' + limbs[i] % 10);
	d->first = d->digits + 1;
	for (; d->first < p && *d->first == '0'; d->first++)
		d->point--;
	d->count = (int)(p - d->first);
}

/* Leaves at most keep digits. Zero has none. */
static void round_to(struct decimal *d, int64_t keep)
{
	bool up = false;
	char *end;

	if (keep < d->count) {
		end = d->first + (keep < 0 ? 0 : keep);
		if (keep >= 0 && *end >= '5') {
			/* A half goes to the even one. */
			up = *end > '5' || (keep && end[-1] & 1);
			for (const char *p = end + 1; !up && p < d->first + d->count; p++)
				up = *p != '0';
		}
		for (; up && end > d->first && end[-1] == '9'; end--)
			;
		if (up && end == d->first) { /* 9.99: the digits behind the 1 are zeros */
			*--d->first = '0';
			d->point++;
		}
		if (up)
			end[-1]++;
		d->count = (int)(end - d->first);
	}
	while (d->count && d->first[d->count - 1] == '0')
		d->count--;
}

/* count digits from the at-th on, which may lie before the first or behind the last. */
static void put_digits(struct printf_out *o, const struct decimal *d, int at, int count)
{
	int zeros = at < 0 ? -at < count ? -at : count : 0, n;

	printf_pad(o, '0', zeros);
	at += zeros;
	count -= zeros;
	n = at < d->count ? d->count - at : 0;
	if (n > count)
		n = count;
	printf_put(o, d->first + at, (size_t)n);
	printf_pad(o, '0', count - n);
}

/* "e+05", "p-3"; returns its length. */
static int spell_exponent(char *to, char letter, int exponent, int min_digits)
{
	char digits[4];
	int n = 0, len = 0;

	to[len++] = letter;
	to[len++] = exponent < 0 ? '-' : '+';
	if (exponent < 0)
		exponent = -exponent;
	for (; exponent || n < min_digits; exponent /= 10)
		digits[n++] = (char)('0' + exponent % 10);
	while (n)
		to[len++] = digits[--n];
	return len;
}

/* Saturates, so that an enormous precision is refused as too long and does not wrap. */
static int sum(int a, int b)
{
	return a > INT_MAX - 64 - b ? INT_MAX - 64 : a + b;
}

static void put_decimal(struct printf_out *o, struct printf_style *s, const char *sign,
			struct decimal *d)
{
	char type = s->type | 0x20, exponent[8];
	int precision = s->precision < 0 ? 6 : s->precision, exponent_len = 0, whole;
	bool point;

	if (type == 'g' && !precision)
		precision = 1;
	round_to(d,
		 type == 'f' ? (int64_t)d->point + precision : (int64_t)precision + (type == 'e'));
	if (!d->count)
		d->point = 1;
	if (type == 'g') {
		type = d->point - 1 < -4 || d->point > precision ? 'e' : 'f';
		precision -= type == 'e' ? 1 : d->point;
		if (!(s->flags & PRINTF_ALTERNATE)) { /* without the zeros at its end */
			int there = d->count - (type == 'e' ? 1 : d->point);

			if (precision > there)
				precision = there < 0 ? 0 : there;
		}
	}
	if (type == 'e')
		exponent_len =
			spell_exponent(exponent, s->type & 0x20 ? 'e' : 'E', d->point - 1, 2);
	whole = type == 'e' || d->point < 1 ? 1 : d->point;
	point = precision || s->flags & PRINTF_ALTERNATE;
	printf_field(o, s, sign, sum(precision, whole + point + exponent_len));
	if (type == 'f' && d->point < 1)
		put_digits(o, d, d->point - 1, 1);
	else
		put_digits(o, d, 0, whole);
	printf_put(o, ".", point);
	put_digits(o, d, type == 'e' ? 1 : d->point, precision);
	printf_put(o, exponent, (size_t)exponent_len);
}

static void put_hex(struct printf_out *o, struct printf_style *s, bool negative, uint64_t mantissa,
		    int exponent)
{
	bool lower = s->type & 0x20;
	char digits[MANTISSA_BITS / 4], tail[8], lead, prefix[8] = "";
	int count = MANTISSA_BITS / 4, precision = s->precision, tail_len;
	bool point;

	if (precision >= 0 && precision < count) {
		int drop = 4 * (count - precision);
		uint64_t half = UINT64_C(1) << (drop - 1), rest = mantissa & (2 * half - 1);

		mantissa -= rest;
		if (rest > half || (rest == half && mantissa & (2 * half)))
			mantissa += 2 * half;
	}
	lead = (char)('0' + (mantissa >> MANTISSA_BITS));
	for (int i = count; i--; mantissa >>= 4)
		digits[i] = printf_digits(s)[mantissa & 15];
	while (count && digits[count - 1] == '0')
		count--;
	if (precision < 0)
		precision = count;
	else if (count > precision)
		count = precision;
	tail_len = spell_exponent(tail, lower ? 'p' : 'P', exponent, 1);
	point = precision || s->flags & PRINTF_ALTERNATE;
	strcpy(prefix, printf_sign(s, negative));
	strcat(prefix, lower ? "0x" : "0X");
	printf_field(o, s, prefix, sum(precision, 1 + point + tail_len));
	printf_put(o, &lead, 1);
	printf_put(o, ".", point);
	printf_put(o, digits, (size_t)count);
	printf_pad(o, '0', precision - count);
	printf_put(o, tail, (size_t)tail_len);
}

void printf_double(struct printf_out *o, struct printf_style *s, uint64_t bits)
{
	uint64_t mantissa = bits & ((UINT64_C(1) << MANTISSA_BITS) - 1);
	int exponent = (int)(bits >> MANTISSA_BITS) & 2047;
	bool negative = bits >> 63;
	const char *sign = printf_sign(s, negative);
	struct decimal d;

	if (exponent == 2047) {
		const char *names = s->type & 0x20 ? "inf\0nan" : "INF\0NAN";

		s->flags &= ~PRINTF_ZERO;
		printf_field(o, s, sign, 3);
		printf_put(o, names + (mantissa ? 4 : 0), 3);
		return;
	}
	if (exponent)
		mantissa |= UINT64_C(1) << MANTISSA_BITS;
	else if (mantissa || (s->type | 0x20) != 'a')
		exponent = 1;
	else
		exponent = BIAS; /* a zero's is 0 */
	if ((s->type | 0x20) == 'a') {
		put_hex(o, s, negative, mantissa, exponent - BIAS);
		return;
	}
	to_decimal(mantissa, exponent - BIAS - MANTISSA_BITS, &d);
	put_decimal(o, s, sign, &d);
}
