/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
