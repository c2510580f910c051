// SPDX-License-Identifier: BSD-2-Clause
// What is no field: bitfields, unions, packed and aligned fields.
enum state { STATE_NEW, STATE_OLD };

struct bits {
	unsigned low : 3;
	int signed_bits : 5;
	_Bool flag : 1;
	enum state state : 2;
	unsigned long long across : 60;
	unsigned long long wide : 62;
	char letter : 4;
	unsigned : 0;
	unsigned last : 32;
};

union number {
	int i;
	float f;
	unsigned char bytes[8];
	struct {
		short a, b;
	} parts;
};

struct with_unions {
	int kind;
	union {
		int value;
		struct {
			short low, high;
		};
		char text[12];
	};
	union number number, numbers[2];
	struct {
		int direct;
	};
};

struct __attribute__((packed)) packed {
	char before;
	int number;
	long long array[2];
	struct bits bits;
	union number number2;
	short last;
};

struct __attribute__((aligned(64))) line {
	char first;
	struct packed packed;
};

struct wide {
	char before;
	__int128 number;
	union {
		__int128 a;
		unsigned __int128 b;
	};
};

const struct bits *bits __attribute__((unused));
const struct with_unions *with_unions __attribute__((unused));
const struct line *line __attribute__((unused));
const struct wide *wide __attribute__((unused));
