/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs in structs, unions, enums, bitfields, and what is left out. */
#include "../skeleton/bpf.h"

enum state { IDLE, BUSY = 5, GONE = -1 };
enum big { SMALL = 1, HUGE = 1ULL << 40 };
enum { NORTH, SOUTH };
typedef enum { SLOW, FAST } speed_t;

struct empty {};
struct point {
	int x, y;
};
union number {
	int i;
	float f;
};

struct event {
	struct point at, path[3];
	struct {
		int inner;
		struct {
			int deeper;
		};
	};
	union {
		int a;
		char b[8];
	};
	struct {
		int p, q;
	} named;
	union {
		int v;
	} choice;
	union number number, numbers[2];
	enum state state;
	enum big big;
	enum {
		LOW = 1,
		HIGH
	} level;
	speed_t speed;
	struct empty nothing;
	struct empty nothings[4];
	unsigned bit : 1, three : 3, : 4, twelve : 12;
	int signed_bit : 1, signed_five : 5;
	bool yes : 1;
	enum state state_bits : 4;
	unsigned long long forty : 40;
	struct event *next;
};

struct only_empty {
	struct empty e;
};

struct event *e;
struct only_empty *o;
