/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's calls, with what they read and write in the component's scratch memory. */
#include <errno.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "host/calls.h"
#include "host/component_calls.h"

const char *component_name_of(struct component *c, wbpf_handle value)
{
	const struct handle *h = handle_find(&c->in->handles, value, 0);

	if (!h || !h->ptr)
		return "?";
	switch (h->kind) {
	case WBPF_KIND_OBJECT:
		return bpf_object__name(h->ptr);
	case WBPF_KIND_MAP:
		return bpf_map__name(h->ptr);
	case WBPF_KIND_PROG:
		return bpf_program__name(h->ptr);
	default:
		return "?";
	}
}

int component_set_bytes(struct component *c, wbpf_handle h, uint32_t key, const void *p, size_t len)
{
	wbpf_addr at = component_put(c, p, len);

	return at ? call_set(c->in, h, key, at, (uint32_t)len) : -ENOMEM;
}

int component_set_u32(struct component *c, wbpf_handle h, uint32_t key, uint32_t number)
{
	return component_set_bytes(c, h, key, &number, sizeof(number));
}

int component_get(struct component *c, wbpf_handle h, uint32_t key, void *to, uint32_t size)
{
	wbpf_addr at = component_room(c, size);
	int32_t ret = at ? call_get(c->in, h, key, at, size) : -ENOMEM;

	if (ret < 0)
		return ret;
	memcpy(to, component_at(c, at), size);
	return 0;
}

int component_get_text(struct component *c, wbpf_handle h, uint32_t key, struct strbuf *ret)
{
	int32_t len = call_get(c->in, h, key, 0, 0);
	wbpf_addr at = len < 0 ? 0 : component_room(c, (size_t)len);

	if (len < 0)
		return len;
	if (!at)
		return -ENOMEM;
	len = call_get(c->in, h, key, at, (uint32_t)len);
	if (len > 0)
		strbuf_add(ret, component_at(c, at), (size_t)len);
	return len < 0 ? len : strbuf_error(ret);
}

int component_bpf(struct component *c, uint32_t cmd, void *attr, uint32_t size)
{
	wbpf_addr at = component_put(c, attr, size);

	if (!at)
		return -ENOMEM;
	int32_t ret = call_bpf(c->in, cmd, at, size);
	memcpy(attr, component_at(c, at), size);
	return ret;
}
