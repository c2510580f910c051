// SPDX-License-Identifier: BSD-2-Clause
/*
 * Custom section handlers. They are the module's: the host's libbpf opens and loads the programs as
 * ones of no section that it knows, and what the handlers want is set from here.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/handlers.h"

static struct wbpf_handler *handlers; /* newest last; one without section is the fallback */
static int last_id;

static struct wbpf_handler *fallback(void)
{
	struct wbpf_handler *h = handlers;

	while (h && h->section)
		h = h->next;
	return h;
}

/* "type/" needs more behind it, "type+" takes nothing or "/more", all else is the whole name. */
static bool matches(const char *pattern, const char *name)
{
	size_t len = strlen(pattern);

	if (!len)
		return !name[0];
	if (pattern[len - 1] == '/')
		return !strncmp(name, pattern, len);
	if (pattern[len - 1] != '+')
		return !strcmp(name, pattern);
	return !strncmp(name, pattern, len - 1) && (!name[len - 1] || name[len - 1] == '/');
}

const struct wbpf_handler *wbpf_handler_find(const char *section)
{
	const struct wbpf_handler *h = handlers;

	while (h && (!h->section || !matches(h->section, section)))
		h = h->next;
	return h;
}

const struct wbpf_handler *wbpf_handler_fallback(void)
{
	return fallback();
}

static struct wbpf_handler *handler_new(const char *section)
{
	size_t len = section ? strlen(section) + 1 : 0;
	struct wbpf_handler *h = calloc(1, sizeof(*h) + len);

	if (h && section)
		h->section = memcpy(h + 1, section, len);
	return h;
}

int libbpf_register_prog_handler(const char *section, enum bpf_prog_type prog_type,
				 enum bpf_attach_type attach_type,
				 const struct libbpf_prog_handler_opts *opts)
{
	struct wbpf_handler *h, **end = &handlers;

	if (!opts_ok(opts, libbpf_prog_handler_opts))
		return ret_err(-EINVAL);
	if (last_id == INT_MAX)
		return ret_err(-E2BIG);
	if (!section && fallback())
		return ret_err(-EBUSY);
	h = handler_new(section);
	if (!h)
		return ret_err(-ENOMEM);
	h->prog_type = prog_type;
	h->attach_type = attach_type;
	h->cookie = opt(opts, cookie, 0);
	h->setup = opt(opts, prog_setup_fn, NULL);
	h->prepare = opt(opts, prog_prepare_load_fn, NULL);
	h->attach = opt(opts, prog_attach_fn, NULL);
	h->id = ++last_id;
	while (*end)
		end = &(*end)->next;
	*end = h;
	return h->id;
}

int libbpf_unregister_prog_handler(int id)
{
	struct wbpf_handler **p = &handlers, *h;

	if (id <= 0)
		return ret_err(-EINVAL);
	while (*p && (*p)->id != id)
		p = &(*p)->next;
	h = *p;
	if (!h)
		return ret_err(-ENOENT);
	*p = h->next;
	free(h);
	return 0;
}

/* --- opening ---------------------------------------------------------------------------------- */

/*
 * A change of type makes the host's libbpf forget what it knows of the section; one to the type
 * that the program has already needs a step aside.
 */
static int set_types(struct bpf_program *prog, const struct wbpf_handler *h)
{
	int err = 0;

	if (prog->info.type == (uint32_t)h->prog_type && h->prog_type)
		err = bpf_program__set_type(prog, BPF_PROG_TYPE_UNSPEC);
	if (!err)
		err = bpf_program__set_type(prog, h->prog_type);
	return err ? err : bpf_program__set_expected_attach_type(prog, h->attach_type);
}

static int take_handler(struct bpf_program *prog)
{
	const struct wbpf_handler *h = wbpf_handler_find(prog->section);
	int err;

	/* All that libbpf itself knows have a type. */
	if (!h && prog->info.type == BPF_PROG_TYPE_UNSPEC)
		h = fallback();
	if (!h)
		return 0;
	err = set_types(prog, h);
	if (err)
		return err;
	prog->handler = malloc(sizeof(*h));
	if (!prog->handler)
		return -ENOMEM;
	/* A copy: the handler may be unregistered while the object lives. */
	*prog->handler = *h;
	prog->handler->fallback = !h->section;
	prog->handler->section = NULL;
	err = h->setup ? h->setup(prog, h->cookie) : 0;
	if (err >= 0)
		return 0;
	warn("prog '%s': failed to initialize: %d\n", prog->name, err);
	return err;
}

