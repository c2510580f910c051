/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A probe of the provider "wbpf" where this stands, that passes a number. The note that tells where
 * it is and how the number is passed is written by hand: systemtap's header is no dependency.
 */
#ifndef PROBE_H
#define PROBE_H

#if defined(__x86_64__) || defined(__aarch64__)
#define PROBE(name, number)                                                                        \
	__asm__ __volatile__(                                                                      \
		"990: nop\n"                                                                       \
		".pushsection .note.stapsdt,\"\",\"note\"\n"                                       \
		".balign 4\n"                                                                      \
		".4byte 992f-991f, 994f-993f, 3\n"                                                 \
		"991: .asciz \"stapsdt\"\n"                                                        \
		"992: .balign 4\n"                                                                 \
		"993: .8byte 990b\n"                                                               \
		".8byte _.stapsdt.base\n"                                                          \
		".8byte 0\n"                                                                       \
		".asciz \"wbpf\"\n"                                                                \
		".asciz \"" name "\"\n"                                                            \
		".asciz \"-8@%0\"\n"                                                               \
		"994: .balign 4\n"                                                                 \
		".popsection\n"                                                                    \
		".ifndef _.stapsdt.base\n"                                                         \
		".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n"            \
		".weak _.stapsdt.base\n"                                                           \
		".hidden _.stapsdt.base\n"                                                         \
		"_.stapsdt.base: .space 1\n"                                                       \
		".size _.stapsdt.base, 1\n"                                                        \
		".popsection\n"                                                                    \
		".endif\n"                                                                         \
		:                                                                                  \
		: "r"(number))
#else
#define PROBE(name, number) (void)(number)
#endif

#endif
