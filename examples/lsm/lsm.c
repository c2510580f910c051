// SPDX-License-Identifier: BSD-2-Clause
/* Lets nobody remove one path, and prints who tried. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <bpf/libbpf.h>

#include "lsm.h"
#include "lsm.skel.h"

static const char *const hows[] = {
	[BY_UNLINK] = "unlink", [BY_RMDIR] = "rmdir", [BY_RENAME] = "rename"};

static volatile sig_atomic_t stopping;
static unsigned long printed;

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int on_refusal(void *ctx, void *data, size_t size)
{
	const struct refusal *r = data;

	printf("%7d %-15s %s\n", r->pid, r->name, hows[r->how]);
	printed++;
	return 0;
}

/* Says to the BPF programs which path it is. The kernel packs a device's number its own way. */
static int set_path(struct lsm_bpf *skel, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash ? slash + 1 : path;
	char folder[PATH_MAX];
	struct stat st;

	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(file - path) : 1,
		 slash ? path : ".");
	if (!*file || !strcmp(file, ".") || !strcmp(file, "..") || strlen(file) >= FILE_LEN) {
		fprintf(stderr, "lsm: names no file: %s\n", path);
		return -EINVAL;
	}
	if (stat(folder, &st)) {
		fprintf(stderr, "lsm: %s: %s\n", folder, strerror(errno));
		return -ENOENT;
	}
	skel->rodata->folder_inode = st.st_ino;
	skel->rodata->folder_device = major(st.st_dev) << 20 | minor(st.st_dev);
	strcpy((char *)skel->rodata->file, file);
	return 0;
}

static int watch(struct lsm_bpf *skel)
{
	struct ring_buffer *refusals;
	int err = 0;

	refusals = ring_buffer__new(bpf_map__fd(skel->maps.refusals), on_refusal, NULL, NULL);
	if (!refusals) {
		err = -errno;
		fprintf(stderr, "lsm: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	while (!err && !stopping) {
		err = ring_buffer__poll(refusals, 100 /* ms */);
		if (err < 0 && err != -EINTR)
			fprintf(stderr, "lsm: reading refusals: %s\n", strerror(-err));
		else
			err = 0;
	}
	ring_buffer__free(refusals);
	if (!err)
		printf("Refused: %lu\n", printed);
	return err;
}

static int run(struct lsm_bpf *skel, const char *path)
{
	int err = set_path(skel, path);

	if (err)
		return err;
	err = lsm_bpf__load(skel);
	if (!err)
		err = lsm_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "lsm: cannot load or attach: %s\n", strerror(-err));
		return err;
	}
	printf("Nobody removes %s; Ctrl-C ends.\n", path);
	printf("%7s %-15s %s\n", "PID", "NAME", "TRIED");
	return watch(skel);
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct lsm_bpf *skel;
	int err;

	if (argc != 2) {
		fprintf(stderr, "Usage: lsm PATH\nLets nobody remove PATH, until Ctrl-C.\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = lsm_bpf__open();
	if (!skel) {
		fprintf(stderr, "lsm: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel, argv[1]);
	lsm_bpf__destroy(skel);
	return err ? 1 : 0;
}
