/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef RUNQLAT_H
#define RUNQLAT_H

/* Slot n counts waits of 2^n to 2^(n+1)-1 microseconds; slot 0 also 0, the last also all longer. */
#define SLOTS 26

#endif
