# SPDX-License-Identifier: BSD-2-Clause
# More functions than the host lets libbpf walk through.
	.macro function
	.type f\@,@function
f\@:
	exit
	.size f\@, 8
	.endm

	.section .text,"ax",@progbits
	.rept 16384
	function
	.endr

	.section socket,"ax",@progbits
	.globl count
	.type count,@function
count:
	r0 = 0
	exit
	.size count, 16

	.section license,"aw",@progbits
	.globl LICENSE
LICENSE:
	.asciz "GPL"
	.size LICENSE, 4
