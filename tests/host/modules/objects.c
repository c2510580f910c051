/* SPDX-License-Identifier: BSD-2-Clause */
/* What a module asks of its objects beyond numbers: wrong and hostile arguments first. */
#include <linux/bpf.h>
#include <stdlib.h>

#include "host.h"

enum { L_ESRCH = -3, L_ENODATA = -61, OUTSIDE = 0x7ffff000 };

static const uint8_t object_bytes[] __attribute__((aligned(8))) = {
#embed HOST_FILE
};

static uint8_t buffer[1 << 16];

static int32_t open_object(void)
{
	int32_t object = h_object_open(A(object_bytes), sizeof(object_bytes), 0, 0);

	OK(object);
	return object;
}

static int32_t child(int32_t object, uint32_t kind)
{
	int32_t h = h_object_child(object, kind, 0);

	OK(h);
	return h;
}

static int32_t set(int32_t h, uint32_t key, uint32_t number)
{
	return h_set(h, key, A(&number), sizeof(number));
}

static struct wbpf_str str(const char *s)
{
	return (struct wbpf_str){A(s), (uint32_t)strlen(s)};
}

static int32_t ask(uint32_t op, struct wbpf_btf *q)
{
	q->size = sizeof(*q);
	return h_btf(op, A(q), sizeof(*q));
}

/* --- kernel types ------------------------------------------------------------------------------
 */

static void types(void)
{
	struct wbpf_btf q = {.of = str("vmlinux"), .name = str("task_struct"), .kind = 4};
	static const char *const strange[] = {
		"",        ".",        "..", "../btf/vmlinux",    "/etc", "a/b",
		"no_such", "vmlinux/", ".x", "vmlinux/../vmlinux"};

	EQ(ask(WBPF_BTF_FIND, &q), 0);
	EQ(q.id > 0, 1);
	q.kind = -1;
	EQ(ask(WBPF_BTF_FIND, &q), 0);
	q.kind = 99;
	EQ(ask(WBPF_BTF_FIND, &q), L_ENOENT);
	q.name = str("no such type");
	q.kind = -1;
	EQ(ask(WBPF_BTF_FIND, &q), L_ENOENT);
	q.name = (struct wbpf_str){0};
	EQ(ask(WBPF_BTF_FIND, &q), L_EINVAL);
	q.name = (struct wbpf_str){OUTSIDE, 10};
	EQ(ask(WBPF_BTF_FIND, &q), L_EFAULT);
	q.name = (struct wbpf_str){A(buffer), sizeof(buffer)};
	EQ(ask(WBPF_BTF_FIND, &q), L_EINVAL);
	q = (struct wbpf_btf){.of = str("vmlinux")};
	EQ(ask(WBPF_BTF_SIZE, &q), 0);
	EQ(q.first_id, 1);
	EQ(q.types > 1000, 1);
	uint64_t size = q.bytes;

	q = (struct wbpf_btf){.of = str("vmlinux"), .to = {A(buffer), 64}};
	EQ(ask(WBPF_BTF_READ, &q), 0);
	EQ(q.bytes, 64);
	EQ(buffer[0] == 0x9f && buffer[1] == 0xeb, 1);
	q.offset = size - 3;
	EQ(ask(WBPF_BTF_READ, &q), 0);
	EQ(q.bytes, 3);
	q.offset = size;
	EQ(ask(WBPF_BTF_READ, &q), 0);
	EQ(q.bytes, 0);
	q.offset = UINT64_MAX;
	EQ(ask(WBPF_BTF_READ, &q), 0);
	EQ(q.bytes, 0);
	q.offset = 0;
	q.to = (struct wbpf_str){OUTSIDE, 64};
	EQ(ask(WBPF_BTF_READ, &q), L_EFAULT);
	q.to = (struct wbpf_str){A(buffer), UINT32_MAX};
	EQ(ask(WBPF_BTF_READ, &q), L_EFAULT);
	for (size_t i = 0; i < sizeof(strange) / sizeof(*strange); i++) {
		q = (struct wbpf_btf){.of = str(strange[i])};
		EQ(ask(WBPF_BTF_SIZE, &q), L_ENOENT);
	}
	q = (struct wbpf_btf){0};
	EQ(ask(WBPF_BTF_SIZE, &q), L_EINVAL);
	EQ(ask(0, &q), L_EOPNOTSUPP);
	EQ(ask(99, &q), L_EOPNOTSUPP);
	EQ(h_btf(WBPF_BTF_SIZE, A(&q), sizeof(q) - 8), L_EINVAL);
	EQ(h_btf(WBPF_BTF_SIZE, OUTSIDE, sizeof(q)), L_EFAULT);
}

