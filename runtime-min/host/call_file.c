/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What BPF programs attach to or report through and is neither map nor program: cgroups, network
 * namespaces, iterators, perf events, sockets.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/engine.h"
#include "host/files.h"
#include "host/hints.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

wbpf_handle file_add(struct instance *in, enum wbpf_file_kind kind, int fd)
{
	wbpf_handle value = instance_add_fd(in, WBPF_KIND_FILE, fd);
	struct handle *h = value < 0 ? NULL : handle_find(&in->handles, value, WBPF_KIND_FILE);

	if (h)
		h->file = (uint8_t)kind;
	return value;
}

int file_fd(const struct instance *in, wbpf_handle value, enum wbpf_file_kind kind)
{
	const struct handle *h = handle_find(&in->handles, value, WBPF_KIND_FILE);

	return h && h->file == kind && h->fd >= 0 ? h->fd : -EBADF;
}

int file_struct(const struct instance *in, void *to, uint32_t to_size, wbpf_addr from)
{
	uint32_t size;
	int err = memory_copy_in(in->memory, &size, from, sizeof(size));

	return err ? err : instance_struct(in, to, to_size, to_size, from, size);
}

/*
 * Opens the path when it lies in a file system of that kind. Opening alone does things to devices
 * and waits for pipes, so the first look is without.
 */
static int open_kind(uint32_t kind, const char *path)
{
	static const __fsword_t magics[] = {
		[WBPF_FILE_CGROUP] = CGROUP2_SUPER_MAGIC,
		[WBPF_FILE_NETNS] = NSFS_MAGIC,
		[WBPF_FILE_BPFFS] = BPF_FS_MAGIC,
	};
	int directory = kind == WBPF_FILE_CGROUP ? O_DIRECTORY : 0;
	char again[32];
	struct statfs st;

	int look = open(path, O_PATH | O_CLOEXEC | directory);
	if (look < 0)
		return -errno;
	int err = fstatfs(look, &st) < 0 ? -errno : st.f_type != magics[kind] ? -EBADF : 0, fd = -1;
	snprintf(again, sizeof(again), "/proc/self/fd/%d", look);
	if (!err) {
		fd = open(again, O_RDONLY | O_CLOEXEC | directory);
		err = fd < 0 ? -errno : 0;
	}
	close(look);
	return err ? err : fd;
}

static wbpf_handle open_path(struct instance *in, uint32_t kind, wbpf_addr what)
{
	struct wbpf_str s;
	int err = memory_copy_in(in->memory, &s, what, sizeof(s));

	if (err)
		return err;
	char *path = instance_string(in, s, PATH_MAX, &err);
	if (!path)
		return err ? err : -EINVAL;
	int fd = open_kind(kind, path);
	if (fd < 0 && kind == WBPF_FILE_CGROUP)
		hint_cgroup(&in->log, path);
	free(path);
	return file_add(in, kind, fd);
}

static wbpf_handle open_pidfd(struct instance *in, wbpf_addr what)
{
	struct wbpf_pidfd args;
	int err = file_struct(in, &args, sizeof(args), what);

	if (err)
		return err;
	int fd = (int)syscall(SYS_pidfd_open, args.pid, args.flags);
	return file_add(in, WBPF_FILE_PIDFD, fd < 0 ? -errno : fd);
}

int32_t call_file_open(struct instance *in, uint32_t kind, wbpf_addr what)
{
	wbpf_handle value = -EINVAL;

	if (kind == WBPF_FILE_CGROUP || kind == WBPF_FILE_NETNS || kind == WBPF_FILE_BPFFS)
		value = open_path(in, kind, what);
	else if (kind == WBPF_FILE_PERF_EVENT)
		value = perf_open(in, what);
	else if (kind == WBPF_FILE_SOCKET)
		value = socket_open(in, what);
	else if (kind == WBPF_FILE_PIDFD)
		value = open_pidfd(in, what);
	instance_update_shared(in);
	return value;
}

/* A caught signal ends the wait for input, as it ends other waits. */
static int wait_for_input(const struct instance *in)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
			       {.fd = in->signals.event_fd, .events = POLLIN}};

	if (fcntl(STDIN_FILENO, F_GETFL) & O_NONBLOCK)
		return 0;
	while (poll(fds, 2, -1) < 0)
		if (errno != EINTR)
			return -errno;
	return fds[0].revents ? 0 : -EINTR;
}

