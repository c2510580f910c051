/* SPDX-License-Identifier: BSD-2-Clause */
/* Different types of one name: the second gets a number. */
int one(void)
{
	static struct state {
		int a;
	} state;
	enum { FIRST = 1 };
	return state.a++ + FIRST;
}

int two(void)
{
	static struct state {
		long b;
	} other;
	return other.b++;
}
