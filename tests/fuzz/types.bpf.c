// SPDX-License-Identifier: BSD-2-Clause
/* A seed: debug information of every form that read_dwarf_types.c has a case for. */
typedef unsigned int u32;
typedef void (*callback_t)(const char *, ...);
enum color { RED = -1, GREEN, BLUE = 0x7fffffff };
enum big { BIG = 0x1234567890 };
union choice {
	long n;
	char text[3][5];
	double d;
};
struct node {
	struct node *next;
	volatile const int *const p;
	enum color color : 3;
	unsigned long long bits : 40;
	_Bool flag : 1;
};
struct event {
	u32 pid;
	char comm[16];
	union choice choice;
	struct {
		short a, b;
	};
	struct node nodes[2];
	callback_t call;
	enum big big;
	_Atomic int atomic;
	__int128 wide;
	struct unknown *unknown;
	int tail[];
} __attribute__((packed));
typedef struct {
	struct node n;
	float f;
} record;
typedef record event_t;

int f(void *context)
{
	struct event *e = context;
	event_t *r = context;
	union choice *c = context;
	return e->pid + r->n.color + c->n;
}
char gpl[] __attribute__((section("license"))) = "GPL";
