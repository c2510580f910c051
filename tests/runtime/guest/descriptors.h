/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors for maps that take some. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <linux/perf_event.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "say.h"

static inline int open_event(void)
{
	struct perf_event_attr attr = {.type = PERF_TYPE_SOFTWARE,
				       .size = sizeof(attr),
				       .config = PERF_COUNT_SW_BPF_OUTPUT,
				       .sample_type = PERF_SAMPLE_RAW};

	return (int)syscall(__NR_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
}

/* A socket for datagrams that is connected to itself, or may be among others at its port. */
static inline int open_socket_of_own(bool connected)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;

	if (!connected)
		setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, len) ||
	    getsockname(fd, (struct sockaddr *)&at, &len) ||
	    (connected && connect(fd, (struct sockaddr *)&at, len)))
		say_err("socket", -errno);
	return fd;
}

#endif
