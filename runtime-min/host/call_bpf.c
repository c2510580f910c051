/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpf(): bpf(2) for the module. A table says for each command which fields of the kernel's union
 * bpf_attr hold descriptors (translated from handles) and which hold pointers (translated from
 * addresses, with the size that the kernel will touch); bpf_run.h says how. A command that is not
 * in it is refused, and so is a field that is not: it could be a pointer.
 *
 * Source: include/uapi/linux/bpf.h and kernel/bpf/syscall.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/bpf_run.h"
#include "host/calls.h"
#include "host/stats.h"

/* What kind of handle a command's result becomes. */
enum { PLAIN, NEW_BTF = WBPF_KIND_BTF, NEW_LINK = WBPF_KIND_LINK, NEW_FILE = WBPF_KIND_FILE };
enum { NO_MAP = UINT16_MAX };

struct command {
	uint16_t end; /* bytes of union bpf_attr that are known; 0: the command is not passed on */
	uint16_t map_at; /* of a command on elements: where the map's handle is; else NO_MAP */
	uint8_t result;
	struct field fields[MAX_FIELDS];
	int (*before)(struct run *r);
	int32_t (*after)(struct run *r, long ret); /* in place of result */
};

#define AT(member) offsetof(union bpf_attr, member)
#define END(member) (uint16_t)(AT(member) + sizeof(((union bpf_attr *)0)->member))

static int32_t new_map(struct run *r, long ret);

/* clang-format off */
#define BATCH_FIELDS                                                                               \
	{ { BATCH, AT(batch.in_batch) }, { BATCH, AT(batch.out_batch) }, { KEYS, AT(batch.keys) }, \
	  { VALUES, AT(batch.values) } }

