// SPDX-License-Identifier: BSD-2-Clause
/* What the names of programs' sections stand for. libbpf at the host knows. */
#include "guest/libbpf/handlers.h"

static int ask(const char *name, struct wbpf_btf *answer)
{
	*answer = (struct wbpf_btf){.size = sizeof(*answer), .name = wbpf_str(name)};
	return HOST(btf, WBPF_BTF_SECTION, answer, sizeof(*answer));
}

static void give(const struct wbpf_handler *h, enum bpf_prog_type *prog_type,
		 enum bpf_attach_type *attach_type)
{
	*prog_type = h->prog_type;
	*attach_type = h->attach_type;
}

int libbpf_prog_type_by_name(const char *name, enum bpf_prog_type *prog_type,
			     enum bpf_attach_type *attach_type)
{
	const struct wbpf_handler *h;
	struct wbpf_btf answer;
	int err;

	if (!name)
		return ret_err(-EINVAL);
	h = wbpf_handler_find ? wbpf_handler_find(name) : NULL;
	err = h ? 0 : ask(name, &answer);
	if (err == -ESRCH && wbpf_handler_fallback)
		h = wbpf_handler_fallback();
	if (h) {
		give(h, prog_type, attach_type);
		return 0;
	}
	if (err)
		return ret_err(err);
	*prog_type = (enum bpf_prog_type)answer.prog_type;
	*attach_type = (enum bpf_attach_type)answer.attach_type;
	return 0;
}

int libbpf_attach_type_by_name(const char *name, enum bpf_attach_type *attach_type)
{
	struct wbpf_btf answer;

	/* A custom handler's sections are none that libbpf could attach. */
	if (!name || (wbpf_handler_find && wbpf_handler_find(name)) || ask(name, &answer) ||
	    !(answer.flags & WBPF_SECTION_ATTACHABLE))
		return ret_err(-EINVAL);
	*attach_type = (enum bpf_attach_type)answer.attach_type;
	return 0;
}
