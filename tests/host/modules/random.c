/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets WASI write to a read-only region, and ends without another call of the host interface. */
#include <stdlib.h>
#include <wasi/api.h>

#include "readonly.h"

int main(void)
{
	int status = map_rodata();

	if (status)
		return status;
	exit(__wasi_random_get(pages + 8, 64) ? 2 : 3);
}
