/* SPDX-License-Identifier: BSD-2-Clause */
/* Enums of all sizes and signs, and anonymous ones. */
enum small { SMALL_A = 1, SMALL_B = 200 } __attribute__((packed));
enum small_signed { MINUS = -1, PLUS = 1 } __attribute__((packed));
enum middle { MIDDLE = 60000 } __attribute__((packed));
enum plain { PLAIN_A, PLAIN_B = 0x7fffffff };
enum high { HIGH = 0xffffffffU };
enum negative { NEGATIVE = -5, POSITIVE = 5 };
enum wide { WIDE = 0x123456789abcdefULL, WIDEST = 0xffffffffffffffffULL };
enum wide_signed { LOWEST = -0x7fffffffffffffffLL - 1, HIGHEST = 0x7fffffffffffffffLL };
enum fixed_wide : unsigned long long { FIXED_WIDE = 1 };
enum fixed_short : unsigned short { FIXED_SHORT = 1 };
enum fixed_signed : int { FIXED_SIGNED = 1 };
enum { LOOSE = 3 };
typedef enum { NAMED_A, NAMED_B } named_t;

struct all {
	enum small small;
	enum small_signed small_signed;
	enum middle middle;
	enum plain plain;
	enum high high;
	enum negative negative;
	enum wide wide;
	enum wide_signed wide_signed;
	enum fixed_wide fixed_wide;
	enum fixed_short fixed_short;
	enum fixed_signed fixed_signed;
	named_t named;
	enum { INSIDE_A = 7, INSIDE_B } inside, twice;
	enum plain many[3];
};

struct all all;
