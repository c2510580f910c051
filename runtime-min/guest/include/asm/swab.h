/* SPDX-License-Identifier: BSD-2-Clause */
#include <asm-generic/swab.h>
