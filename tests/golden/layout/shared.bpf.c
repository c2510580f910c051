/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structs that somebody wrote by hand, for both halves. What of them would break the user half:
 * CHANGE s/unsigned long long when/unsigned long when/
 * CHANGE s/unsigned long long value/unsigned long value/
 * CHANGE s/char comm\[16\]/char comm[12]; int odd/
 * CHANGE s/BUSY = 7/BUSY = 8/
 * CHANGE s/LOCAL = 4/LOCAL = 5/
 * CHANGE s/int x, y/int y, x/
 * CHANGE s/char letter/short letter/
 * CHANGE s/unsigned long long address/int address, more_of_it/
 */
#include "shared.h"

const struct event *unused_event __attribute__((unused));
const point_t *unused_point __attribute__((unused));
