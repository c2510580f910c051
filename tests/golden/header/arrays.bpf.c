/* SPDX-License-Identifier: BSD-2-Clause */
/* Arrays of arrays, of nothing, and flexible ones. */
typedef int row_t[4];

struct record {
	unsigned short count;
	row_t rows[3];
	char text[2][3][5];
	struct {
	} empty;
	int marker[0];
	unsigned char end;
	unsigned long data[];
};

struct head {
	int a;
	struct {
		short x;
		char y;
	} tail[];
};

struct nothing {
};

const struct record *unused_record __attribute__((unused));
const struct head *unused_head __attribute__((unused));
struct nothing nothing[2];
