/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is named may come from a hostile file, and goes to terminals: one line, nothing that steers.
 */
static void clean(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = '?';
}

int diag_fail(struct diag *d, int err, const char *fmt, ...)
{
	int ret = err < 0 ? err : -err;

	if (!d || d->err)
		return ret;
	d->err = ret;

	va_list ap;
	va_start(ap, fmt);
	vsnprintf(d->text, sizeof(d->text), fmt, ap);
	va_end(ap);
	clean(d->text);
	return ret;
}

void diag_prefix(struct diag *d, const char *fmt, ...)
{
	char prefix[sizeof(d->text)], text[sizeof(d->text)];
	va_list ap;

	if (!d || !d->err)
		return;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof(prefix), fmt, ap);
	va_end(ap);
	clean(prefix);

	memcpy(text, d->text, sizeof(text));
	size_t n = strlen(prefix);
	memcpy(d->text, prefix, n);
	snprintf(d->text + n, sizeof(d->text) - n, "%s", text);
}

void diag_add_line(struct diag *d, const char *line, size_t len)
{
	size_t n = d ? strlen(d->text) : 0;

	if (!d || !d->err || n + len + 2 > sizeof(d->text))
		return;
	d->text[n++] = '\n';
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		d->text[n++] = c < ' ' || c == 0x7f ? '?' : (char)c;
	}
	d->text[n] = '\0';
}
