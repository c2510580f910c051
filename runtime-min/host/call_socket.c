/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets, as far as BPF programs need them: to be attached to, to be put into maps, and to listen.
 * Data goes to this machine itself only, and nothing reconfigures it; what is not allowed gives
 * EPERM, with a log record that says what it was (socket_rules.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "host/files.h"
#include "host/socket_rules.h"

enum { MAX_OPTION = 4096, MAX_FILTER = 4096 /* BPF_MAXINSNS */ };

#define REFUSE(in, ...) (log_add(&(in)->log, WBPF_LOG_WARN, "wbpf: " __VA_ARGS__), -EPERM)

static wbpf_handle add_pair(struct instance *in, const struct wbpf_socket *a, wbpf_addr what)
{
	wbpf_handle first, second = 0;
	int fds[2];

	if (!memory_write(in->memory, what, sizeof(*a)))
		return -EFAULT;
	if (socketpair(a->domain, a->type | SOCK_CLOEXEC, a->protocol, fds) < 0)
		return -errno;
	second = file_add(in, WBPF_FILE_SOCKET, fds[1]);
	if (second < 0) {
		close(fds[0]);
		return second;
	}
	first = file_add(in, WBPF_FILE_SOCKET, fds[0]);
	if (first < 0)
		instance_close(in, handle_find(&in->handles, second, 0));
	else
		memory_copy_out(in->memory, what + (uint32_t)offsetof(struct wbpf_socket, pair),
				&second, sizeof(second));
	return first;
}

wbpf_handle socket_open(struct instance *in, wbpf_addr what)
{
	struct wbpf_socket a;
	int err = file_struct(in, &a, sizeof(a), what);

	if (err)
		return err;
	if (a.flags & ~WBPF_SOCKET_PAIR || a.type & ~(0xf | SOCK_NONBLOCK | SOCK_CLOEXEC))
		return -EINVAL;
	if (!socket_rule_family(a.domain, a.type & 0xf))
		return REFUSE(in, "a socket of family %d, type %d is not allowed\n", a.domain,
			      a.type & 0xf);
	if (a.flags & WBPF_SOCKET_PAIR)
		return add_pair(in, &a, what);
	int fd = socket(a.domain, a.type | SOCK_CLOEXEC, a.protocol);
	return file_add(in, WBPF_FILE_SOCKET, fd < 0 ? -errno : fd);
}

/* An address that the module gave. */
struct address {
	struct sockaddr_storage storage;
	socklen_t len;
};

static int get_address(const struct instance *in, struct wbpf_str s, struct address *a)
{
	*a = (struct address){.len = s.len};
	if (s.len > sizeof(a->storage))
		return -EINVAL;
	return memory_copy_in(in->memory, &a->storage, s.addr, s.len);
}

static int option_of(int fd, int number)
{
	socklen_t len = sizeof(int);
	int value = -1;

	return getsockopt(fd, SOL_SOCKET, number, &value, &len) < 0 ? -1 : value;
}

/* Whether data may leave through it; to: NULL for its peer, who was checked or came by itself. */
static int may_send(struct instance *in, int fd, const struct address *to)
{
	if (option_of(fd, SO_DOMAIN) == AF_PACKET || option_of(fd, SO_TYPE) == SOCK_RAW)
		return REFUSE(in, "sending through a raw socket is not allowed\n");
	if (to && !socket_rule_address(&to->storage))
		return REFUSE(in, "sending to another machine, or by a path, is not allowed\n");
	return 0;
}

static int may_bind(struct instance *in, const struct address *a)
{
	switch (a->storage.ss_family) {
	case AF_UNSPEC:
	case AF_INET:
	case AF_INET6:
	case AF_PACKET:
		return 0;
	default:
		return REFUSE(in, "binding a socket of family %d is not allowed\n",
			      a->storage.ss_family);
	}
}

/*
 * Waits as a blocking call would: until the socket is ready, a caught signal came (-EINTR) or its
 * own time-out is over (-EAGAIN). With dont_wait, or a non-blocking socket: -EAGAIN. Else what it
 * is ready for. A signal counts first: being ready can mean that there is never anything to have.
 */
static int wait_for(struct instance *in, int fd, short events, int timeout_option, bool dont_wait)
{
	struct pollfd p[2] = {{.fd = fd, .events = events},
			      {.fd = in->signals.event_fd, .events = POLLIN}};
	struct timeval tv = {0};
	socklen_t len = sizeof(tv);

	if (dont_wait || fcntl(fd, F_GETFL) & O_NONBLOCK)
		return -EAGAIN;
	getsockopt(fd, SOL_SOCKET, timeout_option, &tv, &len);
	struct timespec t = {.tv_sec = tv.tv_sec, .tv_nsec = tv.tv_usec * 1000};
	int n = ppoll(p, 2, tv.tv_sec || tv.tv_usec ? &t : NULL, NULL);
	if (n < 0)
		return -errno;
	if (!n)
		return -EAGAIN;
	return p[1].revents ? -EINTR : p[0].revents;
}

static int32_t receive(struct instance *in, int fd, void *p, uint32_t len, int flags,
		       struct address *from)
{
	/* These do not wait, whatever the socket is. */
	bool dont_wait = flags & (MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB);
	int ready = 0;

	for (;;) {
		if (from)
			from->len = sizeof(from->storage);
		ssize_t n = recvfrom(fd, p, len, flags | MSG_DONTWAIT,
				     from ? (struct sockaddr *)&from->storage : NULL,
				     from ? &from->len : NULL);
		if (n >= 0)
			return (int32_t)n;
		int err = -errno;
		if (err == -EAGAIN && ready & POLLRDHUP) /* nor will be */
			return 0;
		if (err == -EAGAIN)
			err = wait_for(in, fd, POLLIN | POLLRDHUP, SO_RCVTIMEO, dont_wait);
		if (err < 0)
			return err;
		ready = err;
	}
}

/* A broken pipe is an error here, no signal: that would be the host's. */
static int32_t send_bytes(struct instance *in, int fd, const void *p, uint32_t len, int flags,
			  const struct address *to)
{
	int err = may_send(in, fd, to);
	uint32_t done = 0;

	while (err >= 0) {
		ssize_t n = sendto(
			fd, (const char *)p + done, len - done, flags | MSG_DONTWAIT | MSG_NOSIGNAL,
			to ? (const struct sockaddr *)&to->storage : NULL, to ? to->len : 0);
		if (n >= 0) {
			done += (uint32_t)n;
			if (done >= len)
				return (int32_t)done;
			continue;
		}
		err = -errno;
		if (err == -EAGAIN)
			err = wait_for(in, fd, POLLOUT, SO_SNDTIMEO, flags & MSG_DONTWAIT);
	}
	return done ? (int32_t)done : err;
}

int32_t socket_read(struct instance *in, int fd, void *p, uint32_t len)
{
	return receive(in, fd, p, len, 0, NULL);
}

int32_t socket_write(struct instance *in, int fd, const void *p, uint32_t len)
{
	return send_bytes(in, fd, p, len, 0, NULL);
}

/* What the module wants of a call, and where the struct lies that says so. */
struct request {
	struct wbpf_socket_op op;
	wbpf_addr at;
};

/* A length that the kernel found goes into the request, as much as there is room for into bytes. */
static int give(struct instance *in, const struct request *r, size_t field, struct wbpf_str room,
		const void *bytes, uint32_t len)
{
	uint32_t at = r->at + (uint32_t)(field + offsetof(struct wbpf_str, len));
	int err = memory_copy_out(in->memory, room.addr, bytes, len < room.len ? len : room.len);

	return err ? err : memory_copy_out(in->memory, at, &len, sizeof(len));
}

static int give_address(struct instance *in, const struct request *r, const struct address *a)
{
	if (!r->op.address.addr)
		return 0;
	return give(in, r, offsetof(struct wbpf_socket_op, address), r->op.address, &a->storage,
		    a->len);
}

/* The bits that are descriptors in these become those of handles. */
static int translate_handle(const struct instance *in, void *value, uint32_t size)
{
	wbpf_handle h;

	if (size != sizeof(h))
		return -EINVAL;
	memcpy(&h, value, sizeof(h));
	int fd = instance_fd(in, h, 0); /* the kernel wants a program */
	if (fd < 0)
		return fd;
	memcpy(value, &fd, sizeof(fd));
	return 0;
}

static int32_t set_classic(struct instance *in, int fd, const struct wbpf_socket_op *op)
{
	struct sock_filter insns[MAX_FILTER];
	struct sock_fprog prog = {.len = (unsigned short)(op->data.len / sizeof(*insns)),
				  .filter = insns};

	if (op->data.len > sizeof(insns) || op->data.len % sizeof(*insns))
		return -EINVAL;
	if (memory_copy_in(in->memory, insns, op->data.addr, op->data.len))
		return -EFAULT;
	return setsockopt(fd, op->level, op->number, &prog, sizeof(prog)) < 0 ? -errno : 0;
}

static int32_t set_option(struct instance *in, int fd, const struct wbpf_socket_op *op)
{
	uint8_t value[MAX_OPTION];
	uint32_t size = op->data.len;
	bool of_socket_itself = op->level == SOL_SOCKET;
	int err = 0;

	if (of_socket_itself &&
	    (op->number == SO_ATTACH_FILTER || op->number == SO_ATTACH_REUSEPORT_CBPF))
		return set_classic(in, fd, op);
	if (size > sizeof(value))
		return -EINVAL;
	if (memory_copy_in(in->memory, value, op->data.addr, size))
		return -EFAULT;
	if ((of_socket_itself &&
	     (op->number == SO_ATTACH_BPF || op->number == SO_ATTACH_REUSEPORT_EBPF)) ||
	    (op->level == SOL_PACKET && op->number == PACKET_FANOUT_DATA))
		err = translate_handle(in, value, size);
	else if (!socket_rule_option(op->level, op->number))
		err = REFUSE(in, "the socket option %d of level %d is not allowed\n", op->number,
			     op->level);
	if (err)
		return err;
	return setsockopt(fd, op->level, op->number, value, size) < 0 ? -errno : 0;
}

static int32_t get_option(struct instance *in, int fd, const struct request *r)
{
	const struct wbpf_socket_op *op = &r->op;
	uint8_t value[MAX_OPTION];
	socklen_t len = op->data.len < sizeof(value) ? op->data.len : sizeof(value);

	if (!socket_rule_option(op->level, op->number))
		return REFUSE(in, "the socket option %d of level %d is not allowed\n", op->number,
			      op->level);
	/* Some calls begin with what they find there. */
	if (memory_copy_in(in->memory, value, op->data.addr, len))
		return -EFAULT;
	if (getsockopt(fd, op->level, op->number, value, &len) < 0)
		return -errno;
	return give(in, r, offsetof(struct wbpf_socket_op, data), op->data, value, len);
}

static int32_t accept_one(struct instance *in, int fd, const struct request *r)
{
	struct address from = {.len = sizeof(from.storage)};
	int flags = r->op.number;

	if (flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC))
		return -EINVAL;
	/* Waited for here, as nothing would end the kernel's own waiting when a signal just came.
	 */
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int err = option_of(fd, SO_ACCEPTCONN) == 1 && !poll(&p, 1, 0)
			  ? wait_for(in, fd, POLLIN, SO_RCVTIMEO, false)
			  : 0;
	if (err < 0)
		return err;
	int got = accept4(fd, (struct sockaddr *)&from.storage, &from.len, flags | SOCK_CLOEXEC);
	if (got < 0)
		return -errno;
	err = give_address(in, r, &from);
	if (err) {
		close(got);
		return err;
	}
	return file_add(in, WBPF_FILE_SOCKET, got);
}

