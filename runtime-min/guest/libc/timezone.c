// SPDX-License-Identifier: BSD-2-Clause
/*
 * The time zone, which wasi-libc has none of: the host's. In place of wasi-libc's own three symbols
 * that localtime(), mktime() and strftime() stand on.
 */
#include <string.h>
#include <time.h>

#include "guest/host.h"

enum { NAMES = 8, NAME = 16 };

extern const char __utc[];
const char __utc[] = "UTC";

void __secs_to_zone(long long t, int local, int *summer, int *offset, long *other,
		    const char **name);
const char *__tm_to_tzname(const struct tm *tm);

/* Abbreviations stay as long as the program runs; of one zone there are few. */
static const char *keep(const char *name)
{
	static char names[NAMES][NAME];
	int i = 0;

	while (i < NAMES - 1 && names[i][0] && strcmp(names[i], name) != 0)
		i++;
	return strcpy(names[i], name);
}

/* offset: seconds to add to UTC; other: that of the other half of the year. */
void __secs_to_zone(long long t, int local, int *summer, int *offset, long *other,
		    const char **name)
{
	struct wbpf_zone zone = {.size = sizeof(zone), .flags = local ? WBPF_ZONE_LOCAL : 0};
	int err = HOST(local_time, (uint64_t)t, &zone, sizeof(zone));

	*summer = !err && (zone.flags & WBPF_ZONE_SUMMER);
	*offset = err ? 0 : zone.offset;
	if (other)
		*other = err ? 0 : zone.other;
	*name = err ? __utc : keep((const char *)zone.name);
}

const char *__tm_to_tzname(const struct tm *tm)
{
	return tm->tm_zone ? tm->tm_zone : "";
}