static void sections(void)
{
	struct wbpf_btf q = {.name = str("xdp")};

	EQ(ask(WBPF_BTF_SECTION, &q), 0);
	EQ(q.prog_type, BPF_PROG_TYPE_XDP);
	EQ(q.flags, WBPF_SECTION_ATTACHABLE);
	q.name = str("no such section");
	EQ(ask(WBPF_BTF_SECTION, &q), L_ESRCH);
	q.name = (struct wbpf_str){0};
	EQ(ask(WBPF_BTF_SECTION, &q), L_EINVAL);
}

/* --- objects ------------------------------------------------------------------------------------
 */

static void keys_of_others(void)
{
	int32_t object = open_object(), map = child(object, WBPF_KIND_MAP),
		prog = child(object, WBPF_KIND_PROG);
	static const uint32_t of_objects[] = {WBPF_KEY_OBJECT_PREPARE, WBPF_KEY_OBJECT_KVERSION};
	static const uint32_t of_progs[] = {WBPF_KEY_PROG_INSNS, WBPF_KEY_PROG_LOG,
					    WBPF_KEY_PROG_UNLOAD, WBPF_KEY_PROG_ATTACH_TARGET};

	for (int i = 0; i < 2; i++) {
		EQ(set(map, of_objects[i], 1), L_EINVAL);
		EQ(set(prog, of_objects[i], 1), L_EINVAL);
		EQ(set(0x7fffffff, of_objects[i], 1), L_EBADF);
	}
	for (int i = 0; i < 4; i++) {
		EQ(set(map, of_progs[i], 1), L_EINVAL);
		EQ(set(object, of_progs[i], 1), L_EINVAL);
	}
	EQ(set(map, WBPF_KEY_LINK_MAP, (uint32_t)map), L_EINVAL);
	EQ(set(prog, WBPF_KEY_MAP_EXCLUSIVE, (uint32_t)prog), L_EINVAL);
	EQ(set(map, WBPF_KEY_MAP_EXCLUSIVE, (uint32_t)map), L_EBADF);
	EQ(set(map, WBPF_KEY_MAP_EXCLUSIVE, 0), L_EBADF);
	EQ(h_get(map, WBPF_KEY_MAP_INNER, A(buffer), 64), L_ENOENT);
	EQ(h_get(map, WBPF_KEY_OBJECT_BTF, A(buffer), 64), L_EINVAL);
	EQ(h_get(object, WBPF_KEY_OBJECT_LOG, A(buffer), 64), L_ENODATA);
	EQ(h_get(prog, WBPF_KEY_PROG_LOG, A(buffer), 64), L_ENODATA);
	EQ(h_get(prog, WBPF_KEY_PROG_FUNC_INFO, A(buffer), 64), L_EOPNOTSUPP);
	EQ(h_get(object, WBPF_KEY_OBJECT_BTF, OUTSIDE, 64), L_EFAULT);
	OK(h_get(object, WBPF_KEY_OBJECT_BTF, 0, 0));
	EQ(h_object_child(object, WBPF_KIND_BTF, 0), L_ENOENT);
	EQ(h_close(object), 0);
}

