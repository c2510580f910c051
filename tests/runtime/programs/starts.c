// SPDX-License-Identifier: BSD-2-Clause
/*
 * A start in words: starts WORD..., one after the other. What it prints says what it has got.
 *
 *   open       opens an object; another one when there is one already
 *   factor N   of the object: a constant; from the file N when it begins with a /
 *   entries N  of its map
 *   name       prints the map's name and number of entries, and whether there is a descriptor
 *   without    the second program is not loaded
 *   endless    the second program is one that the kernel refuses
 *   pin PATH   where the map is pinned
 *   load       loads it
 *   run        runs the first program and prints what it computed, by both ways
 *   close      the object goes
 *   log, warn  from now on prints how many messages of libbpf's there were, of all or of warnings
 *   kernel     prints how many programs of this name the process has
 *   exit       ends at once
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "starts.skel.h"

static enum libbpf_print_level wanted = LIBBPF_WARN;
static unsigned int said, letters;

static int count(enum libbpf_print_level level, const char *format, va_list args)
{
	char text[4096];

	if (level > wanted)
		return 0;
	said++;
	/* Descriptors are numbers of libbpf's process: not the same each time. */
	letters += strcspn((vsnprintf(text, sizeof(text), format, args), text), "0123456789");
	return 0;
}

static long number(const char *word)
{
	long ret = 0;
	FILE *f = *word == '/' ? fopen(word, "r") : NULL;

	if (!f)
		return strtol(word, NULL, 0);
	if (fscanf(f, "%ld", &ret) != 1)
		ret = -1;
	fclose(f);
	return ret;
}

static int run(struct starts_bpf *s)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(s->progs.multiply), &opts), key = 0;
	long long value = 0;

	if (err)
		return err;
	err = bpf_map__lookup_elem(s->maps.table, &key, sizeof(key), &value, sizeof(value), 0);
	printf("%lld %lld, %u programs\n", (long long)s->bss->result, value,
	       (bpf_program__fd(s->progs.multiply) >= 0) +
		       (bpf_program__fd(s->progs.optional) >= 0));
	return err;
}

static void name(const struct starts_bpf *s)
{
	printf("%s %u %s\n", bpf_map__name(s->maps.table), bpf_map__max_entries(s->maps.table),
	       bpf_map__fd(s->maps.table) < 0 ? "not loaded" : "loaded");
}

int main(int argc, char **argv)
{
	struct starts_bpf *s = NULL, *first = NULL;
	int err = 0;

	for (char **w = argv + 1; *w && !err; w++) {
		if (!strcmp(*w, "log") || !strcmp(*w, "warn")) {
			wanted = **w == 'l' ? LIBBPF_DEBUG : LIBBPF_WARN;
			libbpf_set_print(count);
		} else if (!strcmp(*w, "exit")) {
			return 0;
		} else if (!strcmp(*w, "open")) {
			first = s;
			s = starts_bpf__open();
			err = s ? 0 : -errno;
		} else if (!s) {
			err = -EINVAL;
		} else if (!strcmp(*w, "factor")) {
			s->rodata->factor = number(*++w);
		} else if (!strcmp(*w, "entries")) {
			err = bpf_map__set_max_entries(s->maps.table, (unsigned int)number(*++w));
		} else if (!strcmp(*w, "name")) {
			name(s);
		} else if (!strcmp(*w, "without")) {
			err = bpf_program__set_autoload(s->progs.optional, false);
		} else if (!strcmp(*w, "endless")) {
			s->rodata->endless = true;
		} else if (!strcmp(*w, "pin")) {
			err = bpf_map__set_pin_path(s->maps.table, *++w);
		} else if (!strcmp(*w, "load")) {
			err = starts_bpf__load(s);
		} else if (!strcmp(*w, "run")) {
			err = run(s);
		} else if (!strcmp(*w, "close")) {
			starts_bpf__destroy(s);
			s = first;
			first = NULL;
		} else {
			err = -EINVAL;
		}
	}
	if (said)
		printf("%u messages, %u letters\n", said, letters);
	if (err)
		printf("error %s\n", strerror(-err));
	starts_bpf__destroy(s);
	starts_bpf__destroy(first);
	return err ? 1 : 0;
}
