// SPDX-License-Identifier: BSD-2-Clause
/*
 * vfprintf(), which all of the printf family but the wide one goes through: C11 and POSIX, as
 * glibc prints it. wasi-libc's takes 10 KB of a module; this one takes 4.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/libc/printf.h"

/* What a conversion takes: the sizes of arguments, as wasm32 passes them. */
enum takes { NOTHING, TAKES_INT, TAKES_LONG_LONG, TAKES_DOUBLE, TAKES_LONG_DOUBLE };

/* '*' or '*n$' in place of a number. */
enum { NEXT = -2 };

struct conversion {
	struct printf_style style;
	int position;                      /* of "%n$"; 0: the next argument */
	int width_position, prec_position; /* of "*n$"; NEXT: "*"; 0: neither */
	char length;                       /* h, l, j, z, t, L; H: hh, q: ll */
};

struct arguments {
	const char *format;
	va_list first, next;
};

static const char *parse_number(const char *s, int *ret)
{
	unsigned int n = 0;

	for (; *s >= '0' && *s <= '9'; s++)
		n = n > INT_MAX / 10 ? INT_MAX + 1u : 10 * n + (unsigned int)(*s - '0');
	*ret = n > INT_MAX ? -1 : (int)n;
	return s;
}

/* A width or precision: digits, "*" or "*n$". -1 at *ret: too large. */
static const char *parse_amount(const char *s, int *ret, int *ret_position)
{
	if (*s != '*')
		return parse_number(s, ret);
	*ret_position = NEXT;
	if (*++s >= '0' && *s <= '9') {
		s = parse_number(s, ret_position);
		if (*s == '$')
			s++;
	}
	return s;
}

static const char *parse_length(const char *s, char *ret)
{
	*ret = '\0';
	if (!*s || !strchr("hlqjztLZ", *s))
		return s;
	*ret = *s++;
	if (*s == *ret && *s == 'h')
		*ret = 'H', s++;
	else if (*s == *ret && *s == 'l')
		*ret = 'q', s++;
	return s;
}

/* What follows a '%'. NULL: a number in it is too large. */
static const char *parse(const char *s, struct conversion *c)
{
	static const char flags[] = PRINTF_FLAGS;
	const char *flag, *end;

	*c = (struct conversion){.style.precision = -1};
	end = parse_number(s, &c->position);
	if (end > s && *end == '$')
		s = end + 1;
	else
		c->position = 0;
	for (; *s && (flag = strchr(flags, *s)); s++)
		c->style.flags |= 1u << (flag - flags);
	s = parse_amount(s, &c->style.width, &c->width_position);
	if (c->style.width < 0)
		return NULL;
	if (*s == '.') {
		s = parse_amount(s + 1, &c->style.precision, &c->prec_position);
		if (!c->prec_position && c->style.precision < 0)
			return NULL;
	}
	s = parse_length(s, &c->length);
	c->style.type = *s;
	return *s ? s + 1 : s;
}

static enum takes takes(const struct conversion *c)
{
	switch (c->style.type) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		return c->length == 'q' || c->length == 'j' || c->length == 'L' ? TAKES_LONG_LONG
										: TAKES_INT;
	case 'c':
	case 'C':
	case 's':
	case 'S':
	case 'p':
	case 'n':
		return TAKES_INT;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return c->length == 'L' ? TAKES_LONG_DOUBLE : TAKES_DOUBLE;
	default:
		return NOTHING;
	}
}

static uint64_t take(va_list *args, enum takes what)
{
	union {
		double d;
		uint64_t u;
	} v = {0};

	switch (what) {
	case TAKES_INT:
		return (uint64_t)va_arg(*args, int);
	case TAKES_LONG_LONG:
		return va_arg(*args, uint64_t);
	case TAKES_DOUBLE:
		v.d = va_arg(*args, double);
		break;
	case TAKES_LONG_DOUBLE: /* as wasi-libc says it, whose other library is for these */
		fputs("printf: long double needs -lc-printscan-long-double in front of -lwbpf\n",
		      stderr);
		abort();
	default:
		break;
	}
	return v.u;
}

/* What the argument at a position is, by the conversion that prints it, or whose width it is. */
static enum takes takes_at(const char *s, int position)
{
	struct conversion c;

	while ((s = strchr(s, '%'))) {
		s = parse(s + 1, &c);
		if (!s)
			break;
		if (c.position == position)
			return takes(&c);
		if (c.width_position == position || c.prec_position == position)
			break;
	}
	return TAKES_INT;
}

