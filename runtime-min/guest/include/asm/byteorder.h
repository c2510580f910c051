/* SPDX-License-Identifier: BSD-2-Clause */
#include <linux/byteorder/little_endian.h>
