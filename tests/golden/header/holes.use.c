/* SPDX-License-Identifier: BSD-2-Clause */
/* Holes take no part in initialisers: this is written as for the struct in the BPF source. */
#include "holes.h"

int main(void)
{
	struct event event = {1, 2, 'c', 4, 'e'};

	return !(event.pid == 1 && event.duration == 2 && event.tag == 'c' && event.port == 4 &&
		 event.last == 'e');
}