/* connect(2) without the wait for the answer. */
static int begin_connect(int fd, const struct address *a)
{
	int flags = fcntl(fd, F_GETFL);

	fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	int err = connect(fd, (const struct sockaddr *)&a->storage, a->len) < 0 ? -errno : 0;
	fcntl(fd, F_SETFL, flags);
	return err;
}

/*
 * Waited for here, as nothing would end the kernel's own waiting when a signal just came. What is
 * under way is asked for by connecting again, which also ends it.
 */
static int32_t connect_to(struct instance *in, int fd, const struct address *a)
{
	if (!socket_rule_address(&a->storage))
		return REFUSE(in, "connecting to another machine, or by a path, is not allowed\n");
	for (;;) {
		int err = begin_connect(fd, a);
		if ((err != -EINPROGRESS && err != -EALREADY) || fcntl(fd, F_GETFL) & O_NONBLOCK)
			return err;
		int ready = wait_for(in, fd, POLLOUT, SO_SNDTIMEO, false);
		if (ready < 0)
			return ready == -EAGAIN ? err : ready;
	}
}

static int32_t bind_to(struct instance *in, int fd, const struct address *a)
{
	int err = may_bind(in, a);

	if (err)
		return err;
	return bind(fd, (const struct sockaddr *)&a->storage, a->len) < 0 ? -errno : 0;
}

