// SPDX-License-Identifier: BSD-2-Clause
/*
 * The conversation's start, and what happens behind every call. Whatever calls the host needs
 * wbpf_shared, so this file, and with it the constructor, is in every module that does.
 */
#include <errno.h>

#include "guest/host.h"
#include "guest/log.h"

volatile struct wbpf_shared wbpf_shared __attribute__((aligned(8))) = {
	.size = sizeof(struct wbpf_shared),
};

/* Before the constructors of the program, which may use the library. */
__attribute__((constructor(101))) static void start(void)
{
	wbpf_host_start((const void *)&wbpf_shared);
}

void wbpf_notice(void)
{
	int saved = errno;

	wbpf_log_drain();
	wbpf_signals_deliver();
	errno = saved;
}

int wbpf_result(int32_t ret)
{
	if (wbpf_shared.logs || wbpf_shared.signals)
		wbpf_notice();
	return ret < 0 ? -wbpf_errno(-ret) : ret;
}

int wbpf_result_errno(int32_t ret)
{
	return wbpf_ret_errno(wbpf_result(ret));
}
