/* SPDX-License-Identifier: BSD-2-Clause */
/* --type: something that no map and no variable has. */
struct wanted {
	long a;
};

struct unwanted {
	long b;
};

typedef union {
	int i;
	float f;
} wanted_t;

int use(struct wanted *w, struct unwanted *u, wanted_t *t)
{
	return w->a + u->b + t->i;
}
