# SPDX-License-Identifier: BSD-2-Clause
# A function whose size ends it in the middle of a load of 64 bits, with a relocation for both halves.
	.section .text,"ax",@progbits
	.type half,@function
half:
	r0 = 0
	exit
	r1 = value ll
	.size half, 24
	r0 = 0
	exit

	.section socket,"ax",@progbits
	.globl count
	.type count,@function
count:
	call half
	r0 = 0
	exit
	.size count, 24

	.section license,"aw",@progbits
	.globl LICENSE
LICENSE:
	.asciz "GPL"
	.size LICENSE, 4

	.data
	.globl value
	.type value,@object
value:
	.quad 0x41414141
	.size value, 8
