/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/btf_view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "host/btf_part.h"
#include "host/cache.h"

/* libbpf's own, and those that it calls instead. */
struct btf *__real_btf__load_vmlinux_btf(void);
struct btf *__real_btf_get_from_fd(int fd, struct btf *base);
int32_t __real_btf__find_by_name_kind(const struct btf *btf, const char *name, uint32_t kind);
void __real_btf__free(struct btf *btf);
struct btf *__wrap_btf__load_vmlinux_btf(void);
struct btf *__wrap_btf_get_from_fd(int fd, struct btf *base);
int32_t __wrap_btf__find_by_name_kind(const struct btf *btf, const char *name, uint32_t kind);
void __wrap_btf__free(struct btf *btf);

/* libbpf's functions have no argument that says for which object they are called. */
static _Thread_local struct btf_view *current;

enum { MAX_NOTES = 1 << 16 };

int btf_view_init(struct btf_view *v, struct cache *cache, void *bytes, size_t len,
		  const struct bpf_object *o)
{
	*v = (struct btf_view){.cache = cache, .object = o};
	int err = btf_needs_read(&v->needs, bytes, len, o);
	v->has_needs = !err;
	return err;
}

void btf_view_free(struct btf_view *v)
{
	btf_needs_free(&v->needs);
	free(v->names);
	__real_btf__free(v->whole);
	kernel_btf_free(v->kernel);
	*v = (struct btf_view){0};
}

void btf_view_enter(struct btf_view *v)
{
	current = v;
}

void btf_view_leave(void)
{
	current = NULL;
}

/* --- the part ----------------------------------------------------------------------------------
 */

/*
 * What tells this kernel's types from another's: the build's identifier, which is made from all of
 * the kernel, types included. Without one nothing is kept.
 */
