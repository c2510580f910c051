/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_GUEST_HANDLERS_H
#define WBPF_GUEST_HANDLERS_H

#include "guest/libbpf/object.h"

/* What libbpf_register_prog_handler() got; a program has a copy. */
struct wbpf_handler {
	struct wbpf_handler *next;
	const char *section; /* NULL: of all that nobody else knows */
	bool fallback;
	int id;
	enum bpf_prog_type prog_type;
	enum bpf_attach_type attach_type;
	long cookie;
	libbpf_prog_setup_fn_t setup;
	libbpf_prog_prepare_load_fn_t prepare;
	libbpf_prog_attach_fn_t attach;
};

/* The one registered for that section, or NULL. Weak: most programs register none. */
const struct wbpf_handler *wbpf_handler_find(const char *section) __attribute__((weak));
const struct wbpf_handler *wbpf_handler_fallback(void) __attribute__((weak));

#endif
