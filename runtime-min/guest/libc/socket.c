// SPDX-License-Identifier: BSD-2-Clause
/* Sockets, which are the host's. What is no handle is no socket. */
#include <errno.h>
#include <sys/socket.h>
#include <wasi/api.h>

#include "guest/host.h"

static struct wbpf_str span(const void *p, size_t len)
{
	struct wbpf_str s = {.addr = (wbpf_addr)(uintptr_t)p, .len = len};

	return s;
}

/* A signal that came while the program computed ends a wait too, unless its handler restarts it. */
static int control(int fd, enum wbpf_file_op op, struct wbpf_socket_op *args)
{
	unsigned int cut = wbpf_signals_cut;
	__wasi_fdstat_t stat;
	__wasi_errno_t err;
	int ret;

	if (!WBPF_IS_HANDLE(fd)) {
		err = __wasi_fd_fdstat_get(fd, &stat);
		errno = err ? err : ENOTSOCK;
		return -1;
	}
	args->size = sizeof(*args);
	wbpf_signals_deliver();
	do {
		ret = cut == wbpf_signals_cut ? HOST(file_control, fd, op, args, sizeof(*args))
					      : -EINTR;
	} while (ret == -EINTR && cut == wbpf_signals_cut);
	return wbpf_ret_errno(ret);
}

/* The same with an address that comes back. */
static int control_named(int fd, enum wbpf_file_op op, struct wbpf_socket_op *args,
			 struct sockaddr *addr, socklen_t *len)
{
	int ret;

	if (addr && len)
		args->address = span(addr, *len);
	ret = control(fd, op, args);
	if (ret >= 0 && addr && len)
		*len = args->address.len;
	return ret;
}

static int open_socket(struct wbpf_socket *args)
{
	args->size = sizeof(*args);
	return wbpf_ret_errno(HOST(file_open, WBPF_FILE_SOCKET, args));
}

int socket(int family, int type, int protocol)
{
	struct wbpf_socket args = {.domain = family, .type = type, .protocol = protocol};

	return open_socket(&args);
}

int socketpair(int family, int type, int protocol, int fds[2])
{
	struct wbpf_socket args = {
		.domain = family, .type = type, .protocol = protocol, .flags = WBPF_SOCKET_PAIR};
	int first = open_socket(&args);

	if (first < 0)
		return -1;
	fds[0] = first;
	fds[1] = args.pair;
	return 0;
}

int bind(int fd, const struct sockaddr *addr, socklen_t len)
{
	struct wbpf_socket_op args = {.address = span(addr, len)};

	return control(fd, WBPF_SOCKET_BIND, &args);
}

int connect(int fd, const struct sockaddr *addr, socklen_t len)
{
	struct wbpf_socket_op args = {.address = span(addr, len)};

	return control(fd, WBPF_SOCKET_CONNECT, &args);
}

int listen(int fd, int backlog)
{
	struct wbpf_socket_op args = {.number = backlog};

	return control(fd, WBPF_SOCKET_LISTEN, &args);
}

int accept4(int fd, struct sockaddr *restrict addr, socklen_t *restrict len, int flags)
{
	struct wbpf_socket_op args = {.number = flags};

	return control_named(fd, WBPF_SOCKET_ACCEPT, &args, addr, len);
}

int accept(int fd, struct sockaddr *restrict addr, socklen_t *restrict len)
{
	return accept4(fd, addr, len, 0);
}

int shutdown(int fd, int how)
{
	struct wbpf_socket_op args = {.number = how};

	return control(fd, WBPF_SOCKET_SHUTDOWN, &args);
}

int getsockname(int fd, struct sockaddr *addr, socklen_t *len)
{
	struct wbpf_socket_op args = {0};

	return control_named(fd, WBPF_SOCKET_NAME, &args, addr, len);
}

int getpeername(int fd, struct sockaddr *addr, socklen_t *len)
{
	struct wbpf_socket_op args = {0};

	return control_named(fd, WBPF_SOCKET_PEER, &args, addr, len);
}

/* The kernel's struct sock_fprog, as this module has it. */
struct classic {
	unsigned short len;
	const void *insns;
};

enum { CLASSIC_INSN = 8 /* sizeof(struct sock_filter) */ };

int setsockopt(int fd, int level, int option, const void *value, socklen_t len)
{
	struct wbpf_socket_op args = {.level = level, .number = option, .data = span(value, len)};

	if (level == SOL_SOCKET &&
	    (option == SO_ATTACH_FILTER || option == SO_ATTACH_REUSEPORT_CBPF)) {
		const struct classic *classic = value;

		if (len != sizeof(*classic))
			return wbpf_ret_errno(-EINVAL);
		args.data = span(classic->insns, classic->len * (size_t)CLASSIC_INSN);
	}
	return control(fd, WBPF_SOCKET_SET_OPTION, &args);
}

/* WASI's errno as SO_ERROR's value. */
int getsockopt(int fd, int level, int option, void *restrict value, socklen_t *restrict len)
{
	struct wbpf_socket_op args = {.level = level, .number = option, .data = span(value, *len)};
	int ret = control(fd, WBPF_SOCKET_GET_OPTION, &args);

	if (ret < 0)
		return ret;
	*len = args.data.len;
	if (level == SOL_SOCKET && option == SO_ERROR && *len == sizeof(int) && *(int *)value)
		*(int *)value = wbpf_errno(*(int *)value);
	return 0;
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addr_len)
{
	struct wbpf_socket_op args = {
		.number = flags, .data = span(buf, len), .address = span(addr, addr_len)};

	return control(fd, WBPF_SOCKET_SEND, &args);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
	return sendto(fd, buf, len, flags, NULL, 0);
}

ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *addr,
		 socklen_t *addr_len)
{
	struct wbpf_socket_op args = {.number = flags, .data = span(buf, len)};

	return control_named(fd, WBPF_SOCKET_RECEIVE, &args, addr, addr_len);
}

ssize_t recv(int fd, void *buf, size_t len, int flags)
{
	return recvfrom(fd, buf, len, flags, NULL, NULL);
}
