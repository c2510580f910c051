/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints each field of the records that record.c wrote: show FOLDER. Built for the machine that
 * wrote them, and as a module. */
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned char bytes[1 << 16] __attribute__((aligned(64)));
static unsigned char before[sizeof(bytes)];
static char prefix[64];

void show_unsigned(const char *field, unsigned long long value)
{
	printf("%s.%s = %llu\n", prefix, field, value);
}

void show_signed(const char *field, long long value)
{
	printf("%s.%s = %lld\n", prefix, field, value);
}

void show_wide(const char *field, unsigned __int128 value)
{
	printf("%s.%s = 0x%016llx%016llx\n", prefix, field, (unsigned long long)(value >> 64),
	       (unsigned long long)value);
}

void show_real(const char *field, double value)
{
	printf("%s.%s = %.17g\n", prefix, field, value);
}

void show_kept(const char *field)
{
	printf("%s.%s keeps its value\n", prefix, field);
}

static int show_file(const char *folder, const struct record *r)
{
	char path[512];
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "%s/%s.raw", folder, r->name);
	file = fopen(path, "rb");
	if (!file || r->size > sizeof(bytes)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return 1;
	}
	for (n = 0; fread(bytes, r->size, 1, file) == 1; n++) {
		snprintf(prefix, sizeof(prefix), n ? "%s#%zu" : "%s", r->name, n);
		memcpy(before, bytes, r->size);
		r->show(bytes);
		if (memcmp(before, bytes, r->size))
			printf("%s has other bytes\n", prefix);
	}
	fclose(file);
	if (!n)
		fprintf(stderr, "%s: not one record of %lu bytes\n", path, r->size);
	return !n;
}

int main(int argc, char **argv)
{
	const struct record *const all[] = {own_records, kernel_records};
	int failed = argc != 2;

	for (size_t i = 0; !failed && i < 2; i++) {
		for (const struct record *r = all[i]; r->name; r++)
			failed |= show_file(argv[1], r);
	}
	return failed || fflush(stdout);
}