static uint64_t argument(struct arguments *a, int position, enum takes what)
{
	uint64_t value = 0;
	va_list args;

	if (position <= 0)
		return take(&a->next, what);
	va_copy(args, a->first);
	for (int i = 1; i <= position; i++)
		value = take(&args, i == position ? what : takes_at(a->format, i));
	va_end(args);
	return value;
}

/* Fills in what is given as an argument. */
static void resolve(struct conversion *c, struct arguments *a)
{
	struct printf_style *s = &c->style;

	if (c->width_position) {
		s->width = (int)argument(a, c->width_position, TAKES_INT);
		if (s->width < 0) {
			s->flags |= PRINTF_LEFT;
			s->width = s->width == INT_MIN ? INT_MAX : -s->width;
		}
	}
	if (c->prec_position) {
		s->precision = (int)argument(a, c->prec_position, TAKES_INT);
		if (s->precision < 0)
			s->precision = -1;
	}
}

static void flush(struct printf_out *o)
{
	if (o->used && fwrite(o->buf, 1, o->used, o->stream) != o->used)
		o->failed = true;
	o->used = 0;
}

void printf_put(struct printf_out *o, const char *s, size_t len)
{
	if (o->total + (uint64_t)len > INT_MAX) {
		errno = EOVERFLOW;
		o->failed = true;
	}
	if (o->failed)
		return;
	o->total += len;
	while (len) {
		size_t room = sizeof(o->buf) - o->used, n = len < room ? len : room;

		memcpy(o->buf + o->used, s, n);
		o->used += n;
		s += n;
		len -= n;
		if (o->used == sizeof(o->buf))
			flush(o);
	}
}

void printf_pad(struct printf_out *o, char c, int count)
{
	char some[32];

	memset(some, c, sizeof(some));
	for (; count > 0 && !o->failed; count -= (int)sizeof(some))
		printf_put(o, some, count < (int)sizeof(some) ? (size_t)count : sizeof(some));
}

void printf_field(struct printf_out *o, const struct printf_style *s, const char *prefix, int len)
{
	int before = (int)strlen(prefix), room;

	/* The sum cannot wrap: printf_put() fails long before. */
	room = s->width > len && s->width - len > before ? s->width - len - before : 0;
	if (!(s->flags & (PRINTF_LEFT | PRINTF_ZERO)))
		printf_pad(o, ' ', room);
	printf_put(o, prefix, (size_t)before);
	if ((s->flags & (PRINTF_LEFT | PRINTF_ZERO)) == PRINTF_ZERO)
		printf_pad(o, '0', room);
}

void printf_field_end(struct printf_out *o, const struct printf_style *s, uint64_t begin)
{
	if (s->flags & PRINTF_LEFT && o->total - begin < (unsigned int)s->width)
		printf_pad(o, ' ', s->width - (int)(o->total - begin));
}

const char *printf_sign(const struct printf_style *s, bool negative)
{
	return negative ? "-" : s->flags & PRINTF_PLUS ? "+" : s->flags & PRINTF_SPACE ? " " : "";
}

const char *printf_digits(const struct printf_style *s)
{
	return s->type & 0x20 ? "0123456789abcdef" : "0123456789ABCDEF";
}

static uint64_t narrow(uint64_t v, char length, bool is_signed)
{
	switch (length) {
	case 'H':
		return is_signed ? (uint64_t)(signed char)v : (unsigned char)v;
	case 'h':
		return is_signed ? (uint64_t)(short)v : (unsigned short)v;
	case 'q':
	case 'j':
	case 'L':
		return v;
	default: /* int, long, size_t and pointers have 32 bits */
		return is_signed ? (uint64_t)(int)v : (unsigned int)v;
	}
}

static void put_integer(struct printf_out *o, struct conversion *c, uint64_t v)
{
	struct printf_style *s = &c->style;
	bool is_signed = s->type == 'd' || s->type == 'i', alternate = s->flags & PRINTF_ALTERNATE;
	unsigned int base = is_signed || s->type == 'u' ? 10 : s->type == 'o' ? 8 : 16;
	char digits[24], *p = digits + sizeof(digits);
	const char *prefix = "";
	int len;

	v = narrow(v, c->length, is_signed);
	if (is_signed)
		prefix = printf_sign(s, (int64_t)v < 0);
	else if (s->type == 'p' || (base == 16 && alternate && v))
		prefix = s->type == 'X' ? "0X" : "0x";
	if (is_signed && (int64_t)v < 0)
		v = -v;
	for (; v; v /= base)
		*--p = printf_digits(s)[v % base];
	len = (int)(digits + sizeof(digits) - p);
	if (s->precision < 0)
		s->precision = 1;
	else
		s->flags &= ~PRINTF_ZERO;
	if (base == 8 && alternate && s->precision <= len)
		s->precision = len + 1;
	printf_field(o, s, prefix, len > s->precision ? len : s->precision);
	printf_pad(o, '0', s->precision - len);
	printf_put(o, p, (size_t)len);
}