/* libbpf relocates what it found when the object was opened. */
static void instructions(void)
{
	static struct bpf_insn nops[4096];
	int32_t object = open_object(), prog = child(object, WBPF_KIND_PROG);
	int32_t size = h_get(prog, WBPF_KEY_PROG_INSNS, 0, 0);

	OK(size);
	for (int i = 0; i < 4096; i++)
		nops[i].code = BPF_ALU64 | BPF_MOV | BPF_K;
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), (uint32_t)size - 8), L_EOPNOTSUPP);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, 0, 0), L_EOPNOTSUPP);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), (uint32_t)size + 3), L_EINVAL);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, OUTSIDE, (uint32_t)size), L_EFAULT);
	BAD(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), UINT32_MAX - 7));
	/* Half of a wide one at the end, where libbpf would patch the other half. */
	nops[size / 8 - 1].code = BPF_LD | BPF_IMM | BPF_DW;
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), (uint32_t)size), L_EINVAL);
	nops[size / 8 - 1].code = BPF_JMP | BPF_EXIT;
	/* Its relocations do not fit to these. */
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), (uint32_t)size), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), sizeof(nops)), 0);
	EQ(h_get(prog, WBPF_KEY_PROG_INSNS, 0, 0), sizeof(nops));
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(nops), (uint32_t)size - 8), L_EOPNOTSUPP);
	BAD(h_object_load(object));
	EQ(h_close(object), 0);
}

/* A program's descriptors of maps are handles, on both ways. */
static void descriptors(void)
{
	static struct bpf_insn insns[512];
	int32_t object = open_object(), prog = child(object, WBPF_KIND_PROG);
	int named = 0;

	EQ(h_set(object, WBPF_KEY_OBJECT_PREPARE, 0, 0), 0);
	EQ(h_set(object, WBPF_KEY_OBJECT_PREPARE, 0, 0), L_EINVAL);
	int32_t size = h_get(prog, WBPF_KEY_PROG_INSNS, A(insns), sizeof(insns));
	OK(size);
	for (int32_t i = 0; i < size / 8; i++) {
		if (insns[i].code != (BPF_LD | BPF_IMM | BPF_DW))
			continue;
		if (insns[i].src_reg == BPF_PSEUDO_MAP_FD ||
		    insns[i].src_reg == BPF_PSEUDO_MAP_VALUE) {
			EQ(WBPF_HANDLE_KIND(insns[i].imm), WBPF_KIND_MAP);
			EQ(WBPF_IS_HANDLE(insns[i].imm), 1);
			named++;
		}
		i++;
	}
	EQ(named > 0, 1);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(insns), (uint32_t)size), 0);
	EQ(h_object_load(object), 0);
	int32_t btf = h_object_child(object, WBPF_KIND_BTF, 0);
	OK(btf);
	EQ(h_object_child(object, WBPF_KIND_BTF, 0), btf);
	EQ(h_object_child(object, WBPF_KIND_BTF, 1), L_ENOENT);
	EQ(h_close(btf), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_INSNS, A(insns), (uint32_t)size), L_EBUSY);
	EQ(h_set(prog, WBPF_KEY_PROG_UNLOAD, 0, 0), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_UNLOAD, 0, 0), 0);
	EQ(h_close(object), 0);
	EQ(h_close(btf), L_EBADF);
}

static void logs(void)
{
	struct wbpf_open_opts opts = {.size = sizeof(opts),
				      .flags = WBPF_OPEN_LOG,
				      .kernel_log_level = 1,
				      .kernel_log_size = UINT32_MAX};
	int32_t object =
		h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), sizeof(opts));
	int32_t prog = child(object, WBPF_KIND_PROG);

	EQ(set(prog, WBPF_KEY_PROG_LOG, UINT32_MAX), 0);
	EQ(set(prog, WBPF_KEY_PROG_LOG, 0), 0);
	EQ(h_set(prog, WBPF_KEY_PROG_LOG, A(buffer), 3), L_EINVAL);
	EQ(h_set(prog, WBPF_KEY_PROG_LOG, OUTSIDE, 4), L_EFAULT);
	EQ(h_object_load(object), 0);
	int32_t len = h_get(object, WBPF_KEY_OBJECT_LOG, A(buffer), sizeof(buffer));
	EQ(len > 20, 1);
	EQ(h_get(prog, WBPF_KEY_PROG_LOG, A(buffer), sizeof(buffer)), L_ENODATA);
	EQ(set(prog, WBPF_KEY_PROG_LOG, 64), L_EBUSY);
	EQ(h_close(object), 0);
	opts.flags = WBPF_OPEN_TOKEN;
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), sizeof(opts)),
	   L_EOPNOTSUPP);
	opts = (struct wbpf_open_opts){.size = sizeof(opts), .btf_custom_path = {OUTSIDE, 9}};
	EQ(h_object_open(A(object_bytes), sizeof(object_bytes), A(&opts), sizeof(opts)), L_EFAULT);
}

