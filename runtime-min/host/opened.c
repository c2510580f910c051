/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/opened.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/shares.h"

/* What no log begins with: the kernel has not written yet. */
enum { UNTOUCHED = 1 };

struct opened *opened_new(void)
{
	struct opened *o = calloc(1, sizeof(*o));

	if (o) {
		o->refs = 1;
		o->btf_fd = -1;
	}
	return o;
}

void opened_put(struct opened *o)
{
	if (!o || --o->refs)
		return;
	bpf_object__close(o->object);
	btf_view_free(&o->view);
	while (o->logs)
		opened_drop_log(o, o->logs->of);
	if (o->btf_fd >= 0)
		close(o->btf_fd);
	shares_closed(o);
	while (o->nr_kept)
		close(o->kept[--o->nr_kept]);
	free(o->kept);
	free(o->file);
	free(o->btf_path);
	free(o);
}

int opened_keep(struct opened *o, int *fd)
{
	if (o->nr_kept == OPENED_MAX_KEPT)
		return -EMFILE;
	int *kept = realloc(o->kept, (o->nr_kept + 1) * sizeof(*kept));
	if (!kept)
		return -ENOMEM;
	o->kept = kept;
	int copy = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
	if (copy < 0)
		return errno == EBADF ? 0 : -errno;
	*fd = kept[o->nr_kept++] = copy;
	return 0;
}

int opened_unpack(struct opened *o, const void **bytes, size_t *len, size_t max)
{
	struct wbpf_packed head;

	if (*len < sizeof(head) || memcmp(*bytes, WBPF_PACKED_MAGIC, sizeof(head.magic)))
		return 0;
	memcpy(&head, *bytes, sizeof(head));
	if (!head.size || head.size > max)
		return head.size ? -E2BIG : -EINVAL;
	o->file = malloc(head.size);
	if (!o->file)
		return -ENOMEM;
	uLongf size = head.size;
	if (uncompress(o->file, &size, (const Bytef *)*bytes + sizeof(head), *len - sizeof(head)) !=
		    Z_OK ||
	    size != head.size)
		return -EINVAL;
	o->file_size = size;
	*bytes = o->file;
	*len = size;
	return 0;
}

void opened_drop_log(struct opened *o, const void *of)
{
	for (struct log_buffer **p = &o->logs; *p; p = &(*p)->next) {
		struct log_buffer *b = *p;
		if (b->of != of)
			continue;
		*p = b->next;
		free(b->bytes);
		free(b);
		return;
	}
}

char *opened_add_log(struct opened *o, const void *of, uint32_t *size)
{
	struct log_buffer *b = calloc(1, sizeof(*b));

	if (!b)
		return NULL;
	b->of = of;
	if (*size > OPENED_MAX_LOG)
		*size = OPENED_MAX_LOG;
	b->size = *size;
	b->bytes = calloc(1, b->size ? b->size : 1);
	if (!b->bytes) {
		free(b);
		return NULL;
	}
	b->bytes[0] = UNTOUCHED;
	opened_drop_log(o, of);
	b->next = o->logs;
	o->logs = b;
	return b->bytes;
}

const char *opened_log(const struct opened *o, const void *of, size_t *len)
{
	for (const struct log_buffer *b = o->logs; b; b = b->next) {
		if (b->of != of)
			continue;
		*len = strnlen(b->bytes, b->size);
		return b->size && b->bytes[0] != UNTOUCHED ? b->bytes : NULL;
	}
	return NULL;
}

int opened_custom_btf(struct opened *o, char *btf_path, char *path, size_t size)
{
	o->btf_path = btf_path;
	o->btf_fd = memfd_create("wbpf-btf", MFD_CLOEXEC);
	if (o->btf_fd < 0)
		return -errno;
	snprintf(path, size, "/proc/self/fd/%d", o->btf_fd);
	return 0;
}

void opened_set_custom_btf(struct opened *o, int fd)
{
	if (fd < 0) {
		o->btf_err = fd;
		return;
	}
	if (dup3(fd, o->btf_fd, O_CLOEXEC) < 0)
		o->btf_err = -errno;
	close(fd);
}
