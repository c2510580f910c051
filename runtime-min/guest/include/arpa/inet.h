/* SPDX-License-Identifier: BSD-2-Clause */
#include_next <arpa/inet.h>

#ifndef WBPF_ARPA_INET_H
#define WBPF_ARPA_INET_H

#ifdef __cplusplus
extern "C" {
#endif

in_addr_t inet_addr(const char *text);
char *inet_ntoa(struct in_addr addr);

#ifdef __cplusplus
}
#endif

#endif
