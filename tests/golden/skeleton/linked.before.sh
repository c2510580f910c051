# SPDX-License-Identifier: BSD-2-Clause
compile_bpf whole
mv whole.bpf.o other.bpf.o
