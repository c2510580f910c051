/* SPDX-License-Identifier: BSD-2-Clause */
/* Macros that macros.h has defined already. */
#define SAME_ELSEWHERE 5L
#undef CHANGED_ELSEWHERE
#define CHANGED_ELSEWHERE 2
#undef REMOVED_ELSEWHERE
