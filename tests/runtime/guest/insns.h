/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions for programs that are written by hand, and loading them. */
#ifndef INSNS_H
#define INSNS_H

#include <fcntl.h>

#include <bpf/bpf.h>

#define INSN(op, dst, src, offset, number)                                                         \
	((struct bpf_insn){.code = (op),                                                           \
			   .dst_reg = (dst),                                                       \
			   .src_reg = (src),                                                       \
			   .off = (offset),                                                        \
			   .imm = (number)})
#define MOV_IMM(dst, number) INSN(BPF_ALU64 | BPF_MOV | BPF_K, dst, 0, 0, number)
#define MOV_REG(dst, src) INSN(BPF_ALU64 | BPF_MOV | BPF_X, dst, src, 0, 0)
#define ADD_IMM(dst, number) INSN(BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, number)
#define ADD_REG(dst, src) INSN(BPF_ALU64 | BPF_ADD | BPF_X, dst, src, 0, 0)
#define LOAD(size, dst, src, offset) INSN(BPF_LDX | BPF_MEM | (size), dst, src, offset, 0)
#define STORE(size, dst, src, offset) INSN(BPF_STX | BPF_MEM | (size), dst, src, offset, 0)
#define STORE_IMM(size, dst, offset, number) INSN(BPF_ST | BPF_MEM | (size), dst, 0, offset, number)
#define JUMP_IF(op, dst, number, offset) INSN(BPF_JMP | (op) | BPF_K, dst, 0, offset, number)
#define CALL(helper) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, helper)
#define EXIT() INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
/* Two instructions: a map, or a place in the value of a map. */
#define MAP(dst, kind, fd) INSN(BPF_LD | BPF_IMM | BPF_DW, dst, kind, 0, fd), INSN(0, 0, 0, 0, 0)
#define MAP_AT(dst, kind, fd, place)                                                               \
	INSN(BPF_LD | BPF_IMM | BPF_DW, dst, kind, 0, fd), INSN(0, 0, 0, 0, place)

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A program that returns a number. */
static inline int load_return(enum bpf_prog_type type, int number,
			      const struct bpf_prog_load_opts *opts)
{
	struct bpf_insn insns[] = {MOV_IMM(BPF_REG_0, number), EXIT()};

	return bpf_prog_load(type, "returns", "GPL", insns, COUNT(insns),
			     (struct bpf_prog_load_opts *)opts);
}

/* The root of the second version's cgroups, where most machines have it. */
static inline int open_cgroup(void)
{
	int fd = open("/sys/fs/cgroup/unified", O_RDONLY | O_DIRECTORY);

	return fd < 0 ? open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY) : fd;
}

#endif
