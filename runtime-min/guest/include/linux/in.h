/* SPDX-License-Identifier: BSD-2-Clause */
/* One definition of struct sockaddr_in and its like: that of the C library. */
#include <netinet/in.h>
