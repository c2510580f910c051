/* SPDX-License-Identifier: BSD-2-Clause */
/* local_time(): this machine's time zone, which WASI knows nothing of. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/calls.h"
#include "host/instance.h"

enum { MONTH = 30 * 86400, MONTHS = 12 };

/* Of a local time the time itself, else unchanged. */
static bool to_utc(time_t *t, bool local)
{
	struct tm tm;

	if (!local)
		return true;
	if (!gmtime_r(t, &tm))
		return false;
	tm.tm_isdst = -1;
	errno = 0;
	*t = mktime(&tm);
	return *t != -1 || !errno;
}

/* The other offset that the year around that time has, or the same. */
static int32_t other_offset(time_t t, const struct tm *now)
{
	struct tm tm;

	for (int month = -MONTHS; month <= MONTHS; month++) {
		time_t then = t + month * (time_t)MONTH;

		if (localtime_r(&then, &tm) && (tm.tm_isdst > 0) != (now->tm_isdst > 0))
			return (int32_t)tm.tm_gmtoff;
	}
	return (int32_t)now->tm_gmtoff;
}

int32_t call_local_time(struct instance *in, uint64_t seconds, wbpf_addr addr, uint32_t size)
{
	time_t t = (time_t)seconds;
	struct wbpf_zone zone;
	struct tm tm;
	int err = instance_struct(in, &zone, sizeof(zone), sizeof(zone), addr, size);

	if (err)
		return err;
	if (zone.flags & ~WBPF_ZONE_LOCAL)
		return -EINVAL;
	tzset(); /* localtime_r() need not */
	if (!to_utc(&t, zone.flags & WBPF_ZONE_LOCAL) || !localtime_r(&t, &tm))
		return -EOVERFLOW;
	zone.offset = zone.other = (int32_t)tm.tm_gmtoff;
	if (zone.flags & WBPF_ZONE_LOCAL)
		zone.other = other_offset(t, &tm);
	zone.flags = tm.tm_isdst > 0 ? WBPF_ZONE_SUMMER : 0;
	memset(zone.name, 0, sizeof(zone.name));
	snprintf((char *)zone.name, sizeof(zone.name), "%s", tm.tm_zone ? tm.tm_zone : "");
	return memory_copy_out(in->memory, addr, &zone, sizeof(zone));
}
