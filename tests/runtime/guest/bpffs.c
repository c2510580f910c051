// SPDX-License-Identifier: BSD-2-Clause
/* A pinned iterator is a file: opened, read by read(2), readv(2) and stdio. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "hooks.h"
#include "hooks.skel.h"
#include "say.h"

static const char path[] = "/sys/fs/bpf/wbpf_test_bpffs";

static void reading(void)
{
	char a[8] = "", b[200] = "";
	struct iovec parts[] = {{a, 0}, {a, 5}, {b, sizeof(b) - 1}};
	int fd = open(path, O_RDONLY);
	ssize_t n, all = 0;
	volatile int less = -1; /* gcc knows better */

	printf("opened %d\n", fd >= 0);
	n = read(fd, b, sizeof(b) - 1);
	printf("read %zd: %s", n, b);
	say_err("the end", read(fd, b, sizeof(b)));
	close(fd);

	memset(b, 0, sizeof(b));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = readv(fd, parts, 3);
	printf("%s|", a);
	for (all = n; n > 0; all += n > 0 ? n : 0) {
		printf("%s", n > 5 ? b : "");
		memset(b, 0, sizeof(b));
		n = readv(fd, &parts[2], 1);
		printf("%s", b);
		if (n > 0)
			memset(b, 0, sizeof(b));
	}
	printf("%zd bytes\n", all);
	say_err("less than none", readv(fd, parts, less) < 0 ? -errno : 0);
	close(fd);
}

static void stdio(void)
{
	FILE *f = fdopen(open(path, O_RDONLY), "r");
	char line[80];
	int lines = 0;

	if (!f) {
		printf("not opened\n");
		return;
	}
	while (fgets(line, sizeof(line), f))
		printf("%d: %s", ++lines, line);
	printf("end %d, error %d\n", feof(f) != 0, ferror(f) != 0);
	fclose(f);
}

static void say_open(const char *what, int fd)
{
	say_err(what, fd < 0 ? -errno : 0);
	if (fd >= 0)
		close(fd);
}

int main(void)
{
	struct hooks_bpf *skel = hooks_bpf__open();
	union bpf_iter_link_info info = {0};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts, .link_info = &info, .link_info_len = sizeof(info));
	struct bpf_program *prog;
	struct bpf_link *link;

	if (!skel)
		return 1;
	bpf_object__for_each_program(prog, skel->obj)
		bpf_program__set_autoload(prog, prog == skel->progs.lines);
	if (hooks_bpf__load(skel))
		return 1;
	unlink(path);
	info.task.tid = (unsigned int)getpid();
	link = bpf_program__attach_iter(skel->progs.lines, &opts);
	say_err("pin", bpf_link__pin(link, path));
	reading();
	stdio();
	say_open("its folder", open("/sys/fs/bpf", O_RDONLY | O_DIRECTORY));
	say_err("unpin", bpf_link__unpin(link));
	say_open("not there", open(path, O_RDONLY));
	say_err("pin a map", bpf_map__pin(skel->maps.socks, path));
	say_open("a map", open(path, O_RDONLY));
	say_err("unpin it", bpf_map__unpin(skel->maps.socks, path));
	bpf_link__destroy(link);
	hooks_bpf__destroy(skel);
	return 0;
}
