/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasi-libc's <sys/socket.h> with the kernel's numbers (__header_sys_socket.h), and what it leaves
 * out. Sockets are the host's: BPF programs can be attached to them, and maps can hold them. The
 * host connects and sends to its own machine only, and refuses what is more with EPERM.
 */
#include_next <sys/socket.h>

#ifndef WBPF_SYS_SOCKET_H
#define WBPF_SYS_SOCKET_H

#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SO_TIMESTAMP 29
#define SO_TIMESTAMPNS 35
#define SO_RXQ_OVFL 40
#define SO_BUSY_POLL 46
#define SO_MAX_PACING_RATE 47
#define SO_INCOMING_CPU 49
#define SO_MEMINFO 55
#define SO_INCOMING_NAPI_ID 56
#define SO_BINDTOIFINDEX 62
#define SO_NETNS_COOKIE 71

#define SOL_TLS 282

#ifdef __cplusplus
extern "C" {
#endif

int socket(int family, int type, int protocol);
int socketpair(int family, int type, int protocol, int fds[2]);
int bind(int fd, const struct sockaddr *addr, socklen_t len);
int connect(int fd, const struct sockaddr *addr, socklen_t len);
int listen(int fd, int backlog);
int getsockname(int fd, struct sockaddr *addr, socklen_t *len);
int getpeername(int fd, struct sockaddr *addr, socklen_t *len);
int setsockopt(int fd, int level, int option, const void *value, socklen_t len);
ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addr_len);
ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *addr,
		 socklen_t *addr_len);

#ifdef __cplusplus
}
#endif

#endif
