/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_NETINET_IF_ETHER_H
#define WBPF_NETINET_IF_ETHER_H

#include <linux/if_ether.h>
#include <net/ethernet.h>

#endif
