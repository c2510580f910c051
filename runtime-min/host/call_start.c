/* SPDX-License-Identifier: BSD-2-Clause */
/* start(), the log and the handles' end: what every module uses. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/detach.h"
#include "host/instance.h"
#include "host/stats.h"

static uint32_t kernel_version(void)
{
	unsigned int a = 0, b = 0, c = 0;
	struct utsname u;

	if (uname(&u) < 0 || sscanf(u.release, "%u.%u.%u", &a, &b, &c) < 2)
		return 0;
	return (a << 16) + (b << 8) + (c > 255 ? 255 : c);
}

static uint32_t properties(void)
{
#if defined(__x86_64__) || defined(__i386__) || defined(__s390x__)
	return WBPF_PROP_TSO;
#else
	return 0;
#endif
}

int32_t call_start(struct instance *in, wbpf_addr addr)
{
	struct wbpf_shared shared;
	uint32_t size;
	int err = memory_copy_in(in->memory, &size, addr, sizeof(size));

	if (err)
		return err;
	/* The first version's fields are the least; a newer module's block may be longer. */
	if (size < sizeof(shared))
		return -EINVAL;
	if (!memory_write(in->memory, addr, sizeof(shared)))
		return -EFAULT;
	err = memory_set_shared(in->memory, addr, sizeof(shared));
	if (err)
		return err;

	shared = (struct wbpf_shared){
		.size = sizeof(shared),
		.abi_minor = WBPF_ABI_MINOR,
		.page_size = (uint32_t)sysconf(_SC_PAGESIZE),
		.possible_cpus = in->possible_cpus,
		.pid = getpid(),
		.properties = properties(),
		.kernel_version = kernel_version(),
		.signals = in->signals.pending,
		.logs = in->log.count,
		.online_cpus = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN),
	};
	if (!in->shared)
		stats_stage(in->stats, STATS_INSTANTIATE, in->began);
	in->shared = addr;
	memory_copy_out(in->memory, addr, &shared, sizeof(shared));
	signals_set_shared(&in->signals,
			   memory_write(in->memory,
					addr + (uint32_t)offsetof(struct wbpf_shared, signals),
					sizeof(uint32_t)));
	return WBPF_ABI_MINOR;
}

int32_t call_log_read(struct instance *in, wbpf_addr buf, uint32_t cap)
{
	uint32_t level;
	size_t len;

	log_tell_dropped(&in->log);
	const char *text = log_peek(&in->log, &level, &len);

	if (!text)
		return 0;
	if (cap) {
		uint8_t byte = (uint8_t)level;
		uint32_t n = len < cap - 1 ? (uint32_t)len : cap - 1;
		uint8_t *p = memory_write(in->memory, buf, (uint64_t)n + 1);
		if (!p)
			return -EFAULT;
		p[0] = byte;
		memcpy(p + 1, text, n);
	}
	/* A look with too little room leaves the record, so that the module can come again. */
	if (cap >= len + 1)
		log_pop(&in->log);
	instance_update_shared(in);
	return (int32_t)(len + 1);
}

/* Sets count of links to those of the handles, none of which may be there twice. */
static int find_links(const struct instance *in, const wbpf_handle *values, uint32_t count,
		      struct handle **links)
{
	uint8_t *seen = calloc(HANDLE_LIMIT, 1);
	int err = seen ? 0 : -ENOMEM;

	for (uint32_t i = 0; i < count && !err; i++) {
		uint32_t index = (uint32_t)values[i] % HANDLE_LIMIT;
		links[i] = handle_find(&in->handles, values[i], WBPF_KIND_LINK);
		err = links[i] && !seen[index] ? 0 : -EBADF;
		seen[index] = 1;
	}
	free(seen);
	return err;
}

int32_t call_close_links(struct instance *in, wbpf_addr handles, uint32_t count)
{
	wbpf_handle *values;
	struct handle **links;
	int err;

	if (!count || count > HANDLE_LIMIT)
		return count ? -E2BIG : 0;
	values = calloc(count, sizeof(*values));
	links = calloc(count, sizeof(struct handle *));
	err = values && links ? memory_copy_in(in->memory, values, handles,
					       count * (uint32_t)sizeof(*values))
			      : -ENOMEM;
	if (!err)
		err = find_links(in, values, count, links);
	log_capture(&in->log);
	if (!err)
		detach_all(in, links, count);
	log_capture(NULL);
	free(links);
	free(values);
	instance_update_shared(in);
	return err;
}

int32_t call_close(struct instance *in, wbpf_handle value)
{
	struct handle *h = handle_find(&in->handles, value, 0);

	if (!h)
		return -EBADF;
	/* What belongs to an object lives as long as it does; giving it back changes nothing. */
	if (instance_is_child(h))
		return 0;
	log_capture(&in->log);
	instance_close(in, h);
	log_capture(NULL);
	instance_update_shared(in);
	return 0;
}
