/* SPDX-License-Identifier: BSD-2-Clause */
/* An exit status that is no small number: the parent sees the low 8 bits, as natively. */
#include <stdlib.h>

int main(void)
{
	exit(-22);
}
