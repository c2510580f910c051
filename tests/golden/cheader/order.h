/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything that a header can declare, without an include guard: in its order, but for what has to
 * be there before. Functions, variables and what is only declared give nothing.
 */
struct later;
typedef struct later later_t;

typedef union {
	int all;
	unsigned char bytes[4];
} word_t;

enum { FIRST = 1, LAST = 7 };

enum kind { OPEN = 1, CLOSE, BROKEN = -1 };
typedef enum { LOW, HIGH } level_t;

struct path {
	struct inner {
		short x;
	} in[2];
	struct pointed {
		long n;
	} * to;
	enum { SHORT, LONG } how;
	word_t word;
	level_t level, *level_address;
	enum kind kind, *kind_address;
	later_t *last;
};

struct later {
	unsigned char a;
	unsigned int b : 3, : 0, c : 4;
} __attribute__((packed));

typedef struct path path_t;
typedef struct {
	path_t path;
} pair_t[2];
typedef int (*handler_t)(struct later *);
typedef int function_t(void);

extern int variable;
static inline int add(int a, int b)
{
	struct local {
		int sum;
	} sum = {a + b};
	return sum.sum;
}
