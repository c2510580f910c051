/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BLOOM_H
#define BLOOM_H

/* The ids of numbers, which both halves make: spread over 64 bits, no two are the same. */
static inline unsigned long long id_of(unsigned long long number)
{
	number = (number + 1) * 0x9e3779b97f4a7c15;
	number = (number ^ number >> 31) * 0xbf58476d1ce4e5b9;
	return number ^ number >> 29;
}

/* What came of the questions. */
struct answers {
	unsigned long long hits;
	unsigned long long misses;          /* that the filter was enough for */
	unsigned long long false_positives; /* that the hash map had to be asked for */
};

#endif
