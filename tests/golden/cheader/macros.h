/* SPDX-License-Identifier: BSD-2-Clause */
/* Macros that are one number or one text; a long has as many bits as in BPF. */
#ifndef MACROS_H
#define MACROS_H 1
#include "part/piece.h"

#define COMM_LENGTH 16
#define NAME "a \"text\", /* and no comment */" /* a comment */
#define IN_PARENTHESES ((-0x10))
#define LONG_ONE 1L
#define UNSIGNED_LONG 0xffUL
#define BINARY 0b101ull
#define OCTAL 0755
/* The C library has these names: they get ___bpf. */
#define PATH_MAX 4096
#define signal 3

/* C++ has its own. */
#define bitor 3

#define FIRST_VALUE 1
#undef FIRST_VALUE
#define CHANGED 1
#undef CHANGED
#define CHANGED 2
#define SAME 1
#define SAME 1
/* Only the first is still this file's when another one has defined it alike. */
#define SAME_ELSEWHERE 5L
#define CHANGED_ELSEWHERE 1
#define REMOVED_ELSEWHERE 1
#include "part/again.h"

/* No numbers and no texts. */
#define EXPRESSION (1 << 4)
#define OTHER COMM_LENGTH
#define SUM 1 + 1
#define NO_NUMBER 1.5
#define LETTER 'c'
#define WIDE L"text"
#define TWO_TEXTS "a" "b"
#define CALL(x) 1
#define EMPTY
#define _RESERVED 1

struct event {
	char comm[COMM_LENGTH];
	int COMM_LENGTH_used;
	long values[PIECE_LENGTH];
};
#endif
