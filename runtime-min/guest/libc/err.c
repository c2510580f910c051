// SPDX-License-Identifier: BSD-2-Clause
/* <err.h> and <error.h>: wasi-libc declares the one and has neither. */
#include <err.h>
#include <errno.h>
#include <error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

unsigned int error_message_count;

/* wasi-libc never fills in the names that the messages begin with. */
__attribute__((constructor)) static void take_name(void)
{
	size_t count, size;
	char **argv, *buf, *slash;

	if (__wasi_args_sizes_get(&count, &size) || !count)
		return;
	argv = calloc(count + 1, sizeof(*argv));
	buf = malloc(size);
	if (argv && buf && !__wasi_args_get((uint8_t **)argv, (uint8_t *)buf)) {
		slash = strrchr(argv[0], '/');
		program_invocation_name = argv[0]; /* lives as long as the program */
		program_invocation_short_name = slash ? slash + 1 : argv[0];
	} else {
		free(buf);
	}
	free(argv);
}

/* "program: text: reason" */
static void print(int errnum, const char *format, va_list args)
{
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format)
		vfprintf(stderr, format, args);
	if (errnum)
		fprintf(stderr, "%s%s", format ? ": " : "", strerror(errnum));
	fputc('\n', stderr);
}

void vwarn(const char *format, va_list args)
{
	print(errno, format, args);
}

void vwarnx(const char *format, va_list args)
{
	print(0, format, args);
}

_Noreturn void verr(int status, const char *format, va_list args)
{
	print(errno, format, args);
	exit(status);
}

_Noreturn void verrx(int status, const char *format, va_list args)
{
	print(0, format, args);
	exit(status);
}

void warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vwarn(format, args);
	va_end(args);
}

void warnx(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vwarnx(format, args);
	va_end(args);
}

_Noreturn void err(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	verr(status, format, args);
}

_Noreturn void errx(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	verrx(status, format, args);
}

void error(int status, int errnum, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	print(errnum, format, args);
	va_end(args);
	error_message_count++;
	if (status)
		exit(status);
}
