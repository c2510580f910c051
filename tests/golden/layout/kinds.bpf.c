/* SPDX-License-Identifier: BSD-2-Clause */
/* Each kind of field, holes of bits, and variables in sections. */
typedef int number_t;
typedef number_t row_t[3];
struct known;

struct all {
	_Bool flag;
	char letter;
	signed char small;
	unsigned short word;
	float real;
	double more;
	long signed_long;
	void *pointer;
	int (*function)(struct known *, int);
	row_t rows[2];
	unsigned int a : 3;
	unsigned int : 5;
	unsigned int b : 12;
	__int128 huge;
	struct all *next;
	unsigned long flexible[];
};

struct tight {
	char c;
	long l;
} __attribute__((packed));

const struct all *unused_all __attribute__((unused));
struct tight tight;
int counter = 3;
const volatile long limit = 5;
