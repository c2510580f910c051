/* SPDX-License-Identifier: BSD-2-Clause */
/* An object whose name is that of the interface, and that shares no type. */
#include "../skeleton/bpf.h"

int counter;
