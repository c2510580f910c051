/* SPDX-License-Identifier: BSD-2-Clause */
/* Lets WASI write and read where an arena has no page, and ends without another call. */
#include <stdlib.h>
#include <wasi/api.h>

#include "arena.h"

int main(void)
{
	int status = map_empty_arena();

	if (status)
		return status;
	__wasi_ciovec_t v = {pages + 3 * PAGE, 64};
	__wasi_size_t n;
	__wasi_errno_t err = __wasi_fd_write(1, &v, 1, &n);
	exit(__wasi_random_get(pages + 8, 64) || err ? 2 : 3);
}
