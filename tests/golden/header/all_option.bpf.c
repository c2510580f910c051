/* SPDX-License-Identifier: BSD-2-Clause */
/* --all: everything that has a name and a size; enumerators are names, too. */
struct a {
	int a;
};

struct b {
	int b;
	struct declared *declared;
};

typedef int function_t(int);
enum constants { ONE = 1 };
struct c {
	enum { FAR = 7 } *far;
};

int use(struct a *a, struct b *b, function_t *f, enum constants *c, struct c *d)
{
	return a->a + b->b + f(*c) + *d->far;
}
