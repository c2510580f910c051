/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpf(): bpf(2) for the module. A table says for each command which fields of the kernel's union
 * bpf_attr hold descriptors (translated from handles) and which hold pointers (translated from
 * addresses, with the size that the kernel will touch). A command that is not in it is refused.
 *
 * Source: include/uapi/linux/bpf.h and kernel/bpf/syscall.c.
 */
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/instance.h"

enum { MAX_FIELDS = 7, MAX_PATH = 4096, MAX_INFO = 4096 };

/* What a field is. */
enum what {
	END,
	MAP_FD,       /* handle of a map; the map whose sizes the pointer fields mean */
	OTHER_MAP_FD, /* handle of another map; 0: none */
	PROG_FD,
	LINK_FD,
	BTF_FD,
	ANY_FD,
	OPTIONAL_FD, /* handle of anything; 0: none */
	RELATIVE_FD, /* the same, but an id when attach_flags has BPF_F_ID */
	TARGET_FD,   /* handle of anything, or what the attach type wants instead */
	KEY,         /* pointer to a key; 0 where the kernel allows it */
	VALUE,       /* pointer to a value, all possible CPUs of it in a per-CPU map */
	KEYS,        /* pointer to batch.count keys */
	VALUES,      /* pointer to batch.count values */
	BATCH,       /* pointer to a batch position */
	INFO,        /* pointer to info.info_len bytes, which go through a copy */
	BYTES,       /* pointer to as many bytes as the u32 at size_off says */
	PATH,        /* pointer to a NUL-terminated path */
};

struct field {
	enum what what;
	uint16_t off;
	uint16_t size_off; /* for BYTES */
};

enum result { PLAIN, NEW_MAP, NEW_BTF, NEW_LINK, NEW_FILE };

struct command {
	bool allowed;
	enum result result;
	struct field fields[MAX_FIELDS];
};

#define AT(member) offsetof(union bpf_attr, member)