static int32_t name_of(struct instance *in, int fd, const struct request *r, bool peer)
{
	struct address a = {.len = sizeof(a.storage)};
	struct sockaddr *p = (struct sockaddr *)&a.storage;

	if ((peer ? getpeername(fd, p, &a.len) : getsockname(fd, p, &a.len)) < 0)
		return -errno;
	return give_address(in, r, &a);
}

static int32_t receive_to(struct instance *in, int fd, const struct request *r)
{
	uint32_t len = r->op.data.len < INT32_MAX ? r->op.data.len : INT32_MAX;
	void *p = memory_write(in->memory, r->op.data.addr, len);
	struct address from;

	if (!p)
		return -EFAULT;
	int32_t n = receive(in, fd, p, len, r->op.number, &from);
	if (n < 0)
		return n;
	int err = give_address(in, r, &from);
	return err ? err : n;
}

static int32_t send_from(struct instance *in, int fd, const struct request *r,
			 const struct address *to)
{
	uint32_t len = r->op.data.len < INT32_MAX ? r->op.data.len : INT32_MAX;
	const void *p = memory_read(in->memory, r->op.data.addr, len);

	return p ? send_bytes(in, fd, p, len, r->op.number, r->op.address.addr ? to : NULL)
		 : -EFAULT;
}

