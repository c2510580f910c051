/* SPDX-License-Identifier: BSD-2-Clause */
/* Linked so that its memory is exported under another name: every address must be refused. */
#include "host.h"

int main(void)
{
	return h_start(A(&shared)) == L_EFAULT && h_poll_create() == L_EPROTO ? 42 : 1;
}
