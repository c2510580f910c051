// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define MOST (1024 * 1024)

const volatile unsigned int limit = 1000000; /* at most MOST */
const volatile bool by_calls = false;        /* bpf_loop() also where there is bpf_for() */

/* Which numbers are products: it lies in user space's memory, too. */
unsigned char product[MOST] = {};
unsigned int primes = 0, loops = 0;
bool called = false;

/* By bpf_for(): the kernel counts, and the verifier looks at the body once. */

static void cross_out_inline(unsigned int prime)
{
	unsigned int end = (limit - 1) / prime + 1, times;

	bpf_for(times, prime, end)
	{
		unsigned int n = times * prime;
		if (n < MOST)
			product[n] = 1;
		loops++;
	}
}

static void count_inline(void)
{
	unsigned int n;

	bpf_for(n, 2, limit)
	{
		if (n >= MOST || product[n])
			continue;
		primes++;
		if (n < 1024)
			cross_out_inline(n);
	}
}

/* By bpf_loop(): the kernel calls a function. */

static long cross_out_one(unsigned long long i, unsigned long long *prime)
{
	unsigned long long n = (*prime + i) * *prime;

	if (n >= limit)
		return 1;
	if (n < MOST)
		product[n] = 1;
	loops++;
	return 0;
}

static long count_one(unsigned long long i, void *ctx)
{
	unsigned long long n = i + 2;

	if (n >= MOST || n >= limit)
		return 1;
	if (product[n])
		return 0;
	primes++;
	if (n < 1024)
		bpf_loop(limit / n, cross_out_one, &n, 0);
	return 0;
}

SEC("syscall")
int count(void *ctx)
{
	called = by_calls || !bpf_ksym_exists(bpf_iter_num_new);
	if (by_calls || !bpf_ksym_exists(bpf_iter_num_new))
		bpf_loop(limit, count_one, NULL, 0);
	else
		count_inline();
	return 0;
}