int32_t socket_control(struct instance *in, int fd, uint32_t op, wbpf_addr arg, uint32_t size)
{
	struct request r = {.at = arg};
	struct address a = {0};
	int err = instance_struct(in, &r.op, sizeof(r.op), sizeof(r.op), arg, size);

	if (!err && (op == WBPF_SOCKET_BIND || op == WBPF_SOCKET_CONNECT ||
		     (op == WBPF_SOCKET_SEND && r.op.address.addr)))
		err = get_address(in, r.op.address, &a);
	if (err)
		return err;
	switch (op) {
	case WBPF_SOCKET_BIND:
		return bind_to(in, fd, &a);
	case WBPF_SOCKET_CONNECT:
		return connect_to(in, fd, &a);
	case WBPF_SOCKET_LISTEN:
		return instance_result(listen(fd, r.op.number));
	case WBPF_SOCKET_ACCEPT:
		return accept_one(in, fd, &r);
	case WBPF_SOCKET_SHUTDOWN:
		return instance_result(shutdown(fd, r.op.number));
	case WBPF_SOCKET_NAME:
	case WBPF_SOCKET_PEER:
		return name_of(in, fd, &r, op == WBPF_SOCKET_PEER);
	case WBPF_SOCKET_SET_OPTION:
		return set_option(in, fd, &r.op);
	case WBPF_SOCKET_GET_OPTION:
		return get_option(in, fd, &r);
	case WBPF_SOCKET_SEND:
		return send_from(in, fd, &r, &a);
	case WBPF_SOCKET_RECEIVE:
		return receive_to(in, fd, &r);
	default:
		return -EINVAL;
	}
}
