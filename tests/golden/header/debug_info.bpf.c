/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that only a function's body uses are in no BTF; what BTF has of their parts stays as it is
 * there. */
struct inner {
	long a;
	char c;
};
typedef struct {
	short x, y;
} point_t;
enum mode { MODE_OFF = -1, MODE_ON };
enum __attribute__((packed)) level { LEVEL_LOW = -128, LEVEL_HIGH = 100 };
struct node {
	struct node *next;
	const struct far_away *far;
};
struct far_away {
	int huge;
};
struct event {
	unsigned long pid;
	void *p;
	struct inner in;
	point_t at[2][3];
	enum mode mode;
	enum level level;
	unsigned flag : 3, : 2, rest : 9;
	union {
		int i;
		float f;
	};
	int (*call)(struct inner *, long, ...);
	volatile struct node node;
	_Bool ok;
	unsigned char tail[];
};
struct __attribute__((packed)) loose {
	char c;
	__int128 wide;
	long long l;
};
typedef struct event event_t;

struct inner kept;

int use(void)
{
	event_t *e = (void *)kept.a;
	struct loose *l = (void *)e;

	return e->flag + (int)l->l;
}
