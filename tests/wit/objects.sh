#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# The WIT of every object of the build, of whole kernels and of some of their modules: wasm-tools
# parses it, encodes it, and finds what it encoded valid. objects.sh BUILD KERNELS FOLDER
#
# WBPF_GEN and WASM_TOOLS come from CMake.
set -euo pipefail
build=$1
kernels=$2
work=$3
modules=15 # of each kernel

[[ -x ${WASM_TOOLS-} ]] || { echo "wasm-tools is not in .cache/deps (tools/setup.sh)"; exit 77; }
rm -rf "$work"
mkdir -p "$work"
failed=0
judged=0

judge() { # NAME ARGUMENTS...
	local name=$1
	shift
	"$WBPF_GEN" wit "$@" -o "$work/x.wit" 2>"$work/log" &&
		"$WASM_TOOLS" component wit --wasm "$work/x.wit" -o "$work/x.wasm" 2>>"$work/log" &&
		"$WASM_TOOLS" validate "$work/x.wasm" 2>>"$work/log" && judged=$((judged + 1)) && return
	echo "$name:"
	head -n 12 "$work/log"
	failed=$((failed + 1))
}

while read -r object; do
	# Some tests have objects that are none to the reader, which tests/cli judges.
	"$WBPF_GEN" layout --all "$object" >/dev/null 2>&1 || continue
	judge "$object" "$object"
	judge "$object --all" "$object" --all
done < <(find "$build" -name '*.bpf.o' -not -path "$build/tests/cli/*" | sort)
((judged + failed)) || { echo "there is no object in $build"; exit 1; }
objects=$((judged / 2))

whole=0
for kernel in /sys/kernel/btf/vmlinux "$kernels"/*/vmlinux.btf; do
	[[ -r $kernel ]] || continue
	judge "$kernel" --all "$kernel"
	whole=$((whole + 1))
	folder=$(dirname "$kernel")/modules
	[[ -d $folder ]] || continue
	mapfile -t all < <(find "$folder" -name '*.btf' | sort)
	for ((i = 0; i < ${#all[@]}; i += ${#all[@]} / modules + 1)); do
		judge "${all[i]}" --all --base "$kernel" "${all[i]}"
	done
done
[[ $failed == 0 ]] || exit 1
# It judges, too: what is no WIT does not pass.
sed 's/interface %/interface %-/' "$work/x.wit" >"$work/broken.wit"
! "$WASM_TOOLS" component wit "$work/broken.wit" >/dev/null 2>&1 || { echo "wasm-tools accepts nonsense"; exit 1; }
echo "$objects objects, $whole kernels, $judged packages in all"