/* clang-format off */
static const struct command commands[] = {
	[BPF_MAP_CREATE] = { true, NEW_MAP, 
		{ { OTHER_MAP_FD, AT(inner_map_fd) }, { BTF_FD, AT(btf_fd) },
		  { OPTIONAL_FD, AT(value_type_btf_obj_fd) }, { OPTIONAL_FD, AT(map_token_fd) },
		  { BYTES, AT(excl_prog_hash), AT(excl_prog_hash_size) } } },
	[BPF_MAP_LOOKUP_ELEM] = { true, PLAIN,
		{ { MAP_FD, AT(map_fd) }, { KEY, AT(key) }, { VALUE, AT(value) } } },
	[BPF_MAP_UPDATE_ELEM] = { true, PLAIN,
		{ { MAP_FD, AT(map_fd) }, { KEY, AT(key) }, { VALUE, AT(value) } } },
	[BPF_MAP_DELETE_ELEM] = { true, PLAIN, { { MAP_FD, AT(map_fd) }, { KEY, AT(key) } } },
	[BPF_MAP_GET_NEXT_KEY] = { true, PLAIN,
		{ { MAP_FD, AT(map_fd) }, { KEY, AT(key) }, { KEY, AT(next_key) } } },
	[BPF_MAP_LOOKUP_AND_DELETE_ELEM] = { true, PLAIN,
		{ { MAP_FD, AT(map_fd) }, { KEY, AT(key) }, { VALUE, AT(value) } } },
	[BPF_MAP_FREEZE] = { true, PLAIN, { { MAP_FD, AT(map_fd) } } },
	[BPF_MAP_LOOKUP_BATCH] = { true, PLAIN,
		{ { MAP_FD, AT(batch.map_fd) }, { BATCH, AT(batch.in_batch) }, { BATCH, AT(batch.out_batch) },
		  { KEYS, AT(batch.keys) }, { VALUES, AT(batch.values) } } },
	[BPF_MAP_LOOKUP_AND_DELETE_BATCH] = { true, PLAIN,
		{ { MAP_FD, AT(batch.map_fd) }, { BATCH, AT(batch.in_batch) }, { BATCH, AT(batch.out_batch) },
		  { KEYS, AT(batch.keys) }, { VALUES, AT(batch.values) } } },
	[BPF_MAP_UPDATE_BATCH] = { true, PLAIN,
		{ { MAP_FD, AT(batch.map_fd) }, { KEYS, AT(batch.keys) }, { VALUES, AT(batch.values) } } },
	[BPF_MAP_DELETE_BATCH] = { true, PLAIN, { { MAP_FD, AT(batch.map_fd) }, { KEYS, AT(batch.keys) } } },
	[BPF_PROG_ATTACH] = { true, PLAIN,
		{ { TARGET_FD, AT(target_fd) }, { PROG_FD, AT(attach_bpf_fd) }, { OPTIONAL_FD, AT(replace_bpf_fd) },
		  { RELATIVE_FD, AT(relative_fd) } } },
	[BPF_PROG_DETACH] = { true, PLAIN,
		{ { TARGET_FD, AT(target_fd) }, { OPTIONAL_FD, AT(attach_bpf_fd) }, { RELATIVE_FD, AT(relative_fd) } } },
	[BPF_PROG_TEST_RUN] = { true, PLAIN,
		{ { PROG_FD, AT(test.prog_fd) },
		  { BYTES, AT(test.data_in), AT(test.data_size_in) },
		  { BYTES, AT(test.data_out), AT(test.data_size_out) },
		  { BYTES, AT(test.ctx_in), AT(test.ctx_size_in) },
		  { BYTES, AT(test.ctx_out), AT(test.ctx_size_out) } } },
	[BPF_OBJ_GET_INFO_BY_FD] = { true, PLAIN, { { ANY_FD, AT(info.bpf_fd) }, { INFO, AT(info.info) } } },
	[BPF_OBJ_PIN] = { true, PLAIN, { { PATH, AT(pathname) }, { ANY_FD, AT(bpf_fd) }, { OPTIONAL_FD, AT(path_fd) } } },
	[BPF_LINK_UPDATE] = { true, PLAIN,
		{ { LINK_FD, AT(link_update.link_fd) },
		  { ANY_FD, AT(link_update.new_prog_fd) }, /* a map's for struct_ops */
		  { OPTIONAL_FD, AT(link_update.old_prog_fd) } } },
	[BPF_LINK_DETACH] = { true, PLAIN, { { LINK_FD, AT(link_detach.link_fd) } } },
	[BPF_PROG_BIND_MAP] = { true, PLAIN,
		{ { PROG_FD, AT(prog_bind_map.prog_fd) }, { OTHER_MAP_FD, AT(prog_bind_map.map_fd) } } },
	[BPF_ITER_CREATE] = { true, NEW_FILE, { { LINK_FD, AT(iter_create.link_fd) } } },
};
/* clang-format on */

/*
 * What is checked is copied before: a BPF program may write to the module's memory any time. Few
 * commands need these, so they are not cleared for each.
 */
struct copies {
	char path[MAX_PATH];
	uint8_t info[MAX_INFO] __attribute__((aligned(8)));
};

/* One call under way. */
struct run {
	struct instance *in;
	union bpf_attr attr;
	const struct handle *map;
	const struct handle *of; /* whose info */
	/* A map whose values or keys hold descriptors gets a translated copy of the first bytes. */
	uint8_t translated[8];
	wbpf_addr info_addr;
	uint64_t info_hash; /* the module's address of a map's hash */
	struct copies *copies;
};