int wbpf_handlers_open(struct bpf_object *obj)
{
	int err = 0;

	for (size_t i = 0; handlers && i < obj->prog_cnt && !err; i++)
		err = take_handler(&obj->progs[i]);
	return err;
}

void wbpf_handler_retype(struct bpf_program *prog)
{
	if (!prog->handler || prog->handler->fallback)
		return;
	free(prog->handler);
	prog->handler = NULL;
}

/* --- loading ---------------------------------------------------------------------------------- */

static int set_target(struct bpf_program *prog, const struct bpf_prog_load_opts *opts)
{
	struct wbpf_attach_target t = {
		.size = sizeof(t),
		.prog = (wbpf_handle)opts->attach_prog_fd,
		.btf_id = opts->attach_btf_id,
	};

	if (opts->attach_btf_obj_fd)
		return -EOPNOTSUPP; /* a module's type: only by name, as set_attach_target() has it
				     */
	return HOST(set, prog->handle, WBPF_KEY_PROG_ATTACH_TARGET, &t, sizeof(t));
}

/* What the callback changed. The rest of the options libbpf fills in itself, or nobody can. */
static int take_opts(struct bpf_program *prog, const struct bpf_prog_load_opts *was,
		     const struct bpf_prog_load_opts *opts)
{
	int err = 0;

	if (opts->expected_attach_type != was->expected_attach_type)
		err = bpf_program__set_expected_attach_type(prog, opts->expected_attach_type);
	if (!err && opts->prog_flags != was->prog_flags)
		err = bpf_program__set_flags(prog, opts->prog_flags);
	if (!err && opts->prog_ifindex != was->prog_ifindex)
		bpf_program__set_ifindex(prog, opts->prog_ifindex);
	if (!err && opts->kern_version != was->kern_version)
		err = bpf_object__set_kversion(prog->obj, opts->kern_version);
	if (!err && (opts->attach_btf_id != was->attach_btf_id ||
		     opts->attach_prog_fd != was->attach_prog_fd))
		err = set_target(prog, opts);
	return err;
}

static int prepare(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts,
		    .expected_attach_type = (enum bpf_attach_type)prog->info.expected_attach_type,
		    .kern_version = prog->obj->kernel_version, .log_level = prog->info.log_level,
		    .prog_flags = prog->info.flags);
	const struct bpf_prog_load_opts was = opts;
	int err = prog->handler->prepare(prog, &opts, prog->handler->cookie);

	if (err >= 0)
		return take_opts(prog, &was, &opts);
	warn("prog '%s': failed to prepare load attributes: %d\n", prog->name, err);
	return err;
}

static bool has_prepare(const struct bpf_program *prog)
{
	return prog->handler && prog->handler->prepare && bpf_program__autoload(prog);
}

/*
 * libbpf calls them between the relocations and the loading. One that fails fails the load: a
 * program without instructions does that at the host, too, which takes everything back.
 */
int wbpf_handlers_load(struct bpf_object *obj)
{
	struct bpf_program *prog = obj->progs, *end = obj->progs + obj->prog_cnt;
	int err = 0;

	while (prog < end && !has_prepare(prog))
		prog++;
	if (prog == end)
		return 0;
	if (obj->state < WBPF_PREPARED)
		err = bpf_object__prepare(obj);
	if (err)
		return err;
	for (prog = obj->progs; prog < end && !err; prog++) {
		if (!has_prepare(prog))
			continue;
		err = prepare(prog);
		if (err)
			bpf_program__set_insns(prog, NULL, 0);
	}
	if (err)
		wbpf_object_create(obj, true);
	return err;
}

/* --- attaching -------------------------------------------------------------------------------- */

int wbpf_handler_attach(const struct bpf_program *prog, bool automatic, struct bpf_link **link)
{
	const struct wbpf_handler *h = prog->handler;
	int err;

	if (!h->attach)
		return automatic ? 0 : -EOPNOTSUPP;
	if (!automatic && bpf_program__fd(prog) < 0) {
		warn("prog '%s': not loaded, it cannot be attached\n", prog->name);
		return -EINVAL;
	}
	err = h->attach(prog, h->cookie, link);
	if (err && automatic)
		warn("prog '%s': failed to auto-attach: %d\n", prog->name, err);
	return err || *link || automatic ? err : -EOPNOTSUPP;
}
