/* SPDX-License-Identifier: BSD-2-Clause */
#include "stats_form.h"

const char *stats_stage_name(enum stats_stage stage)
{
	static const char *const names[STATS_STAGES] = {
		[STATS_COMPILE] = "compile",
		[STATS_LINK] = "link",
		[STATS_INSTANTIATE] = "instantiate",
		[STATS_OPEN] = "open",
		[STATS_LOAD] = "load",
		[STATS_ATTACH] = "attach",
		[STATS_RECORD] = "first record",
	};

	return names[stage];
}

/* By number, as in the kernel's enum bpf_cmd: the header may be older than the kernel. */
const char *stats_command_name(size_t cmd)
{
	static const char *const names[] = {
		"MAP_CREATE",
		"MAP_LOOKUP_ELEM",
		"MAP_UPDATE_ELEM",
		"MAP_DELETE_ELEM",
		"MAP_GET_NEXT_KEY",
		"PROG_LOAD",
		"OBJ_PIN",
		"OBJ_GET",
		"PROG_ATTACH",
		"PROG_DETACH",
		"PROG_TEST_RUN",
		"PROG_GET_NEXT_ID",
		"MAP_GET_NEXT_ID",
		"PROG_GET_FD_BY_ID",
		"MAP_GET_FD_BY_ID",
		"OBJ_GET_INFO_BY_FD",
		"PROG_QUERY",
		"RAW_TRACEPOINT_OPEN",
		"BTF_LOAD",
		"BTF_GET_FD_BY_ID",
		"TASK_FD_QUERY",
		"MAP_LOOKUP_AND_DELETE_ELEM",
		"MAP_FREEZE",
		"BTF_GET_NEXT_ID",
		"MAP_LOOKUP_BATCH",
		"MAP_LOOKUP_AND_DELETE_BATCH",
		"MAP_UPDATE_BATCH",
		"MAP_DELETE_BATCH",
		"LINK_CREATE",
		"LINK_UPDATE",
		"LINK_GET_FD_BY_ID",
		"LINK_GET_NEXT_ID",
		"ENABLE_STATS",
		"ITER_CREATE",
		"LINK_DETACH",
		"PROG_BIND_MAP",
		"TOKEN_CREATE",
		"PROG_STREAM_READ_BY_FD",
		"PROG_ASSOC_STRUCT_OPS",
	};

	return cmd < sizeof(names) / sizeof(*names) ? names[cmd] : NULL;
}
