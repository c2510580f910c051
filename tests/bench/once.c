// SPDX-License-Identifier: BSD-2-Clause
/*
 * Times one run of a command: from exec until it prints a line that starts with LINE, and from the
 * SIGTERM that it then gets until it has ended. Prints both, in ns.
 *
 *   once LINE COMMAND [ARG...]
 */
#include <stdio.h>

#include "timed.h"

int main(int argc, char **argv)
{
	struct times t;

	if (argc < 3) {
		fprintf(stderr, "Usage: once LINE COMMAND [ARG...]\n");
		return 2;
	}
	if (!run_until_line(argv + 2, argv[1], &t))
		return 1;
	printf("%.0f %.0f\n", t.start_ms * 1e6, t.stop_ms * 1e6);
	return 0;
}
