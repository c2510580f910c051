// SPDX-License-Identifier: BSD-2-Clause
// Every line of the mapping: integers, pointers, floats, enums, arrays, typedefs, names.
typedef unsigned char u8;
typedef unsigned int __u32;
typedef int pid_t;
typedef unsigned long size_type;
typedef char comm_t[16];

enum kind { KIND_NONE, KIND_EXEC = 5, kindExit };
enum offset { OFFSET_BACK = -1, OFFSET_NONE };
enum wide { WIDE_MOST = 0xffffffffffffffffULL };
typedef enum { COLOR_RED = 1 } color;

struct nested {
	int x, y;
};
typedef struct {
	struct nested low, high;
} range_t;

struct everything {
	_Bool ok;
	char letter;
	signed char small;
	u8 tiny;
	short s16;
	__u32 count;
	long signed_long;
	unsigned long long total;
	pid_t pid;
	enum kind kind;
	enum offset offset;
	enum wide wide;
	color color;
	float ratio;
	double exact;
	__int128 huge;
	unsigned __int128 hugest;
	void *pointer;
	const struct nested *pointed;
	int (*function)(struct nested *, ...);
	comm_t comm;
	char text[8];
	u8 table[2][3];
	enum kind kinds[2];
	struct nested nested;
	range_t ranges[2];
	struct {
		int inside;
	} named;
	size_type type;
	int self, Mixed_Case, __x, fn_;
	int set_x;
};

struct with_tail {
	unsigned count;
	struct nested tail[];
};
struct with_nothing {
	int before;
	struct { } empty;
	int zero[0];
};
struct option {
	int some;
};

const struct everything *everything __attribute__((unused));
const struct with_tail *with_tail __attribute__((unused));
const struct with_nothing *with_nothing __attribute__((unused));
const struct option *option __attribute__((unused));
