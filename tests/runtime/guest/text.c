// SPDX-License-Identifier: BSD-2-Clause
/*
 * Numbers to text and back: printf and strtol of all kinds, with formats and values made by chance
 * (the same ones each time), and those that are known to be hard.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <wchar.h>

#include "say.h"

static uint64_t state = 88172645463325252;

static uint64_t chance(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

/* Not by the printf that is looked at. */
static void show(const char *format, int ret, const char *text)
{
	char number[12], *p = number + sizeof(number);
	unsigned int n = ret < 0 ? 0 : (unsigned int)ret;

	*--p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	fputs(format, stdout);
	fputs(ret < 0 ? " fails" : " [", stdout);
	fputs(ret < 0 ? "" : text, stdout);
	fputs("] ", stdout);
	fputs(p, stdout);
	fputs("\n", stdout);
}

/* No attribute: formats with mistakes are among them. */
static void one(const char *format, ...)
{
	static char text[6000];
	va_list args;
	int ret;

	va_start(args, format);
	ret = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	show(format, ret, text);
}

/* "%", flags, width and precision, so that star says which of them are arguments. */
static char *format_of(char *to, const char *flags, unsigned int *star)
{
	*star = 0;
	*to++ = '%';
	for (; *flags; flags++)
		if (chance() % 4 == 0)
			*to++ = *flags;
	switch (chance() % 4) {
	case 0:
		*to++ = '*';
		*star |= 1;
		break;
	case 1:
		to += snprintf(to, 4, "%d", 1 + (int)(chance() % 40));
	}
	switch (chance() % 4) {
	case 0:
		*to++ = '.';
		*to++ = '*';
		*star |= 2;
		break;
	case 1:
		*to++ = '.';
		to += snprintf(to, 4, "%d", (int)(chance() % 40));
		break;
	case 2:
		if (chance() % 8 == 0)
			*to++ = '.';
	}
	return to;
}

#define WITH_STARS(value)                                                                          \
	(star == 3   ? one(format, a, b, value)                                                    \
	 : star == 2 ? one(format, b, value)                                                       \
	 : star == 1 ? one(format, a, value)                                                       \
		     : one(format, value))

static void integers(void)
{
	static const char *const lengths[] = {"hh", "h", "", "l", "ll", "j", "z"};
	char format[40];
	unsigned int star;

	for (int i = 0; i < 6000; i++) {
		char *p = format_of(format, "-0+ #", &star);
		unsigned int length = chance() % 7;
		uint64_t v = chance(), shift = chance() % 64;
		int a = (int)(chance() % 60) - 20, b = (int)(chance() % 40) - 8;

		v >>= shift;
		p = stpcpy(p, lengths[length]);
		*p++ = "diuoxX"[chance() % 6];
		*p = '\0';
		if (length >= 4 && length < 6)
			WITH_STARS((long long)v);
		else if (length == 3 || length == 6) /* 32 bits in a module */
			WITH_STARS((long)(v & INT_MAX));
		else
			WITH_STARS((int)v);
	}
}

static double number(void)
{
	static const double hard[] = {
		0,
		-0.0,
		1,
		0.5,
		1.5,
		2.5,
		0.125,
		0.375,
		9.5,
		99.5,
		9.9999995,
		1e5,
		123456,
		1e6,
		1e15,
		1e16,
		1e17,
		1e22,
		1e23,
		1e-4,
		1e-5,
		0.0001234,
		0.1,
		0.3,
		1.7976931348623157e308,
		2.2250738585072014e-308,
		4.9406564584124654e-324,
		2.2250738585072009e-308,
		1e100,
		1e-100,
		123456789012345680.0,
		5e-324,
		0.05,
		0.06,
		0.95,
		0.995,
		1023.5,
		4503599627370496.5,
		9007199254740992.0,
		0x1.fffffffffffffp0,
		0x1.8p0,
		0x1.08p0,
		0x1.18p0,
		1e9,
		999999999,
		1e18,
		999999999999999999.0,
	};
	uint64_t bits = chance();
	double d;

	switch (chance() % 4) {
	case 0:
		return hard[chance() % (sizeof(hard) / sizeof(*hard))];
	case 1:
		return (double)(int64_t)bits / (double)(1 << bits % 24);
	case 2:
		return (double)(bits % 100000) / 1000;
	default:
		memcpy(&d, &bits, sizeof(d));
		return d;
	}
}

static void doubles(void)
{
	char format[40];
	unsigned int star;

	for (int i = 0; i < 20000; i++) {
		char *p = format_of(format, "-0+ #", &star);
		int a = (int)(chance() % 60) - 20, b = (int)(chance() % 40) - 8;

		*p++ = "eEfFgGaA"[chance() % 8];
		*p = '\0';
		WITH_STARS(number());
	}
	one("%.1100f", 5e-324);
	one("%.0f", 1.7976931348623157e308);
	one("%.1074e", 2.2250738585072009e-308);
	one("%2000.500g", 0.1);
	one("%#.3000g|%-2000.1500f|", 1e300, -1e-300);
	one("%f %e %g %a %F %E %G %A", __builtin_nan(""), -1 / 0.0, 1 / 0.0, 1 / 0.0, 1 / 0.0,
	    -1 / 0.0, 1 / 0.0, -1 / 0.0);
	one("%010f %-10e| %+g", 1 / 0.0, -1 / 0.0, 1 / 0.0);
}

