// SPDX-License-Identifier: BSD-2-Clause
/* Attaching to many functions at once, by a pattern or by lists. */
#include <stdlib.h>

#include "guest/libbpf/attach.h"

/* Lists on their way to the host, which reads them as the kernel has them. */
struct lists {
	char *syms;
	uint64_t *addrs, *ref_ctrs;
};

/* Names, each with its NUL. */
static int pack_names(const char *const *names, size_t count, char **ret, struct wbpf_str *to)
{
	size_t len = 0;
	char *p;

	for (size_t i = 0; i < count; i++)
		len += (names[i] ? strlen(names[i]) : 0) + 1;
	*ret = p = malloc(len ? len : 1);
	if (!p)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		p = stpcpy(p, names[i] ? names[i] : "") + 1;
	*to = (struct wbpf_str){.addr = (wbpf_addr)(uintptr_t)*ret, .len = len};
	return 0;
}

/*
 * An unsigned long has 32 bits here and 64 there. An address of the kernel, whose upper bits are
 * all set, lost them when the program took it, and gets them back; an offset never had any.
 */
static int widen(const unsigned long *list, size_t count, bool kernel, uint64_t **ret,
		 struct wbpf_str *to)
{
	*ret = calloc(count ? count : 1, sizeof(**ret));
	if (!*ret)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		(*ret)[i] = kernel ? (uint64_t)(int64_t)(long)list[i] : list[i];
	*to = (struct wbpf_str){.addr = (wbpf_addr)(uintptr_t)*ret, .len = count * sizeof(**ret)};
	return 0;
}

static struct wbpf_str cookies_of(const uint64_t *cookies, size_t count)
{
	return (struct wbpf_str){.addr = (wbpf_addr)(uintptr_t)cookies,
				 .len = count * sizeof(*cookies)};
}

static struct bpf_link *attach_lists(const struct bpf_program *prog, struct wbpf_attach *how,
				     struct lists *l, int err)
{
	struct bpf_link *link = err ? ret_null(err) : wbpf_attach(prog->handle, how);

	free(l->syms);
	free(l->addrs);
	free(l->ref_ctrs);
	return link;
}

static uint32_t flags_of(bool retprobe, bool session, bool unique)
{
	return (retprobe ? WBPF_ATTACH_RETURN : 0) | (session ? WBPF_ATTACH_SESSION : 0) |
	       (unique ? WBPF_ATTACH_UNIQUE : 0);
}

struct bpf_link *bpf_program__attach_kprobe_multi_opts(const struct bpf_program *prog,
						       const char *pattern,
						       const struct bpf_kprobe_multi_opts *opts)
{
	size_t count = opt(opts, cnt, 0);
	struct lists l = {0};
	struct wbpf_attach how = {
		.kind = WBPF_ATTACH_KPROBE_MULTI,
		.name = wbpf_str(pattern),
		.flags = flags_of(opt(opts, retprobe, false), opt(opts, session, false),
				  opt(opts, unique_match, false)),
		.cookies = cookies_of(opt(opts, cookies, NULL), count),
		.count = count,
	};
	int err = 0;

	if (!opts_ok(opts, bpf_kprobe_multi_opts))
		return ret_null(-EINVAL);
	if (opt(opts, syms, NULL))
		err = pack_names(opts->syms, count, &l.syms, &how.syms);
	if (!err && opt(opts, addrs, NULL))
		err = widen(opts->addrs, count, true, &l.addrs, &how.addrs);
	return attach_lists(prog, &how, &l, err);
}

struct bpf_link *bpf_program__attach_uprobe_multi(const struct bpf_program *prog, pid_t pid,
						  const char *path, const char *pattern,
						  const struct bpf_uprobe_multi_opts *opts)
{
	size_t count = opt(opts, cnt, 0);
	struct lists l = {0};
	struct wbpf_attach how = {
		.kind = WBPF_ATTACH_UPROBE_MULTI,
		.path = wbpf_str(path),
		.name = wbpf_str(pattern),
		.pid = pid,
		.flags = flags_of(opt(opts, retprobe, false), opt(opts, session, false), false),
		.cookies = cookies_of(opt(opts, cookies, NULL), count),
		.count = count,
	};
	int err = 0;

	if (!opts_ok(opts, bpf_uprobe_multi_opts))
		return ret_null(-EINVAL);
	if (opt(opts, syms, NULL))
		err = pack_names(opts->syms, count, &l.syms, &how.syms);
	if (!err && opt(opts, offsets, NULL))
		err = widen(opts->offsets, count, false, &l.addrs, &how.addrs);
	if (!err && opt(opts, ref_ctr_offsets, NULL))
		err = widen(opts->ref_ctr_offsets, count, false, &l.ref_ctrs, &how.ref_ctrs);
	return attach_lists(prog, &how, &l, err);
}