static bool is_percpu(uint32_t type)
{
	return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

/* Values that are a descriptor when written and an id when read. */
static bool value_is_fd(uint32_t type)
{
	switch (type) {
	case BPF_MAP_TYPE_PROG_ARRAY:
	case BPF_MAP_TYPE_PERF_EVENT_ARRAY:
	case BPF_MAP_TYPE_CGROUP_ARRAY:
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
	case BPF_MAP_TYPE_SOCKMAP:
	case BPF_MAP_TYPE_SOCKHASH:
	case BPF_MAP_TYPE_REUSEPORT_SOCKARRAY:
	case BPF_MAP_TYPE_XSKMAP:
		return true;
	default:
		return false;
	}
}

/* An int, then the descriptor of a program or 0. */
static bool value_ends_in_fd(uint32_t type)
{
	return type == BPF_MAP_TYPE_DEVMAP || type == BPF_MAP_TYPE_DEVMAP_HASH ||
	       type == BPF_MAP_TYPE_CPUMAP;
}

static bool key_is_fd(uint32_t type)
{
	return type == BPF_MAP_TYPE_SK_STORAGE || type == BPF_MAP_TYPE_TASK_STORAGE ||
	       type == BPF_MAP_TYPE_INODE_STORAGE || type == BPF_MAP_TYPE_CGRP_STORAGE;
}

/* Bytes that the kernel reads or writes for one value of the map (bpf_map_value_size()). */
static uint64_t value_bytes(const struct instance *in, const struct handle *map)
{
	uint64_t size = map->value_size;

	if (is_percpu(map->map_type))
		return ((size + 7) & ~UINT64_C(7)) * in->possible_cpus;
	if (value_is_fd(map->map_type) && size < 4)
		return 4;
	return size;
}

static uint32_t u32_at(const union bpf_attr *a, size_t off)
{
	uint32_t v;

	memcpy(&v, (const uint8_t *)a + off, sizeof(v));
	return v;
}

/* tcx and netkit take an interface index; the flow dissector is of this network namespace. */
static bool target_is_fd(const union bpf_attr *a, wbpf_handle value)
{
	switch (a->attach_type) {
	case BPF_TCX_INGRESS:
	case BPF_TCX_EGRESS:
	case BPF_NETKIT_PRIMARY:
	case BPF_NETKIT_PEER:
		return false;
	case BPF_FLOW_DISSECTOR:
		return value;
	default:
		return true;
	}
}

static int translate_fd(struct run *r, const struct field *f)
{
	static const uint8_t kinds[] = {
		[MAP_FD] = WBPF_KIND_MAP,
		[OTHER_MAP_FD] = WBPF_KIND_MAP,
		[PROG_FD] = WBPF_KIND_PROG,
		[LINK_FD] = WBPF_KIND_LINK,
		[BTF_FD] = WBPF_KIND_BTF,
		[ANY_FD] = 0,
		[OPTIONAL_FD] = 0,
		[RELATIVE_FD] = 0,
		[TARGET_FD] = 0,
	};
	wbpf_handle value = (wbpf_handle)u32_at(&r->attr, f->off);
	bool optional = f->what == OTHER_MAP_FD || f->what == BTF_FD || f->what == OPTIONAL_FD ||
			f->what == RELATIVE_FD;

	/* 0 is the kernel's "none" in these fields. */
	if (!value && optional)
		return 0;
	if (f->what == RELATIVE_FD && r->attr.attach_flags & BPF_F_ID)
		return 0;
	if (f->what == TARGET_FD && !target_is_fd(&r->attr, value))
		return 0;
	const struct handle *h = handle_find(&r->in->handles, value, kinds[f->what]);
	if (!h || h->fd < 0)
		return -EBADF;
	if (f->what == MAP_FD)
		r->map = h;
	r->of = h;
	memcpy((uint8_t *)&r->attr + f->off, &h->fd, sizeof(h->fd));
	return 0;
}

/* How many bytes the pointer of a field names. */
static uint64_t pointer_bytes(const struct run *r, const struct field *f)
{
	switch (f->what) {
	case KEY:
		return r->map->key_size;
	case VALUE:
		return value_bytes(r->in, r->map);
	case KEYS:
		return (uint64_t)r->attr.batch.count * r->map->key_size;
	case VALUES:
		return r->attr.batch.count * value_bytes(r->in, r->map);
	case BATCH: /* a u32 for hashes and arrays, else a key */
		return r->map->key_size > 4 ? r->map->key_size : 4;
	case BYTES:
		return u32_at(&r->attr, f->size_off);
	default:
		return 0;
	}
}

static int translate_path(struct run *r, uint32_t addr, const void **ret)
{
	const struct memory *m = r->in->memory;
	const char *p = memory_read(m, addr, 1);

	if (!p)
		return -EFAULT;
	size_t left = m->size - (size_t)addr;
	size_t max = left < MAX_PATH ? left : MAX_PATH;
	memcpy(r->copies->path, p, max);
	if (strnlen(r->copies->path, max) == max)
		return -ENAMETOOLONG;
	*ret = r->copies->path;
	return 0;
}

/* A map's info has a pointer, to where its hash shall be written. */
static int translate_map_info(struct run *r, uint32_t len)
{
	const size_t hash = offsetof(struct bpf_map_info, hash);
	const size_t end = offsetof(struct bpf_map_info, hash_size) + sizeof(uint32_t);
	struct bpf_map_info info = {0};

	for (size_t i = end; i < len; i++)
		if (r->copies->info[i])
			return -EOPNOTSUPP;
	memcpy(&info, r->copies->info, len < sizeof(info) ? len : sizeof(info));
	r->info_hash = info.hash;
	if (!info.hash)
		return 0;
	const void *p = info.hash > UINT32_MAX
				? NULL
				: memory_read(r->in->memory, (uint32_t)info.hash, info.hash_size);
	if (!p || len < hash + sizeof(info.hash))
		return -EFAULT;
	info.hash = (uint64_t)(uintptr_t)p;
	memcpy(r->copies->info + hash, &info.hash, sizeof(info.hash));
	return 0;
}

static int translate_info(struct run *r, uint32_t addr, const void **ret)
{
	const struct handle *h = r->of;
	uint32_t len = r->attr.info.info_len;

	if (len > MAX_INFO)
		return -E2BIG;
	if (!memory_write(r->in->memory, addr, len) ||
	    memory_copy_in(r->in->memory, r->copies->info, addr, len))
		return -EFAULT;
	r->info_addr = addr;
	*ret = r->copies->info;
	if (h->kind == WBPF_KIND_MAP)
		return translate_map_info(r, len);
	for (uint32_t i = 0; i < len; i++) /* other kinds' have more pointers than these */
		if (r->copies->info[i])
			return -EOPNOTSUPP;
	return 0;
}

static int give_info(struct run *r, uint32_t sent_len)
{
	const size_t hash = offsetof(struct bpf_map_info, hash);
	uint32_t len = r->attr.info.info_len < sent_len ? r->attr.info.info_len : sent_len;

	if (r->info_hash)
		memcpy(r->copies->info + hash, &r->info_hash, sizeof(r->info_hash));
	return memory_copy_out(r->in->memory, r->info_addr, r->copies->info, len);
}

static int translate_pointer(struct run *r, const struct field *f)
{
	uint64_t addr;
	const void *p;

	memcpy(&addr, (uint8_t *)&r->attr + f->off, sizeof(addr));
	if (!addr) /* none: a queue's key, the first key's predecessor, an output not wanted */
		return 0;
	if (addr > UINT32_MAX)
		return -EFAULT;
	if (f->what == PATH || f->what == INFO) {
		int err = f->what == PATH ? translate_path(r, (uint32_t)addr, &p)
					  : translate_info(r, (uint32_t)addr, &p);
		if (err)
			return err;
	} else {
		/* The kernel itself checks that what it writes is writable. */
		p = memory_read(r->in->memory, (uint32_t)addr, pointer_bytes(r, f));
		if (!p)
			return -EFAULT;
	}
	uint64_t host = (uint64_t)(uintptr_t)p;
	memcpy((uint8_t *)&r->attr + f->off, &host, sizeof(host));
	return 0;
}

/* The attr field at off holds a (translated) pointer to a value or key whose 32-bit word is a
 * handle. */
static int translate_content(struct run *r, size_t off, size_t word, bool optional)
{
	uint64_t host;
	int32_t value;

	memcpy(&host, (uint8_t *)&r->attr + off, sizeof(host));
	if (!host)
		return 0;
	uint32_t size = off == AT(key) ? r->map->key_size : r->map->value_size;
	if (size > sizeof(r->translated) || size < word + sizeof(value))
		return size < word + sizeof(value) ? 0 : -EOPNOTSUPP;
	memcpy(r->translated, (const void *)(uintptr_t)host, size);
	memcpy(&value, r->translated + word, sizeof(value));
	if (!value && optional)
		return 0;
	int fd = instance_fd(r->in, value, 0);
	if (fd < 0)
		return fd;
	memcpy(r->translated + word, &fd, sizeof(fd));
	host = (uint64_t)(uintptr_t)r->translated;
	memcpy((uint8_t *)&r->attr + off, &host, sizeof(host));
	return 0;
}

static int translate_contents(struct run *r, uint32_t cmd)
{
	uint32_t type = r->map->map_type;

	if (cmd == BPF_MAP_UPDATE_ELEM && type == BPF_MAP_TYPE_STRUCT_OPS)
		return -EOPNOTSUPP; /* programs' descriptors where the kernel's type says */
	if (cmd == BPF_MAP_UPDATE_ELEM && value_is_fd(type))
		return translate_content(r, AT(value), 0, false);
	if (cmd == BPF_MAP_UPDATE_ELEM && value_ends_in_fd(type))
		return translate_content(r, AT(value), 4, true);
	if (key_is_fd(type) && cmd != BPF_MAP_GET_NEXT_KEY && cmd != BPF_MAP_FREEZE)
		return translate_content(r, AT(key), 0, false);
	if (cmd == BPF_MAP_UPDATE_BATCH && (value_is_fd(type) || value_ends_in_fd(type)))
		return -EOPNOTSUPP;
	return 0;
}

static int32_t finish(struct run *r, const struct command *c, long ret)
{
	static const uint8_t kinds[] = {[NEW_MAP] = WBPF_KIND_MAP,
					[NEW_BTF] = WBPF_KIND_BTF,
					[NEW_LINK] = WBPF_KIND_LINK,
					[NEW_FILE] = WBPF_KIND_FILE};

	if (c->result == PLAIN)
		return (int32_t)ret;
	wbpf_handle value = instance_add_fd(r->in, kinds[c->result], (int)ret);
	struct handle *h = value < 0 ? NULL : handle_find(&r->in->handles, value, WBPF_KIND_MAP);
	if (h) {
		h->map_type = r->attr.map_type;
		h->key_size = r->attr.key_size;
		h->value_size = r->attr.value_size;
	}
	return value;
}

/*
 * Fields that the kernel writes into attr itself (batch.count, test.*, info.info_len) go back; the
 * translated descriptors and pointers do not.
 */
static int give_back(struct instance *in, wbpf_addr addr, uint32_t size, const union bpf_attr *sent,
		     const union bpf_attr *after)
{
	uint8_t *out = memory_write(in->memory, addr, size);
	const uint8_t *s = (const uint8_t *)sent, *a = (const uint8_t *)after;

	if (!memcmp(sent, after, sizeof(*sent)))
		return 0;
	if (!out)
		return -EFAULT;
	for (uint32_t i = 0; i < size && i < sizeof(*sent); i++)
		if (a[i] != s[i])
			out[i] = a[i];
	return 0;
}

int32_t call_bpf(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size)
{
	struct copies copies;
	struct run r = {.in = in, .copies = &copies};
	int err = instance_struct(in, &r.attr, sizeof(r.attr), 0, addr, size);

	if (cmd >= sizeof(commands) / sizeof(*commands) || !commands[cmd].allowed)
		return -EPERM;
	if (err)
		return err;
	const struct command *c = &commands[cmd];
	for (const struct field *f = c->fields; f < c->fields + MAX_FIELDS && f->what && !err; f++)
		err = f->what <= TARGET_FD ? translate_fd(&r, f) : translate_pointer(&r, f);
	if (!err && r.map)
		err = translate_contents(&r, cmd);
	if (err)
		return err;

	const union bpf_attr sent = r.attr;
	long ret = syscall(SYS_bpf, cmd, &r.attr, size < sizeof(r.attr) ? size : sizeof(r.attr));
	if (ret < 0)
		ret = -errno;
	err = give_back(in, addr, size, &sent, &r.attr);
	if (!err && !ret && r.info_addr)
		err = give_info(&r, sent.info.info_len);
	if (err && ret > 0 && c->result != PLAIN)
		close((int)ret);
	return err ? err : finish(&r, c, ret);
}
