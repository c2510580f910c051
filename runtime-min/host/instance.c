/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/instance.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/ahead.h"
#include "host/calls.h"
#include "host/detach.h"
#include "host/kernel_btf.h"
#include "host/stats.h"

int instance_init(struct instance *in)
{
	*in = (struct instance){0};
	handle_table_init(&in->handles);
	log_init(&in->log);
	int cpus = libbpf_num_possible_cpus();
	in->possible_cpus = cpus > 0 ? (uint32_t)cpus : 1;
	return signals_init(&in->signals);
}

bool instance_is_child(const struct handle *h)
{
	return h->opened &&
	       (h->kind == WBPF_KIND_MAP || h->kind == WBPF_KIND_PROG || h->kind == WBPF_KIND_BTF);
}

static void release_children(struct instance *in, const struct opened *o)
{
	for (uint32_t i = 0; i < in->handles.count; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->opened != o || !instance_is_child(h))
			continue;
		if (h->kind == WBPF_KIND_BTF && h->fd >= 0) /* a copy of libbpf's */
			close(h->fd);
		handle_release(&in->handles, h);
	}
}

void instance_close(struct instance *in, struct handle *h)
{
	struct opened *o = h->opened;

	switch (h->kind) {
	case WBPF_KIND_OBJECT:
		release_children(in, o);
		ahead_closed(in->ahead, o);
		opened_put(o);
		break;
	case WBPF_KIND_LINK:
		detach_all(in, &h, 1);
		return;
	default:
		if (!o) {
			ids_remember(in, h);
			if (h->fd >= 0)
				close(h->fd);
		}
	}
	handle_release(&in->handles, h);
}

static void close_all(struct instance *in, unsigned int kind)
{
	for (uint32_t i = 0; i < in->handles.count; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->kind && (!kind || h->kind == kind))
			instance_close(in, h);
	}
}

/* Links, and the perf events that programs may be attached to without one. */
static void detach_everything(struct instance *in)
{
	struct handle **list = calloc(in->handles.count ? in->handles.count : 1, sizeof(*list));
	size_t count = 0;

	for (uint32_t i = 0; list && i < in->handles.count; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->kind == WBPF_KIND_LINK ||
		    (h->kind == WBPF_KIND_FILE && h->file == WBPF_FILE_PERF_EVENT))
			list[count++] = h;
	}
	detach_all(in, list, count);
	free(list);
}

void instance_destroy(struct instance *in, bool failed)
{
	signals_destroy(&in->signals);
	stats_end(in); /* what is detached now is not the module's doing */
	in->stats = NULL;
	net_end(in, failed);
	log_capture(&in->log);
	detach_everything(in);
	close_all(in, WBPF_KIND_LINK); /* where there was no memory for a list */
	close_all(in, WBPF_KIND_OBJECT);
	close_all(in, 0);
	log_capture(NULL);
	ahead_end(in->ahead);
	in->ahead = NULL;
	kernel_btf_free(in->btfs);
	in->btfs = NULL;
	handle_table_free(&in->handles);
	ids_free(in);
	log_clear(&in->log);
}

wbpf_handle instance_add_fd(struct instance *in, enum wbpf_kind kind, int fd)
{
	int err = 0;

	if (fd < 0)
		return fd;
	struct handle *h = handle_new(&in->handles, kind, &err);
	if (!h) {
		close(fd);
		return err;
	}
	h->fd = fd;
	if (kind == WBPF_KIND_LINK)
		stats_attached(in, h, NULL, "", "bpf(2)");
	return h->value;
}

int instance_fd(const struct instance *in, wbpf_handle value, unsigned int kind)
{
	const struct handle *h = handle_find(&in->handles, value, kind);

	return h && h->fd >= 0 ? h->fd : -EBADF;
}

wbpf_handle instance_handle_of(const struct instance *in, enum wbpf_kind kind, const void *ptr)
{
	for (uint32_t i = 0; ptr && i < in->handles.count; i++) {
		const struct handle *h = in->handles.entries[i];
		if (h->kind == kind && h->ptr == ptr)
			return h->value;
	}
	return 0;
}

bool instance_is_placeholder(const struct handle *h)
{
	return h->kind == WBPF_KIND_MAP && h->fd < 0 && h->ptr && bpf_map__fd(h->ptr) >= 0;
}

int instance_descriptor(const struct instance *in, wbpf_handle value)
{
	const struct handle *h = handle_find(&in->handles, value, 0);

	if (h && h->fd >= 0)
		return h->fd;
	/* Open, but nothing of BPF's. */
	if ((value >= 0 && value <= 2) || (h && instance_is_placeholder(h)))
		return in->signals.event_fd;
	return value < 0 ? value : INT_MAX; /* the kernel's limit, fs.nr_open, is lower */
}

/* A map that is not created keeps libbpf's placeholder for its descriptor, which is no map. */
static int map_fd(const struct bpf_map *m)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	int fd = bpf_map__fd(m);

	if (fd >= 0 && !bpf_map__autocreate(m) && bpf_map_get_info_by_fd(fd, &info, &len))
		return -1;
	return fd;
}

void instance_learn_map(struct handle *h)
{
	h->fd = map_fd(h->ptr);
	h->map_type = bpf_map__type(h->ptr);
	h->key_size = bpf_map__key_size(h->ptr);
	h->value_size = bpf_map__value_size(h->ptr);
}

void instance_update_shared(struct instance *in)
{
	uint32_t logs = in->log.count;

	if (in->shared)
		memory_copy_out(in->memory,
				in->shared + (uint32_t)offsetof(struct wbpf_shared, logs), &logs,
				sizeof(logs));
}

char *instance_string(const struct instance *in, struct wbpf_str s, uint32_t max, int *err)
{
	*err = 0;
	if (!s.addr)
		return NULL;
	const char *p = memory_read(in->memory, s.addr, s.len);
	if (!p || s.len > max) {
		*err = p ? -EINVAL : -EFAULT;
		return NULL;
	}
	char *copy = malloc((size_t)s.len + 1);
	if (!copy) {
		*err = -ENOMEM;
		return NULL;
	}
	memcpy(copy, p, s.len);
	copy[s.len] = '\0';
	if (strlen(copy) != s.len) {
		free(copy);
		*err = -EINVAL;
		return NULL;
	}
	return copy;
}

int instance_struct(const struct instance *in, void *to, uint32_t to_size, uint32_t min,
		    wbpf_addr from, uint32_t from_size)
{
	const uint8_t *p = memory_read(in->memory, from, from_size);

	if (!p)
		return -EFAULT;
	if (from_size < min)
		return -EINVAL;
	for (uint32_t i = to_size; i < from_size; i++)
		if (p[i])
			return -E2BIG;
	memset(to, 0, to_size);
	memcpy(to, p, from_size < to_size ? from_size : to_size);
	return 0;
}