static int add_kernel(struct strbuf *ret)
{
	struct utsname name;
	struct stat st;
	char notes[4096];
	ssize_t n;
	int fd = open("/sys/kernel/notes", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	while ((n = read(fd, notes, sizeof(notes))) > 0 && ret->len < MAX_NOTES)
		strbuf_add(ret, notes, (size_t)n);
	close(fd);
	if (n || !memmem(ret->data ? ret->data : "", ret->len, "GNU\0", 4) ||
	    stat("/sys/kernel/btf/" KERNEL_BTF_VMLINUX, &st) < 0 || uname(&name) < 0)
		return -ENOENT;
	strbuf_printf(ret, "%s %s %s %lld", name.release, name.version, name.machine,
		      (long long)st.st_size);
	return 0;
}

static void add_needs(const struct btf_needs *n, struct strbuf *ret)
{
	strbuf_printf(ret, "%d\n", n->ids);
	for (size_t i = 0; i < n->count; i++)
		strbuf_printf(ret, "%d %u %s\n", (int)n->all[i].how, n->all[i].kind,
			      n->all[i].name);
}

static int part_key(const struct btf_view *v, struct cache_key *key)
{
	struct strbuf kernel = {0}, needs = {0};
	int err = add_kernel(&kernel);

	add_needs(&v->needs, &needs);
	if (!err)
		err = strbuf_error(&kernel) ? -ENOMEM : strbuf_error(&needs);
	if (!err) {
		const void *const parts[] = {kernel.data, needs.data};
		const size_t sizes[] = {kernel.len, needs.len};
		cache_key(key, "kernel types 1", parts, sizes, 2);
	}
	strbuf_free(&kernel);
	strbuf_free(&needs);
	return err;
}

static int expand(struct btf_view *v, const struct strbuf *part)
{
	struct strbuf blob = {0};
	uint32_t *names = NULL;
	int err = btf_part_expand(&v->needs, part->data, part->len, &blob, &names);

	if (!err) {
		v->part = btf__new(blob.data, (uint32_t)blob.len);
		err = v->part ? 0 : -errno;
	}
	strbuf_free(&blob);
	if (err) {
		free(names);
	} else {
		free(v->names);
		v->names = names;
	}
	return err;
}

/* All of the kernel's types, not read by libbpf. 0 or a negative errno. */
static int kernel_types(struct btf_view *v, const struct kernel_btf **ret)
{
	return kernel_btf_get(&v->kernel, KERNEL_BTF_VMLINUX, ret);
}

static void keep_part(const struct btf_view *v, const struct cache_key *key,
		      const struct strbuf *part)
{
	const char *name = bpf_object__name(v->object);
	char *label = str_printf("kernel types for %s", name ? name : "an object");

	if (label)
		cache_put(v->cache, key, label, part->data, part->len);
	free(label);
}

static int make_part(struct btf_view *v, struct strbuf *part)
{
	const struct kernel_btf *kernel;
	int err = kernel_types(v, &kernel);

	return err ? err : btf_part_make(&v->needs, kernel, part);
}

/* v->part for libbpf. 0, or a negative errno, and then it shall have all types. */
static int take_part(struct btf_view *v)
{
	struct strbuf part = {0};
	struct cache_key key;
	int err = -ENOENT;
	bool cached = v->cache && !part_key(v, &key);

	if (cached && !cache_get(v->cache, &key, &part))
		err = expand(v, &part);
	v->source = BTF_VIEW_CACHE;
	if (err) {
		v->source = BTF_VIEW_MADE;
		strbuf_free(&part);
		err = make_part(v, &part);
		if (!err)
			err = expand(v, &part);
		if (!err && cached)
			keep_part(v, &key, &part);
	}
	strbuf_free(&part);
	return err;
}

/* --- in libbpf's place -------------------------------------------------------------------------
 */

struct btf *__wrap_btf__load_vmlinux_btf(void)
{
	struct btf_view *v = current;

	if (v && v->has_needs && !v->needs.whole && !v->part) {
		current = NULL; /* where the kernel's types are read with libbpf, it reads all */
		int err = take_part(v);
		current = v;
		if (!err)
			return v->part;
	}
	if (v)
		v->source = BTF_VIEW_WHOLE;
	return __real_btf__load_vmlinux_btf();
}

/* The types of modules continue the numbers and the strings of the kernel's. */
struct btf *__wrap_btf_get_from_fd(int fd, struct btf *base)
{
	struct btf_view *v = current;

	if (v && v->part && base == v->part) {
		if (!v->whole)
			v->whole = __real_btf__load_vmlinux_btf();
		v->source = BTF_VIEW_WHOLE;
		base = v->whole;
		if (!base) {
			struct btf *failed = (void *)(intptr_t)-errno; /* as libbpf tells errors */
			return failed;
		}
	}
	return __real_btf_get_from_fd(fd, base);
}

static int32_t find(struct btf_view *v, const char *name, uint32_t kind)
{
	const struct kernel_btf *kernel;

	for (size_t i = 0; i < v->needs.count; i++) {
		const struct btf_need *n = &v->needs.all[i];
		bool by_id = n->how == BTF_NEED_TARGET || n->how == BTF_NEED_NAME ||
			     n->how == BTF_NEED_STRUCT_OPS;
		if (by_id && n->kind == kind && !strcmp(n->name, name))
			return v->names[i] ? (int32_t)v->names[i] : -ENOENT;
	}
	/* A target that the module set: only its id is asked for. */
	int err = kernel_types(v, &kernel);
	return err ? err : kernel_btf_find(kernel, name, (int32_t)kind);
}

int32_t __wrap_btf__find_by_name_kind(const struct btf *btf, const char *name, uint32_t kind)
{
	struct btf_view *v = current;

	if (!v || !v->part || btf != v->part)
		return __real_btf__find_by_name_kind(btf, name, kind);
	int32_t id = find(v, name, kind);
	if (id < 0)
		errno = -id;
	return id;
}

void __wrap_btf__free(struct btf *btf)
{
	struct btf_view *v = current;

	if (v && btf && btf == v->part) {
		v->part = NULL;
		__real_btf__free(v->whole);
		v->whole = NULL;
	}
	__real_btf__free(btf);
}
