/* SPDX-License-Identifier: BSD-2-Clause */
/* One definition of struct sockaddr_ll: the kernel's. */
#include <linux/if_packet.h>