static void texts(void)
{
	char none[1] = "", *volatile null = NULL;
	static char longer[3000];
	int n[3] = {0};
	long long ll = 0;
	short h = 0;
	signed char hh = 0;

	memset(longer, 'x', sizeof(longer) - 1);
	one("%s|%10s|%-10s|%.2s|%10.2s|%-10.2s|", "text", "text", "text", "text", "text", "text");
	one("%s|%.3s|%.6s|%10s", null, null, null, null);
	one("%c%5c%-5c|", 'a', 'b', 'c');
	one("%.4s", (char[]){'a', 'b', 'c', 'd'});
	one("%.*s|%.*s|%*s|%*s|", 2, "abc", -1, "abc", 6, "abc", -6, "abc");
	one("%s", longer);
	one("%.2500s|", longer);
	one("%s%s", none, "");
	one("%%|%5d%%|100%%", 3);
	one("%ls|%10ls|%-10ls|%.2ls|%lc%5lc|%S%C", L"wide", L"wide", L"wide", L"wide", (wint_t)L'a',
	    (wint_t)L'b', L"more", (wint_t)L'c');
	one("%p|%20p|%-20p|%p|%12p|", (void *)0x1234, (void *)0xabcdef, (void *)16, NULL, NULL);
	one("ab%ncd%nef%n", &n[0], &n[1], &n[2]);
	one("%d %d %d", n[0], n[1], n[2]);
	one("abc%lln%hn%hhn", &ll, &h, &hh);
	one("%d %d %d", (int)ll, h, hh);
	one("%2$s %1$s|%3$*4$d|%1$s", "one", "two", 3, 6);
	one("%2$.*1$f %3$lld %4$s", 2, 3.14159, -5LL, "end");
	one("%1$d %1$x %1$o", 255);
	one("%3$s %2$g %1$lld", 1LL << 40, 0.25, "three");
	one("%+d % d %+ d %05d %-05d| %+05d %x %#x %#X %#o %#x", 1, 2, 3, 4, 5, 6, 255, 255, 255, 8,
	    0);
	one("%.0d|%.0d|%5.0d|%+.0d|%#.0o|%#.0x|", 0, 1, 0, 0, 0, 0);
	one("%'d %i", 1234567, INT_MIN);
	one("%lld %llu %llx %jd", LLONG_MIN, ULLONG_MAX, ULLONG_MAX, INTMAX_MAX);
	one("%hhd %hhu %hd %hu", 300, 300, 70000, 70000);
	one("%zu %zd %td", sizeof(int), (ssize_t)-5, (ptrdiff_t)-7);
	errno = ENOENT;
	one("%m|%30m|%.2m");
	n[0] = snprintf(longer, (size_t)n[0], "%s-%d", "truncated", 12345);
	one("%s %d %d", longer, n[0], snprintf(NULL, 0, "%d-%s", 12345, "abc"));
}

/* What cannot be printed. */
static void failures(void)
{
	const char *volatile formats[] = {"%",      "abc%", "%99999999999d", "%2147483648d",
					  "%y|%5y", "%l"};

	for (int i = 0; i < 6; i++)
		one(formats[i], 1, 2);
	one("%lc", (wint_t)0x7fffffff);
	one("%ls", (wchar_t[]){'a', 0x7fffffff, 0});
}

static void numbers(const char *s, int base)
{
	char *end;
	long long v;
	unsigned long long u;

	errno = 0;
	v = strtoll(s, &end, base);
	printf("strtoll '%s' %d: %lld %d %s\n", s, base, v, (int)(end - s),
	       errno ? say_name(errno) : "-");
	errno = 0;
	u = strtoull(s, &end, base);
	printf("strtoull '%s' %d: %llu %d %s\n", s, base, u, (int)(end - s),
	       errno ? say_name(errno) : "-");
	if (v >= INT_MIN && v <= INT_MAX) {
		errno = 0;
		v = strtol(s, &end, base);
		printf("strtol '%s' %d: %lld %d %s\n", s, base, v, (int)(end - s),
		       errno ? say_name(errno) : "-");
	}
	printf("strtoimax %" PRIdMAX "\n", strtoimax(s, NULL, base));
}

static void readers(void)
{
	static const char *const words[] = {
		"",
		"0",
		"-0",
		"+5",
		"- 5",
		" \t\n12",
		"12abc",
		"0x",
		"0x1F",
		"0X1fg",
		"-0x10",
		"077",
		"08",
		"9223372036854775807",
		"9223372036854775808",
		"-9223372036854775808",
		"-9223372036854775809",
		"18446744073709551615",
		"18446744073709551616",
		"-1",
		"-18446744073709551615",
		"99999999999999999999x",
		"zz",
		"ZZ",
		"1 2",
		"2147483647",
		"--1",
		"+-1",
		"0b101",
		"0xg",
		"7fffffff",
		"1e3",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		numbers(words[i], 0);
		numbers(words[i], 10);
		numbers(words[i], 16);
		numbers(words[i], 36);
		numbers(words[i], 2);
	}
	for (int i = 0; i < 2000; i++) {
		uint64_t v = chance(), shift = chance() % 64;
		bool negative = chance() & 1;
		char text[80];

		snprintf(text, sizeof(text), "%s%" PRIu64, negative ? "-" : "", v >> shift);
		numbers(text, v % 3 ? 10 : (int)(shift % 35) + 2);
	}
}

int main(void)
{
	integers();
	doubles();
	texts();
	failures();
	readers();
	fprintf(stderr, "%s\n", "to standard error");
	return 0;
}