static const struct command commands[] = {
	[BPF_MAP_CREATE] = { END(excl_prog_hash_size), NO_MAP, PLAIN,
		{ { OPTIONAL_HANDLE, AT(inner_map_fd) }, { OPTIONAL_HANDLE, AT(btf_fd) },
		  { OPTIONAL_HANDLE, AT(value_type_btf_obj_fd) }, { OPTIONAL_HANDLE, AT(map_token_fd) },
		  { BYTES, AT(excl_prog_hash), AT(excl_prog_hash_size) } }, run_map_create, new_map },
	[BPF_MAP_LOOKUP_ELEM] = { END(flags), AT(map_fd), PLAIN,
		{ { KEY, AT(key) }, { VALUE, AT(value) } }, run_element },
	[BPF_MAP_UPDATE_ELEM] = { END(flags), AT(map_fd), PLAIN,
		{ { KEY, AT(key) }, { VALUE, AT(value) } }, run_element },
	[BPF_MAP_DELETE_ELEM] = { END(flags), AT(map_fd), PLAIN, { { KEY, AT(key) } }, run_element },
	[BPF_MAP_GET_NEXT_KEY] = { END(next_key), AT(map_fd), PLAIN,
		{ { KEY, AT(key) }, { KEY, AT(next_key) } }, run_element },
	[BPF_MAP_LOOKUP_AND_DELETE_ELEM] = { END(flags), AT(map_fd), PLAIN,
		{ { KEY, AT(key) }, { VALUE, AT(value) } }, run_element },
	[BPF_MAP_FREEZE] = { END(map_fd), NO_MAP, PLAIN, { { HANDLE, AT(map_fd) } } },
	[BPF_MAP_LOOKUP_BATCH] = { END(batch.flags), AT(batch.map_fd), PLAIN, BATCH_FIELDS, run_batch },
	[BPF_MAP_LOOKUP_AND_DELETE_BATCH] = { END(batch.flags), AT(batch.map_fd), PLAIN, BATCH_FIELDS, run_batch },
	[BPF_MAP_UPDATE_BATCH] = { END(batch.flags), AT(batch.map_fd), PLAIN, BATCH_FIELDS, run_batch },
	[BPF_MAP_DELETE_BATCH] = { END(batch.flags), AT(batch.map_fd), PLAIN, BATCH_FIELDS, run_batch },
	[BPF_PROG_LOAD] = { END(keyring_id), NO_MAP, PLAIN,
		{ { STRING, AT(license) }, { BYTES, AT(log_buf), AT(log_size) },
		  { RECORDS, AT(func_info), AT(func_info_cnt), AT(func_info_rec_size) },
		  { RECORDS, AT(line_info), AT(line_info_cnt), AT(line_info_rec_size) },
		  { RECORDS, AT(core_relos), AT(core_relo_cnt), AT(core_relo_rec_size) },
		  { OPTIONAL_HANDLE, AT(prog_btf_fd) }, { OPTIONAL_HANDLE, AT(attach_prog_fd) },
		  { OPTIONAL_HANDLE, AT(prog_token_fd) }, { BYTES, AT(signature), AT(signature_size) } },
		run_prog_load, run_prog_loaded },
	[BPF_OBJ_PIN] = { END(path_fd), NO_MAP, PLAIN,
		{ { STRING, AT(pathname) }, { HANDLE, AT(bpf_fd) }, { OPTIONAL_HANDLE, AT(path_fd) } } },
	[BPF_OBJ_GET] = { END(path_fd), NO_MAP, PLAIN,
		{ { STRING, AT(pathname) }, { OPTIONAL_HANDLE, AT(path_fd) } }, NULL, run_got_by_path },
	[BPF_PROG_ATTACH] = { END(expected_revision), NO_MAP, PLAIN,
		{ { HANDLE, AT(attach_bpf_fd) }, { OPTIONAL_HANDLE, AT(replace_bpf_fd) },
		  { RELATIVE_HANDLE, AT(relative_fd), AT(attach_flags) } }, run_attach_target },
	[BPF_PROG_DETACH] = { END(expected_revision), NO_MAP, PLAIN,
		{ { OPTIONAL_HANDLE, AT(attach_bpf_fd) }, { OPTIONAL_HANDLE, AT(replace_bpf_fd) },
		  { RELATIVE_HANDLE, AT(relative_fd), AT(attach_flags) } }, run_attach_target },
	[BPF_PROG_TEST_RUN] = { END(test.batch_size), NO_MAP, PLAIN,
		{ { HANDLE, AT(test.prog_fd) },
		  { BYTES, AT(test.data_in), AT(test.data_size_in) },
		  { BYTES, AT(test.data_out), AT(test.data_size_out) },
		  { BYTES, AT(test.ctx_in), AT(test.ctx_size_in) },
		  { BYTES, AT(test.ctx_out), AT(test.ctx_size_out) } }, run_test, run_tested },
	[BPF_PROG_GET_NEXT_ID] = { END(open_flags), NO_MAP },
	[BPF_MAP_GET_NEXT_ID] = { END(open_flags), NO_MAP },
	[BPF_BTF_GET_NEXT_ID] = { END(open_flags), NO_MAP },
	[BPF_LINK_GET_NEXT_ID] = { END(open_flags), NO_MAP },
	[BPF_PROG_GET_FD_BY_ID] = { END(open_flags), NO_MAP, PLAIN, { { 0 } }, NULL, run_got_by_id },
	[BPF_MAP_GET_FD_BY_ID] = { END(open_flags), NO_MAP, PLAIN, { { 0 } }, NULL, run_got_by_id },
	[BPF_LINK_GET_FD_BY_ID] = { END(open_flags), NO_MAP, PLAIN, { { 0 } }, NULL, run_got_by_id },
	[BPF_BTF_GET_FD_BY_ID] = { END(fd_by_id_token_fd), NO_MAP, NEW_BTF,
		{ { OPTIONAL_HANDLE, AT(fd_by_id_token_fd) } } },
	[BPF_OBJ_GET_INFO_BY_FD] = { END(info.info), NO_MAP, PLAIN,
		{ { HANDLE, AT(info.bpf_fd) } }, run_info, run_info_given },
	[BPF_PROG_QUERY] = { END(query.revision), NO_MAP, PLAIN,
		{ { NUMBERS, AT(query.prog_ids), AT(query.count), 4 },
		  { NUMBERS, AT(query.prog_attach_flags), AT(query.count), 4 },
		  { NUMBERS, AT(query.link_ids), AT(query.count), 4 },
		  { NUMBERS, AT(query.link_attach_flags), AT(query.count), 4 } }, run_attach_target },
	[BPF_RAW_TRACEPOINT_OPEN] = { END(raw_tracepoint.cookie), NO_MAP, NEW_LINK,
		{ { STRING, AT(raw_tracepoint.name) }, { HANDLE, AT(raw_tracepoint.prog_fd) } } },
	[BPF_BTF_LOAD] = { END(btf_token_fd), NO_MAP, NEW_BTF,
		{ { BYTES, AT(btf), AT(btf_size) }, { BYTES, AT(btf_log_buf), AT(btf_log_size) },
		  { OPTIONAL_HANDLE, AT(btf_token_fd) } } },
	[BPF_TASK_FD_QUERY] = { END(task_fd_query.probe_addr), NO_MAP, PLAIN,
		{ { HANDLE, AT(task_fd_query.fd) },
		  { BYTES, AT(task_fd_query.buf), AT(task_fd_query.buf_len) } }, run_task_query },
	[BPF_LINK_CREATE] = { END(link_create), NO_MAP, PLAIN, { { 0 } }, run_link_create, run_link_created },
	[BPF_LINK_UPDATE] = { END(link_update), NO_MAP, PLAIN,
		{ { HANDLE, AT(link_update.link_fd) },
		  { HANDLE, AT(link_update.new_prog_fd) }, /* a map's for struct_ops */
		  { OPTIONAL_HANDLE, AT(link_update.old_prog_fd) } }, run_link_update },
	[BPF_LINK_DETACH] = { END(link_detach), NO_MAP, PLAIN, { { HANDLE, AT(link_detach.link_fd) } } },
	[BPF_ENABLE_STATS] = { END(enable_stats), NO_MAP, NEW_FILE },
	[BPF_ITER_CREATE] = { END(iter_create), NO_MAP, NEW_FILE, { { HANDLE, AT(iter_create.link_fd) } } },
	[BPF_PROG_BIND_MAP] = { END(prog_bind_map), NO_MAP, PLAIN,
		{ { HANDLE, AT(prog_bind_map.prog_fd) }, { HANDLE, AT(prog_bind_map.map_fd) } } },
	[BPF_TOKEN_CREATE] = { END(token_create), NO_MAP, NEW_FILE, { { HANDLE, AT(token_create.bpffs_fd) } } },
	[BPF_PROG_STREAM_READ_BY_FD] = { END(prog_stream_read.prog_fd), NO_MAP, PLAIN,
		{ { BYTES, AT(prog_stream_read.stream_buf), AT(prog_stream_read.stream_buf_len) },
		  { HANDLE, AT(prog_stream_read.prog_fd) } } },
	[BPF_PROG_ASSOC_STRUCT_OPS] = { END(prog_assoc_struct_ops), NO_MAP, PLAIN,
		{ { HANDLE, AT(prog_assoc_struct_ops.map_fd) }, { HANDLE, AT(prog_assoc_struct_ops.prog_fd) } } },
};
/* clang-format on */