/* --- attaching -----------------------------------------------------------------------------------
 */

static int32_t attach(int32_t prog, struct wbpf_attach *how)
{
	how->size = sizeof(*how);
	return h_attach(prog, A(how), sizeof(*how));
}

static void lists(void)
{
	static const char names[] = "one\0two";
	static const uint64_t numbers[4] = {1, 2, 3, 4};
	int32_t object = open_object(), prog = child(object, WBPF_KIND_PROG);
	static const uint32_t kinds[] = {WBPF_ATTACH_KPROBE_MULTI, WBPF_ATTACH_UPROBE_MULTI};

	EQ(h_object_load(object), 0);
	for (int i = 0; i < 2; i++) {
		struct wbpf_attach how = {.kind = kinds[i], .path = str("/bin/sh")};

		EQ(attach(prog, &how), L_EINVAL);
		how.count = 3;
		EQ(attach(prog, &how), L_EINVAL);
		how.syms = (struct wbpf_str){A(names), sizeof(names)};
		EQ(attach(prog, &how), L_EINVAL); /* only two */
		how.count = UINT32_MAX;
		EQ(attach(prog, &how), L_E2BIG);
		how.count = 2;
		how.syms = (struct wbpf_str){OUTSIDE, 9};
		EQ(attach(prog, &how), L_EFAULT);
		how.syms = (struct wbpf_str){A(names), UINT32_MAX};
		EQ(attach(prog, &how), L_E2BIG);
		how.syms = (struct wbpf_str){A(names), sizeof(names)};
		how.addrs = (struct wbpf_str){A(numbers), 16};
		EQ(attach(prog, &how), L_EINVAL); /* both */
		how.syms = (struct wbpf_str){0};
		how.addrs = (struct wbpf_str){A(numbers), 15};
		EQ(attach(prog, &how), L_EINVAL);
		how.addrs = (struct wbpf_str){OUTSIDE, 16};
		EQ(attach(prog, &how), L_EFAULT);
		how.addrs = (struct wbpf_str){A(numbers), 16};
		how.cookies = (struct wbpf_str){A(numbers), 32};
		EQ(attach(prog, &how), L_EINVAL);
	}
	/* What a module of version 1.0 sends. */
	struct wbpf_attach how = {.kind = WBPF_ATTACH_RAW_TRACEPOINT, .name = str("sys_enter")};
	how.size = offsetof(struct wbpf_attach, relative_id);
	EQ(h_attach(prog, A(&how), how.size), L_EINVAL); /* of another type */
	EQ(h_attach(prog, A(&how), how.size - 8), L_EINVAL);
	EQ(h_close(object), 0);
}

static void targets(void)
{
	int32_t object = open_object(), prog = child(object, WBPF_KIND_PROG);
	struct wbpf_attach_target t = {.size = sizeof(t), .btf_id = 0x7fffffff};

	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), L_EOPNOTSUPP);
	t.prog = 0x7fffffff;
	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), L_EOPNOTSUPP);
	t.btf_id = 0;
	t.prog = -1;
	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), L_EINVAL);
	t.prog = 0;
	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), L_EINVAL);
	t.func = (struct wbpf_str){OUTSIDE, 4};
	EQ(h_set(prog, WBPF_KEY_PROG_ATTACH_TARGET, A(&t), sizeof(t)), L_EFAULT);
	EQ(h_close(object), 0);
}

int main(void)
{
	begin();
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
	if (h_bpf(BPF_MAP_CREATE, A(&a), sizeof(a)) == L_EPERM) {
		puts("SKIP: this machine does not let this user load BPF programs");
		return 77;
	}
	types();
	sections();
	keys_of_others();
	instructions();
	descriptors();
	logs();
	lists();
	targets();
	return end();
}
