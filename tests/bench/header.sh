#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# The C header of all types of the running kernel beside bpftool's, which has no assertions: how long
# each takes to write, and how long clang takes to compile it, ours for wasm32 and bpftool's for BPF.
#
#   tests/bench/header.sh [BUILD-FOLDER [RUNS]]
set -euo pipefail
build=$(realpath "${1:-$(dirname "$0")/../../build}")
runs=${2:-15}
btf=/sys/kernel/btf/vmlinux
wasm="--target=wasm32-wasi -O1"
bpf="-target bpf -O1 -g"
clang=$(command -v clang-19 || command -v clang) || { echo "skipped: no clang"; exit 77; }
[[ -r $btf ]] || { echo "skipped: the kernel has no $btf"; exit 77; }
bpftool version >/dev/null 2>&1 || { echo "skipped: no bpftool"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo "$(uname -r), $(bpftool version | head -1)"
"$build/bin/bench-beside" "$runs" "" \
	-- bpftool btf dump file $btf format c \
	-- "$build/bin/wbpf-gen" header --all $btf \
	-- "$build/bin/wbpf-gen" header --type task_struct $btf

# Something is used of each, so that there is code to write.
use() { printf '#include "%s"\nint size(void) { return sizeof(struct task_struct); }\n' "$1"; }
bpftool btf dump file $btf format c >bpftool.h
"$build/bin/wbpf-gen" header --all $btf >all.h
"$build/bin/wbpf-gen" header --type task_struct $btf >task_struct.h
for header in bpftool all task_struct; do use $header.h >$header.c; done
echo
# shellcheck disable=SC2086 # flags are words
"$build/bin/bench-beside" $((runs / 3 + 1)) "" \
	-- "$clang" $bpf -fsyntax-only bpftool.c \
	-- "$clang" $bpf -c bpftool.c \
	-- "$clang" $wasm -fsyntax-only all.c \
	-- "$clang" $wasm -c all.c \
	-- "$clang" $wasm -fsyntax-only task_struct.c \
	-- "$clang" $wasm -c task_struct.c
