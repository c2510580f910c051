#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# compare.sh CASE FOLDER: CASE.c with both makers' skeletons of CASE.bpf.c, as C and C++, natively
# and as a module. From CMake: WBPF_GEN, WBPF_RUN, CLANG, CC, CXX, BPFTOOL, LIBBPF, GUEST, VMLINUX.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=$1
rm -rf "$2"
mkdir -p "$2"
cd "$2"
die() {
	echo "FAILED: $*"
	exit 1
}
skip() {
	echo "skipped: $*"
	exit 77
}
[[ $(id -u) == 0 ]] || skip "needs root"
[[ $name != arena ]] || grep -q -w bpf_arena_alloc_pages /proc/kallsyms || skip "the kernel has no BPF arenas"

bpf=("$CLANG" -target bpf -mcpu=v3 -g -O2 -Wall -Werror -D__TARGET_ARCH_x86 -isystem "$VMLINUX"
	-isystem "$LIBBPF/include" -idirafter "/usr/include/$(uname -m)-linux-gnu")
sources=("$name")
[[ $name != classic ]] || sources+=(library)
for source in "${sources[@]}"; do "${bpf[@]}" -c "$here/$source.bpf.c" -o "$source.in.o"; done

mkdir theirs ours file section
"$WBPF_GEN" object ours/"$name.bpf.o" "${sources[@]/%/.in.o}"
"$WBPF_GEN" skeleton ours/"$name.bpf.o" -o ours/"$name.skel.h"
"$WBPF_GEN" skeleton ours/"$name.bpf.o" --embed "file=$name.linked.o" -o file/"$name.skel.h"
"$WBPF_GEN" skeleton ours/"$name.bpf.o" --embed section -o section/"$name.skel.h"
"$WBPF_GEN" object --slim "$name.linked.o" ours/"$name.bpf.o"
makers=(ours file section)
if [[ $name == classic ]]; then
	for maker in "${makers[@]}"; do
		"$WBPF_GEN" subskeleton library.in.o name library -o "$maker/library.subskel.h"
	done
	"$BPFTOOL" gen object theirs/"$name.bpf.o" "${sources[@]/%/.in.o}"
	"$BPFTOOL" gen subskeleton library.in.o name library >theirs/library.subskel.h
else
	cp ours/"$name.bpf.o" theirs/
fi
if [[ $name == arena ]]; then
	for maker in "${makers[@]}" theirs; do "$WBPF_GEN" header ours/arena.bpf.o -o "$maker/arena.types.h"; done
fi
# Debian's old bpftool does not know tables of functions and arenas.
if "$BPFTOOL" gen skeleton theirs/"$name.bpf.o" name "${name}_bpf" >theirs/"$name.skel.h" 2>theirs/log &&
	{ [[ $name == classic ]] || grep -q MAP_AUTO_ATTACH theirs/"$name.skel.h"; }; then
	makers+=(theirs)
elif [[ $name == classic ]]; then
	die "bpftool makes no skeleton: $(cat theirs/log)"
fi

# run OUTPUT COMMAND...: a kernel in which something went wrong before may never answer, and then no
# signal ends the program.
run() {
	local out=$1 pid
	shift
	"$@" >"$out" 2>"$out.err" </dev/null &
	pid=$!
	for ((i = 0; i < 1200; i++)); do
		[[ -d /proc/$pid && $(cut -d ' ' -f 3 "/proc/$pid/stat" 2>/dev/null) != Z ]] || break
		sleep 0.05
	done
	if ((i == 1200)); then
		kill -KILL "$pid"
		sleep 1
		[[ $(cut -d ' ' -f 3 "/proc/$pid/stat" 2>/dev/null) != D ]] ||
			skip "the kernel keeps $* for ever (dmesg may say since when): $(tail -n 1 "$out")"
		die "$out does not end"
	fi
	wait "$pid"
}

# variant MAKER LANGUAGE native|wasm: builds and runs it; its output is MAKER.LANGUAGE.native|wasm
variants=()
variant() {
	local maker=$1 language=$2 how=$3 out=$1.$2.$3 status=0
	local options=(-g -O1 -Wall -Wextra -Werror -Wno-missing-field-initializers "-I$maker"
		"-I$here")
	[[ $maker != theirs ]] || options+=(-Wno-unused)
	[[ $language == c ]] || options+=(-x c++ -std=gnu++17 -Wno-missing-designated-field-initializers)
	[[ $language == c++ ]] || options+=(-std=gnu11)
	if [[ $how == wasm ]]; then
		"$CLANG" --target=wasm32-wasi "${options[@]}" -isystem "$GUEST/include" "$here/$name.c" \
			-L"$GUEST/lib" -lwbpf -o "$out.wasm" || die "$out does not compile"
		run "$out" "$WBPF_RUN" --dir . "$out.wasm" || status=$?
	else
		local compiler=$CC
		[[ $language == c ]] || compiler=$CXX options=("${options[@]/-Wno-missing-designated*/}")
		"$compiler" "${options[@]}" -isystem "$LIBBPF/include" "$here/$name.c" -x none \
			"$LIBBPF/lib/libbpf.a" -lelf -lz -o "$out.bin" || die "$out does not compile"
		run "$out" ./"$out.bin" || status=$?
	fi
	[[ $status != 77 ]] || skip "this kernel does not take $name"
	((status == 0)) || die "$out ends with $status: $(tail -n 3 "$out" "$out.err")"
	variants+=("$out")
}

for language in c c++; do
	for maker in "${makers[@]}"; do
		variant "$maker" $language native
		[[ $maker == theirs ]] || variant "$maker" $language wasm
	done
	for variant in "${variants[@]}"; do
		diff "${variants[0]}" "$variant" || die "${variants[0]} (<) and $variant (>) print different things"
	done
	echo "$(wc -l <"${variants[0]}") lines are the same: ${variants[*]}"
	variants=()
done
