// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "guest/host.h"
#include "guest/log.h"

static enum libbpf_print_level level_from_environment(void)
{
	const char *s = getenv("LIBBPF_LOG_LEVEL");

	if (s && !strcasecmp(s, "warn"))
		return LIBBPF_WARN;
	if (s && !strcasecmp(s, "debug"))
		return LIBBPF_DEBUG;
	return LIBBPF_INFO;
}

static int print_default(enum libbpf_print_level level, const char *format, va_list args)
{
	static int least = -1;

	if (least < 0)
		least = level_from_environment();
	return (int)level > least ? 0 : vfprintf(stderr, format, args);
}

static libbpf_print_fn_t print_fn = print_default;

/* What nobody wants to read the host need not queue. */
static void tell_host(void)
{
	uint32_t level = LIBBPF_DEBUG;

	if (!print_fn)
		level = LIBBPF_WARN;
	else if (print_fn == print_default)
		level = level_from_environment();
	wbpf_host_set(0, WBPF_KEY_LOG_LEVEL, &level, sizeof(level));
}

void wbpf_log_begin(void)
{
	if (print_fn == print_default && level_from_environment() != LIBBPF_INFO)
		tell_host();
}

libbpf_print_fn_t libbpf_set_print(libbpf_print_fn_t fn)
{
	libbpf_print_fn_t old = print_fn;

	print_fn = fn;
	tell_host();
	return old;
}

void libbpf_print(enum libbpf_print_level level, const char *format, ...)
{
	int saved = errno;
	va_list args;

	if (!print_fn)
		return;
	va_start(args, format);
	print_fn(level, format, args);
	va_end(args);
	errno = saved;
}

static void print_record(const char *record, size_t len)
{
	libbpf_print((enum libbpf_print_level)(unsigned char)record[0], "%.*s", (int)len - 1,
		     record + 1);
}

/* Verifier logs are long, all else is short. */
static bool drain_one(void)
{
	char small[1024];
	char *buf = small;
	int32_t cap = sizeof(small);
	int32_t len;

	len = wbpf_host_log_read(buf, cap);
	if (len > cap) {
		cap = len;
		buf = malloc(cap);
		len = buf ? wbpf_host_log_read(buf, cap) : 0;
	}
	if (len > 0 && len <= cap)
		print_record(buf, len);
	if (buf != small)
		free(buf);
	return len > 0;
}

/* Printing calls the host as well, perhaps several times for a long text: what it has to say then
 * comes behind it, not into it. */
void wbpf_log_drain(void)
{
	static bool draining;

	if (draining)
		return;
	draining = true;
	while (wbpf_shared.logs && drain_one())
		;
	draining = false;
}