static int32_t new_map(struct run *r, long ret)
{
	return ret < 0 ? (int32_t)ret : run_add(r, WBPF_KIND_MAP, (int)ret);
}

/*
 * Copies the fields of the module's union bpf_attr that are known. What is behind them must be
 * zero, in the words of the kernel: -EINVAL within the union as it is today, -E2BIG behind it.
 */
static int take_attr(struct run *r, const struct command *c, wbpf_addr addr, uint32_t size)
{
	const uint8_t *from = memory_read(r->in->memory, addr, size);
	uint32_t n = size < c->end ? size : c->end;

	if (!from)
		return -EFAULT;
	memcpy(&r->attr, from, n);
	memset((uint8_t *)&r->attr + n, 0, c->end - n);
	for (uint32_t i = n; i < size; i++)
		if (from[i])
			return i < sizeof(r->attr) ? -EINVAL : -E2BIG;
	memcpy(&r->first, &r->attr, sizeof(r->first));
	r->size = n;
	return 0;
}

static int prepare(struct run *r, const struct command *c)
{
	int err = c->map_at == NO_MAP ? 0 : run_take_map(r, c->map_at);

	if (!err)
		err = run_translate(r, c->fields);
	return !err && c->before ? c->before(r) : err;
}

/*
 * Fields that the kernel writes into attr itself (batch.count, test.*, info.info_len) go back; the
 * translated descriptors and pointers do not.
 */
static int give_back(const struct run *r, wbpf_addr addr, const union bpf_attr *sent)
{
	const uint8_t *before = (const uint8_t *)sent, *after = (const uint8_t *)&r->attr;

	if (!memcmp(before, after, r->size))
		return 0;
	uint8_t *out = memory_write(r->in->memory, addr, r->size);
	if (!out)
		return -EFAULT;
	for (uint32_t i = 0; i < r->size; i++)
		if (after[i] != before[i])
			out[i] = after[i];
	return 0;
}

static int32_t finish(struct run *r, const struct command *c, long ret)
{
	if (c->after)
		return c->after(r, ret);
	if (ret < 0 || c->result == PLAIN)
		return (int32_t)ret;
	return run_add(r, c->result, (int)ret);
}

static int32_t call_kernel(struct run *r, const struct command *c, wbpf_addr addr)
{
	union bpf_attr sent;

	memcpy(&sent, &r->attr, r->size);
	long ret = syscall(SYS_bpf, r->cmd, &r->attr, r->size);
	int32_t value = finish(r, c, ret < 0 ? -errno : ret);
	int err = give_back(r, addr, &sent);
	struct handle *new = err &&value > 0 ? handle_find(&r->in->handles, value, 0) : NULL;

	if (new)
		instance_close(r->in, new);
	return err ? err : value;
}

int32_t run_general(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size)
{
	struct run r;

	if (cmd >= sizeof(commands) / sizeof(*commands) || !commands[cmd].end)
		return -EPERM;
	if (in->stats)
		stats_add_call(in->stats->bpf_calls, cmd);
	r.in = in;
	r.cmd = cmd;
	r.map = NULL;
	r.state = NULL;
	r.nr_owned = 0;
	int32_t ret = take_attr(&r, &commands[cmd], addr, size);
	if (!ret)
		ret = prepare(&r, &commands[cmd]);
	if (!ret)
		ret = call_kernel(&r, &commands[cmd], addr);
	while (r.nr_owned)
		free(r.owned[--r.nr_owned]);
	return ret;
}

/*
 * Both are calls in the place of the last statement, which leave no frame behind: behind a system
 * call the processor has forgotten where the deeper ones return to, and each of those costs some
 * ns.
 */
int32_t call_bpf(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size)
{
	if (cmd >= BPF_MAP_LOOKUP_ELEM && cmd <= BPF_MAP_GET_NEXT_KEY)
		return run_element_call(in, cmd, addr, size);
	return run_general(in, cmd, addr, size);
}