static void put_string(struct printf_out *o, struct printf_style *s, const char *text)
{
	size_t len;

	if (!text)
		text = s->precision >= 0 && s->precision < 6 ? "" : "(null)";
	for (len = 0; len != (size_t)s->precision && text[len]; len++)
		;
	s->flags &= ~PRINTF_ZERO;
	printf_field(o, s, "", len > INT_MAX ? INT_MAX : (int)len);
	printf_put(o, text, len);
}

/* Whole characters only, of which the precision counts the bytes. */
static void put_wide(struct printf_out *o, struct printf_style *s, const wchar_t *text, int count)
{
	char bytes[MB_LEN_MAX];
	int len = 0, one, shown = 0;

	for (; shown != count && (count > 0 || text[shown]); shown++) {
		one = wctomb(bytes, text[shown]);
		if (one < 0) {
			o->failed = true;
			return;
		}
		if (s->precision >= 0 && one > s->precision - len)
			break;
		len += one;
	}
	s->flags &= ~PRINTF_ZERO;
	printf_field(o, s, "", len);
	for (int i = 0; i < shown; i++)
		printf_put(o, bytes, (size_t)wctomb(bytes, text[i]));
}

static void store_count(const struct printf_out *o, void *to, char length)
{
	switch (length) {
	case 'H':
		*(signed char *)to = (signed char)o->total;
		break;
	case 'h':
		*(short *)to = (short)o->total;
		break;
	case 'q':
	case 'j':
		*(long long *)to = (long long)o->total;
		break;
	default:
		*(int *)to = (int)o->total;
	}
}

static void put_character(struct printf_out *o, struct conversion *c, uint64_t v)
{
	wchar_t wide = (wchar_t)v;
	char narrow_one = (char)v;

	c->style.flags &= ~PRINTF_ZERO;
	c->style.precision = -1;
	if (c->style.type == 'C' || c->length == 'l') {
		put_wide(o, &c->style, &wide, 1);
		return;
	}
	printf_field(o, &c->style, "", 1);
	printf_put(o, &narrow_one, 1);
}

static void put_conversion(struct printf_out *o, struct conversion *c, uint64_t v, int saved_errno)
{
	struct printf_style *s = &c->style;
	void *pointer = (void *)(uintptr_t)v;
	uint64_t begin = o->total;

	switch (s->type) {
	case 'm':
		put_string(o, s, strerror(saved_errno));
		break;
	case 's':
	case 'S':
		if (pointer && (s->type == 'S' || c->length == 'l'))
			put_wide(o, s, pointer, -1);
		else
			put_string(o, s, pointer);
		break;
	case 'c':
	case 'C':
		put_character(o, c, v);
		break;
	case 'n':
		store_count(o, pointer, c->length);
		return;
	case 'p':
		c->length = '\0';
		if (v) {
			put_integer(o, c, v);
			break;
		}
		s->precision = -1;
		put_string(o, s, "(nil)");
		break;
	default:
		if (takes(c) == TAKES_DOUBLE)
			printf_double(o, s, v);
		else
			put_integer(o, c, v);
	}
	printf_field_end(o, s, begin);
}

static void put_all(struct printf_out *o, struct arguments *a, int saved_errno)
{
	const char *s = a->format, *percent;
	struct conversion c;

	while (!o->failed && *s) {
		percent = strchrnul(s, '%');
		printf_put(o, s, (size_t)(percent - s));
		if (!*percent)
			return;
		s = parse(percent + 1, &c);
		if (!s) {
			errno = EOVERFLOW;
			o->failed = true;
			return;
		}
		resolve(&c, a);
		if (c.style.type == '%') {
			printf_put(o, "%", 1);
		} else if (c.style.type == 'm' || takes(&c) != NOTHING) {
			put_conversion(o, &c, argument(a, c.position, takes(&c)), saved_errno);
		} else if (!c.style.type) { /* the format ends within it */
			errno = EINVAL;
			o->failed = true;
		} else { /* as it stands there */
			printf_put(o, percent, (size_t)(s - percent));
		}
	}
}

int vfprintf(FILE *restrict stream, const char *restrict format, va_list args)
{
	struct printf_out o = {.stream = stream};
	struct arguments a = {.format = format};
	int saved_errno = errno;

	va_copy(a.first, args);
	va_copy(a.next, args);
	put_all(&o, &a, saved_errno);
	flush(&o);
	va_end(a.next);
	va_end(a.first);
	return o.failed ? -1 : (int)o.total;
}