static int32_t read_standard(const struct instance *in, void *to, uint32_t len)
{
	int err = in->wasi->no_input ? 0 : wait_for_input(in);

	if (err || in->wasi->no_input)
		return err;
	return instance_result((int)read(STDIN_FILENO, to, len));
}

int32_t call_file_read(struct instance *in, wbpf_handle value, wbpf_addr buf, uint32_t len)
{
	const struct handle *h = handle_find(&in->handles, value, WBPF_KIND_FILE);

	if (value != STDIN_FILENO && (!h || h->fd < 0))
		return -EBADF;
	if (len > INT32_MAX)
		len = INT32_MAX;
	void *p = memory_write(in->memory, buf, len);
	if (!p)
		return -EFAULT;
	if (value == STDIN_FILENO)
		return read_standard(in, p, len);
	if (h->file == WBPF_FILE_SOCKET)
		return socket_read(in, h->fd, p, len);
	ssize_t n = read(h->fd, p, len);
	return n < 0 ? -errno : (int32_t)n;
}

int32_t call_file_write(struct instance *in, wbpf_handle value, wbpf_addr buf, uint32_t len)
{
	const struct handle *h = handle_find(&in->handles, value, WBPF_KIND_FILE);
	bool standard = value == STDOUT_FILENO || value == STDERR_FILENO;

	if (!standard && (!h || h->fd < 0))
		return -EBADF;
	if (len > INT32_MAX)
		len = INT32_MAX;
	const void *p = memory_read(in->memory, buf, len);
	if (!p)
		return -EFAULT;
	if (standard)
		return instance_result((int)write(value, p, len));
	if (h->file == WBPF_FILE_SOCKET) {
		int32_t ret = socket_write(in, h->fd, p, len);
		instance_update_shared(in);
		return ret;
	}
	/* A perf event cannot be written to; nothing else was opened to be. */
	return h->file == WBPF_FILE_PERF_EVENT ? -EINVAL : -EBADF;
}

static int32_t set_flags(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	uint32_t wanted;
	int flags = fcntl(fd, F_GETFL);

	if (size != sizeof(wanted))
		return -EINVAL;
	if (memory_copy_in(in->memory, &wanted, arg, size))
		return -EFAULT;
	if (wanted & ~(uint32_t)O_NONBLOCK)
		return -EINVAL;
	if (flags < 0)
		return -errno;
	return fcntl(fd, F_SETFL, (flags & ~O_NONBLOCK) | (int)wanted) < 0 ? -errno : 0;
}

static int32_t available(struct instance *in, int fd, wbpf_addr arg, uint32_t size)
{
	int bytes = 0;

	if (size != sizeof(bytes))
		return -EINVAL;
	if (ioctl(fd, FIONREAD, &bytes) < 0)
		return -errno;
	return memory_copy_out(in->memory, arg, &bytes, sizeof(bytes));
}

int32_t call_file_control(struct instance *in, wbpf_handle value, uint32_t op, wbpf_addr arg,
			  uint32_t size)
{
	const struct handle *h = handle_find(&in->handles, value, 0);
	int32_t ret;

	if (op == WBPF_FILE_IS_TERMINAL && value >= STDIN_FILENO && value <= STDERR_FILENO)
		return isatty(value);
	if (!h || h->fd < 0)
		return -EBADF;
	if (h->kind != WBPF_KIND_FILE)
		return op >= WBPF_SOCKET_BIND && op <= WBPF_SOCKET_RECEIVE ? -ENOTSOCK : -ENOTTY;
	if (op == WBPF_FILE_FLAGS)
		return fcntl(h->fd, F_GETFL) & O_NONBLOCK;
	if (op == WBPF_FILE_SET_FLAGS)
		return set_flags(in, h->fd, arg, size);
	if (op == WBPF_FILE_AVAILABLE)
		return available(in, h->fd, arg, size);
	if (op >= WBPF_PERF_ENABLE && op <= WBPF_PERF_MODIFY)
		ret = h->file == WBPF_FILE_PERF_EVENT ? perf_control(in, h->fd, op, arg, size)
						      : -ENOTTY;
	else if (op >= WBPF_SOCKET_BIND && op <= WBPF_SOCKET_RECEIVE)
		ret = h->file == WBPF_FILE_SOCKET ? socket_control(in, h->fd, op, arg, size)
						  : -ENOTSOCK;
	else
		ret = -EINVAL;
	instance_update_shared(in);
	return ret;
}
