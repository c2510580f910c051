/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module may do with sockets: what BPF programs need of them, to be attached to, to be put
 * into maps, and to listen. Nothing that reaches another machine, a socket with a path, or this
 * machine's configuration, and no option whose value holds pointers or descriptors.
 *
 * Source: socket(7), ip(7), ipv6(7), tcp(7), packet(7); net/core/sock.c.
 */
#ifndef WBPF_HOST_SOCKET_RULES_H
#define WBPF_HOST_SOCKET_RULES_H

#include <stdbool.h>
#include <sys/socket.h>

/* Whether a socket of that family (AF_*) and type (SOCK_*, without flags) may be opened. */
bool socket_rule_family(int domain, int type);

/* Whether the option's value is bytes only, and may be read and set. */
bool socket_rule_option(int level, int number);

/* Whether the address, zeroes behind its end, is one to connect and send to: this machine's own. */
bool socket_rule_address(const struct sockaddr_storage *a);

#endif
