/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/hints.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"

#define TRACEFS "/sys/kernel/tracing"
#define BPFFS "/sys/fs/bpf"

static bool is_mounted(const char *path, uint32_t magic)
{
	struct statfs st;

	return !statfs(path, &st) && (uint32_t)st.f_type == magic;
}

/* The effective capabilities, as a bit mask; all ones when they cannot be read. */
static uint64_t capabilities(void)
{
	char line[256];
	uint64_t mask = UINT64_MAX;
	FILE *f = fopen("/proc/self/status", "re");

	if (!f)
		return mask;
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "CapEff:", 7))
			mask = strtoull(line + 7, NULL, 16);
	fclose(f);
	return mask;
}

static bool has_capability(uint64_t mask, int cap)
{
	return mask & (UINT64_C(1) << cap) || mask & (UINT64_C(1) << CAP_SYS_ADMIN);
}

/* Says which capabilities are missing; whether any are. */
static bool hint_capabilities(struct log *l)
{
	uint64_t mask = capabilities();
	bool bpf = has_capability(mask, CAP_BPF), perfmon = has_capability(mask, CAP_PERFMON);

	if (bpf && perfmon)
		return false;
	log_add(l, WBPF_LOG_WARN,
		"wbpf: this process lacks%s%s: run it as root, or with CAP_BPF, CAP_PERFMON and, "
		"for "
		"network programs, CAP_NET_ADMIN\n",
		bpf ? "" : " CAP_BPF", perfmon ? "" : " CAP_PERFMON");
	return true;
}

void hint_load(struct log *l, int err)
{
	if (err == -EPERM || err == -EACCES)
		hint_capabilities(l);
	if (err == -ENOENT && access("/sys/kernel/btf/vmlinux", R_OK) < 0)
		log_add(l, WBPF_LOG_WARN,
			"wbpf: this kernel offers no BTF (/sys/kernel/btf/vmlinux), which CO-RE "
			"programs need\n");
}

static bool needs_tracefs(const struct bpf_program *p)
{
	const char *section = p ? bpf_program__section_name(p) : "";
	static const char *const prefixes[] = {"tp",        "tracepoint", "kprobe",
					       "kretprobe", "ksyscall",   "kretsyscall"};

	if (!strncmp(section, "tp_btf", 6))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (!strncmp(section, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

void hint_attach(struct log *l, int err, const struct bpf_program *p)
{
	if ((err == -EPERM || err == -EACCES) && hint_capabilities(l))
		return;
	if (needs_tracefs(p) && !is_mounted(TRACEFS, TRACEFS_MAGIC) &&
	    !is_mounted("/sys/kernel/debug/tracing", TRACEFS_MAGIC))
		log_add(l, WBPF_LOG_WARN,
			"wbpf: tracefs is not mounted at " TRACEFS
			", which this kind of program needs; mount it with: mount -t tracefs "
			"tracefs " TRACEFS "\n");
}

void hint_pin(struct log *l, const char *path)
{
	if (!is_mounted(BPFFS, BPF_FS_MAGIC) && (!path || !strncmp(path, BPFFS, strlen(BPFFS))))
		log_add(l, WBPF_LOG_WARN,
			"wbpf: the BPF file system is not mounted at " BPFFS
			", where objects are pinned; mount it with: mount -t bpf bpf " BPFFS "\n");
}

void hint_cgroup(struct log *l, const char *path)
{
	struct statfs st;

	if (statfs(path, &st) < 0)
		log_add(l, WBPF_LOG_WARN,
			"wbpf: %s: %s; is a cgroup2 file system mounted there? mount one with: "
			"mount -t "
			"cgroup2 none DIRECTORY\n",
			path, strerror(errno));
	else if ((uint32_t)st.f_type != CGROUP2_SUPER_MAGIC)
		log_add(l, WBPF_LOG_WARN, "wbpf: %s does not lie in a cgroup2 file system\n", path);
}
