/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/attach_rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/log.h"

/* libbpf writes it into tracefs where a kernel has no other way: each line is a command there. */
int attach_rule_text(struct log *l, const char *text)
{
	if (!text || !strchr(text, '\n'))
		return 0;
	log_add(l, WBPF_LOG_WARN, "wbpf: a function or file whose name has two lines: refused\n");
	return -EINVAL;
}

/* Devices and pipes act when they are opened; files of procfs and tracefs, which are empty to look
 * at, when they are read. */
static bool is_ordinary(const char *path)
{
	struct stat st;

	return stat(path, &st) < 0 || S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_size);
}

int attach_rule_binary(struct log *l, const char *path)
{
	if (!path)
		return 0;
	const char *inner = strstr(path, "!/"); /* of an archive, what is in it */
	char *archive = inner ? strndup(path, (size_t)(inner - path)) : NULL;
	bool ordinary = is_ordinary(path) && (!archive || is_ordinary(archive));

	if (inner && !archive)
		return -ENOMEM;
	free(archive);
	if (ordinary)
		return 0;
	log_add(l, WBPF_LOG_WARN, "wbpf: %s: not an ordinary file, or empty: not opened\n", path);
	return -LIBBPF_ERRNO__FORMAT;
}

/* TYPE/PATH:FUNCTION, or TYPE/PATH:PROVIDER:NAME */
int attach_rule_section(struct log *l, const struct bpf_program *p)
{
	const char *from = strchr(bpf_program__section_name(p), '/');

	if (!from || bpf_program__type(p) != BPF_PROG_TYPE_KPROBE)
		return 0;
	char *path = strndup(from + 1, strcspn(from + 1, ":"));
	if (!path)
		return -ENOMEM;
	int err = attach_rule_text(l, path);
	if (!err)
		err = attach_rule_binary(l, path);
	free(path);
	return err;
}
